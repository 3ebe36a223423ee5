"""Grade first, then danger, then how near: the same list at a desk and on a handheld without signal."""

from hypothesis import given
from hypothesis import strategies as st

from fellwatch.rules.turns import turn
from tests.rules.javascript import answers

ABOUT = st.fixed_dictionaries(
    {
        "mine": st.booleans(),
        "place": st.none() | st.integers(0, 8),
        "danger": st.sampled_from([0, 10, 35.5, 120]),
        "kilometres": st.none() | st.sampled_from([0.0, 1.5, 28.2]),
    }
)
LISTS = st.lists(st.lists(ABOUT, max_size=12), min_size=12, max_size=12)


def _ordered(abouts):
    return [at for at, _ in sorted(enumerate(abouts), key=lambda pair: turn(**pair[1]))]


def test_what_is_near_but_can_wait_never_stands_above_an_emergency_and_danger_parts_those_of_one_grade():
    near = {"mine": False, "place": 2, "danger": 120, "kilometres": 0.2}
    far = {"mine": False, "place": 0, "danger": 0, "kilometres": 30.0}
    farther = {**far, "kilometres": 31.0}
    worse = {**farther, "danger": 25}
    unplaced = {**far, "kilometres": None}
    assert _ordered([near, unplaced, far, farther, worse]) == [4, 2, 3, 1, 0]
    assert _ordered([far, {**near, "mine": True}]) == [1, 0], "what the officer attends is first"


@given(LISTS)
def test_the_handheld_orders_as_the_desk_does(lists):
    found = answers(
        "turns.ordered(given.map((about, at) => [about, at]), ([about]) => about).map(([, at]) => at)", lists
    )
    assert found == [_ordered(abouts) for abouts in lists]
