"""What a force may choose, and what it may not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fellwatch.rules import clocks, rulebook
from fellwatch.rules.versions import Confidence
from tests.rules.rulebook_writing import faults, rule, version, written

FORCE = 'code = "X23000099"\nname = "Fellshire Constabulary"\n'
OPEN = """
[[version.local]]
path = "clocks.only.hours"
at_least = 2
at_most = 4
reason = "A force may be quicker."
"""
SHIPPED = Path(__file__).parents[2] / "rulebook"


def core(**files: str) -> dict[str, str]:
    text = rule("act", version() + OPEN)
    return {"clocks__act": text, "forces__fellshire__force": FORCE, **files}


def choice(path: str = "clocks.only.hours", value: object = 3, number: int = 1001, begins: str = "2021-01-01") -> str:
    return f"""chooses = "act"
[[choice]]
number = {number}
of = 1
applies_from = {begins}
decided_by = "The board"
reason = "We can."
[choice.set]
"{path}" = {value}
[[choice.example]]
at = 2021-01-01T10:00:00Z
due = 2021-01-01T13:00:00Z
"""


def test_a_choice_among_what_is_open_makes_a_version_of_the_forces_own(tmp_path: Path) -> None:
    root = written(tmp_path, **core(forces__fellshire__act=choice()))
    book = rulebook.load(root, "fellshire")
    found = book.version_on("act", date(2026, 1, 1))
    assert (found.number, found.confidence, found.territory) == (1001, Confidence.LOCAL, ("X23000099",))
    assert clocks.rule_of(found).clocks[0].length == 3
    assert found.chosen is not None
    assert found.chosen.decided_by == "The board"


def test_a_choice_holds_from_its_own_day_and_only_for_its_force(tmp_path: Path) -> None:
    root = written(tmp_path, **core(forces__fellshire__act=choice()))
    book = rulebook.load(root, "X23000099")
    assert book.version_on("act", date(2020, 12, 31)).number == 1
    assert book.rule("act").version_on(date(2026, 1, 1), "E23000002").number == 1
    assert rulebook.load(root).version_on("act", date(2026, 1, 1)).number == 1


REFUSED = [
    ({"value": 5}, "5 is not allowed; choose from 2 to 4"),
    ({"value": '"3"'}, "'3' is not allowed"),
    (
        {"path": "owner", "value": '"us"'},
        "is not the force's to choose; version 1 leaves open: clocks.only.hours",
    ),
    ({"number": 7}, "take the next free number from 1001"),
    ({"begins": "2019-01-01"}, "reaches outside the core version"),
]


@pytest.mark.parametrize(("changed", "fault"), REFUSED)
def test_a_force_may_not_go_beyond_what_is_open(tmp_path: Path, changed: dict[str, object], fault: str) -> None:
    root = written(tmp_path, **core(forces__fellshire__act=choice(**changed)))  # type: ignore[arg-type]
    assert any(fault in one for one in faults(root, "fellshire"))


def test_two_choices_that_hold_at_once_are_a_fault(tmp_path: Path) -> None:
    twice = choice() + choice(number=1002).partition("\n")[2]
    root = written(tmp_path, **core(forces__fellshire__act=twice))
    assert any("1001 and 1002 both hold" in one for one in faults(root, "fellshire"))


def test_a_choice_about_a_rule_nobody_knows_is_a_fault(tmp_path: Path) -> None:
    root = written(tmp_path, **core(forces__fellshire__act=choice().replace('"act"', '"atc"')))
    assert any("the core has no rule 'atc'" in one for one in faults(root, "fellshire"))


def test_a_force_may_add_a_rule_of_its_own_but_not_as_law(tmp_path: Path) -> None:
    own = rule("ours", version(territory="X23000099"))
    root = written(tmp_path / "law", **core(forces__fellshire__ours=own))
    assert any("cannot claim to be law" in one for one in faults(root, "fellshire"))
    local = own.replace('"verified"', '"local"')
    book = rulebook.load(written(tmp_path / "local", **core(forces__fellshire__ours=local)), "fellshire")
    assert book.version_on("ours", date(2026, 1, 1)).number == 1


def test_a_forces_own_rule_holds_nowhere_else(tmp_path: Path) -> None:
    own = rule("ours", version()).replace('"verified"', '"local"')
    root = written(tmp_path, **core(forces__fellshire__ours=own))
    assert any("holds only in its area" in one for one in faults(root, "fellshire"))


def test_a_force_may_not_replace_a_rule_of_the_core(tmp_path: Path) -> None:
    own = rule("act", version(territory="X23000099")).replace('"verified"', '"local"')
    root = written(tmp_path, **core(forces__fellshire__act=own))
    assert any("the core already has 'act'" in one for one in faults(root, "fellshire"))


def test_what_is_open_must_allow_what_the_body_says(tmp_path: Path) -> None:
    narrow = OPEN.replace("at_most = 4", "at_most = 3")
    root = written(tmp_path, clocks__act=rule("act", version() + narrow))
    assert any("the body's own 4 is not allowed" in one for one in faults(root))


def test_an_unknown_force_is_answered_with_those_there_are(tmp_path: Path) -> None:
    root = written(tmp_path, **core())
    assert "Did you mean fellshire?" in faults(root, "felshire")[0]


def test_the_invented_countys_force_promises_priority_calls_in_45_minutes() -> None:
    book = rulebook.load(SHIPPED, "fellshire")
    rule_now = clocks.rule_of(book.version_on("attendance", date(2026, 11, 21)))
    assert next(one.length for one in rule_now.clocks if one.id == "priority") == 45
    assert book.rule("protection_notice_triage").versions[0].confidence is Confidence.LOCAL
