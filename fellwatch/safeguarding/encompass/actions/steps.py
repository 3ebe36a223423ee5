"""Steps that the actions on notices share: finding one, its rule, its clock, its story, the log."""

import uuid
from datetime import date, datetime

from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit, clock, once, policy, rows
from fellwatch.foundation.access import Actor
from fellwatch.orders.actions.steps import require_past, require_words
from fellwatch.records.queries import Missing
from fellwatch.rules.errors import NoVersion
from fellwatch.rules.school_notices import SchoolNotices
from fellwatch.safeguarding.encompass import calendar, writing
from fellwatch.safeguarding.encompass.models import Enrolment, Establishment, NoticeEvent, SchoolNotice, SchoolTold
from fellwatch.safeguarding.encompass.values import Right
from fellwatch.safeguarding.values import Invalid

__all__ = ["close_contents", "end_clock", "enrol",
    "is_there", "logged", "met", "owe", "require_past", "require_words", "rule_on",
           "settle", "story", "turn"]  # fmt: skip

MOVED = "Somebody has moved this on while you were looking. Look at it again; what you wrote is kept below."


def rule_on(on: date) -> tuple[SchoolNotices, int] | None:
    """Return the rule of a day and its version; None before there was a scheme."""
    try:
        return policy.parsed(writing.RULE, on, SchoolNotices), policy.version(writing.RULE, on).number
    except NoVersion:
        return None


def turn(notice_id: uuid.UUID, states: tuple[str, ...] = (), field: str = "words") -> SchoolNotice:
    """Wait for whoever changes the same notice, then return it as it stands; Missing for none and for hidden."""
    once.only(notice_id)
    found = SchoolNotice.objects.filter(id=notice_id).select_related("establishment").first()
    if found is None:
        raise Missing("There is no such notice, or the record is restricted.")
    if states and found.state not in states:
        raise Invalid({field: MOVED})
    return found


def is_there(right: Right) -> bool:
    """Whether what was chosen names a school that is held, where it needs one."""
    if right.setting != "school":
        return True
    chosen = right.establishment_id
    return chosen is not None and Establishment.objects.filter(id=chosen).exclude(kind="council").exists()


def settle(notice: SchoolNotice, field: str = "words", **values: object) -> None:
    """Change a notice that still stands as it was read; Invalid where somebody was faster."""
    if not SchoolNotice.objects.filter(id=notice.id, state=notice.state).update(**values):
        raise Invalid({field: MOVED})
    for name, value in values.items():
        setattr(notice, name, value)


def story(notice: SchoolNotice, kind: str, words: str, *, at: datetime, by: Actor) -> None:
    """Add a line to the story; those of a transaction go in together at its end."""
    line = NoticeEvent(notice_id=notice.id, kind=kind, at=at, words=words, by_id=by.id, by_name=by.name)
    access.at_end(_add_lines, line)


def _add_lines(lines: list[NoticeEvent]) -> None:
    rows.add(lines)


def logged(
    notice: SchoolNotice, sentence: str, *, by: Actor, action: audit.Action = "alteration", **detail: object
) -> None:
    """Put one change into the log."""
    audit.record(
        by=by,
        action=action,
        sentence=f"safeguarding.{sentence}",
        subject=("school_notice", notice.id),
        people=[notice.child_id],
        detail={"receipt": notice.receipt, **detail},
    )


def owe(notice: SchoolNotice, *, by: Actor, now: datetime) -> None:
    """Start the clock of a notice by its establishment's own days. Its `clock` is new: nothing is owed about it yet."""
    known = calendar.facts_of(notice.establishment, notice.known_at, notice.path)
    fact = duties.Fact("child.at_risk", notice.known_at, {"under_18": "yes", **known})
    about, child = notice.clock, notice.child_id
    duties.note(fact, by=by, now=now, incident_id=notice.incident_id, person_id=child, about=about, is_new=True)


def met(notice: SchoolNotice, at: datetime, *, by: Actor) -> None:
    """Say that somebody who can look after the child knows, since a time."""
    duties.meet(calendar.CLOCK, by=by, now=at, about=notice.clock)


def end_clock(notice: SchoolNotice, reason: str, *, by: Actor, now: datetime) -> None:
    """End the clock because another one runs instead, or nothing is owed."""
    duties.replace(calendar.CLOCK, by=by, now=now, about=notice.clock, reason=reason)


def close_contents(notice: SchoolNotice) -> None:
    """Take what a notice said out of the sight of whoever it was open to."""
    SchoolTold.objects.filter(notice_id=notice.id).update(agency="")


def enrol(
    person_id: uuid.UUID,
    setting: str,
    establishment_id: uuid.UUID | None,
    *,
    on: date,
    source: str,
    also: bool,
    by: Actor,
    now: datetime,
) -> None:
    """Note where a child learns from a day on; what was known before ends that day, unless it holds as well."""
    wanted = establishment_id if setting == "school" else None
    known = Enrolment.objects.filter(person_id=person_id, to_date__isnull=True)
    if not also:
        others = known.exclude(setting=setting, establishment_id=wanted) if wanted else known.exclude(setting=setting)
        others.update(to_date=on)
    same = known.filter(setting=setting, establishment_id=wanted) if wanted else known.filter(setting=setting)
    if not same.exists():
        Enrolment.objects.create(
            person_id=person_id, setting=setting, establishment_id=wanted, from_date=on, source=source, noted_at=now,
            noted_by_name=by.name,
        )  # fmt: skip
        audit.record(
            by=by, action="collection", sentence="safeguarding.enrolled", subject=("person", person_id),
            people=[person_id], detail={"setting": setting, "source": source},
        )  # fmt: skip


def today(now: datetime) -> date:
    """Return the day it is in London."""
    return clock.london_date(now)
