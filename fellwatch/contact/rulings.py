"""What the rulebook says about a call on the day it is taken: grade, changes, urgency, the desk's queue, codes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from fellwatch.foundation import clock, policy
from fellwatch.rules import expressions
from fellwatch.rules.grading import Grading, Proposal
from fellwatch.rules.grading import propose as propose_under
from fellwatch.rules.queues import Line, Match, Queue, matches
from fellwatch.rules.regrading import Change, ChangeDecision, Regrading, check_change
from fellwatch.rules.urgency import Danger, Urgency, Weights
from fellwatch.rules.urgency import danger as weigh
from fellwatch.rules.urgency import urgency as rank_under
from fellwatch.rules.versions import Version
from fellwatch.rules.vocabulary import Vocabulary, find
from fellwatch.rules.vocabulary import label as label_in

GRADING = "incident_grade"
REGRADING = "grade_change"
URGENCY = "waiting_order"
DESK = "safeguarding_help_desk"

Facts = Mapping[str, object]


def grading_version(now: datetime) -> Version:
    """Return the grading rule of the day."""
    return policy.version(GRADING, clock.london_date(now))


def desk_version(now: datetime) -> Version:
    """Return the help desk's rule of the day."""
    return policy.version(DESK, clock.london_date(now))


def propose(facts: Facts, *, now: datetime) -> Proposal:
    """Propose a grade with its reasons."""
    return propose_under(policy.parsed(GRADING, clock.london_date(now), Grading), facts)


def change(asked: Change, facts: Facts, *, now: datetime) -> ChangeDecision:
    """Decide whether a grade may be changed, with every objection."""
    rule = policy.parsed(REGRADING, clock.london_date(now), Regrading)
    return check_change(rule, asked, facts, codes("downgrade_reasons", now))


def protected(facts: Facts, *, now: datetime) -> tuple[str, ...]:
    """Return the protected types an incident is known to be of."""
    rule = policy.parsed(REGRADING, clock.london_date(now), Regrading)
    return tuple(kind.id for kind in rule.protected if expressions.holds(kind.when, facts))


def rank(
    facts: Facts, *, grade: str, waited: float, target: float | None, promised: int | None, now: datetime
) -> Urgency:
    """Say how high a waiting incident stands, and why; the words name the minutes that the grade promises."""
    weights = policy.parsed(URGENCY, clock.london_date(now), Weights)
    return rank_under(
        weights, grade=grade, waited_minutes=waited, target_minutes=target, promised_minutes=promised, known=facts
    )


def danger(facts: Facts, *, now: datetime) -> Danger:
    """Say how dangerous an incident is, whatever its grade and however long it has waited, and why."""
    return weigh(policy.parsed(URGENCY, clock.london_date(now), Weights), facts)


def protected_labels(types: Sequence[str], *, now: datetime) -> tuple[str, ...]:
    """Return the words of protected types."""
    rule = policy.parsed(REGRADING, clock.london_date(now), Regrading)
    return tuple(kind.label for kind in rule.protected if kind.id in types)


def desk_matches(facts: Facts, *, now: datetime) -> tuple[Match, ...]:
    """Return the help-desk rules that take an incident."""
    return matches(policy.parsed(DESK, clock.london_date(now), Queue), facts)


def codes(name: str, now: datetime) -> Vocabulary:
    """Return a list of codes as it stands on a day."""
    return policy.parsed(name, clock.london_date(now), Vocabulary)


def label(name: str, code: str, now: datetime) -> str:
    """Return the words of a code."""
    return label_in(codes(name, now), code)


def implied(name: str, used: Iterable[str], *, now: datetime) -> frozenset[str]:
    """Return the facts that codes of a list say yes to by themselves."""
    on = clock.london_date(now)
    return frozenset(fact for code in used for fact in _implied(name, code, on))


@lru_cache(maxsize=4096)
def _implied(name: str, code: str, on: date) -> tuple[str, ...]:
    found = find(policy.parsed(name, on, Vocabulary), code)
    return tuple(str(found.attributes.get("implies", "")).split()) if found else ()


def groups(name: str, used: Iterable[str], *, now: datetime) -> frozenset[str]:
    """Return the groups that codes of a list belong to."""
    on = clock.london_date(now)
    return frozenset(group for code in used if (group := _group(name, code, on)))


@lru_cache(maxsize=4096)
def _group(name: str, code: str, on: date) -> str:
    found = find(policy.parsed(name, on, Vocabulary), code)
    return found.group if found else ""


def desk_lines(now: datetime) -> tuple[Line, ...]:
    """Return every rule of the help desk's queue."""
    return policy.parsed(DESK, clock.london_date(now), Queue).lines
