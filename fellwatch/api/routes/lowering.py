"""Lower grades: proposed where a supervisor must agree, then agreed or refused by one."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest
from ninja import Router, Status

from fellwatch.api import declared, reading
from fellwatch.api.fields import Id
from fellwatch.api.keys import holder
from fellwatch.api.shapes import asking as shapes
from fellwatch.api.shapes.incidents import GivenGrading
from fellwatch.contact import actions, decisions
from fellwatch.contact.actions.grades import DowngradeRefused, note_refusal
from fellwatch.contact.values import Invalid
from fellwatch.foundation import clock

router = Router(tags=["Lower grades"])
DONE = Status(204, None)


@router.put(
    "/incidents/{id}/proposals/{proposal_id}",
    operation_id="proposeLowerGrade",
    summary="Lower a grade, or propose it to a supervisor",
    response={200: shapes.Lowered, 202: shapes.Lowered},
    openapi_extra=declared.errors(declared.WRITE_NEW),
)
def propose(request: HttpRequest, id: Id, proposal_id: Id, given: GivenGrading) -> Status[object]:
    """Store a grading; where a supervisor must agree, it waits (202) and the grade stays. Sent again, it is one."""
    by, now = holder(request), clock.now()
    try:
        stored = actions.reassess(reading.grading(id, proposal_id, given), by=by, now=now)
    except DowngradeRefused as refused:
        if not refused.proposable:
            note_refusal(refused, by=by, now=now)
            raise
        actions.propose_lower(refused, by=by, now=now)
        return Status(202, {"state": "waiting", "because": list(refused.said)})
    return Status(200, {"state": "graded", "because": list(stored.because)})


@router.get(
    "/proposals",
    operation_id="listLowerGrades",
    summary="Lower grades that wait for a supervisor",
    response=shapes.Proposals,
    openapi_extra=declared.errors(declared.READ),
)
def waiting(request: HttpRequest) -> dict[str, object]:
    """Return every lower grade that waits, oldest first."""
    return {"items": decisions.lower_grades(by=holder(request))}


@router.put(
    "/proposals/{proposal_id}/agreement",
    operation_id="agreeLowerGrade",
    summary="Agree to a lower grade",
    response={204: None},
    openapi_extra=declared.errors((401, 403, 404, 409, 422)),
)
def agree(request: HttpRequest, proposal_id: Id) -> Status[None]:
    """Let it stand under the supervisor's name; nobody agrees to their own. 409 where the grade changed meanwhile."""
    with _named():
        actions.agree_lower(proposal_id, by=holder(request), now=clock.now())
    return DONE


@router.put(
    "/proposals/{proposal_id}/refusal",
    operation_id="refuseLowerGrade",
    summary="Refuse a lower grade",
    response={204: None},
    openapi_extra=declared.errors(declared.WRITE),
)
def refuse(request: HttpRequest, proposal_id: Id, given: shapes.GivenBecause) -> Status[None]:
    """Refuse with a reason; the grade stays."""
    with _named():
        actions.refuse_lower(proposal_id, given.because, by=holder(request), now=clock.now())
    return DONE


@contextmanager
def _named() -> Iterator[None]:
    """Name the field as the body does: a page may show several proposals at once."""
    try:
        yield
    except Invalid as wrong:
        raise Invalid({name.partition("-")[0]: words for name, words in wrong.problems.items()}) from wrong
