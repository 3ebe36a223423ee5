"""The model that ships: its worked examples hold, and what cannot be used says so."""

import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from fellwatch.recognition import model
from fellwatch.rules import likeness
from tests.recognition.people import MODEL, RULEBOOK, TODAY

RULE = tomllib.loads((RULEBOOK / model.FILE).read_text(encoding="utf-8"))
EXAMPLES = RULE["version"][-1]["example"]


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["name"] for e in EXAMPLES])
def test_every_worked_example_comes_out_as_written(example: dict[str, object]) -> None:
    assert likeness.check_example(MODEL, example) is None


def test_no_level_that_agrees_speaks_more_for_the_household_than_for_the_person() -> None:
    agreeing = [level for level in MODEL.levels.values() if level.agrees]
    assert agreeing
    assert all(level.household <= level.same for level in agreeing)


def test_every_household_fact_together_leaves_open_which_of_them_it_is() -> None:
    found = [MODEL.level("phone", "exact"), MODEL.level("address", "same_house"), MODEL.level("surname", "exact")]
    for population in (1_000, 500_000, 50_000_000):
        bits = sum(likeness.odds([level.evidence() for level in found], MODEL, population))
        assert likeness.likelihood(bits) < MODEL.published


def test_a_faulty_model_names_every_fault_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "recognition").mkdir()
    faulty = tmp_path / model.FILE
    shutil.copy(RULEBOOK / model.FILE, faulty)
    text = faulty.read_text(encoding="utf-8")
    text = text.replace("held = 0.7", "held = 7").replace("swapped = { same = 0.04", "swapped = { alike = 0.04")
    faulty.chmod(0o644)
    faulty.write_text(text, encoding="utf-8")
    with pytest.raises(model.ModelUnreadable) as found:
        model.load(tmp_path, TODAY)
    assert "body.held" in str(found.value)
    assert "order.swapped.same" in str(found.value)


def test_a_day_before_the_model_has_none(tmp_path: Path) -> None:
    with pytest.raises(model.ModelUnreadable, match="no version that applies"):
        model.load(RULEBOOK, date(1990, 1, 1))
    with pytest.raises(model.ModelUnreadable, match="cannot be read"):
        model.load(tmp_path, TODAY)
