"""A meeting on paper and in a calendar: what this reader may know of it, and nothing more."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.meetings import queries
from fellwatch.meetings.invitation import calendar
from fellwatch.safeguarding import papers
from fellwatch.safeguarding.marac import queries as marac
from fellwatch.safeguarding.pages.marac import meetings, showing
from fellwatch.safeguarding.pages.marac.door import staff

CLOSED = "Confidential. Only for reducing the risk. Never to the perpetrator, or anybody around them."


@require_GET
def agenda_pdf(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Return the agenda as a PDF file."""
    by, now = staff(request), clock.now()
    return file(f"agenda-{id}.pdf", papers.pdf("agenda", agenda_values(id, by=by, now=now)))


@require_GET
def minutes_pdf(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Return the minutes as a PDF file."""
    by, now = staff(request), clock.now()
    return file(f"minutes-{id}.pdf", papers.pdf("minutes", minutes_values(id, by=by, now=now)))


@require_GET
def invitation(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Return the meeting for a calendar."""
    by = staff(request)
    return ics(request, id, reverse("safeguarding:marac_meeting", args=[id]), by=by)


def ics(request: HttpRequest, id: uuid.UUID, path: str, *, by: Actor) -> HttpResponse:
    """Return a meeting for a calendar: it names no case."""
    found = queries.meeting(id, by=by)
    body = calendar(found, address=request.build_absolute_uri(path), now=clock.now())
    named = {"Content-Disposition": f'attachment; filename="meeting-{id}.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=named)


def agenda_values(id: uuid.UUID, *, by: Actor, now: datetime) -> dict[str, object]:
    """Return what the agenda says to this reader, and log that a paper was made."""
    with access.acting(by):
        found = queries.meeting(id, by=by)
        lines = queries.agenda(id, by=by)
        about = marac.told([line.matter_id for line in lines], by=by)
        told = {line.matter_id: marac.referral(line.matter_id, by=by).told for line in lines}
        _made(id, by)
    cases = [
        {
            "title": f"{number}. {about[line.matter_id].victim}{' (repeat)' if about[line.matter_id].repeat else ''}",
            "rows": [
                ["Reference", line.reference],
                *[[name, text] for name, text in showing.told(_without_contact(told[line.matter_id]))],
            ],
        }
        for number, line in enumerate((line for line in lines if line.matter_id in about), 1)
    ]
    return {**_head(f"Agenda: {found.title}", showing.meeting(found), by, now), "cases": cases}


def _without_contact(told: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in told.items() if name not in {"victim_phone", "safe_contact"}}


def minutes_values(id: uuid.UUID, *, by: Actor, now: datetime) -> dict[str, object]:
    """Return what the minutes say to this reader, and log that a paper was made."""
    with access.acting(by):
        found = meetings.minutes_of(id, by=by, now=now)
        _made(id, by)
    cases = []
    for one in found["cases"]:  # type: ignore[attr-defined]
        said = one["said"]
        rows = [
            ["Facts", said.facts if said else ""],
            ["What they mean", said.analysis if said else ""],
            ["Decision", said.decision if said else ""],
        ]
        if said and said.because:
            rows.append(["Corrected", f"Version {said.version}, {said.by_name}: {said.because}"])
        promised = [
            [
                f"{a['agency']}{', ' + str(a['owner']) if a['owner'] else ''}",
                str(a["words"]),
                f"{a['due']:%-d %b %Y}",
                str(a["state_text"]),
            ]
            for a in one["actions"]
        ]
        cases.append({"title": f"{one['number']}. {one['victim']}", "rows": rows, "actions": promised})
    return {**_head(str(found["title"]), found["meeting"], by, now), "cases": cases}  # type: ignore[arg-type]


def _head(title: str, meeting: Mapping[str, object], by: Actor, now: datetime) -> dict[str, object]:
    starts = clock.london(meeting["starts_at"])  # type: ignore[arg-type]
    there = [f"{a['title']}: {a['name'] or a['state_text']} ({a['state_text'].lower()})" for a in meeting["attendance"]]  # type: ignore[attr-defined]
    return {
        "title": title,
        "force": settings.FELLWATCH_FORCE_NAME,
        "reference": f"{starts:%-d %B %Y %H:%M}",
        "footer": f"Made for {by.name}, {clock.london(now):%-d %b %Y %H:%M}",
        "demonstration": settings.DEMONSTRATION,
        "closed": CLOSED,
        "parties": [
            ["Where", str(meeting["place"])],
            ["Chair", str(meeting["chair"])],
            ["Begins", f"{starts:%A %-d %B %Y %H:%M}"],
        ],
        "there": there,
    }


def _made(id: uuid.UUID, by: Actor) -> None:
    audit.record(by=by, action="disclosure", sentence="meetings.paper_made", subject=("meeting", id))


def file(name: str, body: bytes) -> HttpResponse:
    """Return a PDF file under a name."""
    named = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(body, content_type="application/pdf", headers=named)
