"""A device's clock may say anything: no legal time ever runs later than the truth."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fellwatch.rules.device_time import TOLERANCE, Basis, Contact, Stamp, establish

BEGAN = datetime(2026, 11, 21, 22, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def stamp(true, *, skew=timedelta(0), start="a", running=None):
    return Stamp(true + skew, (true - BEGAN).total_seconds() * 1000 if running is None else running, start)


def contact(true, **device):
    return Contact(true, stamp(true, **device))


def test_a_clock_that_is_an_hour_fast_moves_nothing():
    fast = timedelta(hours=1)
    found = establish(
        stamp(BEGAN + 40 * MINUTE, skew=fast),
        before=contact(BEGAN, skew=fast),
        told=contact(BEGAN + 180 * MINUTE, skew=fast),
    )
    assert (found.at, found.basis) == (BEGAN + 40 * MINUTE, Basis.CORRECTED)
    assert found.device_at == BEGAN + 100 * MINUTE


def test_a_clock_set_forward_between_two_contacts_is_not_believed_and_the_earliest_instant_is_taken():
    found = establish(
        stamp(BEGAN + 40 * MINUTE, skew=timedelta(days=1), start="b"),
        before=contact(BEGAN),
        told=contact(BEGAN + 180 * MINUTE, skew=timedelta(days=1), start="b"),
    )
    assert (found.at, found.basis) == (BEGAN, Basis.EARLIEST)


def test_while_the_device_was_not_started_again_its_running_clock_narrows_the_earliest_instant():
    found = establish(
        stamp(BEGAN + 40 * MINUTE, skew=timedelta(days=1)),
        before=contact(BEGAN),
        told=contact(BEGAN + 180 * MINUTE, skew=timedelta(days=1)),
    )
    assert found.at == BEGAN + 40 * MINUTE


MINUTES = st.integers(0, 3000)
SKEW = st.integers(-5000, 5000).map(lambda minutes: minutes * MINUTE)


@given(MINUTES, MINUTES, SKEW, SKEW, st.booleans(), st.integers(0, 100))
def test_no_setting_of_the_clock_makes_a_time_later_than_the_truth(until, after, at_first, later, again, asleep):
    """The clock is set once, at any moment, to anything; the running clock stands still for a part of the time."""
    happened, told_at = BEGAN + until * MINUTE, BEGAN + (until + after) * MINUTE
    start = "b" if again else "a"
    running = (happened - BEGAN).total_seconds() * 1000 * (100 - asleep) / 100
    for at_event in (at_first, later):
        found = establish(
            stamp(happened, skew=at_event, start=start, running=running),
            before=contact(BEGAN, skew=at_first),
            told=contact(told_at, skew=later, start=start),
        )
        assert BEGAN <= found.at <= told_at
        assert found.at <= happened + TOLERANCE
