"""Telephone numbers, dates of birth and addresses as typed."""

from datetime import date

import pytest

from fellwatch.recognition import addresses, compare, dates, phones
from fellwatch.recognition.typed import Trouble
from fellwatch.records.values import PartialDate

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "typed", ["07700 900123", "+44 7700 900 123", "0044 7700900123", "(07700) 900-123", "+44 (0)7700 900123"]
)
def test_one_number_in_any_format_is_one_number(typed: str) -> None:
    assert phones.read(typed) == "+447700900123"


@pytest.mark.parametrize("typed", ["", "  ", "withheld", "Number Withheld", "anonymous", "UNAVAILABLE"])
def test_a_withheld_number_is_no_number_and_no_fault(typed: str) -> None:
    assert phones.read(typed) == ""


@pytest.mark.parametrize("typed", ["abc", "07700", "07700 9001", "077009001234567", "1" * 500])
def test_a_bad_number_says_what_to_do(typed: str) -> None:
    found = phones.read(typed)
    assert isinstance(found, Trouble)
    assert found.field == "phone"
    assert found.message


def test_a_number_from_abroad_keeps_its_country() -> None:
    assert phones.read("+353 1 234 5678") == "+35312345678"


def test_seven_digits_begin_a_search_and_six_are_too_few() -> None:
    assert phones.beginning("07700 9") == ""
    assert phones.beginning("07700 900") == "+447700900"


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("1991", (1991, None, None)),
        ("3/1991", (1991, 3, None)),
        ("March 1991", (1991, 3, None)),
        ("03/04/1991", (1991, 4, 3)),
        ("4 Mar 91", (1991, 3, 4)),
        ("4th March 1991", (1991, 3, 4)),
        ("March 4 1991", (1991, 3, 4)),
        ("040391", (1991, 3, 4)),
        ("04031991", (1991, 3, 4)),
        ("1991-03-04", (1991, 3, 4)),
        ("19910304", (1991, 3, 4)),
        ("12/25/1990", (1990, 12, 25)),
        ("4 march", (None, 3, 4)),
        ("30", (1930, None, None)),
        ("", (None, None, None)),
    ],
)
def test_a_date_of_birth_is_read_as_far_as_it_goes(typed: str, parts: tuple[int | None, ...]) -> None:
    assert dates.read(typed, today=TODAY) == PartialDate(*parts)


@pytest.mark.parametrize("typed", ["age 35", "35 years old", "about 35", "aged 35", "35yo"])
def test_an_age_is_a_year_give_or_take_one(typed: str) -> None:
    assert dates.read(typed, today=TODAY) == dates.AboutYear(1991)


@pytest.mark.parametrize(
    "typed", ["31/2/1990", "13/13/1990", "1850", "2030", "rubbish", "1/2/3/4/5", "9" * 300, "age 400"]
)
def test_a_date_that_cannot_be_says_what_to_type(typed: str) -> None:
    found = dates.read(typed, today=TODAY)
    assert isinstance(found, Trouble)
    assert found.field == "date_of_birth"


@pytest.mark.parametrize(
    ("asked", "held", "level"),
    [
        ((1991, 3, 4), (1991, 3, 4), "full"),
        ((1991, 3, 4), (1991, 4, 3), "swapped"),
        ((1991, 3, 4), (1992, 3, 4), "one_digit"),
        ((1991, 3, 4), (1991, 3, 5), "one_digit"),
        ((1991, 3, 4), (1919, 3, 4), "one_digit"),
        ((1991, 3, 4), (1974, 3, 4), "one_part"),
        ((1991, 3, 4), (1991, 3), "month_and_year"),
        ((1991,), (1991, 3, 4), "year"),
        ((1991,), (1992, 3, 4), "next_year"),
        ((None, 3, 4), (1991, 3, 4), "day_and_month"),
        ((1991, 3, 4), (1960, 8, 9), "differs"),
        ((1991,), (), ""),
    ],
)
def test_dates_of_birth_agree_in_the_level_that_says_how(
    asked: tuple[int | None, ...], held: tuple[int | None, ...], level: str
) -> None:
    assert compare.date_of_birth(PartialDate(*asked), PartialDate(*held)) == level


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Flat 2, 14 Fell Lane, Ravensby ZZ1 1AA", ("2", "14", "fell lane", "ZZ1 1AA")),
        ("14 fell ln", ("", "14", "fell lane", "")),
        ("Rose Cottage, Mill Rd", ("", "rose cottage", "mill road", "")),
        ("zz11aa", ("", "", "", "ZZ1 1AA")),
        ("14 ZZ1 1AA", ("", "14", "", "ZZ1 1AA")),
        ("12a St. John's Rd", ("", "12a", "st johns road", "")),
        ("", ("", "", "", "")),
    ],
)
def test_an_address_is_taken_apart_loosely(typed: str, read: tuple[str, ...]) -> None:
    assert addresses.read(typed) == addresses.Address(*read)


def test_a_misheard_street_has_the_same_sound_and_its_ending_does_not_count() -> None:
    assert addresses.street_sound("birkett road") == addresses.street_sound("birkit lane")
