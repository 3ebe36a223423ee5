"""The national grid against the Ordnance Survey's worked example and a county of postcodes."""

import csv
import gzip
from math import cos, hypot, radians

import pytest

from fellwatch.records.geography.grid import latitude_longitude
from tests.conftest import shared


def test_the_surveys_worked_example_comes_out():
    latitude, longitude = latitude_longitude(651409.903, 313177.270)
    assert latitude == pytest.approx(52.657979, abs=1e-5)
    assert longitude == pytest.approx(1.716052, abs=1e-5)


def test_every_postcode_of_the_county_lands_within_ten_metres():
    with gzip.open(shared("derived/cumbria_postcodes.csv.gz"), "rt", encoding="utf-8") as file:
        worst = max(map(_metres_off, csv.DictReader(file)))
    assert worst < 10


def _metres_off(row):
    latitude, longitude = latitude_longitude(float(row["easting"]), float(row["northing"]))
    east = (longitude - float(row["lon"])) * cos(radians(latitude))
    return hypot(latitude - float(row["lat"]), east) * 111_200
