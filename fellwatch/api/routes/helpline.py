"""The mental-health helpline: asked, taken, advised, followed or not. An adviser sees the question and no incident."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.http import HttpRequest
from ninja import Router, Status

from fellwatch.api import declared
from fellwatch.api.fields import Id
from fellwatch.api.keys import holder
from fellwatch.api.shapes import asking as shapes
from fellwatch.api.shapes.handling import Taken
from fellwatch.contact import actions, helpline
from fellwatch.contact.values import Invalid
from fellwatch.foundation import access, clock
from fellwatch.records import queries as records

router = Router(tags=["Helpline"])
DONE = Status(204, None)


@router.put(
    "/incidents/{id}/consultations/{consultation_id}",
    operation_id="askHelpline",
    summary="Ask the helpline",
    response={204: None},
    openapi_extra=declared.errors(declared.WRITE_NEW),
)
def ask(request: HttpRequest, id: Id, consultation_id: Id, given: shapes.GivenConsultation) -> Status[None]:
    """Ask under an id of the sender's; the clock of the answer starts. Sent again, it is asked once."""
    with _named({"helpline_question": "question"}):
        actions.consult(
            id,
            given.about,
            given.question,
            by=holder(request),
            now=clock.now(),
            callback=given.callback,
            id=consultation_id,
        )
    return DONE


@router.get(
    "/incidents/{id}/consultations",
    operation_id="listConsultations",
    summary="What the helpline was asked about an incident",
    response=shapes.Consultations,
    openapi_extra=declared.errors(declared.READ_ONE),
)
def of_incident(request: HttpRequest, id: Id) -> dict[str, object]:
    """Return an incident's questions to the helpline, newest first."""
    by = holder(request)
    with access.acting(by):
        records.incident(id, by=by, now=clock.now())
        return {"items": helpline.of_incident(id, by=by)}


@router.get(
    "/consultations",
    operation_id="listHelpline",
    summary="Questions that wait for an adviser",
    response=shapes.Consultations,
    openapi_extra=declared.errors(declared.READ),
)
def waiting(request: HttpRequest) -> dict[str, object]:
    """Return the questions nobody has advised on, oldest first."""
    return {"items": helpline.waiting(by=holder(request))}


@router.put(
    "/consultations/{consultation_id}/taking",
    operation_id="takeConsultation",
    summary="Take a question as the adviser",
    response=Taken,
    openapi_extra=declared.errors(declared.READ_ONE),
)
def take(request: HttpRequest, consultation_id: Id) -> dict[str, bool]:
    """Take a question; the wait ends now. `taken` is false when a colleague was first."""
    return {"taken": actions.take_consultation(consultation_id, by=holder(request), now=clock.now())}


@router.put(
    "/consultations/{consultation_id}/advice",
    operation_id="adviseHelpline",
    summary="Advise",
    response={204: None},
    openapi_extra=declared.errors(declared.WRITE),
)
def advise(request: HttpRequest, consultation_id: Id, given: shapes.GivenHelplineAdvice) -> Status[None]:
    """Give the advice; the same words sent again are harmless, others are told who was first."""
    with _named({"advice_code": "code", "advice": "text"}):
        actions.advise_helpline(consultation_id, given.code, given.text, by=holder(request), now=clock.now())
    return DONE


@router.put(
    "/consultations/{consultation_id}/outcome",
    operation_id="settleConsultation",
    summary="Whether the advice was followed, and what came of it",
    response={204: None},
    openapi_extra=declared.errors(declared.WRITE),
)
def settle(request: HttpRequest, consultation_id: Id, given: shapes.GivenSettling) -> Status[None]:
    """Say whether the officer agreed, why not, and what was done."""
    with _named({"consultation_outcome": "outcome"}):
        actions.settle_consultation(
            consultation_id,
            given.agreed,
            by=holder(request),
            now=clock.now(),
            disagreement=given.disagreement,
            outcome=given.outcome,
        )
    return DONE


@contextmanager
def _named(fields: Mapping[str, str]) -> Iterator[None]:
    """Name each field as the body does, where the page calls it otherwise."""
    try:
        yield
    except Invalid as wrong:
        raise Invalid({fields.get(name, name): words for name, words in wrong.problems.items()}) from wrong
