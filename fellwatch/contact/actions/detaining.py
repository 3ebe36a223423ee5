"""Somebody is held under section 135 or 136: from the power used to its end, with the clock and the authorities."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError

from fellwatch.contact import checks, detention, rulings
from fellwatch.contact.access import DETAIN
from fellwatch.contact.actions import provision, steps
from fellwatch.contact.detention import CLOCKS, EXTENDED, Authority, Extension
from fellwatch.contact.models import Consultation, Detention, PlaceOfSafety
from fellwatch.contact.values import Invalid
from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit, clock, ids, once
from fellwatch.foundation.access import Actor
from fellwatch.records import earlier
from fellwatch.records import queries as records
from fellwatch.records.queries import Missing
from fellwatch.rules import vocabulary

SLACK = checks.SLACK


@dataclass(frozen=True)
class Held:
    """A power used: on whom, when, on what grounds, and whether a professional was asked first."""

    incident_id: uuid.UUID
    person_id: uuid.UUID
    section: str
    at: datetime
    grounds: str
    in_a_home: str = ""
    not_consulted: str = ""
    id: uuid.UUID = field(default_factory=ids.new)


def detain(held: Held, *, by: Actor, now: datetime) -> uuid.UUID:
    """Record that somebody is detained. Sent twice, it stands once. Raises Invalid beside each field."""
    access.check(by, DETAIN, subject=("incident", str(held.incident_id)))
    _check_words(held, now)
    try:
        with access.acting(by):
            once.only(held.incident_id)
            steps.require_open(held.incident_id, "person")
            if Detention.objects.filter(id=held.id, incident_id=held.incident_id).exists():
                return held.id
            return _detain(held, by=by, now=now)
    except IntegrityError as taken:
        raise Invalid({"person": "This person is held already: end that detention first."}) from taken


def _check_words(held: Held, now: datetime) -> None:
    if held.section not in CLOCKS:
        raise Invalid({"section": "Choose the section."})
    checks.require_words(held.grounds, "grounds", "Write what was seen and heard.", checks.LONGEST_LINE)
    if problem := checks.words_problem(held.not_consulted, checks.LONGEST_LINE):
        raise Invalid({"not_consulted": problem})
    if held.at > now + SLACK:
        raise Invalid({"detained_at": "This time is in the future."})
    if held.section == "136" and held.in_a_home != "no":
        words = "Section 136 cannot be used in a home, its garden or its outbuildings: a section 135 warrant is needed."
        raise Invalid({"in_a_home": words if held.in_a_home == "yes" else "Say whether it was in a home."})


def _detain(held: Held, *, by: Actor, now: datetime) -> uuid.UUID:
    incident = records.incident(held.incident_id, by=by, now=now, log=False)
    who = earlier.who(held.person_id)
    part = next((part for part in incident.parts if part.person.id == who), None)
    if part is None:
        raise Invalid({"person": "Choose somebody in this incident."})
    asked = Consultation.objects.filter(incident_id=held.incident_id, advised_at__isnull=False).order_by("-advised_at")
    consultation = asked.first()
    if consultation is None and not held.not_consulted.strip():
        raise Invalid({"not_consulted": "Ask the helpline first, or say why that was not practicable."})
    Detention.objects.create(
        id=held.id, incident_id=held.incident_id, person_id=part.person.id, section=held.section,
        detained_at=held.at, grounds=held.grounds.strip(), consultation=consultation,
        not_consulted="" if consultation else held.not_consulted.strip(), by_id=by.id, by_name=by.name,
    )  # fmt: skip
    words = f"{part.person.name} detained under section {held.section}. {held.grounds.strip()}"
    _said(held.incident_id, words, "contact.detained", part.person.id, by=by, now=now)
    return held.id


def bring_to_place(
    detention_id: uuid.UUID, place_id: uuid.UUID | None, at: datetime, authority: Authority, *, by: Actor, now: datetime
) -> None:
    """Note arrival at a place of safety, or the decision to keep somebody there. A second place starts no new clock."""
    access.check(by, DETAIN)
    with access.acting(by):
        held = _turn(detention_id)
        place = PlaceOfSafety.objects.filter(id=place_id).first() if place_id else None
        if place is None:
            raise Invalid({"place": "Choose a place of safety."})
        if held.place_id == place.id:
            return
        _check_arrival(held, place, at, authority, by=by, now=now)
        first = held.arrived_at is None
        ends = detention.first_end(held.section, at) if first else held.first_end_at
        Detention.objects.filter(id=held.id).update(
            place=place, arrived_at=at if first else held.arrived_at, first_end_at=ends,
            until_at=ends if first else held.until_at, authority_rank=authority.rank,
            authority_name=authority.name.strip(), authority_because=authority.because.strip(),
            moves=[*held.moves, {"place": place.name, "at": at.isoformat(), "by": by.name}],
        )  # fmt: skip
        if first:
            fact = duties.Fact(CLOCKS[held.section][1], at)
            _owe(held, fact, by=by, now=now)
        words = (
            f"At {place.name}. The power ends {_time(ends)}." if first else f"Moved to {place.name}. The clock runs on."
        )
        _said(held.incident_id, words, "contact.at_place_of_safety", held.person_id, by=by, now=now)


def _check_arrival(
    held: Detention, place: PlaceOfSafety, at: datetime, authority: Authority, *, by: Actor, now: datetime
) -> None:
    person = records.people([held.person_id], by=by, now=now, because="contact.detention_read")[held.person_id]
    age = person.born.age_on(clock.london_date(now))
    problems = dict(detention.place_problems(place.kind, age, authority, now))
    if at < held.detained_at or at > now + SLACK:
        problems["arrived_at"] = "Give a time after the power was used, and not in the future."
    if held.until_at and at >= held.until_at:
        problems["arrived_at"] = "The power had ended by then."
    for name, text in (("authority_name", authority.name), ("authority_because", authority.because)):
        if problem := checks.words_problem(text, checks.LONGEST_LINE):
            problems[name] = problem
    if problems:
        raise Invalid(problems)


class ExtensionRefused(Invalid):
    """A detention that may not be longer. `gap` names the promise of the protocol that the reason gives away."""

    def __init__(self, problems: dict[str, str], incident_id: uuid.UUID, gap: str) -> None:
        super().__init__(problems)
        self.incident_id, self.gap = incident_id, gap


def extend(detention_id: uuid.UUID, asked: Extension, *, by: Actor, now: datetime) -> None:
    """Extend a detention as the doctor signed. Raises ExtensionRefused; the caller then calls `note_gap_behind`."""
    access.check(by, DETAIN)
    with access.acting(by):
        held = _turn(detention_id)
        if held.extended_at == asked.signed_at:
            return
        if held.first_end_at is None or held.place is None:
            raise Invalid({"extended_at": "Nobody has arrived at a place of safety yet: no clock runs."})
        if held.extended_at:
            raise Invalid({"extended_at": "It was extended already; the law allows it once."})
        problems = dict(detention.extension_problems(held.place.kind, held.first_end_at, asked, now))
        for name, text in (("extension_doctor", asked.doctor), ("extension_name", asked.approver.name)):
            if problem := checks.words_problem(text, checks.LONGEST_NAME):
                problems[name] = problem
        if asked.signed_at > now + SLACK:
            problems["extended_at"] = "This time is in the future."
        if problems:
            raise ExtensionRefused(problems, held.incident_id, detention.gap_behind(asked.reason, now))
        _extend(held, held.first_end_at, asked, by=by, now=now)


def _extend(held: Detention, ends: datetime, asked: Extension, *, by: Actor, now: datetime) -> None:
    until = detention.extended_end(ends, asked.hours)
    Detention.objects.filter(id=held.id, extended_at=None).update(
        extended_at=asked.signed_at, extension_doctor=asked.doctor.strip(), extension_reason=asked.reason,
        extension_hours=asked.hours, extension_rank=asked.approver.rank,
        extension_approver=asked.approver.name.strip(), until_at=until,
    )  # fmt: skip
    duties.replace(CLOCKS[held.section][0], incident_id=held.incident_id, about=held.id, by=by, now=now)
    _owe(held, duties.Fact("detention.extended", ends), by=by, now=now)
    words = f"Extended by {asked.doctor.strip()}: the power now ends {_time(until)}."
    _said(held.incident_id, words, "contact.detention_extended", held.person_id, by=by, now=now)


def note_gap_behind(refused: ExtensionRefused, *, by: Actor, now: datetime) -> None:
    """Log the gap that stood behind a refused extension, after its transaction has gone."""
    access.check(by, DETAIN, subject=("incident", str(refused.incident_id)))
    if refused.gap:
        detail = "A longer detention was asked for because of it, and refused."
        provision.note_gap(refused.gap, now, detail, by=by, now=now, incident_id=refused.incident_id)


def end_detention(detention_id: uuid.UUID, outcome: str, text: str, at: datetime, *, by: Actor, now: datetime) -> None:
    """End a detention with what followed. Ended twice alike, it is ended once."""
    access.check(by, DETAIN)
    if vocabulary.find(rulings.codes("detention_outcomes", now), outcome) is None:
        raise Invalid({"outcome": "Choose how it ended."})
    checks.require_words(text, "outcome_text", "Write what was decided, and by whom.", checks.LONGEST_LINE)
    with access.acting(by):
        held = Detention.objects.filter(id=detention_id).first()
        if held and held.ended_at and (held.outcome, held.outcome_text) == (outcome, text.strip()):
            return
        held = _turn(detention_id)
        if at < held.detained_at or at > now + SLACK:
            raise Invalid({"ended_at": "Give a time after the power was used, and not in the future."})
        Detention.objects.filter(id=held.id, ended_at=None).update(
            ended_at=at, outcome=outcome, outcome_text=text.strip()
        )
        for rule in (CLOCKS[held.section][0], EXTENDED):
            duties.meet(rule, incident_id=held.incident_id, about=held.id, by=by, now=at)
        words = f"Detention ended: {rulings.label('detention_outcomes', outcome, now).lower()}. {text.strip()}"
        _said(held.incident_id, words, "contact.detention_ended", held.person_id, by=by, now=now)


def _owe(held: Detention, fact: duties.Fact, *, by: Actor, now: datetime) -> None:
    """Start a clock of this detention: the same person may be held twice on one incident."""
    duties.note(fact, by=by, now=now, incident_id=held.incident_id, person_id=held.person_id, about=held.id)


def _turn(detention_id: uuid.UUID) -> Detention:
    found = Detention.objects.filter(id=detention_id).first()
    if found is None:
        raise Missing("There is no such detention, or the record is restricted.")
    once.only(found.incident_id)
    held = Detention.objects.select_related("place").get(id=detention_id)
    if held.ended_at:
        raise Invalid({"ended_at": "This detention has ended. Look at it again."})
    return held


def _time(at: datetime | None) -> str:
    return f"{clock.london(at):%a %-d %b %H:%M}" if at else "at a time that cannot be worked out"


def _said(incident_id: uuid.UUID, text: str, sentence: str, person: uuid.UUID, *, by: Actor, now: datetime) -> None:
    steps.line(incident_id, by=by, now=now, kind="detention", text=text)
    audit.record(by=by, action="alteration", sentence=sentence, subject=("incident", incident_id), people=[person])
    steps.tell_boards(incident_id, "detention")
