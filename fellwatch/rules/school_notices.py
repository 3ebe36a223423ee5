"""Who is told of a child who may be a victim of domestic abuse, what is said, and when a person must step in.

In doubt about an age the child is protected: nobody is left out who may be under 18 or of school age.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fellwatch.rules.calendar_days import say_day
from fellwatch.rules.reading import Table

SEPTEMBER = 9


class Path(StrEnum):
    """Where the notice of one child goes."""

    SCHOOL = "school"
    COUNCIL = "council"
    """The authority's officer: home educated, or on no roll."""
    ASK = "ask"
    """The school is not known: the authority's education team is asked which."""
    HOME_FORCE = "home_force"
    DECIDE = "decide"
    """A person decides first."""
    NURSERY = "nursery"
    """Outside the duty: a public protection notice instead."""
    NONE = "none"
    """Not a child, or long ago."""


class Setting(StrEnum):
    """Where a child learns, as far as anybody has said."""

    SCHOOL = "school"
    HOME_EDUCATED = "home_educated"
    NO_ROLL = "no_roll"
    NURSERY = "nursery"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Child:
    """What is known of a child. A birth date known in part is the span from `born_first` to `born_last`."""

    born_first: date | None = None
    born_last: date | None = None
    setting: Setting = Setting.UNKNOWN
    in_force_area: bool = True
    hidden: bool = False
    days_old: int = 0
    """How many days ago the police came to know."""


@dataclass(frozen=True)
class Decision:
    """Where the notice goes, and why in one sentence."""

    path: Path
    because: str


@dataclass(frozen=True)
class Told:
    """One thing that may be said. `minimum`: the duty itself names it, so that it needs no agreement."""

    id: str
    label: str
    to: frozenset[str]
    minimum: bool


@dataclass(frozen=True)
class SchoolNotices:
    """Ages, what is said to whom, what happens in holidays, and how long before school a person must act."""

    statutory: bool
    under: int
    reception_at: int
    by_itself_days: int
    history_days: int
    form_wait_minutes: int
    holiday: str
    holiday_from_days: int
    held_until_hours: int
    remind_minutes: int
    telephone_minutes: int
    forms: tuple[str, ...]
    fields: tuple[Told, ...]


def decide(rule: SchoolNotices, child: Child, on: date) -> Decision:
    """Say where the notice of a child goes, on the day that the police came to know."""
    if child.born_last and child.born_last <= _years_before(on, rule.under):
        return Decision(Path.NONE, f"Is {rule.under} or older: not a child. Consider a referral as an adult.")
    if child.days_old > rule.history_days:
        return Decision(Path.NONE, f"Became known {child.days_old} days ago: history, such as an import brings.")
    if child.hidden:
        return Decision(Path.DECIDE, "A restricted record: somebody cleared decides whether the school may be told.")
    if found := _nursery(rule, child, on):
        return found
    if child.days_old > rule.by_itself_days:
        return Decision(Path.DECIDE, f"Became known {child.days_old} days ago: too late to go by itself.")
    if not child.in_force_area:
        return Decision(Path.HOME_FORCE, "Lives in another force's area: that force tells the school.")
    match child.setting:
        case Setting.SCHOOL:
            return Decision(Path.SCHOOL, "On the roll of a school that is known.")
        case Setting.HOME_EDUCATED:
            return Decision(Path.COUNCIL, "Educated at home: the authority's officer is told.")
        case Setting.NO_ROLL:
            return Decision(Path.COUNCIL, "On no school's roll: the authority's officer is told.")
        case _:
            return Decision(Path.ASK, "Nobody has said which school: the authority's education team is asked.")


def _nursery(rule: SchoolNotices, child: Child, on: date) -> Decision | None:
    """Return that a child is in a nursery, or certainly too young for school where nobody has said; else None."""
    if child.setting is Setting.NURSERY:
        return Decision(Path.NURSERY, "Goes to a nursery: outside the duty. Send a public protection notice.")
    first = reception(rule, child)
    if child.setting is Setting.UNKNOWN and first and on < first:
        return Decision(
            Path.NURSERY, f"Starts school in September {first.year}: outside the duty. Send a public protection notice."
        )
    return None


def reception(rule: SchoolNotices, child: Child) -> date | None:
    """Return the first day on which a child may be in school, on the reading that makes it oldest."""
    if child.born_first is None:
        return None
    turns = child.born_first.year + rule.reception_at
    later = child.born_first.month >= SEPTEMBER
    return date(turns + 1 if later else turns, SEPTEMBER, 1)


def may_say(rule: SchoolNotices, to: str, agreed: frozenset[str] | None) -> tuple[Told, ...]:
    """Return what may be said to a kind of recipient; without an agreement in force only what the duty names."""
    return tuple(one for one in rule.fields if to in one.to and (one.minimum or (agreed and one.id in agreed)))


def read(body: Table) -> SchoolNotices:
    """Read the rule, finding every fault."""
    rule = SchoolNotices(
        statutory=body.flag("statutory"),
        under=body.whole("under"),
        reception_at=body.whole("reception_at"),
        by_itself_days=body.whole("by_itself_days"),
        history_days=body.whole("history_days"),
        form_wait_minutes=body.whole("form_wait_minutes"),
        holiday=body.one_of("holiday", ("at_once", "hold")),
        holiday_from_days=body.whole("holiday_from_days"),
        held_until_hours=body.whole("held_until_hours"),
        remind_minutes=body.whole("remind_minutes"),
        telephone_minutes=body.whole("telephone_minutes"),
        forms=body.words("forms"),
        fields=tuple(_told(entry) for entry in body.tables("fields")),
    )
    if rule.telephone_minutes >= rule.remind_minutes:
        body.fault("telephone_minutes", "is not after the reminder", "remind earlier than somebody must telephone")
    body.distinct("fields", (one.id for one in rule.fields))
    body.finish()
    return rule


def check_example(rule: SchoolNotices, example: Mapping[str, object]) -> str | None:
    """Try one worked example: a child and the path, or a recipient, what is agreed and what may be said."""
    if isinstance(to := example.get("to"), str):
        agreed = example.get("agreed")
        words = frozenset(map(str, agreed)) if isinstance(agreed, list) else None
        said = [one.id for one in may_say(rule, to, words)]
        return None if said == example.get("says") else f"it says {', '.join(said)}"
    on, born = example.get("on"), example.get("born")
    if not isinstance(on, date):
        return "an example needs `on` and `path`, or `to` and `says`"
    last = example.get("born_last", born)
    found = decide(rule, _child(example, born, last), on)
    return None if found.path == example.get("path") else f"on {say_day(on)} it goes to {found.path}: {found.because}"


def _child(example: Mapping[str, object], born: object, last: object) -> Child:
    days = example.get("days_old", 0)
    return Child(
        born if isinstance(born, date) else None,
        last if isinstance(last, date) else None,
        Setting(str(example.get("setting", "unknown"))),
        in_force_area=example.get("in_force_area", True) is True,
        hidden=example.get("hidden") is True,
        days_old=days if isinstance(days, int) else 0,
    )


def _told(entry: Table) -> Told:
    told = Told(entry.text("id"), entry.text("label"), frozenset(entry.words("to")), entry.flag("minimum"))
    entry.finish()
    return told


def _years_before(on: date, years: int) -> date:
    """Return the day so many years earlier; somebody born on 29 February is a year older on 1 March."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)
