"""Whatever is given for a fact or a start, a clock answers or refuses in words, and never breaks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fellwatch.duties import calendar
from fellwatch.rules import clock_facts, clocks, rulebook, years
from fellwatch.rules.clock_facts import MOST_SCHOOL_DAYS, School
from fellwatch.rules.clock_readings import ClockRefused
from fellwatch.rules.clock_rule import ActsOn, Clock, ClockName, ClockRule, FactKind, FactSpec, Sense
from fellwatch.rules.versions import Version

HOLIDAYS = calendar.england_and_wales()
BOOK = rulebook.load(Path(__file__).parents[2] / "rulebook")
VERSIONS = [version for rule in BOOK.of_kind("clock") for version in rule.versions]
ENDS = (date.min.isoformat(), date.max.isoformat(), "0001-W01-1", "9999-W52-7")

taken = st.dates(date(years.FIRST, 1, 1), date(years.LAST, 12, 31))
days = st.one_of(taken, st.dates()).map(date.isoformat) | st.sampled_from(ENDS)
hours = st.sampled_from(["00:00", "08:45", "23:59:59.999999", "24:00"])
offsets = st.sampled_from(["", "Z", "+01:00", "+14:00", "-14:00", "+23:59", "-23:59", "+24:00"])
moments = st.builds("{}T{}{}".format, days, hours, offsets)
edges = st.one_of(days, moments, st.just(""))
ranges = st.builds("{}..{}".format, edges, edges)
lists = st.lists(st.one_of(days, ranges), max_size=4).map(",".join)
terms = st.builds("{}@{}".format, lists, hours)
near_misses = st.text("0123456789-.:T@,Z+W ", max_size=40)
numbers = st.integers().map(str)
texts = st.one_of(st.text(max_size=40), days, moments, lists, terms, near_misses, numbers)
aware = st.builds(datetime.combine, taken, st.times(), st.just(UTC))
starts = st.one_of(taken, aware, aware, st.dates(), st.datetimes(), st.datetimes(timezones=st.just(UTC)))

FITTING = {
    FactKind.NUMBER: st.integers(1, 40).map(str),
    FactKind.DATE: taken.map(date.isoformat),
    FactKind.MOMENT: aware.map(datetime.isoformat),
    FactKind.SPELLS: st.lists(st.builds("{}..{}".format, taken, taken | st.just("")), max_size=4).map(",".join),
    FactKind.SCHOOL: st.builds("{}@08:45".format, taken),
}


def spec(kind: FactKind) -> FactSpec:
    return FactSpec("given", kind, "given", choices=("yes", "no") if kind is FactKind.CHOICE else ())


def read(kind: FactKind, text: str) -> tuple[dict[str, clock_facts.Value], tuple[str, ...]]:
    return clock_facts.read((spec(kind),), {"given": text})


def refusal(kind: FactKind, text: str) -> str:
    _, (fault,) = read(kind, text)
    return fault


def answered(rule: ClockRule, start: date, facts: dict[str, str]) -> str:
    try:
        return clocks.due(rule, start=start, calendar=HOLIDAYS, facts=facts).words
    except ClockRefused as refused:
        return str(refused)


@given(st.sampled_from(FactKind), texts)
@example(FactKind.MOMENT, "0001-01-01T00:00+01:00")
@example(FactKind.MOMENT, "9999-12-31T23:59-01:00")
@example(FactKind.SPELLS, "0001-01-01..9999-12-31")
@example(FactKind.SCHOOL, "0001-01-01..9999-12-31@08:45")
@example(FactKind.NUMBER, "9" * 5000)
def test_any_text_given_as_a_fact_is_read_or_refused_by_name(kind: FactKind, text: str) -> None:
    known, faults = read(kind, text)
    assert all(fault.startswith("given cannot be ") for fault in faults)
    assert faults or known.keys() == {"given"}


@given(st.data(), st.sampled_from(VERSIONS), starts)
def test_no_clock_of_the_rulebook_breaks_whatever_it_is_given(
    data: st.DataObject, version: Version, start: date
) -> None:
    rule = clocks.rule_of(version)
    facts = {
        one.id: data.draw(st.one_of(st.sampled_from(one.choices) if one.choices else FITTING[one.kind], texts), one.id)
        for one in rule.facts
        if not one.optional or data.draw(st.booleans())
    }
    assert answered(rule, start, facts)


@pytest.mark.parametrize("kind", [FactKind.DATE, FactKind.MOMENT, FactKind.SPELLS])
@pytest.mark.parametrize("year", [years.FIRST - 1, years.LAST + 1])
def test_a_date_outside_the_years_taken_is_refused_with_the_years(kind: FactKind, year: int) -> None:
    text = f"{year}-06-01" if kind is not FactKind.SPELLS else f"{year}-06-01..{year}-06-02"
    assert refusal(kind, text) == f"given cannot be {text!r}: give dates between 1900 and 2199."


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_taken_are_taken(day: str) -> None:
    assert read(FactKind.DATE, day)[1] == ()
    assert read(FactKind.MOMENT, f"{day}T00:00+14:00")[1] == ()
    assert read(FactKind.MOMENT, f"{day}T23:59-14:00")[1] == ()


def test_a_term_calendar_holds_two_thousand_days_and_no_more() -> None:
    first = date(2026, 9, 7)
    full, over = (f"{first}..{first + timedelta(days=count)}@08:45" for count in (1_999, 2_000))
    school = read(FactKind.SCHOOL, full)[0]["given"]
    assert isinstance(school, School)
    assert max(school.days) <= first + timedelta(days=MOST_SCHOOL_DAYS - 1)
    assert refusal(FactKind.SCHOOL, over).endswith("give at most 2,000 days in all, weekends in between counted.")


def test_a_term_of_a_hundred_long_ranges_is_refused_before_it_is_counted_out() -> None:
    said = refusal(FactKind.SCHOOL, ",".join(["1900-01-01..2199-12-31"] * 100) + "@08:45")
    assert "give at most 2,000 days in all" in said
    assert len(said) < 200


def test_a_weekend_day_is_a_school_day_only_where_it_is_named() -> None:
    assert clock_facts.school("2026-10-16..2026-10-18@08:45").days == {date(2026, 10, 16)}
    assert clock_facts.school("2026-10-17@08:45").days == {date(2026, 10, 17)}


UNBOUNDED = FactSpec("given", FactKind.NUMBER, "given")
COUNTED = [
    (ClockName.ELAPSED, "hours"),
    (ClockName.DAYS_FROM, "days"),
    (ClockName.DAYS_AFTER, "days"),
    (ClockName.MONTHS_FROM, "months"),
    (ClockName.MONTHS_AFTER, "months"),
]


@pytest.mark.parametrize(("name", "unit"), COUNTED)
@pytest.mark.parametrize("length", [10**10, 10**30, -(10**10)])
def test_a_length_that_no_calendar_holds_is_refused(name: ClockName, unit: str, length: int) -> None:
    clock = Clock("only", name, "given", unit)
    rule = ClockRule("event", "owner", "duty", "", ActsOn.FIRST, Sense.BY, (), (UNBOUNDED,), (clock,))
    start = datetime(2026, 10, 16, 21, 15, tzinfo=UTC)
    with pytest.raises(ClockRefused, match="no calendar has"):
        clocks.due(rule, start=start, calendar=HOLIDAYS, facts={"given": length})
