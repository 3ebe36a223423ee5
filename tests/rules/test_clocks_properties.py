"""What must hold of every clock, whatever the day: tried on many, bank holidays and clock changes included."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fellwatch.duties import calendar
from fellwatch.rules import clocks
from fellwatch.rules.calendar_days import LONDON, day_of
from fellwatch.rules.clock_facts import Spell
from fellwatch.rules.clock_rule import ActsOn, Clock, ClockName, ClockRule, FactKind, FactSpec, Sense
from fellwatch.rules.clocks import Due

HOLIDAYS = calendar.england_and_wales()
HOURS = (ClockName.ELAPSED, ClockName.COURT_HOURS)
DAYS = (ClockName.DAYS_FROM, ClockName.DAYS_AFTER, ClockName.WORKING_DAYS)
MONTHS = (ClockName.MONTHS_FROM, ClockName.MONTHS_AFTER)
UNIT = {**dict.fromkeys(HOURS, "hours"), **dict.fromkeys(DAYS, "days"), **dict.fromkeys(MONTHS, "months")}
AWAY = FactSpec("away", FactKind.SPELLS, "away", optional=True)

FIRST = datetime(2015, 1, 1, tzinfo=UTC)
starts = st.timedeltas(timedelta(0), timedelta(days=7300)).map(lambda since: FIRST + since)
names = st.sampled_from([*HOURS, *DAYS, *MONTHS])
lengths = st.integers(1, 60)


def rule(name: ClockName, length: int) -> ClockRule:
    clock = Clock("only", name, length, UNIT[name], suspended_while=("away",))
    return ClockRule("event", "owner", "duty", "", ActsOn.FIRST, Sense.BY, (0.75,), (AWAY,), (clock,))


def work_out(name: ClockName, length: int, start: datetime, *away: Spell) -> Due:
    facts = {"away": away} if away else {}
    return clocks.due(rule(name, length), start=start, calendar=HOLIDAYS, facts=facts)


def end(due: Due) -> datetime:
    assert due.due_at is not None
    return due.due_at


@given(names, lengths, starts, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_what_starts_later_is_never_due_earlier(
    name: ClockName, length: int, start: datetime, later: timedelta
) -> None:
    assert end(work_out(name, length, start)) <= end(work_out(name, length, start + later))


@given(names, lengths, starts)
def test_a_longer_clock_is_never_due_earlier(name: ClockName, length: int, start: datetime) -> None:
    assert end(work_out(name, length, start)) <= end(work_out(name, length + 1, start))


@given(
    names,
    lengths,
    starts,
    st.lists(
        st.tuples(
            st.timedeltas(timedelta(days=-5), timedelta(days=90)),
            st.timedeltas(timedelta(minutes=1), timedelta(days=30)),
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_suspension_never_shortens(
    name: ClockName, length: int, start: datetime, spells: list[tuple[timedelta, timedelta]]
) -> None:
    away = [Spell(start + after, start + after + long) for after, long in spells]
    assert end(work_out(name, length, start, *away)) >= end(work_out(name, length, start))


@given(names, lengths, starts)
def test_nothing_is_due_while_the_clock_stands_still_for_good(name: ClockName, length: int, start: datetime) -> None:
    assert work_out(name, length, start, Spell(start)).due_at is None


@given(lengths, starts)
def test_court_hours_never_end_in_a_disregarded_period_but_at_its_edge(length: int, start: datetime) -> None:
    due = work_out(ClockName.COURT_HOURS, length, start)
    last = day_of(end(due) - timedelta(microseconds=1))
    assert not HOLIDAYS.disregarded_by_courts(last, by_statute=False)


@given(lengths, starts)
def test_court_hours_end_no_sooner_than_plain_hours_and_the_statute_never_sooner_than_the_list(
    length: int, start: datetime
) -> None:
    due = work_out(ClockName.COURT_HOURS, length, start)
    assert end(due) >= start + timedelta(hours=length)
    assert all(one.due_at is not None and one.due_at > end(due) for one in due.also)


@given(st.integers(1, 2000), starts)
def test_elapsed_hours_are_hours_whatever_the_clocks_do(length: int, start: datetime) -> None:
    assert end(work_out(ClockName.ELAPSED, length, start)) == start + timedelta(hours=length)


@given(st.sampled_from([*DAYS, *MONTHS]), lengths, starts)
def test_days_end_at_midnight_in_london_and_a_moment_before_is_in_time(
    name: ClockName, length: int, start: datetime
) -> None:
    due = work_out(name, length, start)
    assert end(due).astimezone(LONDON).time() == time()
    assert due.met_by(end(due) - timedelta(microseconds=1))
    assert not due.met_by(end(due))


@given(st.integers(1, 40), starts)
def test_working_days_end_on_a_working_day(length: int, start: datetime) -> None:
    last = work_out(ClockName.WORKING_DAYS, length, start).last_date
    assert last is not None
    assert not HOLIDAYS.not_working(last)


@given(st.integers(1, 40), starts)
def test_months_beginning_with_a_day_end_where_the_next_such_period_can_begin(length: int, start: datetime) -> None:
    last = work_out(ClockName.MONTHS_FROM, length, start).last_date
    assert last is not None
    following = last + timedelta(days=1)
    first = day_of(start)
    assume(first.day <= 28)
    assert (following.day, (following.year - first.year) * 12 + following.month - first.month) == (
        first.day,
        length,
    )


@pytest.mark.parametrize("changes", [date(2026, 3, 29), date(2026, 10, 25)])
def test_clock_changes_fall_on_sundays_which_courts_disregard(changes: date) -> None:
    saturday = datetime.combine(changes - timedelta(days=1), time(13), LONDON)
    due = work_out(ClockName.COURT_HOURS, 24, saturday)
    assert end(due).astimezone(LONDON) == datetime.combine(changes + timedelta(days=1), time(13), LONDON)


def test_a_time_in_the_hour_that_comes_twice_says_which_of_the_two() -> None:
    due = work_out(ClockName.ELAPSED, 24, datetime(2026, 10, 24, 1, 30, tzinfo=UTC))
    assert due.words == "by Sun 25 Oct 2026 01:30 GMT"


def test_the_end_of_a_day_is_said_as_the_end_of_that_day() -> None:
    due = work_out(ClockName.DAYS_FROM, 3, datetime(2026, 10, 14, 9, tzinfo=UTC))
    assert due.words == "by the end of Fri 16 Oct 2026"
    assert end(due) == datetime(2026, 10, 16, 23, tzinfo=UTC)


def test_warnings_come_at_their_share_of_the_time_allowed() -> None:
    start = datetime(2026, 11, 17, 8, tzinfo=UTC)
    assert work_out(ClockName.ELAPSED, 24, start).warn_at == (start + timedelta(hours=18),)
