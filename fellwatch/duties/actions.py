"""Note a fact and the duties that run from it; meet, replace and waive them. Steps: they join the caller's
transaction."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from fellwatch.duties import reckoning
from fellwatch.duties.access import NOTE, RUN, WAIVE
from fellwatch.duties.models import Duty, DutyEvent
from fellwatch.duties.reckoning import Reckoned
from fellwatch.foundation import access, audit, plain, rows
from fellwatch.foundation.access import Actor

SHORTEST, LONGEST = 10, 2_000


class Unwaivable(Exception):
    """The duty cannot be waived as asked; the message says what to do."""


@dataclass(frozen=True)
class Fact:
    """Something that happened, at a time, with what its rules need to know of it."""

    name: str
    at: datetime
    known: Mapping[str, str] = field(default_factory=dict)


def note(
    *happened: Fact,
    by: Actor,
    now: datetime,
    incident_id: uuid.UUID | None = None,
    person_id: uuid.UUID | None = None,
    about: uuid.UUID | None = None,
    settled: Collection[str] = (),
    is_new: bool = False,
) -> list[Duty]:
    """Start every duty whose rule runs from these facts, and return them; one that an event in `settled` has
    already settled is not started. `about` keeps apart several things within one incident. `is_new` says that what
    it is about was made in this transaction: nothing can have been noted of it before.

    A duty whose time cannot be reckoned is stored all the same, open, with its trouble in words: it shows in the
    queue of those who can put it right. Noting the same fact twice starts nothing twice.
    """
    with access.acting(by):
        already = set() if is_new else _already(happened, incident_id, person_id, about)
        owed = [
            _duty(fact, found, incident_id, person_id, about)
            for fact in happened
            for found in reckoning.running_from(fact.name, at=fact.at, facts=fact.known)
            if (found.rule, fact.at) not in already and found.settled_by not in settled
        ]
        if owed:
            rows.add(owed)
            _tell(owed, "noted", by=by, now=now)
            audit.record(
                by=by,
                action="duty",
                sentence="duties.noted",
                subject=("incident", incident_id) if incident_id else ("person", person_id),
                people=[person_id] if person_id else [],
                detail={"rules": [duty.rule for duty in owed]},
            )
        return owed


def _duty(
    fact: Fact, found: Reckoned, incident_id: uuid.UUID | None, person_id: uuid.UUID | None, about: uuid.UUID | None
) -> Duty:
    return Duty(
        rule=found.rule,
        rule_version=found.version,
        title=found.title,
        owner=found.owner,
        fact=fact.name,
        incident_id=incident_id,
        person_id=person_id,
        about=about,
        started_at=fact.at,
        due_at=found.due_at,
        warn_at=found.warn_at,
        facts=dict(fact.known),
        working=list(found.working),
        trouble=found.trouble,
    )


def _already(
    happened: Sequence[Fact], incident_id: uuid.UUID | None, person_id: uuid.UUID | None, about: uuid.UUID | None
) -> set[tuple[str, datetime]]:
    same = Duty.objects.filter(started_at__in=[fact.at for fact in happened])
    same = same.filter(incident_id=incident_id) if incident_id else same.filter(incident__isnull=True)
    same = same.filter(person_id=person_id) if person_id else same.filter(person__isnull=True)
    same = same.filter(about=about) if about else same.filter(about__isnull=True)
    return set(same.values_list("rule", "started_at"))


def meet(
    rule: str,
    *,
    by: Actor,
    now: datetime,
    incident_id: uuid.UUID | None = None,
    about: uuid.UUID | None = None,
    person_id: uuid.UUID | None = None,
) -> int:
    """Say that open duties under a rule are done, in time or late; return how many.

    Those of the incident; with `about`, only those of that one thing, which may hang on no incident; with
    `person_id`, only those owed to that person. `now` is when it was done.
    """
    return _settle(rule, incident_id, "met", by=by, now=now, reason="", about=about, person_id=person_id)


def replace(
    rule: str,
    *,
    by: Actor,
    now: datetime,
    incident_id: uuid.UUID | None = None,
    about: uuid.UUID | None = None,
    person_id: uuid.UUID | None = None,
    reason: str = "The incident changed.",
) -> int:
    """End open duties under a rule because they are owed no longer: of an incident, about one thing, or to a person."""
    return _settle(rule, incident_id, "replaced", by=by, now=now, reason=reason, about=about, person_id=person_id)


def waive(duty_id: uuid.UUID, reason: str, *, by: Actor, now: datetime) -> bool:
    """Excuse a duty, with a reason that stays; return False when it was already settled."""
    access.check(by, WAIVE, subject=("duty", str(duty_id)))
    if len(reason.strip()) < SHORTEST:
        raise Unwaivable("Say why this need not be done, in a sentence somebody else can judge.")
    if wrong := plain.problem(reason, LONGEST):
        raise Unwaivable(wrong)
    with access.acting(by):
        changed = Duty.objects.filter(id=duty_id, state__in=["open", "late"]).update(state="waived", settled_at=now)
        if changed:
            _tell(Duty.objects.filter(id=duty_id), "waived", by=by, now=now, reason=reason.strip())
            audit.record(by=by, action="duty", sentence="duties.waived", subject=("duty", duty_id))
        return bool(changed)


def flip_late(*, by: Actor, now: datetime, most: int = 1000) -> int:
    """Mark open duties that are past their time as late; return how many. Run by a job every minute."""
    access.check(by, RUN)
    with access.acting(by):
        late = list(Duty.objects.filter(state="open", due_at__lt=now).select_for_update(skip_locked=True)[:most])
        Duty.objects.filter(id__in=[duty.id for duty in late]).update(state="late")
        _tell(late, "late", by=by, now=now)
        if late:
            audit.record(
                by=by,
                action="duty",
                sentence="duties.late",
                subject=("duties", len(late)),
                detail={"rules": sorted({duty.rule for duty in late})},
            )
        return len(late)


def _settle(
    rule: str,
    incident_id: uuid.UUID | None,
    state: str,
    *,
    by: Actor,
    now: datetime,
    reason: str,
    about: uuid.UUID | None,
    person_id: uuid.UUID | None = None,
) -> int:
    access.check(by, NOTE)
    with access.acting(by):
        found = Duty.objects.filter(rule=rule, state__in=["open", "late"])
        found = found if about and incident_id is None else found.filter(incident=incident_id)
        found = found.filter(about=about) if about else found
        running = list(found.filter(person_id=person_id) if person_id else found)
        if not running:
            return 0
        Duty.objects.filter(id__in=[duty.id for duty in running]).update(state=state, settled_at=now)
        in_time = [duty for duty in running if duty.due_at is None or now <= duty.due_at]
        late = [duty for duty in running if duty not in in_time]
        _tell(in_time, state, by=by, now=now, reason=reason)
        _tell(late, f"{state}_late", by=by, now=now, reason=reason)
        audit.record(
            by=by,
            action="duty",
            sentence=f"duties.{state}",
            subject=("incident", incident_id) if incident_id else ("duty", running[0].id),
            detail={"rule": rule, "late": len(late)},
        )
        return len(running)


def _tell(duties: Iterable[Duty], kind: str, *, by: Actor, now: datetime, reason: str = "") -> None:
    for duty in duties:
        event = DutyEvent(duty_id=duty.id, at=now, kind=kind, by_name=by.name, by_id=by.id, reason=reason)
        access.at_end(_add_events, event)


def _add_events(events: list[DutyEvent]) -> None:
    """Store what a transaction did to duties, together."""
    rows.add(events)
