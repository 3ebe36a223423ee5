"""Which crimes an answer discloses. One answer may disclose several; each needs its own recording decision.

Kept apart from the instruments: the law of crimes changes on its own days, and a force's form may tell of them too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fellwatch.rules import condition_data, expressions, instruments
from fellwatch.rules.expressions import Expression, Leaf
from fellwatch.rules.instruments import Answers, Instrument
from fellwatch.rules.reading import Table


@dataclass(frozen=True)
class Telling:
    """A condition over one instrument's answers that discloses the crime."""

    instrument: str
    when: Expression


@dataclass(frozen=True)
class Crime:
    """A crime as this house names it, and the law it stands in."""

    id: str
    title: str
    law: str
    told_by: tuple[Telling, ...]


@dataclass(frozen=True)
class Disclosures:
    crimes: tuple[Crime, ...]


@dataclass(frozen=True)
class Disclosed:
    """A crime that answers disclose, and the questions that disclosed it."""

    crime: str
    title: str
    law: str
    questions: tuple[str, ...]


def found(rule: Disclosures, instrument_id: str, instrument: Instrument, answers: Answers) -> tuple[Disclosed, ...]:
    """List the crimes that these answers disclose; a question that is skipped discloses nothing."""
    kept = {question.id: answers.get(question.id) for question in instruments.asked(instrument, answers)}
    known = instruments.as_facts(kept)
    return tuple(
        Disclosed(crime.id, crime.title, crime.law, tuple(dict.fromkeys(_questions(crime, instrument_id, known))))
        for crime in rule.crimes
        if any(expressions.holds(one.when, known) for one in told(crime, instrument_id))
    )


def told(crime: Crime, instrument_id: str) -> tuple[Telling, ...]:
    """List the conditions on one instrument that disclose a crime."""
    return tuple(one for one in crime.told_by if one.instrument == instrument_id)


def find(rule: Disclosures, crime_id: str) -> Crime | None:
    """Find a crime by its id."""
    return next((crime for crime in rule.crimes if crime.id == crime_id), None)


def _questions(crime: Crime, instrument_id: str, known: expressions.Facts) -> Iterator[str]:
    for telling in told(crime, instrument_id):
        for result in expressions.evaluate(telling.when, known).because:
            if result.truth is expressions.Truth.TRUE:
                yield result.leaf.fact.removeprefix("answer.")


def read(body: Table) -> Disclosures:
    """Read the crimes and what tells of them, finding every fault."""
    rule = Disclosures(tuple(_read_crime(entry) for entry in body.tables("crimes")))
    body.distinct("crimes", (crime.id for crime in rule.crimes))
    body.finish()
    return rule


def _read_crime(entry: Table) -> Crime:
    crime = Crime(
        entry.text("id"),
        entry.text("title"),
        entry.text("law"),
        tuple(_read_telling(one) for one in entry.tables("told_by")),
    )
    entry.finish()
    return crime


def _read_telling(entry: Table) -> Telling:
    telling = Telling(entry.text("instrument"), entry.condition("when", _is_answer))
    entry.finish()
    return telling


def _is_answer(leaf: Leaf) -> Iterator[tuple[str, str]]:
    if not leaf.fact.startswith("answer."):
        yield f"{leaf.fact!r} is no answer of a form", 'write "answer." and the id of a question'


def strangers(rule: Disclosures, instrument_id: str, instrument: Instrument) -> tuple[str, ...]:
    """Say which conditions ask about a question, or an answer, that the instrument does not have."""
    known = {question.id: question for question in instrument.library}
    leaves = (
        leaf
        for crime in rule.crimes
        for telling in told(crime, instrument_id)
        for leaf in condition_data.leaves(telling.when)
    )
    return tuple(leaf.fact for leaf in leaves if _is_strange(leaf, known))


def _is_strange(leaf: Leaf, known: Mapping[str, instruments.Question]) -> bool:
    question = known.get(leaf.fact.removeprefix("answer."))
    if question is None:
        return True
    wanted = leaf.expected if isinstance(leaf.expected, tuple) else (leaf.expected,)
    return bool(question.options) and not set(wanted) <= set(question.values)


def check_example(rule: Disclosures, example: Mapping[str, object], instrument: Instrument) -> str | None:
    """Try one worked example: `instrument`, `answers` and the ids of the crimes they disclose."""
    answers, expected = example.get("answers"), example.get("crimes")
    if not isinstance(answers, Mapping) or not isinstance(expected, list):
        return "an example needs `instrument`, `answers` and `crimes`"
    came = [one.crime for one in found(rule, str(example.get("instrument")), instrument, answers)]
    return None if came == expected else f"the crimes are {came!r}"
