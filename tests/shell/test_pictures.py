"""Bars and lines are drawn where the numbers say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellwatch.shell import pictures

WEIGHTS = st.lists(st.floats(-20, 20, allow_nan=False), max_size=12)


def test_a_waterfall_starts_each_bar_where_the_last_one_ended() -> None:
    first, second, third = pictures.waterfall([4.0, 6.0, -2.0])
    assert (first.left, first.width) == (0.0, 40.0)
    assert (second.left, second.width) == (40.0, 60.0)
    assert (third.left, third.width, third.spoke_for) == (80.0, 20.0, False)


@given(WEIGHTS)
def test_no_bar_leaves_its_picture(weights: list[float]) -> None:
    for step in pictures.waterfall(weights):
        assert -0.01 <= step.left <= 100.01
        assert step.left + step.width <= 101


@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False), max_size=30), st.floats(-1e3, 1e3))
def test_no_point_leaves_its_chart(values: list[float], usual: float) -> None:
    drawn = pictures.plot(values, {"usual": usual}, names=[str(place) for place in range(len(values))])
    assert all(0 <= x <= 100 and -0.01 <= y <= 100.01 for x, y, _ in drawn.points)
    assert all(-0.01 <= y <= 100.01 for _, y in drawn.limits)
    downs = [y for _, y in drawn.ticks]
    assert (downs[0], downs[-1]) == (100, 0)
    assert 2 <= len(drawn.ticks) <= 7
    assert len(drawn.names) <= 6


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([18.0, 41.5], ["0", "20", "40", "60"]),
        ([3, 20], ["0", "5", "10", "15", "20"]),
        ([0.2, 0.9], ["0", "0.5", "1"]),
        ([1500, 38000], ["0", "10,000", "20,000", "30,000", "40,000"]),
        ([-4, 9], ["-5", "0", "5", "10"]),
        ([0, 0], ["0", "1"]),
        ([], ["0", "1"]),
    ],
)
def test_a_chart_has_round_figures_beside_it_and_zero_among_them(values: list[float], ticks: list[str]) -> None:
    assert [tick for tick, _ in pictures.plot(values, {}).ticks] == ticks


def test_the_first_and_the_last_month_are_named_where_there_is_little_room() -> None:
    months = [f"month {place}" for place in range(13)]
    names = pictures.plot([1.0] * 13, {}, names=months).names
    assert [name for name, _, _ in names] == ["month 0", "month 3", "month 6", "month 9", "month 12"]
    assert [name for name, _, kept in names if kept] == ["month 0", "month 12"]
    assert names[0][1] == 0
    assert names[-1][1] == 100
