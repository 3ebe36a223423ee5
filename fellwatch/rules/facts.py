"""The facts about an incident that rules may ask about, named in one place.

The call screen, the importers and the help desk give these; grading, the waiting order and the queues
read them. A rule that asks about anything else is refused when the rulebook loads, so a misspelt fact
can never sit in a rule for ever unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fellwatch.rules.expressions import UNSAID, Facts, Leaf, Operator, look_up

ANSWERS = frozenset({"yes", "no"}) | UNSAID


class FactKind(StrEnum):
    ANSWER = "answer"
    """yes, no, or one of the answers that leave it unknown."""
    CODE = "code"
    CODES = "codes"
    NUMBER = "number"


@dataclass(frozen=True)
class Fact:
    """What a fact means; `vocabulary` is the rule that lists its codes, where one does."""

    kind: FactKind
    meaning: str
    vocabulary: str = ""


def _answer(meaning: str) -> Fact:
    return Fact(FactKind.ANSWER, meaning)


def _code(meaning: str, vocabulary: str = "") -> Fact:
    return Fact(FactKind.CODE, meaning, vocabulary)


def _codes(meaning: str, vocabulary: str = "") -> Fact:
    return Fact(FactKind.CODES, meaning, vocabulary)


def _number(meaning: str) -> Fact:
    return Fact(FactKind.NUMBER, meaning)


DANGER_FACTS: Mapping[str, Fact] = {
    "threat_to_life": _answer("Somebody's life is in danger now."),
    "in_progress": _answer("It is happening now."),
    "suspect_present_or_returning": _answer("The suspect is there, close by or expected back."),
    "violence": _answer("Violence has just been used or is about to be."),
    "weapon": _answer("A weapon is there, was shown or was spoken of."),
    "injury": _answer("Somebody is hurt badly enough to need treatment."),
    "children_present": _answer("Children are there now."),
    "domestic": _answer("Between partners, former partners or family."),
    "attendance_needed": _answer("Somebody needs to see an officer in person."),
}
"""The quick questions of the call screen, worded for the caller in the vocabulary danger_questions."""

INCIDENT_FACTS: Mapping[str, Fact] = {
    **DANGER_FACTS,
    # How it reached the police and what it was first taken to be.
    "channel": _code("How the report arrived.", "channels"),
    "opening_code": _code("Category chosen from the first contact.", "nsir_opening"),
    "qualifiers": _codes("Qualifiers set on the incident.", "nsir_qualifiers"),
    "call_cut_off": _answer("The line went dead, or the caller could not speak freely."),
    # What THRIVE said.
    "thrive_complete": _answer("Every element of THRIVE is said or considered."),
    "safeguarding_considered": _answer("The call taker considered safeguarding."),
    "crime_disclosed": _answer("The caller described something that may be a crime."),
    "evidence_at_risk": _answer("Evidence or a witness will be lost without a prompt visit."),
    "handler_judges_emergency": _answer("The call taker has a strong, written reason to send at once."),
    # What kind of thing it is.
    "sexual_offence": _answer("A sexual offence is reported or suspected."),
    "child_victim": _answer("Somebody under 18 is the victim or at risk."),
    "missing": _answer("Somebody is missing."),
    "hate": _answer("The victim or anyone else thinks that hostility to an identity was behind it."),
    "honour_based": _answer("Family or community 'honour' may be the motive, or a marriage may be forced."),
    "stalking": _answer("Fixed, obsessive, unwanted or repeated behaviour towards one person."),
    "exploitation": _answer("Somebody may be exploited: labour, sex, drug lines, cuckooing, slavery."),
    "mental_health": _answer("Somebody there is in mental distress or crisis."),
    "bail_or_order_breach": _answer("Bail, a court order or a protection notice seems to be broken."),
    "serious_damage": _answer("Property is being or has just been seriously damaged."),
    "road_danger": _answer("A collision with injury, or a road blocked so as to be dangerous."),
    "detained_person_dangerous": _answer("Somebody other than police is holding a person who may hurt them."),
    "person_detained": _answer("Somebody other than police is holding a suspect, without danger."),
    "distressed": _answer("The caller or victim is very frightened or distressed."),
    # Who is involved, and what is already known about them.
    "person_roles": _codes("Roles of the people on the incident.", "person_roles"),
    "vulnerabilities": _codes("Vulnerabilities chosen for anyone involved.", "vulnerabilities"),
    "markers": _codes("Kinds of live warning marker on anyone involved.", "marker_kinds"),
    "repeat": _codes("Repeat definitions that fired, by rule id."),
    "child_at_address": _answer("A child lives at, or is often at, the address."),
    "earlier_domestic_incidents": _number("Domestic incidents in 12 months with this victim or address."),
    "highest_earlier_risk": _code("Highest risk of the victim's earlier assessments.", "risk_levels"),
    "marac_in_12_months": _answer("The victim was heard at MARAC in the last 12 months."),
    "suspect_wanted_or_on_bail": _answer("The suspect is wanted, on bail or under licence."),
    # What a form handed in about somebody says.
    "form": _code("Which form it is, by its rule id."),
    "risk_grade": _code("The grade its officer gave, or a specialist after them.", "risk_levels"),
    "form_flags": _codes("What its answers raise, by the form's own flags."),
    "times_returned": _number("Times a reviewer sent it back."),
    # What has happened to the incident since.
    "grade": _code("The grade it has now.", "grades"),
    "status": _code("How far it has got.", "incident_statuses"),
    "closed_as_crime": _answer("It is closed as a crime."),
    "delays": _codes("What has gone wrong with the response so far.", "delays"),
    "calls_about_this": _number("Contacts about this same incident, the first included."),
    "downgrades_refused": _number("Times a lower grade was asked for and refused."),
    "waited_minutes": _number("Minutes since the target's clock began."),
    "minutes_past_target": _number("Minutes past the attendance target; nought while inside it."),
}


def check_leaf(leaf: Leaf) -> Iterator[tuple[str, str]]:
    """Object to a leaf that asks about no known fact, or in a way that can never be answered."""
    fact = INCIDENT_FACTS.get(leaf.fact)
    if fact is None:
        yield f"no fact is called {leaf.fact!r}", "use a name from fellwatch/rules/facts.py, or add it there"
        return
    wanted = leaf.expected if isinstance(leaf.expected, tuple) else (leaf.expected,)
    match fact.kind, leaf.operator:
        case (_, Operator.KNOWN):
            return
        case (FactKind.NUMBER, Operator.EQ | Operator.IN):
            if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in wanted):
                yield f"{leaf.fact} is a number", "compare it with a number"
        case (FactKind.ANSWER, Operator.EQ | Operator.IN):
            if not all(one in ANSWERS for one in wanted):
                yield f"{leaf.fact} is answered {', '.join(sorted(ANSWERS))}", "compare it with one of these"
        case (FactKind.CODE | FactKind.CODES, Operator.EQ | Operator.IN):
            if not all(isinstance(one, str) for one in wanted):
                yield f"{leaf.fact} holds codes", "compare it with a code in quotation marks"
        case (FactKind.ANSWER | FactKind.CODE, _):
            yield f"{leaf.fact} cannot be counted", "use eq or in"


def faults_in(facts: Facts) -> tuple[str, ...]:
    """List what is wrong with given facts: names nobody knows and values of the wrong kind."""
    return tuple(fault for name, value in facts.items() if (fault := _fault(name, value)))


def _fault(name: str, value: object) -> str:
    fact = INCIDENT_FACTS.get(name)
    if fact is None:
        return f"no fact is called {name!r}"
    match fact.kind:
        case FactKind.ANSWER:
            fits = isinstance(value, str) and value in ANSWERS
        case FactKind.CODE:
            fits = isinstance(value, str)
        case FactKind.CODES:
            fits = isinstance(value, list | tuple) and all(isinstance(code, str) for code in value)
        case FactKind.NUMBER:
            fits = isinstance(value, int | float) and not isinstance(value, bool)
    return "" if fits else f"{name} is of kind {fact.kind}, not {value!r}"


BLANK = re.compile(r"\{([a-z0-9_.]+)\}")


def blanks(sentence: str) -> tuple[str, ...]:
    """Name the facts that a reason sentence leaves room for: "Marked for {markers}."."""
    return tuple(BLANK.findall(sentence))


def say(sentence: str, facts: Facts) -> str:
    """Fill a reason sentence with the values that this incident has."""
    return BLANK.sub(lambda blank: in_words(look_up(facts, blank[1])), sentence)


def in_words(value: object) -> str:
    """Say a fact's value as an officer would read it."""
    match value:
        case None:
            return "not known"
        case str():
            return value.replace("_", " ")
        case float():
            return f"{value:g}"
        case list() | tuple():
            return ", ".join(in_words(item) for item in value) or "none"
        case _:
            return str(value)
