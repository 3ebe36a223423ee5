"""A survey of victims: who may be asked, when somebody may ring, what is asked, and how few is too few to show.

Ringing somebody whom a violent person listens to does harm. Where it is not known whether it would, nobody rings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from fellwatch.rules import expressions
from fellwatch.rules.expressions import Expression, Facts, Leaf, Truth
from fellwatch.rules.reading import Table
from fellwatch.rules.times_of_day import between

FACTS: Mapping[str, str] = {
    "contact.safe": "Whether they said that a call is safe. Silence is a no",
    "contact.number": "Whether a number is known that is safe to ring",
    "person.named": "Whether there is a name by which to ask for them",
    "person.restricted": "Whether their record or the incident's is open only to those cleared for it",
    "person.age": "Age in years on the day of choosing",
    "person.dead": "Whether they have died",
    "person.bereaved": "Whether somebody close to them is known to have died lately",
    "suspect.named": "Whether anybody is named as a suspect of the incident",
    "suspect.lives_with": "Whether a suspect of the incident lives where they live",
    "risk.open_high": "Whether the incident's risk was graded high and is still open",
    "incident.open": "Whether the incident is still open",
    "incident.recent": "Whether it was reported so lately that nobody can judge what was done",
    "asked.lately": "Whether they were on a list lately",
    "asked.refused": "Whether they once said that they do not want to be asked",
}
ANSWERS = frozenset({"yes", "no"})
KINDS = ("satisfied", "yes_no", "words")
OPTIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "satisfied": (
        ("5", "Very satisfied"),
        ("4", "Fairly satisfied"),
        ("3", "Neither"),
        ("2", "Not very satisfied"),
        ("1", "Not at all satisfied"),
        ("not_asked", "Would not say"),
    ),
    "yes_no": (("yes", "Yes"), ("no", "No"), ("not_asked", "Would not say")),
}
GOOD = frozenset({"4", "5", "yes"})
"""Answers that count as good where a share is shown."""
UNSAID = "not_asked"
LONGEST = 5
"""Somebody who was rung five times without an answer is not rung again, whatever a force chooses."""


@dataclass(frozen=True)
class Question:
    """One question in our own words. Every one may be left unanswered."""

    id: str
    text: str
    kind: str


@dataclass(frozen=True)
class Exclusion:
    """A reason to leave somebody out. `unknown` holds the words for those of whom it is not known; empty asks them."""

    id: str
    label: str
    when: Expression
    unknown: str


@dataclass(frozen=True)
class Survey:
    """Everything about the survey of one group."""

    group: str
    label: str
    opening: frozenset[str]
    qualifiers: frozenset[str]
    agency_kinds: frozenset[str]
    attempts_most: int
    expected_low: int
    expected_high: int
    small_number: int
    again_after_days: int
    wait_days: int
    bereaved_days: int
    say_first: str
    exclusions: tuple[Exclusion, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class LeftOut:
    """Why somebody is not asked; `code` counts what is known apart from what is not."""

    code: str
    words: str


def left_out(survey: Survey, known: Facts) -> tuple[LeftOut, ...]:
    """List every reason to leave somebody out; none asks them."""
    return tuple(_left_out(survey, known))


def _left_out(survey: Survey, known: Facts) -> Iterator[LeftOut]:
    for one in survey.exclusions:
        truth = expressions.evaluate(one.when, known).truth
        if truth is Truth.TRUE:
            yield LeftOut(one.id, one.label)
        elif truth is Truth.UNKNOWN and one.unknown:
            yield LeftOut(f"{one.id}.unknown", one.unknown)


def words(survey: Survey, code: str) -> str:
    """Return the words of a reason to leave somebody out."""
    id, _, unknown = code.partition(".")
    found = next((one for one in survey.exclusions if one.id == id), None)
    return code if found is None else found.unknown if unknown else found.label


def why_not_ring(survey: Survey, tried: int, at: time, start: time | None, end: time | None) -> str:
    """Say why nobody may ring at this time of day after so many attempts; empty where somebody may."""
    if tried >= survey.attempts_most:
        return f"Rung {tried} times already: nobody rings again."
    if start is None or end is None:
        return ""
    return "" if between(at, start, end) else f"It is safe only from {start:%H:%M} to {end:%H:%M}. Wait for it."


def of_group(survey: Survey, codes: Sequence[str], qualifiers: Sequence[str]) -> bool:
    """Say whether an incident with these codes and qualifiers belongs to the group."""
    return bool(survey.opening & set(codes) or survey.qualifiers & set(qualifiers))


def shown(counts: Sequence[int], least: int) -> tuple[int | None, ...]:
    """Return counts that may be shown beside their sum; None hides one.

    A count under `least`, save nought, is hidden; where it is the only one, the smallest other is hidden with it,
    so that nobody takes the rest from the sum. A sum under `least` is for the caller to hide.
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < least}
    if len(hidden) == 1:
        others = [place for place, count in enumerate(counts) if count and place not in hidden]
        hidden |= {min(others, key=lambda place: counts[place])} if others else set()
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


