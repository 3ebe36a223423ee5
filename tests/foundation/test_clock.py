"""A day begins in London, in summer an hour before it does in UTC."""

from datetime import UTC, date, datetime, timedelta

from fellwatch.foundation import clock


def test_a_day_begins_at_midnight_in_london_in_winter_and_in_summer():
    assert clock.midnight(date(2026, 1, 5)) == datetime(2026, 1, 5, tzinfo=UTC)
    assert clock.midnight(date(2026, 4, 1)) == datetime(2026, 3, 31, 23, tzinfo=UTC)


def test_the_day_on_which_clocks_change_has_an_hour_less_or_more():
    def hours(day):
        start, end = (clock.midnight(one).astimezone(UTC) for one in (day, day + timedelta(days=1)))
        return (end - start) / timedelta(hours=1)

    assert [hours(date(2026, 3, 29)), hours(date(2026, 3, 30)), hours(date(2026, 10, 25))] == [23, 24, 25]


def test_months_before_a_day_reach_over_the_turn_of_years_and_end_with_its_own():
    assert clock.months_to(date(2026, 2, 28), 3) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
    assert clock.months_to(date(2026, 12, 31), 12)[0] == date(2025, 12, 1)
    assert clock.months_to(date(2026, 1, 1), 0) == [date(2026, 1, 1)]
