"""What happens to an incident after it is graded: its log, the unit, arrival, delay, closing."""

from django.http import HttpRequest
from ninja import Router, Status

from fellwatch.api import declared
from fellwatch.api.fields import Id
from fellwatch.api.keys import holder
from fellwatch.api.shapes.incidents import GivenClosing, GivenDelay, GivenLine, GivenUnit
from fellwatch.contact import actions
from fellwatch.contact.values import GivenReason
from fellwatch.foundation import clock

router = Router(tags=["Incidents"])
DONE = Status(204, None)


@router.put(
    "/incidents/{id}/lines/{line_id}",
    operation_id="addLine",
    summary="Add a line to the running log",
    response={204: None},
    openapi_extra=declared.errors(declared.WRITE_NEW),
)
def add_line(request: HttpRequest, id: Id, line_id: Id, given: GivenLine) -> Status[None]:
    """Store a line under an id made by the sender; sent again, it stands once."""
    actions.add_line(id, given.text, by=holder(request), now=clock.now(), id=line_id)
    return DONE


@router.put(
    "/incidents/{id}/unit",
    operation_id="assignUnit",
    summary="Send a unit",
    response={204: None},
    openapi_extra=declared.errors(declared.WRITE),
)
def assign(request: HttpRequest, id: Id, given: GivenUnit) -> Status[None]:
    """Send a unit. Sending the one already sent changes nothing."""
    actions.assign(id, given.unit, by=holder(request), now=clock.now())
    return DONE


@router.put(
    "/incidents/{id}/arrival",
    operation_id="noteArrival",
    summary="Somebody is there",
    response={204: None},
    openapi_extra=declared.errors(declared.READ_ONE),
)
def arrive(request: HttpRequest, id: Id) -> Status[None]:
    """Note that somebody is there; the attendance duty is met, or met late."""
    actions.arrive(id, by=holder(request), now=clock.now())
    return DONE


@router.put(
    "/incidents/{id}/delay",
    operation_id="recordDelay",
    summary="Why nobody has come",
    response={204: None},
    openapi_extra=declared.errors(declared.WRITE),
)
def delay(request: HttpRequest, id: Id, given: GivenDelay) -> Status[None]:
    """Record a delay apart from the grade, which stays as it is."""
    actions.record_delay(id, given.delay, by=holder(request), now=clock.now())
    return DONE


@router.put(
    "/incidents/{id}/closing",
    operation_id="closeIncident",
    summary="Close an incident",
    response={204: None},
    openapi_extra=declared.errors(declared.WRITE),
)
def close(request: HttpRequest, id: Id, given: GivenClosing) -> Status[None]:
    """Close with result and codes. A protected qualifier stays unless a supervisor removes it.

    A crime reference, a risk form or the decision about a school that is missing is refused by name; give it, or give
    a reason under that name.
    """
    by = holder(request)
    actions.close(
        id,
        by=by,
        now=clock.now(),
        result=given.result,
        closing_codes=given.closing_codes,
        closing_qualifiers=given.closing_qualifiers,
        crime_reference=given.crime_reference,
        reasons={key: GivenReason(one.reason, one.words) for key, one in given.reasons.items()},
    )
    return DONE
