"""The land is invented: no real place, postcode or telephone number is in it."""

import csv
import json

import phonenumbers
from shapely.geometry import Point, shape

from fellwatch.demonstration import geography, telephones
from fellwatch.demonstration.addresses import BEATS, POSTCODES_OF_BLOCK, postcode
from fellwatch.demonstration.cast import PEOPLE
from fellwatch.demonstration.gazetteer import DISTRICTS, POSTCODE_AREA
from fellwatch.demonstration.rows import IncidentRow, PhoneRow, PlaceRow, PostcodeRow
from fellwatch.demonstration.visitors import home_outcodes
from tests.conftest import shared
from tests.demonstration.small import rows_of


def test_six_districts_in_three_areas_cover_the_county_without_overlapping() -> None:
    found = geography.districts()
    assert len(found) == 6
    assert {district.area for district in DISTRICTS} == {"north", "west", "south"}
    whole = sum(land.area for land in found.values())
    assert abs(whole - geography.outline().area) < 1e-6
    assert all(land.geom_type == "Polygon" for land in found.values())


def test_every_town_lies_in_its_own_district_and_out_of_the_lakes() -> None:
    for town in geography.settlements():
        spot = Point(town.longitude, town.latitude)
        assert geography.districts()[town.district].contains(spot)
        assert not any(lake.contains(spot) for lake in geography.lakes().values())


def test_every_address_lies_in_the_district_it_names() -> None:
    for code in rows_of(PostcodeRow):
        _, _, latitude, longitude, district, *_ = code
        assert geography.districts()[str(district)].contains(Point(longitude, latitude))


def test_the_county_touches_no_real_force() -> None:
    forces = json.loads(shared("boundaries/police_forces.geojson").read_text())["features"]
    assert not any(shape(force["geometry"]).intersects(geography.outline()) for force in forces)


def test_the_county_is_drawn_as_geojson_with_lakes_and_districts() -> None:
    kinds = [feature["properties"]["kind"] for feature in geography.features()["features"]]  # type: ignore[attr-defined]
    assert (kinds.count("force"), kinds.count("district"), kinds.count("lake")) == (1, 6, 9)


def test_the_postcode_area_belongs_to_nowhere() -> None:
    with shared("derived/gb_outcode_to_pfa.csv").open() as file:
        areas = {row["outcode"].rstrip("0123456789") for row in csv.DictReader(file)}
    assert POSTCODE_AREA not in {area[:2] for area in areas}


def test_only_visitors_homes_have_a_real_postcode_and_that_no_more_than_its_first_half() -> None:
    real = {outcode for outcode, _, _ in home_outcodes()}
    for place in rows_of(PlaceRow):
        _, _, _, house, street, _, town, code, latitude, *_ = place
        if code in real:
            assert (house, street, town, latitude) == ("", "", "", None)
        else:
            assert str(code).startswith(POSTCODE_AREA)


def test_postcodes_of_a_beat_are_all_different_at_ten_times_the_size() -> None:
    most = 155 * POSTCODES_OF_BLOCK
    for beat in (0, BEATS - 1):
        found = {postcode(beat, serial) for serial in range(most)}
        assert len(found) == most
        assert {code.split()[0] for code in found} <= {f"FZ{n}" for n in range(1, 97)}


def test_no_number_could_be_anybodys() -> None:
    drama = {person.number for person in PEOPLE}
    numbers = {str(row[2]) for row in rows_of(PhoneRow)} | {str(row[7]) for row in rows_of(IncidentRow) if row[7]}
    assert len(numbers) > 1000
    for number in numbers - drama:
        parsed = phonenumbers.parse(number)
        assert phonenumbers.is_possible_number(parsed)
        assert not phonenumbers.is_valid_number(parsed)
    assert all(number.startswith("+447700900") for number in drama if number)


def test_serials_make_numbers_that_are_all_different() -> None:
    serials = [*range(20_000), *range(4_970_000, 4_990_000)]
    assert len({telephones.mobile(serial) for serial in serials}) == len(serials)
    assert len({telephones.landline(serial) for serial in serials}) == len(serials)
