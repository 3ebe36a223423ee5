"""How good the answers are: recall, precision, thresholds and calibration, by hand-worked examples."""

import json
from pathlib import Path

import pytest

from benchmarks.matching import answers, curve, judged, measures, mistakes, report
from benchmarks.matching.answers import Answer, Answers
from benchmarks.matching.batch import agreement
from benchmarks.matching.measures import Outcome
from benchmarks.matching.sample import GIVEN, WITHHELD
from benchmarks.matching.scorer import agreements, kept, learn
from benchmarks.matching.tidy import Tidy, plain, tidy

RIGHT, WRONG, NOBODY = Outcome(True, 1, 0.9), Outcome(False, 0, 0.9), Outcome(False, 0, float("-inf"))


def test_the_rank_of_the_right_one_is_told_and_nobody_found_is_no_alarm() -> None:
    found = measures.outcomes(
        [Answer(1.0, (("P2", 0.8), ("P1", 0.1))), Answer(1.0, ()), Answer(1.0, (("P9", 0.7),))], ["P1", "P1", ""]
    )
    assert [(o.is_held, o.rank) for o in found] == [(True, 2), (True, 0), (False, 0)]
    assert measures.recall_within(found, 1).value == 0.0
    assert measures.recall_within(found, 5).value == 0.5
    assert measures.precision_from(found, 0.0).of == 2


def test_the_threshold_for_a_precision_is_the_lowest_that_holds_it() -> None:
    found = [Outcome(True, 1, 0.9 - n / 1000) for n in range(99)] + [Outcome(False, 0, 0.5), Outcome(False, 0, 0.4)]
    assert measures.threshold_for(found) == 0.5
    assert measures.recall_at(found, draws=20).value == 1.0


def test_equal_scores_stand_or_fall_together() -> None:
    found = [RIGHT, RIGHT, WRONG]
    assert measures.threshold_for(found, 0.99) == float("inf")
    assert measures.threshold_for(found, 0.6) == 0.9
    assert measures.recall_at([RIGHT, NOBODY], draws=0).value == 1.0


def test_wilson_s_interval_holds_the_share_and_never_leaves_nought_to_one() -> None:
    all_right = measures.wilson(50, 50)
    assert all_right.value == 1.0
    assert 0.9 < all_right.low < all_right.high == 1.0
    assert str(measures.wilson(0, 0)) == "none"


def test_likelihoods_that_come_true_as_often_as_they_say_have_no_calibration_error() -> None:
    honest = [Outcome(True, 1, 0.75)] * 3 + [Outcome(False, 0, 0.75)]
    assert measures.calibration_error(honest) == pytest.approx(0.0)
    boastful = [Outcome(True, 1, 0.95), Outcome(False, 0, 0.95)]
    assert measures.calibration_error(boastful) == pytest.approx(0.45)


def test_the_curve_has_a_point_for_every_range_with_queries_and_says_them_in_words() -> None:
    bins = measures.reliability([Outcome(True, 1, 0.95), Outcome(False, 0, 0.15)])
    drawn = curve.draw("Likelihood and truth", {"Given": bins, "Withheld": bins})
    assert drawn.count("<circle") == drawn.count("<rect") == 3
    assert "0.95 shown, 1.00 right" in drawn


def test_false_alarms_are_told_by_kind_and_misses_by_fault() -> None:
    about = [
        {"standing": "housemate", "household": "4", "kinds": "initial"},
        {"standing": "held", "household": "5", "kinds": "initial;maiden"},
    ]
    given = [Answer(1.0, (("P1", 0.9),)), Answer(1.0, (("P2", 0.2),))]
    found = [Outcome(False, 0, 0.9), Outcome(True, 1, 0.2)]
    alarms = mistakes.alarms(given, found, about, {"P1": 4, "P2": 5}, 0.5)
    assert alarms == {"A housemate who is not held taken for a member of the household": 1}
    assert {m.fault: m.missed for m in mistakes.misses(found, about, 0.5)} == {"initial": 1, "maiden": 1}