def wrong_answers(survey: Survey, answers: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with answers, by question; one that was not put says so, none is skipped in silence."""
    return {
        one.id: "Choose an answer, or that she would not say."
        for one in survey.questions
        if one.kind in OPTIONS and answers.get(one.id) not in dict(OPTIONS[one.kind])
    }


def read(body: Table) -> Survey:
    """Read a survey, finding every fault."""
    survey = Survey(
        group=body.text("group"),
        label=body.text("label"),
        opening=frozenset(body.words("opening", ())),
        qualifiers=frozenset(body.words("qualifiers", ())),
        agency_kinds=frozenset(body.words("agency_kinds")),
        attempts_most=body.whole("attempts_most"),
        expected_low=body.whole("expected_low"),
        expected_high=body.whole("expected_high"),
        small_number=body.whole("small_number"),
        again_after_days=body.whole("again_after_days"),
        wait_days=body.whole("wait_days"),
        bereaved_days=body.whole("bereaved_days"),
        say_first=body.text("say_first"),
        exclusions=tuple(_exclusion(entry) for entry in body.tables("exclusions")),
        questions=tuple(_question(entry) for entry in body.tables("questions")),
    )
    if not 1 <= survey.attempts_most <= LONGEST:
        body.fault("attempts_most", "is out of bounds", f"write 1 to {LONGEST}")
    if not survey.expected_low < survey.expected_high <= 100:
        body.fault("expected_high", "is not above what is expected at least", "write per cent, the lower first")
    if not (survey.opening or survey.qualifiers):
        body.fault("qualifiers", "choose no incident", "name an opening code or a qualifier")
    body.distinct("exclusions", (one.id for one in survey.exclusions))
    body.distinct("questions", (one.id for one in survey.questions))
    body.finish()
    return survey


def check_example(survey: Survey, example: Mapping[str, object]) -> str | None:
    """Try one worked example: facts and who is left out, a time and whether to ring, or counts and what is shown."""
    facts, at, counts = example.get("facts"), example.get("at"), example.get("counts")
    if isinstance(facts, Mapping):
        if strange := sorted(set(facts) - set(FACTS)):
            return f"no fact is called {', '.join(strange)}"
        found = [one.code for one in left_out(survey, facts)]
        return None if found == example.get("left_out") else f"left out because of {', '.join(found) or 'nothing'}"
    if isinstance(at, time):
        tried, start, end = example.get("tried"), example.get("from"), example.get("to")
        why = why_not_ring(
            survey, tried if isinstance(tried, int) else 0, at,
            start if isinstance(start, time) else None, end if isinstance(end, time) else None,
        )  # fmt: skip
        return None if bool(why) is not example.get("ring") else why or "somebody may ring"
    if isinstance(counts, list):
        seen = ["hidden" if one is None else one for one in shown(counts, survey.small_number)]
        return None if seen == example.get("shown") else f"it shows {seen}"
    return "an example needs `facts` and `left_out`, `at` and `ring`, or `counts` and `shown`"


def _exclusion(entry: Table) -> Exclusion:
    found = Exclusion(
        entry.text("id"), entry.text("label"), entry.condition("when", _check_leaf), entry.text("unknown", "")
    )
    entry.finish()
    return found


def _check_leaf(leaf: Leaf) -> Iterator[tuple[str, str]]:
    if leaf.fact not in FACTS:
        yield f"no fact is called {leaf.fact!r}", f"use one of {', '.join(FACTS)}"
    elif leaf.fact != "person.age" and leaf.expected not in ANSWERS:
        yield f"{leaf.fact} is answered yes or no", 'compare it with "yes" or "no"'


def _question(entry: Table) -> Question:
    found = Question(entry.text("id"), entry.text("text"), entry.one_of("kind", KINDS))
    entry.finish()
    return found
