"""Bars and lines are drawn where the numbers say."""

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


@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False), max_size=30))
def test_no_point_leaves_its_chart(values: list[float]) -> None:
    drawn = pictures.plot(values, {"usual": 1.0})
    assert all(20 <= x <= 580 and 9.9 <= y <= 150.1 for x, y, _ in drawn.points)
