"""Who may grant and extend bail before charge: the worked cases of both regimes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from fellwatch.rules import bail, vocabulary
from fellwatch.rules.bail import Asked
from fellwatch.rules.reading import Table
from tests.rules import rulebook_under_test as book

VERSIONS = [vocabulary.read(Table(one["body"])) for one in book.raw("bail_stages")["version"]]
EARLIER, PRESENT = VERSIONS
ENDS = datetime(2026, 6, 3, tzinfo=UTC)
IN_TIME, LATE = datetime(2026, 6, 2, 22, tzinfo=UTC), datetime(2026, 6, 3, 0, 1, tzinfo=UTC)


def fields(asked: Asked, stages: vocabulary.Vocabulary = PRESENT) -> list[str]:
    return [field for field, _ in bail.objections(stages, asked)]


@pytest.mark.parametrize(
    ("arrested", "first"), [(date(2022, 10, 27), "28_days"), (date(2022, 10, 28), "3_months")], ids=["A", "B"]
)
def test_t24_the_arrest_date_picks_how_bail_begins(arrested: date, first: str) -> None:
    raw = next(
        one
        for one in book.raw("bail_stages")["version"]
        if one["applies_from"] <= arrested and arrested < one.get("applies_to", date.max)
    )
    assert bail.first(vocabulary.read(Table(raw["body"]))).code == first


@pytest.mark.parametrize("rank", ["custody_officer", "inspector", "superintendent"])
def test_a_custody_officer_or_above_may_grant_bail_now(rank: str) -> None:
    assert fields(Asked("3_months", rank, IN_TIME)) == []


def test_only_an_inspector_could_grant_it_under_the_earlier_regime() -> None:
    assert fields(Asked("28_days", "custody_officer", IN_TIME), EARLIER) == ["rank"]
    assert fields(Asked("28_days", "inspector", IN_TIME), EARLIER) == []
    assert fields(Asked("3_months", "inspector", IN_TIME, "28_days"), EARLIER) == ["rank"]


def test_t26_a_sergeant_may_not_extend_to_six_months() -> None:
    (problem,) = bail.objections(PRESENT, Asked("6_months", "custody_officer", IN_TIME, "3_months", ENDS))
    assert problem == ("rank", "Six months needs the authority of inspector or above.")


def test_t27_an_inspector_may_not_extend_what_has_ended() -> None:
    assert fields(Asked("6_months", "inspector", LATE, "3_months", ENDS)) == ["at"]
    assert fields(Asked("6_months", "inspector", IN_TIME, "3_months", ENDS)) == []


def test_t28_nine_months_follow_six_and_nothing_else() -> None:
    (problem,) = bail.objections(PRESENT, Asked("9_months", "superintendent", IN_TIME, "3_months", ENDS))
    assert problem == ("stage", "Nine months may only follow six months.")


def test_beyond_nine_months_a_chief_officer_or_a_court_and_then_only_a_court() -> None:
    assert fields(Asked("12_months", "superintendent", IN_TIME, "9_months", ENDS)) == ["rank"]
    assert fields(Asked("12_months", "chief_officer", IN_TIME, "9_months", ENDS)) == []
    assert fields(Asked("12_months", "court", IN_TIME, "9_months", ENDS)) == []
    assert fields(Asked("18_months", "chief_officer", IN_TIME, "12_months", ENDS)) == ["rank"]
    assert fields(Asked("18_months", "court", IN_TIME, "9_months", ENDS)) == []


def test_a_stage_that_the_law_does_not_know_is_told_with_those_it_knows() -> None:
    (problem,) = bail.objections(EARLIER, Asked("6_months", "inspector", IN_TIME, "28_days", ENDS))
    assert problem == ("stage", "The law of the arrest's date has no such stage. It has: 28 days, Three months.")


def test_bail_that_has_begun_does_not_begin_again() -> None:
    assert fields(Asked("3_months", "inspector", IN_TIME, "3_months", ENDS)) == ["stage"]
