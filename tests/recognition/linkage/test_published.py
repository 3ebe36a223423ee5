"""Weights that a run learned become a version of the policy, or are refused for what they would do."""

import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from fellwatch.recognition.linkage import published
from fellwatch.rules import linkage
from fellwatch.rules.reading import Table
from tests.recognition.people import RULEBOOK

TOMORROW = date(2031, 4, 1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    copy = tmp_path / "partner_linkage.toml"
    shutil.copy(RULEBOOK / published.FILE, copy)
    copy.chmod(0o644)
    return copy


def test_the_new_version_has_the_weights_and_all_else_of_the_old_which_ends_the_day_it_begins(file: Path) -> None:
    before = tomllib.loads(file.read_text(encoding="utf-8"))["version"]
    learned = {"surname": {"exact": (0.55, 0.0005)}, "sex": {"same": (0.97, 0.5)}}
    number = published.publish(learned, file, applies_from=TOMORROW, learned_from="900 records of an invented clinic")
    *_, old, new = tomllib.loads(file.read_text(encoding="utf-8"))["version"]
    assert (old["applies_to"], new["applies_from"], new["number"]) == (TOMORROW, TOMORROW, number)
    assert number == before[-1]["number"] + 1
    policy = linkage.read(Table(new["body"], "body", []))
    assert policy.weights["surname"]["exact"] == (0.55, 0.0005)
    assert (
        policy.weights["surname"]["close"] == linkage.read(Table(old["body"], "body", [])).weights["surname"]["close"]
    )
    assert (new["example"], new["local"]) == (old["example"], old["local"])
    assert "900 records of an invented clinic" in new["source"]


def test_weights_by_which_a_sister_would_be_joined_are_refused_and_nothing_is_written(file: Path) -> None:
    before = file.read_bytes()
    careless = {"forename": {"differs": (0.99, 0.0000001)}, "date_of_birth": {"differs": (0.99, 0.0001)}}
    with pytest.raises(published.Unfit, match="Her sister"):
        published.publish(careless, file, applies_from=TOMORROW, learned_from="a bad file")
    assert file.read_bytes() == before


def test_a_version_cannot_begin_before_the_one_that_stands(file: Path) -> None:
    with pytest.raises(published.Unfit, match="after"):
        published.publish({}, file, applies_from=date(2001, 1, 1), learned_from="x")
