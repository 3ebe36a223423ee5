"""Cells are read as their publishers and British officers write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellwatch.foundation.imports import cells
from fellwatch.foundation.imports.importers import Wrong


@pytest.mark.parametrize("text", ["2026-10-16", "16/10/2026", "16-10-2026", "16 October 2026", "16 Oct 2026"])
def test_a_day_is_read_in_each_of_its_forms(text):
    assert cells.day(text) == date(2026, 10, 16)


def test_a_day_with_its_time_is_still_a_day():
    assert cells.day("2026-10-16T22:15:00") == date(2026, 10, 16)


@pytest.mark.parametrize("text", ["31/02/2026", "10/16/2026", "yesterday", "0001-01-01", "2026-13-01"])
def test_what_is_no_day_is_refused(text):
    assert isinstance(cells.day(text), Wrong)


def test_an_instant_without_a_zone_is_london_time():
    assert cells.moment("16/10/2026 22:15") == datetime(2026, 10, 16, 21, 15, tzinfo=UTC)
    assert cells.moment("2026-12-16T22:15:00") == datetime(2026, 12, 16, 22, 15, tzinfo=UTC)


def test_an_instant_with_a_zone_is_taken_at_its_word():
    assert cells.moment("2026-10-16T22:15+01:00") == datetime(2026, 10, 16, 21, 15, tzinfo=UTC)
    assert cells.moment("2026-10-16T21:15:00Z") == datetime(2026, 10, 16, 21, 15, tzinfo=UTC)


def test_the_hour_that_the_spring_skips_is_refused_and_the_one_that_autumn_repeats_is_the_first():
    assert isinstance(cells.moment("29/03/2026 01:30"), Wrong)
    assert cells.moment("25/10/2026 01:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_month_is_its_first_day():
    assert cells.month("2018-10") == date(2018, 10, 1)
    assert isinstance(cells.month("2018-13"), Wrong)
    assert isinstance(cells.month("October"), Wrong)


@pytest.mark.parametrize("text", ["nan", "inf", "1e400", "0x10", "1_000", "٣", "--1", "12.5.1"])
def test_what_only_a_programmer_calls_a_number_is_refused(text):
    assert isinstance(cells.number(-1e9, 1e9)(text), Wrong)
    assert isinstance(cells.whole_number(0, 10**9)(text), Wrong)


def test_a_word_of_a_list_is_read_in_any_case():
    assert cells.one_of("Open", "Shut")(" open ") == "Open"
    assert isinstance(cells.one_of("Open", "Shut")("ajar"), Wrong)


def test_a_text_too_long_is_refused_and_never_cut():
    assert isinstance(cells.text(5)("abcdef"), Wrong)
    assert cells.text(5)(" a   b ") == "a b"
    assert cells.prose(20)("one\r\ntwo ") == "one\ntwo"


@given(st.text(max_size=60))
def test_no_text_breaks_any_parser(text):
    parsers = (
        cells.day,
        cells.month,
        cells.moment,
        cells.number(-9, 9),
        cells.whole_number(0, 9),
        cells.one_of("a"),
        cells.text(9),
        cells.prose(9),
    )
    for parse in parsers:
        parse(text)
