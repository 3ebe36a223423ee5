"""The publishers' own files go in whole, and a second time they change nothing."""

import csv
import gzip
from pathlib import Path

import pytest

from tests.conftest import shared

pytestmark = pytest.mark.database

MONTHS = ("2018-10", "2018-11", "2018-12", "2019-01", "2019-02")


def _take_in(name, file, manager, now, **kwargs):
    from fellwatch.foundation.imports import runs

    run = runs.start(name, file, by=manager, now=now, **kwargs)
    return runs.advance(run.id, by=manager, now=now)


def _counts(run):
    return run.added, run.changed, run.unchanged, run.rejected


def test_five_months_of_street_crime_are_all_taken_and_none_twice(db, manager, now):
    from fellwatch.foundation import access
    from fellwatch.records.models import StreetCrime

    files = [shared(f"police_uk/{month}-cumbria-street.csv.gz") for month in MONTHS]
    first = [_take_in("street_crime", file, manager, now) for file in files]
    again = _take_in("street_crime", files[0], manager, now)

    assert sum(run.added for run in first) == 18_384
    assert sum(run.rejected for run in first) == 0
    assert _counts(again) == (0, 0, first[0].added, 0)
    with access.acting(manager):
        assert StreetCrime.objects.count() == 18_384
        assert StreetCrime.objects.filter(crime_id="").count() == 3_315
        assert StreetCrime.objects.filter(longitude__isnull=True).count() == 77


def test_a_dry_run_says_the_same_as_the_real_one_and_stores_nothing(db, manager, now):
    from fellwatch.foundation import access
    from fellwatch.records.models import StreetCrime

    file = shared("police_uk/2018-10-cumbria-street.csv.gz")
    tried = _take_in("street_crime", file, manager, now, dry_run=True)
    with access.acting(manager):
        assert not StreetCrime.objects.exists()
    taken = _take_in("street_crime", file, manager, now)
    assert tried.dry_run
    assert _counts(tried) == _counts(taken)


def test_every_school_of_the_county_gets_its_place_district_and_force(db, manager, now):
    from fellwatch.foundation import access
    from fellwatch.records.models import School

    file = shared("derived/cumbria_schools_2025-07.csv")
    first, again = (_take_in("schools", file, manager, now) for _ in range(2))

    assert _counts(first) == (318, 0, 0, 0)
    assert _counts(again) == (0, 0, 318, 0)
    with access.acting(manager):
        found = School.objects.select_related("place").get(urn=112088)
        assert (found.place.district, found.place.force) == ("Cumberland", "E23000002")
        assert School.objects.exclude(place__force="E23000002").count() == 0


def test_postcodes_give_a_place_its_district_and_unknown_ones_fall_back_to_their_sector(db, manager, now, tmp_path):
    from fellwatch.foundation import access
    from fellwatch.records.geography import places

    with gzip.open(shared("derived/cumbria_postcodes.csv.gz"), "rt", encoding="utf-8") as whole:
        part = tmp_path / "part.csv"
        part.write_text("".join(line for _, line in zip(range(3001), whole, strict=False)))
    first, again = (_take_in("postcodes", part, manager, now) for _ in range(2))

    assert _counts(first) == (3000, 0, 0, 0)
    assert _counts(again) == (0, 0, 3000, 0)
    with access.acting(manager):
        known, new = places.describe("ca1 1aa"), places.describe("CA1 1ZZ")
    assert (known.exactness, known.district, known.latitude) == ("postcode", "Cumberland", 54.890918)
    assert (new.exactness, new.district, new.force) == ("sector", "Cumberland", "E23000002")


def test_force_areas_say_whose_ground_a_coordinate_is(db, manager, now):
    from fellwatch.foundation import access
    from fellwatch.records.geography.boundaries import force_at

    file = shared("boundaries/police_forces.geojson")
    first, again = (_take_in("force_areas", file, manager, now) for _ in range(2))

    assert _counts(first) == (43, 0, 0, 0)
    assert _counts(again) == (0, 0, 43, 0)
    with access.acting(manager):
        carlisle, lancaster, north_sea = (
            force_at(54.895, -2.936),
            force_at(54.047, -2.801),
            force_at(55.5, 1.5),
        )
    assert carlisle is not None
    assert lancaster is not None
    assert (carlisle.name, lancaster.name, north_sea) == ("Cumbria", "Lancashire", None)


def test_street_crime_lies_in_the_force_that_recorded_it(db, manager, now):
    from fellwatch.foundation import access
    from fellwatch.records.geography.boundaries import force_at

    _take_in("force_areas", shared("boundaries/police_forces.geojson"), manager, now)
    with gzip.open(shared("police_uk/2018-10-cumbria-street.csv.gz"), "rt") as file:
        spots = {(r["Latitude"], r["Longitude"]) for r in csv.DictReader(file) if r["Latitude"]}
    with access.acting(manager):
        found = [force_at(float(lat), float(lon)) for lat, lon in sorted(spots)]
    cumbrian = sum(1 for ground in found if ground and ground.force == "E23000002")
    assert cumbrian / len(found) > 0.995


def test_the_full_columns_of_the_schools_register_are_taken_by_name(db, manager, now, tmp_path: Path):
    from fellwatch.foundation import access
    from fellwatch.records.models import School

    file = tmp_path / "edubasealldata.csv"
    file.write_bytes(
        '"URN","LA (name)","EstablishmentName","OpenDate","CloseDate","Street","Town","Postcode",'
        '"Easting","Northing"\n'
        '"100001","Fellshire","Caf\xe9 Lane School","01-09-1990","","Caf\xe9 Lane","Tarnby","CA1 1AA",'
        '"339557","555539"\n'
        '"100002","Fellshire","Shut School","","31-08-2011","Low Road","Tarnby","","0","0"\n'.encode("cp1252")
    )
    run = _take_in("schools", file, manager, now)
    assert _counts(run) == (2, 0, 0, 0)
    with access.acting(manager):
        school = School.objects.select_related("place").get(urn=100001)
    assert school.name == "Café Lane School"
    assert school.opened_date.isoformat() == "1990-09-01"
    assert (round(school.place.latitude, 4), round(school.place.longitude, 4)) == (54.8909, -2.9438)


def test_the_full_columns_of_the_postcode_directory_are_taken_by_name(db, manager, now, tmp_path: Path):
    from fellwatch.foundation import access
    from fellwatch.records.models import Postcode

    file = tmp_path / "ONSPD.csv"
    file.write_text(
        '"pcd","pcd2","pcds","dointr","oslaua","lat","long","pfa","ru11ind"\n'
        '"CA1 1AA","CA1  1AA","CA1 1AA","198001","E06000063",54.890918,-2.943846,"E23000002","C1"\n'
        '"GY1 1AA","GY1  1AA","GY1 1AA","198001","L99999999",99.999999,0.000000,"L99999999","Z9"\n'
    )
    run = _take_in("postcodes", file, manager, now)
    assert _counts(run) == (2, 0, 0, 0)
    with access.acting(manager):
        found = Postcode.objects.get(postcode="CA1 1AA")
    assert (found.district, found.force, found.beat) == ("Cumberland", "E23000002", "urban")
