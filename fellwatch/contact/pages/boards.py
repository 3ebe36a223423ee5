"""The board and what is waiting: rows, most dangerous first, and the stream that keeps them true."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from fellwatch.contact import decisions, queries, rulings
from fellwatch.contact.access import LOG
from fellwatch.contact.pages import deciding, live
from fellwatch.contact.pages.typed import as_id
from fellwatch.contact.values import BoardRow
from fellwatch.duties import queries as duties
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader

SHOWN_FLAGS = {
    "attendance:declined": "Police do not go",
    "child_at_address": "Child at address",
    "domestic": "Domestic",
    "honour_based": "Honour-based",
    "mental_health": "Mental health",
    "missing": "Missing",
    "weapon": "Weapon",
}
FIRST = 60
"""Rows in the page itself; the script fetches the others once these are painted, a link does without it."""
SHOWN_DRAFTS = 6
SHIFT = timedelta(hours=12)
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
    by, now, first = reader(request), clock.now(), _first(request)
    area, grade = request.GET.get("area", ""), request.GET.get("grade", "")
    with access.acting(by):
        found = queries.board(by=by, now=now, area=area, grade=grade, named=first)
        whole = len(found) < queries.MOST and not (area or grade)
        total = len(found) if whole else queries.total_open(by=by)
        drafts = _drafts(by, now) if LOG in by.permissions else ()
    wallboard = request.GET.get("view") == "wallboard"
    return render(
        request,
        "contact/board.html",
        {
            **frame(request, "contact:board", "contact:rows", now),
            "words": _words(len(found), total),
            "rows": [row_view(row, now) for row in found[:first]],
            "more": _more(request, len(found) - first),
            "filters": _chips(request, found, now),
            "wallboard": wallboard,
            "drafts": drafts[:SHOWN_DRAFTS],
            "older_drafts": max(0, len(drafts) - SHOWN_DRAFTS),
            "wallboard_href": _with(request, view="wallboard"),
            "ordinary_href": _with(request, view=""),
        },
    )


@require_GET
def rows(request: HttpRequest) -> HttpResponse:
    """Return rows alone: all of them, or only those named."""
    by, now = reader(request), clock.now()
    area, grade = request.GET.get("area", ""), request.GET.get("grade", "")
    only = only_named(request)
    waiting = bool(request.GET.get("waiting"))
    found = queries.board(by=by, now=now, area=area, grade=grade, waiting=waiting, only=only)
    shown = _to_review(found, by, now) if waiting else [row_view(row, now) for row in found]
    return render(request, "contact/rows.html", {"rows": shown})


@require_GET
def supervise(request: HttpRequest) -> HttpResponse:
    """Show what nobody has reached, the delays, and how much there is of each."""
    by, now, first = reader(request), clock.now(), _first(request)
    found = queries.waiting(by=by, now=now, named=first)
    late = [row for row in found if row.attend_by and row.attend_by < now]
    return render(
        request,
        "contact/supervise.html",
        {
            **frame(request, "contact:supervise", "contact:rows", now),
            "words": f"{len(found)} waiting, {len(late)} past their time",
            "duties_href": reverse("shell:duties"),
            "rows_href": f"{reverse('contact:rows')}?waiting=yes",
            "rows": _to_review(found[:first], by, now),
            "more": _more(request, len(found) - first),
            "sums": _sums(found, late, now),
            "delays": _delays(queries.delays(by=by), now),
            "lower": [deciding.proposal_view(one, by, now) for one in decisions.lower_grades(by=by)],
            "declined": [deciding.made_view(one, by, now) for one in decisions.declines(by=by)],
        },
    )


def _to_review(found: Sequence[BoardRow], by: Actor, now: datetime) -> list[RowView]:
    """Return waiting rows in words, each with the time by which somebody must look at it again."""
    due = duties.running("waiting_review", [row.incident_id for row in found], by=by)
    shown = []
    for row in found:
        view, at = row_view(row, now), due.get(row.incident_id)
        words = f"Look again by {clock.london(at):%a %H:%M}" if at and at >= now else "Look again now"
        shown.append(replace(view, flags=(*view.flags, words)) if at else view)
    return shown


def row_view(row: BoardRow, now: datetime) -> RowView:
    """Return a board row in words."""
    late = row.attend_by is not None and row.attend_by < now
    return RowView(
        id=row.incident_id,
        version=mark_of(row.state, row.grade, row.unit, row.graded_at.isoformat(), ",".join(row.flags)),
        href=href_of(row.incident_id),
        reference=row.reference,
        grade=row.grade,
        grade_text=rulings.label("grades", row.grade, now),
        title=rulings.label("nsir_opening", row.opening_code, now),
        place=row.address,
        person=row.person_name,
        reason=row.reason[:1].upper() + row.reason[1:],
        rising=late,
        clock=_clock(row, now),
        who=row.unit,
        state_text=rulings.label("incident_statuses", row.state, now),
        urgency=round(row.urgency) if row.urgency >= 100 else round(row.urgency, 1),
        flags=_unsaid(row),
    )


def _unsaid(row: BoardRow) -> tuple[str, ...]:
    """Return the flags that the reason line does not say already."""
    said = row.reason.casefold()
    return tuple(text for flag, text in SHOWN_FLAGS.items() if flag in row.flags and text.casefold() not in said)


def href_of(incident_id: uuid.UUID) -> str:
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


def _first(request: HttpRequest) -> int:
    return queries.MOST if request.GET.get("all") else FIRST


def _more(request: HttpRequest, left: int) -> Chip | None:
    """Return the link to the rows that the page leaves out."""
    return Chip(f"Show the other {left}", _with(request, all="yes"), on=False) if left > 0 else None


def only_named(request: HttpRequest) -> list[uuid.UUID]:
    """Return the incidents whose rows alone are asked for."""
    return [one for text in request.GET.get("only", "").split(",") if (one := as_id(text))]


def frame(request: HttpRequest, here: str, rows_name: str, now: datetime) -> dict[str, object]:
    """Return what every board needs to keep itself true; now is the moment just before its rows were read."""
    query = request.GET.urlencode()
    return {
        "as_at": now,
        "here_href": request.get_full_path(),
        "clear_href": reverse(here) if query else "",
        "stream_href": live.href(now),
        "rows_href": reverse(rows_name) + (f"?{query}" if query else ""),
    }


def _drafts(by: Actor, now: datetime) -> list[dict[str, object]]:
    """Return the reader's own calls of this shift that were begun and not sent."""
    kept = [(id, at, said) for id, at, said in queries.drafts(by=by) if at > now - SHIFT]
    return [{"href": reverse("contact:call", args=[id]), "at": at, "said": said} for id, at, said in kept]


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
    return by_grade + [
        Chip(f"{a.capitalize()} area", _with(request, area="" if area == a else a), area == a) for a in areas
    ]


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
            "length": longest,
            "words": "since first contact",
            "tone": "",
        },
    ]


def _delays(found: Sequence[tuple[str, int, datetime]], now: datetime) -> list[dict[str, object]]:
    return [
        {
            "text": rulings.label("delays", code, now) if code else "",
            "number": count,
            "longest": now - oldest,
        }
        for code, count, oldest in found
    ]


def mark_of(*parts: str) -> str:
    """Return a short mark that changes with what the row shows; each letter counts 500 times on a full board."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:7]
