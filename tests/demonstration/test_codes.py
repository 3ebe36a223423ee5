"""Every code the county uses is one that the rulebook lists, and names go wrong as names do."""

import random
from functools import cache
from pathlib import Path

import pytest

from fellwatch.demonstration import markers, thrive
from fellwatch.demonstration.gazetteer import FORCE
from fellwatch.demonstration.happenings import CHANNELS, KINDS, Case
from fellwatch.demonstration.misspellings import misheard, misreported, mistyped
from fellwatch.demonstration.rows import IncidentRow, MarkerRow, PartRow
from fellwatch.rules.facts import DANGER_FACTS
from fellwatch.rules.rulebook import load
from fellwatch.rules.vocabulary import Vocabulary
from tests.demonstration.small import NOW, rows_of

RULEBOOK = Path(__file__).resolve().parents[2] / "rulebook"
CASES = [case for kind in KINDS for case in kind.cases]


@cache
def vocabulary(name: str) -> Vocabulary:
    """Return a list of codes as Fellshire has it."""
    found = load(RULEBOOK, "fellshire").rule(name).version_on(NOW.date(), FORCE).parsed
    assert isinstance(found, Vocabulary)
    return found


def listed(name: str) -> set[str]:
    """Return the codes of a list."""
    return {code.code for code in vocabulary(name).codes}


def test_incidents_use_listed_codes() -> None:
    codes = {kind.code for kind in KINDS}
    assert codes <= listed("nsir_opening")
    assert codes <= listed("nsir_closing")
    assert {q for case in CASES for q in case.qualifiers} <= listed("nsir_qualifiers")
    assert {v for case in CASES for v in case.vulnerabilities} <= listed("vulnerabilities")
    assert {channel for choices in CHANNELS.values() for channel, _ in choices} <= listed("channels")
    assert {row[3] for row in rows_of(PartRow)} <= listed("person_roles")
    assert {row[2] for row in rows_of(IncidentRow)} <= listed("channels")


def test_dangers_are_the_questions_of_the_call_screen() -> None:
    assert {name for case in CASES for name in case.dangers} <= set(DANGER_FACTS)


def test_markers_are_listed_and_hold_as_long_as_the_rulebook_says() -> None:
    days = {code.code: code.attributes["expires_after_days"] for code in vocabulary("marker_kinds").codes}
    for warns in (*markers.PEOPLE, *markers.PLACES, markers.SUSPECT):
        assert warns.days == days[warns.kind], warns.kind
    assert {row[3] for row in rows_of(MarkerRow)} <= set(days)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.summary)
def test_thrive_is_answered_whole(case: Case) -> None:
    answers = thrive.answers(case)
    assert all(answers[element] for element in thrive.ELEMENTS)
    assert ("crime_which" in answers) is case.crime


def test_a_misheard_name_is_another_name_not_far_away() -> None:
    rng = random.Random(7)
    for name in ("Hewett", "Danielle", "O'Neill", "Schofield", "Ng", "Mackenzie", "Łukasz"):
        for spoil in (misheard, mistyped):
            found = spoil(rng, name)
            assert found
            assert abs(len(found) - len(name)) <= 3


def test_a_reported_name_is_sometimes_the_wrong_way_round() -> None:
    rng = random.Random(7)
    found = [misreported(rng, "Danielle Louise", "Hewett") for _ in range(200)]
    assert ("Hewett", "Danielle") in found
    assert sum(name != ("Danielle", "Hewett") for name in found) > 180