def test_clusters_are_compared_over_pairs() -> None:
    truth = {"a": 1, "b": 1, "c": 1, "d": 2}
    found = agreement({"a": "x", "b": "x", "c": "y", "d": "y"}, truth)
    assert (found.precision, found.recall) == (0.5, pytest.approx(1 / 3))
    assert agreement(truth, truth).f1 == 1.0


def _row(**said: str) -> dict[str, str]:
    columns = ("person_id", "forename", "surname", "sex", "date_of_birth", "phone", "address", "postcode")
    return {column: said.get(column, "") for column in columns}


def test_rows_are_cleaned_for_peers_as_a_careful_integrator_would() -> None:
    cleaned = tidy(
        _row(forename="Łukasz", surname="O'Brien-Smith", date_of_birth="4/3/1991", phone="+44 (0) 7700 900123",
             address="Flat 2, 14 Tarn Rd, Ravensby", postcode="ZZ1 1AA", sex="F")
    )  # fmt: skip
    assert cleaned == Tidy("", "lukasz", "obriensmith", "f", "1991-03-04", "07700900123", "2 14", "tarn road", "zz11aa")
    assert plain("Siobhán  Ní Bhriain") == "siobhan ni bhriain"


def _tidy(**fields: str) -> Tidy:
    empty = dict.fromkeys(("id", "forename", "surname", "sex", "born", "phone", "house", "street", "postcode"), "")
    return Tidy(**{**empty, **fields})


def test_peers_levels_see_a_name_turned_round_and_a_day_for_a_month() -> None:
    held = _tidy(forename="danielle", surname="hewett", born="1991-03-04")
    found = agreements(_tidy(forename="hewett", surname="danielle", born="1991-04-03"), held)
    assert found == [("forename", "same"), ("surname", "same"), ("swapped", "yes"), ("born", "turned")]
    assert agreements(_tidy(forename="d", born="1991"), held) == [("forename", "initial"), ("born", "year")]


def test_peers_weights_are_learned_from_the_development_queries_and_read_back(tmp_path: Path) -> None:
    held = [_tidy(id=f"P{n}", forename=f"name{n}", surname="hewett", born=f"19{n:02d}-01-02") for n in range(10, 40)]
    asked = [(one, held) for one in held]
    learn(asked, tmp_path / "tuned.json")
    weights, published = kept(tmp_path / "tuned.json")
    assert weights.score(held[0], held[0]) >= published > weights.score(held[0], held[1])


def test_answers_survive_being_kept_as_json(tmp_path: Path) -> None:
    given = Answers("S", "how", 1.0, 2.0, 0.5, True, {GIVEN: (Answer(0.25, (("P1", 0.9),)), Answer(0.5, ()))})
    answers.save(given, tmp_path / "a.json")
    assert answers.load(tmp_path / "a.json") == given
    assert json.loads((tmp_path / "a.json").read_text())["system"] == "S"


def test_a_bar_that_is_missed_says_so_in_the_report() -> None:
    whole, group = (
        measures.wilson(97, 100),
        judged.Group("rare surnames", measures.wilson(9, 10), measures.wilson(9, 10), 0.03),
    )
    first = measures.wilson(995, 1000)
    shares = (first, whole, whole, 0.5, whole, whole)
    one = judged.Judged("Fellwatch", WITHHELD, 0.05, 0.1, 0.2, *shares, 0.01, [], [group], {}, [])
    ours = Answers("Fellwatch", "how", 1.0, 2.0, notes={"bytes_a_person": 90.0})
    sized = report.Sized(1000, [ours], [one], [])
    told = {bar.name: bar.met for bar in report.bars([sized])}
    assert told["recall at precision 0.99, telephone withheld"] is False
    assert told["recall@1, telephone withheld"] is True
    assert told["calibration error of the worst group, telephone withheld"] is False
    assert "NOT MET" in report.verdicts(report.bars([sized]))
