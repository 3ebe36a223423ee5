"""A model is learned from people, and published only if it does well on a labelled sample."""

import random
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from fellwatch.cli.recognition import recognition
from fellwatch.recognition import model
from fellwatch.recognition.arrays.engine import Match
from fellwatch.recognition.arrays.levels import NUMBER
from fellwatch.recognition.evaluation import Report
from fellwatch.recognition.held import Held, HeldAddress
from fellwatch.recognition.training import corrupt, labelled, second, written
from fellwatch.recognition.training.second import Labelled
from fellwatch.rules import likeness
from fellwatch.rules.likeness import SecondLook
from tests.recognition.people import DANIELLE, MARCUS, MODEL, RULEBOOK, STRANGERS, TODAY

PEOPLE = (DANIELLE, MARCUS, *STRANGERS)
GOOD = Report(
    people=1000,
    queries=900,
    not_held=300,
    recall_at_1=0.99,
    recall_at_5=0.99,
    published_likelihood=0.95,
    precision_at_published=0.995,
    recall_at_published=0.95,
    recall_at_high_precision=0.98,
    likelihood_at_high_precision=0.7,
    calibration_error=0.01,
    p50_ms=0.1,
    p95_ms=0.2,
    p99_ms=0.3,
    build_seconds=1.0,
    index_mb=1.0,
    index_bytes_a_person=100.0,
    memory_mb=100.0,
    unreadable_fields=0,
)


def test_the_same_seed_says_the_same_and_something_is_often_wrong() -> None:
    said = [corrupt.mixed(DANIELLE, random.Random(seed)) for seed in range(200)]
    assert said == [corrupt.mixed(DANIELLE, random.Random(seed)) for seed in range(200)]
    assert 20 < sum(s.get("forename") not in ("Danielle", "DANIELLE", "danielle") for s in said) < 180
    assert any(s["forename"].lower() == "hewett" for s in said)
    assert any("phone" not in s for s in said)


def test_those_taken_out_are_meant_by_nobody_and_a_third_leave_somebody_at_home() -> None:
    homes = [HeldAddress(True, replace(DANIELLE.addresses[0].address, house=str(n))) for n in range(60)]
    people = [
        Held(p.person_id, p.names, p.born, p.sex, p.phones, (home,)) for home in homes for p in (DANIELLE, MARCUS)
    ]
    sample = labelled.sample(people, queries=60, seed=1, today=TODAY)
    gone = sum(q.truth < 0 for q in sample.queries)
    assert len(sample.held) == len(people) - gone
    assert gone == pytest.approx(len(sample.queries) / 3, abs=2)
    assert sum(len(rows) == 1 for rows in _by_home(sample.held).values()) >= gone // 3


def _by_home(held: tuple[Held, ...]) -> dict[object, list[Held]]:
    found: dict[object, list[Held]] = {}
    for person in held:
        found.setdefault(person.addresses[0].address, []).append(person)
    return found


def _match(bits: float, *, brother: bool = False) -> Match:
    """Return somebody whose name agrees, or whose forename differs at the same address."""
    levels = [-1] * 8
    levels[0] = NUMBER["forename", "differs" if brother else "exact"]
    levels[5] = NUMBER["address", "same_house"]
    return Match(0, tuple(levels), bits, 0.0, 0.0, bits)


def test_the_second_look_learns_that_a_brother_is_not_the_one_meant() -> None:
    rows = [Labelled([_match(3.0)], 0)] * 200 + [Labelled([_match(3.0, brother=True)], -1)] * 200
    learned = second.learn(rows)
    with_brother = replace(MODEL, second=learned)
    told = likeness.look_again(with_brother, 3.0, 0.0, {"forename": "differs", "address": "same_house"})
    right = likeness.look_again(with_brother, 3.0, 0.0, {"forename": "exact", "address": "same_house"})
    assert likeness.likelihood(told) < 0.2 < 0.8 < likeness.likelihood(right)


def test_calibration_brings_what_is_told_to_what_is_so() -> None:
    rows = [Labelled([_match(5.0)], 0 if n % 4 else -1) for n in range(400)]
    learned = second.calibrate(SecondLook(), rows)
    told = learned.offset + learned.scale * 5.0
    assert likeness.likelihood(told) == pytest.approx(0.75, abs=0.05)


def test_a_model_comes_back_from_its_file_as_it_was() -> None:
    text = written.model(MODEL, number=9, applies_from=date(2027, 1, 1), learned_from="Made for a test.")
    version = tomllib.loads(text)["version"][0]
    assert version["number"] == 9
    assert len(version["example"]) == len(written.GUARDS)


def _candidate(folder: Path, number: int, day: date) -> Path:
    file = folder / "model.toml"
    file.write_text(written.model(MODEL, number=number, applies_from=day, learned_from="Made for a test."), "utf-8")
    return file


def test_publishing_ends_the_version_before_and_appends_the_new_one(tmp_path: Path) -> None:
    book = tmp_path / "starting_model.toml"
    book.write_text((RULEBOOK / model.FILE).read_text(encoding="utf-8"), encoding="utf-8")
    before = tomllib.loads(book.read_text(encoding="utf-8"))["version"]
    number = before[-1]["number"] + 1
    written.publish(_candidate(tmp_path, number, date(2027, 2, 1)), book, GOOD)
    *earlier, last, new = tomllib.loads(book.read_text(encoding="utf-8"))["version"]
    assert (new["number"], new["applies_from"]) == (number, date(2027, 2, 1))
    assert last["applies_to"] == date(2027, 2, 1)
    assert "Tried on 900 labelled queries" in new["reason"]
    assert len(earlier) == len(before) - 1
    with pytest.raises(written.Unfit, match="stands already"):
        written.publish(_candidate(tmp_path, number, date(2027, 3, 1)), book, GOOD)


@pytest.mark.parametrize(
    ("worse", "says"),
    [
        ({"precision_at_published": 0.9}, "only 90.0% were right"),
        ({"calibration_error": 0.2}, "0.200 off"),
        ({"recall_at_1": 0.9}, "would fall from 0.990 to 0.900"),
        ({"queries": 20}, "at least 500 queries"),
        ({"not_held": 0}, "not held"),
    ],
)
def test_a_model_that_does_badly_is_refused_with_the_reason(worse: dict[str, float], says: str) -> None:
    written.fit(GOOD, GOOD)
    with pytest.raises(written.Unfit, match=says):
        written.fit(replace(GOOD, **worse), GOOD)


def test_too_few_people_teach_nothing(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("person_id,forename,surname,sex,date_of_birth,phone,address,postcode\n1,Dani,Hewett,f,,,,\n")
    result = CliRunner().invoke(recognition, ["train", str(tmp_path / "out.toml"), "--people", str(people)])
    assert result.exit_code == 1
    assert "too few to learn from" in result.output
    assert not (tmp_path / "out.toml").exists()
