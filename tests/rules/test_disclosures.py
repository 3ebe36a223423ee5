"""Which answers disclose which crimes, and that no condition asks about an answer nobody can give."""

from __future__ import annotations

import pytest

from fellwatch.rules import disclosures
from fellwatch.rules.disclosures import Disclosures
from fellwatch.rules.reading import Table
from tests.rules import rulebook_under_test as book


def _rule() -> Disclosures:
    found = disclosures.read(Table(book.raw("crimes_disclosed")["version"][0]["body"]))
    assert isinstance(found, Disclosures)
    return found


RULE = _rule()


@pytest.mark.parametrize("name", book.of_kind("instrument"))
def test_every_condition_asks_what_its_instrument_can_answer(name: str) -> None:
    assert disclosures.strangers(RULE, name, book.parsed(name)) == ()


def test_every_instrument_that_tells_of_a_crime_exists() -> None:
    named = {telling.instrument for crime in RULE.crimes for telling in crime.told_by}
    assert named <= set(book.of_kind("instrument"))


def test_strangulation_answered_yes_is_a_crime_with_its_question_and_law() -> None:
    found = disclosures.found(RULE, "dash", book.parsed("dash"), {"q18": "yes"})
    assert [(one.crime, one.questions) for one in found] == [("strangulation", ("q18",))]
    assert "s75A" in found[0].law


@pytest.mark.parametrize("answer", ["no", "not_known", "refused", "not_asked", ""])
def test_anything_but_yes_discloses_nothing(answer: str) -> None:
    dash = book.parsed("dash")
    assert disclosures.found(RULE, "dash", dash, {one.id: answer for one in dash.questions}) == ()


def test_each_question_that_told_is_named_once() -> None:
    found = disclosures.found(RULE, "dash", book.parsed("dash"), {"q12": "yes", "q17": "yes"})
    assert [(one.crime, one.questions) for one in found] == [("threats_to_kill", ("q17", "q12"))]


def test_fault_in_a_telling_is_told_with_its_place() -> None:
    body = {
        "crimes": [
            {
                "id": "assault",
                "title": "Assault",
                "law": "s39",
                "told_by": [{"instrument": "dash", "when": {"eq": ["domestic", "yes"]}}],
            }
        ]
    }
    table = Table(body)
    disclosures.read(table)
    assert [fault.where for fault in table.faults] == ["crimes.0.told_by.0.when.eq"]
