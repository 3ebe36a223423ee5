"""The board, what is waiting, and the help desk's queue: rows and the stream that keeps them true."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fellwatch.contact import actions, queries, rulings
from fellwatch.contact.pages.typed import as_id
from fellwatch.contact.values import BoardRow, DeskRow
from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor

SHOWN_FLAGS = {
    "child_at_address": "Child at address",
    "domestic": "Domestic",
    "honour_based": "Honour-based",
    "mental_health": "Mental health",
    "missing": "Missing",
    "weapon": "Weapon",
}
SOON = timedelta(minutes=5)
NOBODY = uuid.UUID(int=0)


@dataclass(frozen=True)
class ClockView:
    """A clock as a bar with words."""

    name: str
    from_at: datetime
    due_at: datetime | None
    state: str


@dataclass(frozen=True)
class RowView:
    """One incident on a board."""

    id: uuid.UUID
    version: str
    href: str
    reference: str
    grade: str
    grade_text: str
    title: str
    place: str
    person: str
    reason: str
    rising: bool
    clock: ClockView
    who: str
    state_text: str
    urgency: float
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Chip:
    """A filter that its link puts on or takes off."""

    text: str
    href: str
    on: bool
    count: int | None = None


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show every open incident, most dangerous first."""
    by, now = _by(request), clock.now()
    found = queries.board(by=by, now=now, area=request.GET.get("area", ""), grade=request.GET.get("grade", ""))
    total = queries.total_open(by=by)
    wallboard = request.GET.get("view") == "wallboard"
    return render(
        request,
        "contact/board.html",
        {
            **_frame(request, "contact:board", "contact:rows"),
            "words": _words(len(found), total),
            "rows": [row_view(row, now) for row in found],
            "filters": _chips(request, found, now),
            "wallboard": wallboard,
            "title": "",
            "wallboard_href": _with(request, view="wallboard"),
            "ordinary_href": _with(request, view=""),
        },
    )


@require_GET
def rows(request: HttpRequest) -> HttpResponse:
    """Return rows alone: all of them, or only those named."""
    by, now = _by(request), clock.now()
    area, grade = request.GET.get("area", ""), request.GET.get("grade", "")
    only = _only(request)
    found = queries.board(by=by, now=now, area=area, grade=grade, only=only)
    return render(request, "contact/rows.html", {"rows": [row_view(row, now) for row in found]})


@require_GET
def supervise(request: HttpRequest) -> HttpResponse:
    """Show what nobody has reached, the delays, and how much there is of each."""
    by, now = _by(request), clock.now()
    found = queries.waiting(by=by, now=now)
    late = [row for row in found if row.attend_by and row.attend_by < now]
    return render(
        request,
        "contact/supervise.html",
        {
            **_frame(request, "contact:supervise", "contact:rows"),
            "words": f"{len(found)} waiting, {len(late)} past their time",
            "rows": [row_view(row, now) for row in found],
            "filters": (),
            "sums": _sums(found, late, now),
            "downgrades": (),
            "delays": _delays(queries.delays(by=by), now),
        },
    )


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Show the help desk's queue, unanswered questions first."""
    by, now = _by(request), clock.now()
    found = queries.desk(by=by, now=now)
    asked = sum(1 for row in found if row.questions)
    return render(
        request,
        "contact/desk.html",
        {
            **_frame(request, "contact:desk", "contact:desk_rows"),
            "words": f"{len(found)} on the desk, {asked} with a question waiting",
            "rows": desk_views(found, now),
            "filters": (),
        },
    )


@require_GET
def desk_rows(request: HttpRequest) -> HttpResponse:
    """Return the desk's rows alone."""
    by, now = _by(request), clock.now()
    only = _only(request)
    found = [row for row in queries.desk(by=by, now=now) if not only or row.incident_id in only]
    return render(request, "contact/desk_rows.html", {"rows": desk_views(found, now)})


