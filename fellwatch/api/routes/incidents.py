"""Incidents: the board, one incident, logging one, looking at its grade again."""

from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router, Status

from fellwatch.api import declared, reading
from fellwatch.api.fields import Code, Given, Id, Word
from fellwatch.api.keys import holder
from fellwatch.api.shapes import handling as shapes
from fellwatch.api.shapes.incidents import GivenCall, GivenGrading
from fellwatch.assessments import queries as assessments
from fellwatch.contact import actions, queries, rulings
from fellwatch.contact.access import LOG
from fellwatch.contact.actions.grades import DowngradeRefused, note_refusal
from fellwatch.contact.values import Invalid
from fellwatch.foundation import access, clock
from fellwatch.records import queries as records
from fellwatch.rules import vocabulary

router = Router(tags=["Incidents"])


class Narrowed(Given):
    """What the board is narrowed to."""

    area: Word = ""
    grade: Code | None = None
    state: Literal["graded", "assigned", "on_scene", "left"] | None = None


@router.get(
    "/incidents",
    operation_id="listIncidents",
    summary="The board: open incidents, most urgent first",
    response=shapes.Board,
    openapi_extra=declared.errors(declared.READ),
)
def board(request: HttpRequest, narrowed: Query[Narrowed]) -> dict[str, object]:
    """Return every open incident this key may see, up to 1,000; the log names everyone shown."""
    by, now = holder(request), clock.now()
    if narrowed.grade and vocabulary.find(rulings.codes("grades", now), narrowed.grade) is None:
        raise Invalid({"grade": "Choose one of the grades."})
    with access.acting(by):
        rows = queries.board(by=by, now=now, area=narrowed.area, grade=narrowed.grade or "", state=narrowed.state or "")
        return {"items": rows, "total_open": queries.total_open(by=by)}


@router.get(
    "/incidents/{id}",
    operation_id="readIncident",
    summary="One incident whole",
    response=shapes.Incident,
    openapi_extra=declared.errors(declared.READ_ONE),
)
def incident(request: HttpRequest, id: Id) -> dict[str, object]:
    """Return an incident with its people, grades, log, advice and every version of THRIVE."""
    by, now = holder(request), clock.now()
    with access.acting(by):
        found = records.incident(id, by=by, now=now)
        return {
            **vars(found),
            "handling": queries.handled(id, by=by),
            "thrive": assessments.versions("thrive", id, by=by),
        }


@router.put(
    "/incidents/{id}",
    operation_id="logIncident",
    summary="Log an incident",
    response={201: shapes.Stored, 200: shapes.Stored},
    openapi_extra=declared.errors(declared.WRITE_NEW),
)
def log_incident(request: HttpRequest, id: Id, given: GivenCall) -> Status[object]:
    """Store a call under an id made by the sender. Sent again, it answers 200 and the same, and stores nothing."""
    by, now = holder(request), clock.now()
    access.check(by, LOG)
    stored = actions.log_incident(reading.call(id, given, now=now), by=by, now=now)
    return Status(200 if stored.again else 201, stored)


@router.put(
    "/incidents/{id}/gradings/{grading_id}",
    operation_id="reassessIncident",
    summary="Look at the grade again",
    response={201: shapes.Regraded, 200: shapes.Regraded},
    openapi_extra=declared.errors(declared.WRITE_NEW),
)
def reassess(request: HttpRequest, id: Id, grading_id: Id, given: GivenGrading) -> Status[object]:
    """Store a new version of THRIVE and grade; 409 when somebody decided since `seen`. Both versions stay."""
    by, now = holder(request), clock.now()
    try:
        stored = actions.reassess(reading.grading(id, grading_id, given), by=by, now=now)
    except DowngradeRefused as refused:
        note_refusal(refused, by=by, now=now)
        raise
    return Status(200 if stored.again else 201, stored)
