"""A conference on the highest risk: what brings a case before it, what makes it a repeat, and what may be triaged out.

A repeat goes back whatever its grade; a partner's referral is never triaged out. Everything decided says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from fellwatch.rules.reading import Table

REPEAT = "repeat"
LastDay = Callable[[date], date]
"""From the day of a referral to the last day on which a further incident makes a repeat."""


@dataclass(frozen=True)
class Criterion:
    """One way in. `id` is judgement, visible_risk, escalation or repeat; any one is enough."""

    id: str
    label: str
    help: str


@dataclass(frozen=True)
class Behaviour:
    """What happened, as far as it matters to whether a case comes again."""

    id: str
    label: str
    repeats: bool


@dataclass(frozen=True)
class Outcome:
    """What a triage may decide. `heard` brings it before the conference; `reason_needed` asks for more than a word."""

    id: str
    label: str
    heard: bool
    owes: str


@dataclass(frozen=True)
class Conference:
    """Everything a partnership has agreed about its conference."""

    flag: str
    criteria: tuple[Criterion, ...]
    behaviours: tuple[Behaviour, ...]
    outcomes: tuple[Outcome, ...]
    ticks_at_least: int
    youngest: int
    triaged: tuple[str, ...]
    panel_at_least: int
    core: tuple[str, ...]
    contact_attempts: int
    minutes_a_case: int
    agenda_days_before: int

    def behaviour(self, id: str) -> Behaviour | None:
        return next((one for one in self.behaviours if one.id == id), None)

    def outcome(self, id: str) -> Outcome | None:
        return next((one for one in self.outcomes if one.id == id), None)


@dataclass(frozen=True)
class Asked:
    """A referral, as far as the rule needs it. `last_referred` is the last one of the same victim and perpetrator."""

    source: str
    judgement: bool = False
    ticks: int | None = None
    escalates: bool = False
    happened: date | None = None
    behaviour: str = ""
    last_referred: date | None = None


@dataclass(frozen=True)
class Found:
    """Which criteria are met, whether it is a repeat, whether a panel may triage it, and why."""

    criteria: tuple[str, ...]
    repeat: bool
    triage: bool
    because: tuple[str, ...]


def decide(rule: Conference, asked: Asked, last_day: LastDay) -> Found:
    """Say what brings a referral before the conference, and what may be done with it."""
    repeat, why = is_repeat(rule, asked, last_day)
    met = {
        "judgement": asked.judgement,
        "visible_risk": asked.ticks is not None and asked.ticks >= rule.ticks_at_least,
        "escalation": asked.escalates,
        REPEAT: repeat,
    }
    triage = asked.source in rule.triaged and not repeat
    return Found(
        tuple(one.id for one in rule.criteria if met.get(one.id)),
        repeat,
        triage,
        (why, _triage_words(asked, repeat, triage)),
    )


def is_repeat(rule: Conference, asked: Asked, last_day: LastDay) -> tuple[bool, str]:
    """Say whether it comes again: the same two people, within the time, by something that would be a crime."""
    if asked.last_referred is None:
        return False, "A new case: this victim and this perpetrator were not referred before."
    last = last_day(asked.last_referred)
    before = f"Last referred on {_say(asked.last_referred)}"
    if asked.happened is None or not asked.behaviour:
        return False, f"{before}. Say what happened and when: it may be a repeat."
    if asked.happened > last:
        return False, f"{before}; the flag ended on {_say(last)}, so this is a new case."
    found = rule.behaviour(asked.behaviour)
    if found is None or not found.repeats:
        return False, f"{before}, but what happened does not by itself make a repeat."
    return (
        True,
        f"A repeat: {before.lower()}, and the flag stood until {_say(last)}. It must be heard whatever its grade.",
    )


def _triage_words(asked: Asked, repeat: bool, triage: bool) -> str:
    if triage:
        return "A police referral: a panel of partners decides whether the conference hears it."
    return "A repeat cannot be triaged out." if repeat else "A partner's referral goes straight to the conference."


def _say(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def read(body: Table) -> Conference:
    """Read what a partnership has agreed, finding every fault."""
    rule = Conference(
        flag=body.text("flag"),
        criteria=tuple(_criterion(one) for one in body.tables("criteria")),
        behaviours=tuple(_behaviour(one) for one in body.tables("behaviours")),
        outcomes=tuple(_outcome(one) for one in body.tables("outcomes")),
        ticks_at_least=body.whole("ticks_at_least"),
        youngest=body.whole("youngest"),
        triaged=body.words("triaged"),
        panel_at_least=body.whole("panel_at_least"),
        core=body.words("core"),
        contact_attempts=body.whole("contact_attempts"),
        minutes_a_case=body.whole("minutes_a_case"),
        agenda_days_before=body.whole("agenda_days_before"),
    )
    body.distinct("criteria", (one.id for one in rule.criteria))
    body.distinct("behaviours", (one.id for one in rule.behaviours))
    body.distinct("outcomes", (one.id for one in rule.outcomes))
    if not any(one.heard for one in rule.outcomes):
        body.fault("outcomes", "bring nothing before the conference", "mark one `heard = true`")
    body.finish()
    return rule


def check_example(rule: Conference, example: Mapping[str, object], last_day: LastDay) -> str | None:
    """Try one worked example: a referral, its criteria, whether it is a repeat and may be triaged."""
    names = set(Asked.__dataclass_fields__)
    asked = Asked(**{name: value for name, value in example.items() if name in names})  # type: ignore[arg-type]
    found = decide(rule, asked, last_day)
    came = {"criteria": list(found.criteria), "repeat": found.repeat, "triage": found.triage}
    wrong = [f"{name} is {value!r}" for name, value in came.items() if name in example and example[name] != value]
    if unknown := sorted(set(example) - names - set(came) - {"case"}):
        wrong.append(f"nobody asks for {', '.join(unknown)}")
    return "; ".join(wrong) or None


def _criterion(table: Table) -> Criterion:
    one = Criterion(table.text("id"), table.text("label"), table.text("help", ""))
    table.finish()
    return one


def _behaviour(table: Table) -> Behaviour:
    one = Behaviour(table.text("id"), table.text("label"), table.flag("repeats"))
    table.finish()
    return one


def _outcome(table: Table) -> Outcome:
    one = Outcome(table.text("id"), table.text("label"), table.flag("heard"), table.text("owes", ""))
    table.finish()
    return one
