"""Intervals of shares: worked by hand from the formulas, and honest at the edges."""

import pytest

from fellwatch.safeguarding.review import intervals


def test_wilsons_interval_of_ten_in_a_hundred():
    share = intervals.share(10, 100)
    assert (share.rate, round(share.low, 2), round(share.high, 2)) == (10.0, 5.52, 17.44)


@pytest.mark.parametrize(("part", "whole"), [(0, 20), (20, 20), (1, 1), (0, 1)])
def test_an_interval_never_leaves_nought_to_a_hundred_and_holds_its_share(part, whole):
    share = intervals.share(part, whole)
    assert 0 <= share.low <= share.rate <= share.high <= 100


def test_nothing_looked_at_has_no_share():
    assert intervals.share(0, 0) is None


def test_newcombes_published_example_of_two_shares():
    """56 of 70 against 48 of 80: Newcombe 1998, method 10, gives 0.0524 to 0.3339."""
    found = intervals.change(intervals.share(48, 80), intervals.share(56, 70))
    assert (round(found.points, 1), round(found.low, 2), round(found.high, 2)) == (20.0, 5.24, 33.39)
    assert found.is_told


def test_two_like_shares_cannot_be_told_apart():
    assert not intervals.change(intervals.share(5, 50), intervals.share(4, 50)).is_told
