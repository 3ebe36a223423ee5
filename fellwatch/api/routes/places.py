"""Places: one address, and who lived there on a day."""

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router

from fellwatch.api import declared
from fellwatch.api.fields import Day, Given, Id
from fellwatch.api.keys import holder
from fellwatch.api.shapes import records as shapes
from fellwatch.foundation import access, clock
from fellwatch.records import queries as records
from fellwatch.records.values import PlaceView

router = Router(tags=["People and places"])


class OnDay(Given):
    """The day asked about; today where none is given."""

    on: Day | None = None

    def day(self) -> date:
        """Return the day meant."""
        return self.on or clock.london_date(clock.now())


@router.get(
    "/places/{id}",
    operation_id="readPlace",
    summary="One place",
    response=shapes.Place,
    openapi_extra=declared.errors(declared.READ_ONE),
)
def place(request: HttpRequest, id: Id) -> PlaceView:
    """Return an address with the warnings in force there."""
    return records.place(id, by=holder(request), now=clock.now())


@router.get(
    "/places/{id}/household",
    operation_id="readHousehold",
    summary="Who was tied to a place on a day",
    response=shapes.Household,
    openapi_extra=declared.errors(declared.READ_ONE),
)
def household(request: HttpRequest, id: Id, when: Query[OnDay]) -> dict[str, object]:
    """Return who lived or stayed there on a day, children first; the log names them."""
    by, on = holder(request), when.day()
    with access.acting(by):
        records.place(id, by=by, now=clock.now())
        return {"place_id": id, "on": on, "residents": records.household(id, by=by, on=on)}
