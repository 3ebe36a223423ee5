"""The safeguarding help desk: its queue, questions, advice and what came of it."""

import uuid

from django.http import HttpRequest
from ninja import Router, Status

from fellwatch.api import declared
from fellwatch.api.fields import Id
from fellwatch.api.keys import holder
from fellwatch.api.shapes import handling as shapes
from fellwatch.api.shapes.incidents import GivenAdvice, GivenOutcome, GivenQuestion, GivenUnasked
from fellwatch.contact import actions, queries
from fellwatch.foundation import clock

router = Router(tags=["Help desk"])
DONE = Status(204, None)


@router.get(
    "/desk",
    operation_id="listDesk",
    summary="The help desk's queue",
    response=shapes.Desk,
    openapi_extra=declared.errors(declared.READ),
)
def desk(request: HttpRequest) -> dict[str, object]:
    """Return every incident a detective should see, with the rule that put it there."""
    return {"items": queries.desk(by=holder(request), now=clock.now())}


@router.put(
    "/desk/{id}/taking",
    operation_id="takeFromDesk",
    summary="Take an incident from the queue",
    response=shapes.Taken,
    openapi_extra=declared.errors(declared.READ_ONE),
)
def take(request: HttpRequest, id: Id) -> dict[str, bool]:
    """Take an incident; `taken` is false when it is not waiting, or a colleague was first."""
    return {"taken": actions.take_desk(id, by=holder(request), now=clock.now())}


@router.put(
    "/desk/{id}/settling",
    operation_id="settleDesk",
    summary="Finish with an incident on the queue",
    response={204: None},
    openapi_extra=declared.errors(declared.READ_ONE),
)
def settle(request: HttpRequest, id: Id) -> Status[None]:
    """Take an incident off the queue. An unanswered question keeps it there."""
    actions.settle_desk(id, by=holder(request), now=clock.now())
    return DONE


@router.put(
    "/incidents/{id}/questions/{advice_id}",
    operation_id="askAdvice",
    summary="Ask the help desk",
    response={204: None},
    openapi_extra=declared.errors(declared.WRITE_NEW),
)
def ask(request: HttpRequest, id: Id, advice_id: Id, given: GivenQuestion) -> Status[None]:
    """Ask under an id made by the sender. The question starts a clock; sent again, it is asked once."""
    actions.ask_advice(id, given.question, by=holder(request), now=clock.now(), id=advice_id)
    return DONE


@router.post(
    "/incidents/{id}/advice",
    operation_id="adviseUnasked",
    summary="Advise unasked",
    response={201: shapes.AdviceId},
    openapi_extra=declared.errors(declared.WRITE),
)
def advise(request: HttpRequest, id: Id, given: GivenUnasked) -> Status[dict[str, uuid.UUID]]:
    """Give advice that nobody asked for; it lands in the incident's log. Sent again with one `id`, it is given once."""
    stored = actions.advise(id, given.text, by=holder(request), now=clock.now(), id=given.id)
    return Status(201, {"id": stored})


@router.put(
    "/incidents/{id}/advice/{advice_id}",
    operation_id="answerQuestion",
    summary="Answer a question",
    response={204: None},
    openapi_extra=declared.errors(declared.WRITE),
)
def answer(request: HttpRequest, id: Id, advice_id: Id, given: GivenAdvice) -> Status[None]:
    """Answer a question; the same words sent again are harmless, others are told who was first."""
    actions.advise(id, given.text, by=holder(request), now=clock.now(), advice_id=advice_id)
    return DONE


@router.put(
    "/incidents/{id}/advice/{advice_id}/outcome",
    operation_id="settleAdvice",
    summary="What was done with advice",
    response={204: None},
    openapi_extra=declared.errors(declared.WRITE),
)
def outcome(request: HttpRequest, id: Id, advice_id: Id, given: GivenOutcome) -> Status[None]:
    """Say what was done with advice; not acting on it needs a reason."""
    actions.settle_advice(id, advice_id, given.outcome, by=holder(request), now=clock.now(), reason=given.reason)
    return DONE
