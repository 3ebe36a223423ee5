"""Bank holidays of England and Wales, as listed and as the statute has them."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest

from fellwatch.duties import calendar
from fellwatch.rules.calendar_days import OutsideCalendar

HOLIDAYS = calendar.england_and_wales()


def published() -> Path:
    root = Path(__file__).parents[2]
    shared = Path(os.environ.get("FELLWATCH_SHARED", root.parent / "shared"))
    file = shared / "data" / "derived" / "bank_holidays_england_2015_2030.csv"
    if not file.exists():
        pytest.skip(f"reference data is absent: {file.name}")
    return file


def test_every_day_from_2015_to_2030_is_as_the_reference_table_has_it() -> None:
    with published().open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for flag, days in (("listed", HOLIDAYS.listed), ("statutory", HOLIDAYS.statutory)):
        expected = {date.fromisoformat(row["date"]) for row in rows if row[flag] == "yes"}
        assert {day for day in days if 2015 <= day.year <= 2030} == expected, flag


def test_26_december_on_a_saturday_is_statutory_but_not_listed() -> None:
    day = date(2026, 12, 26)
    assert day in HOLIDAYS.statutory
    assert day not in HOLIDAYS.listed
    assert date(2026, 12, 28) in HOLIDAYS.listed


def test_courts_disregard_christmas_day_by_name_on_a_saturday() -> None:
    assert HOLIDAYS.disregarded_by_courts(date(2027, 12, 25), by_statute=False) == "Christmas Day"


def test_courts_count_an_ordinary_saturday_and_working_days_do_not() -> None:
    saturday = date(2026, 10, 17)
    assert HOLIDAYS.disregarded_by_courts(saturday, by_statute=True) == ""
    assert HOLIDAYS.not_working(saturday) == "Saturday"


def test_good_friday_is_disregarded_under_its_own_name() -> None:
    assert HOLIDAYS.disregarded_by_courts(date(2026, 4, 3), by_statute=False) == "Good Friday"


def test_a_day_beyond_the_known_years_is_refused_rather_than_guessed() -> None:
    with pytest.raises(OutsideCalendar, match="only for"):
        HOLIDAYS.not_working(date(2046, 1, 1))
