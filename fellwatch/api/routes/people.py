"""People: who this may be, and one person."""

from django.http import HttpRequest
from ninja import Router

from fellwatch.api import declared
from fellwatch.api.fields import Id
from fellwatch.api.keys import holder
from fellwatch.api.shapes import records as shapes
from fellwatch.foundation import clock
from fellwatch.recognition import queries as recognition
from fellwatch.records import queries as records
from fellwatch.records.values import PersonView

router = Router(tags=["People and places"])


@router.post(
    "/people/search",
    operation_id="searchPeople",
    summary="Who is this?",
    response=shapes.Recognised,
    openapi_extra=declared.errors(declared.ASK),
)
def search(request: HttpRequest, given: shapes.GivenSearch) -> dict[str, object]:
    """Return who may be meant, with the likelihood and why. A POST, so that no name stands in an address."""
    known = given.model_dump(exclude={"limit"})
    found = recognition.who(recognition.Query(**known), by=holder(request), now=clock.now(), limit=given.limit)
    words = recognition.RESTRICTED_WORDS if found.restricted else ""
    return {**vars(found), "restricted_words": words}


@router.get(
    "/people/{id}",
    operation_id="readPerson",
    summary="One person",
    response=shapes.Person,
    openapi_extra=declared.errors(declared.READ_ONE),
)
def person(request: HttpRequest, id: Id) -> PersonView:
    """Return somebody with the warnings in force; the log names them."""
    return records.person(id, by=holder(request), now=clock.now())