@require_POST
def take(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Take an incident from the desk's queue and open it."""
    actions.take_desk(id, by=_by(request), now=clock.now())
    return redirect("contact:incident", id)


def row_view(row: BoardRow, now: datetime) -> RowView:
    """Return a board row in words."""
    late = row.attend_by is not None and row.attend_by < now
    return RowView(
        id=row.incident_id,
        version=_version(row.state, row.grade, row.unit, row.graded_at.isoformat(), ",".join(row.flags)),
        href=_href(row.incident_id),
        reference=row.reference,
        grade=row.grade,
        grade_text=rulings.label("grades", row.grade, now),
        title=rulings.label("nsir_opening", row.opening_code, now),
        place=row.address,
        person=row.person_name,
        reason=row.reason,
        rising=late,
        clock=_clock(row, now),
        who=row.unit,
        state_text=rulings.label("incident_statuses", row.state, now),
        urgency=round(row.urgency) if row.urgency >= 100 else round(row.urgency, 1),
        flags=tuple(text for flag, text in SHOWN_FLAGS.items() if flag in row.flags),
    )


def _href(incident_id: uuid.UUID) -> str:
    """Return an incident's address; resolving it anew for each row would take longer than drawing the row."""
    return _pattern().replace(str(NOBODY), str(incident_id))


@cache
def _pattern() -> str:
    return reverse("contact:incident", args=[NOBODY])


def _clock(row: BoardRow, now: datetime) -> ClockView:
    if row.attend_by is None:
        return ClockView("Attendance", row.graded_at, None, "paused")
    state = "late" if row.attend_by < now else "soon" if row.attend_by - now < SOON else "running"
    return ClockView("Attendance", row.graded_at, row.attend_by, state)


def desk_views(found: Sequence[DeskRow], now: datetime) -> list[dict[str, object]]:
    """Return desk rows in words."""
    return [_desk_view(row, n, now) for n, row in enumerate(found)]


def _desk_view(row: DeskRow, n: int, now: datetime) -> dict[str, object]:
    titles = {line.id: line.title for line in rulings.desk_lines(now)}
    questions = f"{row.questions} question{'s' if row.questions != 1 else ''} waiting for an answer"
    return {
        "id": row.incident_id,
        "version": _version(row.taken_by_name, str(row.questions), *(rule for rule, _ in row.reasons)),
        "urgency": 1000 - n,
        "grade": row.grade,
        "grade_text": rulings.label("grades", row.grade, now),
        "href": _href(row.incident_id),
        "title": rulings.label("nsir_opening", row.opening_code, now),
        "reference": row.reference,
        "place": row.address,
        "person": row.person_name,
        "asked": questions if row.questions else "",
        "reasons": [{"text": text, "rule": titles.get(rule, "asked")} for rule, text in row.reasons],
        "placed_at": row.placed_at,
        "who": row.taken_by_name,
        "take_href": reverse("contact:take", args=[row.incident_id]),
    }


def _by(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _only(request: HttpRequest) -> list[uuid.UUID]:
    return [one for text in request.GET.get("only", "").split(",") if (one := as_id(text))]


def _frame(request: HttpRequest, here: str, rows_name: str) -> dict[str, object]:
    query = request.GET.urlencode()
    return {
        "as_at": clock.now(),
        "here_href": request.get_full_path(),
        "clear_href": reverse(here) if query else "",
        "stream_href": reverse("contact:stream"),
        "rows_href": reverse(rows_name) + (f"?{query}" if query else ""),
    }


def _words(shown: int, total: int) -> str:
    return f"{total} open" if shown == total else f"{shown} shown of {total} open"


def _with(request: HttpRequest, **values: str) -> str:
    query = {name: value for name, value in {**request.GET.dict(), **values}.items() if value}
    return f"{request.path}?{urlencode(query)}" if query else request.path


def _chips(request: HttpRequest, found: Sequence[BoardRow], now: datetime) -> list[Chip]:
    grades = ["emergency", "priority", "scheduled", "no_deployment"]
    chosen = request.GET.get("grade", "")
    by_grade = [
        Chip(
            rulings.label("grades", g, now),
            _with(request, grade="" if chosen == g else g),
            chosen == g,
            None if chosen else sum(1 for row in found if row.grade == g),
        )
        for g in grades
    ]
    areas = sorted(
        {row.area for row in found if row.area} | ({request.GET["area"]} if request.GET.get("area") else set())
    )
    area = request.GET.get("area", "")
    return by_grade + [Chip(a, _with(request, area="" if area == a else a), area == a) for a in areas]


def _sums(found: Sequence[BoardRow], late: Sequence[BoardRow], now: datetime) -> list[dict[str, object]]:
    emergencies = [row for row in found if row.grade == "emergency"]
    longest = max((now - row.received_at for row in found), default=timedelta())
    return [
        {
            "text": "Emergencies waiting",
            "number": len(emergencies),
            "words": "nobody there yet",
            "tone": "danger" if emergencies else "",
        },
        {
            "text": "Past their time",
            "number": len(late),
            "words": "of all that wait",
            "tone": "danger" if late else "",
        },
        {"text": "Waiting", "number": len(found), "words": "nobody there yet", "tone": ""},
        {
            "text": "Longest wait",
            "number": f"{int(longest.total_seconds() // 60)} min",
            "words": "since first contact",
            "tone": "",
        },
    ]


def _delays(found: Sequence[tuple[str, int, datetime]], now: datetime) -> list[dict[str, object]]:
    return [
        {
            "text": rulings.label("delays", code, now) if code else "",
            "number": count,
            "longest": f"{int((now - oldest).total_seconds() // 60)} min",
        }
        for code, count, oldest in found
    ]


def _version(*parts: str) -> str:
    """Return a short mark that changes with what the row shows; each letter counts 500 times on a full board."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:7]
