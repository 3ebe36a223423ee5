"""Postcodes as people type them, and whose ground they are."""

import csv
import gzip
import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellwatch.records.geography.facts import attribution, facts
from fellwatch.records.geography.forces import force_of
from fellwatch.records.geography.postcodes import Postcode, Problem, parse
from tests.conftest import shared


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("CA1 1AA", "CA1 1AA"),
        ("ca11aa", "CA1 1AA"),
        ("  Ca1   1aA ", "CA1 1AA"),
        ("c a 1 1 a a", "CA1 1AA"),
        ("CA11.1AA", "CA11 1AA"),
        ("w1a1aa", "W1A 1AA"),
        ("ec1a 1bb", "EC1A 1BB"),
        ("M1 1AE", "M1 1AE"),
        ("GIR 0AA", "GIR 0AA"),
        ("la6", "LA6"),
        ("la6 2", "LA6 2"),
        ("CA112", "CA11 2"),
        ("FZ1 4QQ", "FZ1 4QQ"),
    ],
)
def test_any_spacing_and_case_is_read(typed, written):
    assert str(parse(typed)) == written


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "There is no postcode"),
        ("Tarn Row", "digits as well as letters"),
        ("1234", "begins with one or two letters"),
        ("CA1 IAA", "Did you mean CA1 1AA?"),
        ("CAl 1AA", "Did you mean CA1 1AA?"),
        ("CA1 1AA, Carlisle", "too long"),
        ("CA1 1CK", "not how a postcode is written"),
        ("CA1\x001AA", "not how a postcode is written"),
    ],
)
def test_what_is_no_postcode_is_told_what_to_do(typed, says):
    found = parse(typed)
    assert isinstance(found, Problem)
    assert says in str(found)
    assert found.do


@given(st.text(max_size=30))
def test_no_text_whatever_breaks_the_reader(text):
    found = parse(text)
    assert isinstance(found, Problem) or str(parse(str(found))) == str(found)


def test_a_sector_wholly_in_one_force_says_so():
    found = force_of(Postcode("CA1", "1", "AA"))
    assert (found.force, found.name, found.district) == ("E23000002", "Cumbria", "Cumberland")
    assert (found.exactness, found.share) == ("sector", 1.0)


def test_an_outcode_across_the_border_gives_its_share_and_not_certainty():
    found = force_of(Postcode("LA6"))
    assert (found.name, found.exactness, found.share) == ("Cumbria", "outcode", 0.4431)
    assert "44.3 %" in found.because


def test_a_new_sector_falls_back_to_its_outcode_and_is_never_invalid():
    found = force_of(Postcode("LA6", "9", "ZZ"))
    assert (found.name, found.exactness) == ("Cumbria", "outcode")
    assert "LA6 9 is not among the known ones" in found.because


def test_a_postcode_across_the_border_from_its_sector_is_told_apart():
    found = force_of(Postcode("AL5", "3", "NG"))
    assert (found.name, found.exactness) == ("Bedfordshire", "postcode")
    assert force_of(Postcode("AL5", "3", "ZZ")).name == "Hertfordshire"


@pytest.mark.parametrize("typed", ["BT1 1AA", "GY1 1AA", "JE2 3AB", "IM1 1AA", "ZZ9 9ZZ"])
def test_what_the_facts_do_not_cover_is_unknown_with_a_reason(typed):
    found = force_of(parse(typed))
    assert (found.force, found.exactness, found.share) == ("", "unknown", 0.0)
    assert found.because


def test_a_share_short_of_all_is_never_shown_as_all():
    short = [name for name, area in facts().outcodes.items() if area.share < 1]
    assert short
    assert all("100 %" not in force_of(Postcode(name)).because for name in short)


def test_the_facts_travel_with_their_attribution():
    assert "Open Government Licence v3.0" in attribution()


def test_a_lookup_takes_microseconds():
    facts()
    seconds = timeit.timeit(lambda: force_of(Postcode("LA6", "2", "AA")), number=2000) / 2000
    assert seconds < 200e-6


def test_every_known_postcode_of_the_county_is_in_its_force():
    with gzip.open(shared("derived/cumbria_postcodes.csv.gz"), "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    wrong = [row["postcode"] for row in rows if force_of(parse(row["postcode"])).force != row["pfa"]]
    assert len(rows) == 19_445
    assert wrong == []


def test_every_exception_of_the_published_table_is_shipped():
    with shared("derived/gb_postcode_pfa_exceptions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    wrong = [row["postcode"] for row in rows if force_of(parse(row["postcode"])).force != row["pfa"]]
    assert wrong == []


def test_the_shipped_facts_are_what_the_derivation_makes(tmp_path):
    from fellwatch.records.geography import derive

    derive.derive(shared("derived/gb_sector_to_pfa.csv").parent, tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {name: (derive.FACTS / name).read_bytes() for name in made}
    assert sum(map(len, made.values())) < 400_000
