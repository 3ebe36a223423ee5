"""Say whether somebody, some number or some address is a repeat, and by which definition.

Every force counts repeats its own way, so each definition is a rule: what is counted, for whom, over
which days, from how many. What fires carries the contacts it counted, for the reader to check.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fellwatch.rules import contacts
from fellwatch.rules.contacts import Contact, Involved, Subject
from fellwatch.rules.reading import Table
from fellwatch.rules.versions import Confidence, Rule, Version

OWN_ACCOUNT = "own account"


class By(StrEnum):
    """What two contacts must share to be counted together."""

    PERSON = "person"
    PHONE = "phone"
    PLACE = "place"


class Counts(StrEnum):
    """Which contacts a definition counts."""

    ANY = "any"
    DOMESTIC = "domestic"
    CRIME_OR_ASB = "crime_or_asb"
    SIMILAR = "similar"


@dataclass(frozen=True)
class Window:
    """How far back to count. All nought means ever; `first_day_counts` settles the far boundary."""

    days: int = 0
    months: int = 0
    years: int = 0
    first_day_counts: bool = True

    def opens(self, on: date) -> date:
        """Find the first day that counts."""
        if not (self.days or self.months or self.years):
            return date.min
        back = _months_before(on - timedelta(days=self.days), self.months + 12 * self.years)
        return back if self.first_day_counts else back + timedelta(days=1)

    @property
    def words(self) -> str:
        parts = ((self.days, "day"), (self.months, "month"), (self.years, "year"))
        said = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count]
        return " and ".join(said) or "all time"


@dataclass(frozen=True)
class Definition:
    """One definition of a repeat.

    `at_least` counts the present contact too. `victims_at_least` asks for that many different victims;
    `same_victim` counts only contacts that share one. `says_so_is_enough` takes a person's word.
    """

    by: tuple[By, ...]
    counts: Counts
    roles: tuple[str, ...]
    window: Window
    at_least: int
    victims_at_least: int
    same_victim: bool
    youngest: int
    says_so_is_enough: bool


@dataclass(frozen=True)
class Count:
    """What a definition counted when it fired: by what, over which days, and which contacts.

    `first_day` is None where the definition looks back for ever.
    """

    by: str
    count: int
    window: str
    first_day: date | None
    evidence: tuple[str, ...]
    victims: tuple[str, ...]


@dataclass(frozen=True)
class Fired:
    """A definition that fired, with the rule it stands in, so that a page can show which one it was."""

    definition: str
    version: int
    title: str
    source: str
    confidence: Confidence
    counted: Count

    @property
    def words(self) -> str:
        """Say it in one line: "Repeat caller: 3 in 90 days, same phone"."""
        if self.counted.by == OWN_ACCOUNT:
            return f"{self.title}: by their own account"
        period = "in all" if self.counted.first_day is None else f"in {self.counted.window}"
        return f"{self.title}: {self.counted.count} {period}, same {self.counted.by}"


def fires(
    rule: Rule,
    version: Version,
    *,
    subject: Subject,
    earlier: Sequence[Contact],
    present: Contact | None,
    on: date,
) -> Fired | None:
    """Say whether a version of a definition fires for a subject on a day: see `count`."""
    if not isinstance(version.parsed, Definition):
        raise TypeError(f"{rule.id} is of kind {rule.kind}: give a definition")
    counted = count(version.parsed, subject=subject, earlier=earlier, present=present, on=on)
    if counted is None:
        return None
    return Fired(rule.id, version.number, rule.title, version.source, version.confidence, counted)


def count(
    definition: Definition,
    *,
    subject: Subject,
    earlier: Sequence[Contact],
    present: Contact | None,
    on: date,
) -> Count | None:
    """Count a subject's contacts under a definition on a day; None where it does not fire.

    `present` is the contact going on, counted with the earlier ones if it is of the kind. Where several
    things could be shared (a number, an address), the one that counts most is given.
    """
    # A draft already saved may stand among the earlier ones too: one contact is counted once.
    every = list({one.id: one for one in (*earlier, *([present] if present else []))}.values())
    counts = [_count_by(by, definition, subject, every, present, on) for by in definition.by]
    fired = [one for one in counts if one is not None]
    if fired:
        return max(fired, key=lambda one: one.count)
    if definition.says_so_is_enough and subject.says_so:
        return Count(OWN_ACCOUNT, 0, definition.window.words, definition.window.opens(on), (), ())
    return None


def read(body: Table) -> Definition:
    """Read a definition, finding every fault."""
    window = body.table("window")
    definition = Definition(
        by=tuple(By(one) for one in body.words("by") if _is_by(body, one)),
        counts=body.choice("counts", Counts),
        roles=body.words("roles", ()),
        window=_read_window(window),
        at_least=body.whole("at_least"),
        victims_at_least=body.whole("victims_at_least", 0),
        same_victim=body.flag("same_victim"),
        youngest=body.whole("youngest", 0),
        says_so_is_enough=body.flag("says_so_is_enough"),
    )
    if definition.at_least < 1:
        body.fault("at_least", "must be 1 or more", "write how many contacts make a repeat")
    body.finish()
    return definition


def check_example(definition: Definition, example: Mapping[str, object]) -> str | None:
    """Try one worked example: `subject`, contacts `present` and `earlier`, `on`, and the `count` or none."""
    try:
        on = contacts.day(example["on"])
        subject = Subject(**contacts.table(example["subject"]))
        earlier = [contacts.read_contact(entry) for entry in contacts.listed(example.get("earlier", []))]
        present = contacts.read_contact(example["present"]) if "present" in example else None
    except (KeyError, TypeError, ValueError) as wrong:
        return f"the example cannot be read: {wrong}"
    found = count(definition, subject=subject, earlier=earlier, present=present, on=on)
    if (found is not None) is not example.get("fires"):
        return f"it fires: {found.count} over {found.window}" if found else "it does not fire"
    if found and found.count != example.get("count", found.count):
        return f"it counts {found.count}: {', '.join(found.evidence)}"
    return None


def _count_by(
    by: By,
    definition: Definition,
    subject: Subject,
    every: Sequence[Contact],
    present: Contact | None,
    on: date,
) -> Count | None:
    opens = definition.window.opens(on)
    ours = [
        contact
        for contact in every
        if opens <= contact.day <= on
        and _is_by_subject(by, definition, subject, contact)
        and _is_counted(definition, contact, present)
    ]
    victims = sorted({victim for contact in ours for victim in contact.having(["victim"])} - {subject.person})
    if definition.same_victim:
        ours = _largest_by_victim(ours, victims)
    if len(ours) < definition.at_least or len(victims) < definition.victims_at_least:
        return None
    return Count(
        by=by,
        count=len(ours),
        window=definition.window.words,
        first_day=None if opens == date.min else opens,
        evidence=tuple(contact.id for contact in sorted(ours, key=lambda one: one.occurred_at)),
        victims=tuple(victims),
    )


def _is_by_subject(by: By, definition: Definition, subject: Subject, contact: Contact) -> bool:
    match by:
        case By.PHONE:
            return bool(subject.phone) and contact.phone == subject.phone
        case By.PLACE:
            return bool(subject.place) and contact.place == subject.place
        case By.PERSON:
            return any(
                one.person == subject.person
                and (not definition.roles or one.role in definition.roles)
                and _is_old_enough(one, contact.day, definition.youngest)
                for one in contact.people
                if subject.person
            )


def _is_counted(definition: Definition, contact: Contact, present: Contact | None) -> bool:
    match definition.counts:
        case Counts.ANY:
            return True
        case Counts.DOMESTIC:
            return contact.domestic
        case Counts.CRIME_OR_ASB:
            return contact.crime_or_asb
        case Counts.SIMILAR:
            return present is not None and bool(contact.codes & present.codes)


def _is_old_enough(one: Involved, on: date, youngest: int) -> bool:
    # Somebody whose age nobody knows is counted: not known never lowers.
    if one.born is None or youngest == 0:
        return True
    had_birthday = (on.month, on.day) >= (one.born.month, one.born.day)
    return on.year - one.born.year - (0 if had_birthday else 1) >= youngest


def _largest_by_victim(ours: Sequence[Contact], victims: Sequence[str]) -> list[Contact]:
    shared = [[contact for contact in ours if victim in contact.having(["victim"])] for victim in victims]
    return max(shared, key=len, default=[])


def _months_before(day: date, months: int) -> date:
    """Go back whole months; a day that the month lacks becomes its last."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _read_window(window: Table) -> Window:
    read_window = Window(
        window.whole("days", 0),
        window.whole("months", 0),
        window.whole("years", 0),
        window.flag("first_day_counts", True),
    )
    window.finish()
    return read_window


def _is_by(body: Table, one: str) -> bool:
    if one in list(By):
        return True
    body.fault("by", f"{one!r} is nothing to count by", f"write {', '.join(By)}")
    return False
