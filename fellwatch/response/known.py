"""What response has learnt of people that the next officer must know: risk, bail, arrests not made, what children said.

Used by the cards that doors show; names in the log everyone it shows.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch

from fellwatch.assessments import queries as assessments
from fellwatch.assessments.values import FormView
from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.orders import standing as orders
from fellwatch.records.models import Person
from fellwatch.records.queries import full_name
from fellwatch.response.access import READ
from fellwatch.response.models import BailAppointment, Release, Stance, Suspect
from fellwatch.rules.instruments import CONSIDERED_NONE

LOOK_BACK = timedelta(days=366)
MOST_FORMS = 20
"""Forms read for each person: however many are asked about together, nobody's risk is crowded out."""
RISK = frozenset({"dash", "dara"})
GRADES = {"high": "HIGH risk", "medium": "Medium risk", "standard": "Standard risk"}


@dataclass(frozen=True)
class Known:
    """One thing known of somebody. `tone` is danger, warn or note."""

    person_id: uuid.UUID
    name: str
    tone: str
    text: str
    detail: str
    source: str
    at: datetime


@access.reads
def about(ids: Sequence[uuid.UUID], *, by: Actor, now: datetime, log: bool = True) -> tuple[Known, ...]:
    """Return what is known of these people, newest of each kind first, and log whom it showed."""
    access.check(by, READ)
    names = {one.id: full_name(one.names.all()) for one in Person.objects.filter(id__in=ids).prefetch_related("names")}
    forms = assessments.forms_about(list(names), by=by, since=now - LOOK_BACK, most=MOST_FORMS * max(len(names), 10))
    found = [
        *_risk(forms, names),
        *_bail(names, now),
        *_at_large(names, now),
        *_stances(names, now),
        *_voices(forms, names),
        *_contact(forms, names),
    ]
    if found and log:
        audit.record(
            by=by,
            action="consultation",
            sentence="response.known_read",
            subject=("people", len(names)),
            people={one.person_id for one in found},
        )
    return tuple(found)


Names = dict[uuid.UUID, str]


def _newest(forms: Sequence[FormView], instruments: frozenset[str]) -> Iterator[tuple[uuid.UUID, FormView]]:
    """Yield each person's newest form of a kind; forms come newest first."""
    seen: set[uuid.UUID] = set()
    for form in forms:
        if form.instrument in instruments and form.person_id and form.person_id not in seen:
            seen.add(form.person_id)
            yield form.person_id, form


def _risk(forms: Sequence[FormView], names: Names) -> Iterator[Known]:
    for person, form in _newest(forms, RISK):
        if form.acting_grade:
            flags = ", ".join(assessments.flag_words(form))
            tone = {"high": "danger", "medium": "warn"}.get(form.acting_grade, "note")
            grade = GRADES.get(form.acting_grade, form.acting_grade)
            standing = "" if form.state in {"accepted", "second", "settled"} else ", not yet reviewed"
            yield Known(person, names[person], tone, f"{grade}{standing}", flags, form.title, form.changed_at)


def _bail(names: Names, now: datetime) -> Iterator[Known]:
    """Yield bail that asks only to come back; what has conditions is an order, and comes from there."""
    running = Release.objects.filter(suspect__person_id__in=names, kind="bail", ended_at__isnull=True)
    rows = running.filter(conditions=[])
    appointed = Prefetch("appointments", BailAppointment.objects.filter(replaced_at=None, came_at=None), "to_come")
    for row in rows.select_related("suspect").prefetch_related(appointed).order_by("-released_at"):
        person, source = row.suspect.person_id, "Bail before charge"
        until = f" until {clock.london(row.ends_at):%-d %b %Y}" if row.ends_at else ""
        tone, text, detail = "warn", f"on bail{until}", "Without conditions."
        for one in row.to_come:
            missed = one.missed_at is not None
            tone, text = ("danger", orders.MISSED) if missed else (tone, text)
            detail = f"{detail} {orders.of_coming(one.answer_at, one.station, missed=missed, now=now)}"
        yield Known(person, names[person], tone, text, detail, source, row.released_at)


def _at_large(names: Names, now: datetime) -> Iterator[Known]:
    rows = Suspect.objects.filter(person_id__in=names, arrested_at__isnull=True, at__gte=now - LOOK_BACK)
    for row in rows.filter(no_arrest_reason="not_there", ended_as="").order_by("-at"):
        said = (row.no_arrest_why, "Attendance", row.at)
        yield Known(row.person_id, names[row.person_id], "danger", "to be arrested: had left", *said)


def _stances(names: Names, now: datetime) -> Iterator[Known]:
    seen: set[uuid.UUID] = set()
    for row in Stance.objects.filter(person_id__in=names, at__gte=now - LOOK_BACK).order_by("-at"):
        if row.person_id not in seen and row.stance in {"no", "withdrawn"}:
            text = "does not support action: look for evidence without them"
            yield Known(row.person_id, names[row.person_id], "warn", text, row.words, "Victim's stance", row.at)
        seen.add(row.person_id)


def _voices(forms: Sequence[FormView], names: Names) -> Iterator[Known]:
    for person, form in _newest(forms, frozenset({"household_voice"})):
        said = form.answers
        if said.get("seen") == "no":
            why = str(said.get("not_seen_why", ""))
            yield Known(person, names[person], "warn", "not seen last time", why, form.title, form.changed_at)
            continue
        words = "" if said.get("said") == CONSIDERED_NONE else str(said.get("said", ""))
        detail = " ".join(part for part in (f"“{words}”" if words else "", str(said.get("demeanour_seen", ""))) if part)
        yield Known(person, names[person], "note", "seen last time", detail, form.title, form.changed_at)


def _contact(forms: Sequence[FormView], names: Names) -> Iterator[Known]:
    for person, form in _newest(forms, frozenset({"honour_based"})):
        safe = str(form.answers.get("safe_contact", ""))
        if safe and safe != CONSIDERED_NONE:
            text = "how to reach them safely"
            yield Known(person, names[person], "warn", text, safe, form.title, form.changed_at)
