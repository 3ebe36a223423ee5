"""What a postcode says of a place when a force has imported postcodes of its own."""

import pytest

pytestmark = pytest.mark.database


@pytest.fixture
def invented(db, manager):
    """Three postcodes of an invented area, in two districts."""
    from fellwatch.foundation import access
    from fellwatch.records.models import Postcode

    def one(postcode, district, beat):
        return Postcode(
            postcode=postcode,
            sector=postcode[:-2],
            latitude=54.5,
            longitude=-3.0,
            district=district,
            area="West",
            force="X23000099",
            beat=beat,
        )

    with access.acting(manager):
        Postcode.objects.bulk_create(
            [one("FZ1 1AA", "Tarnside", "rural"), one("FZ1 1AB", "Tarnside", "rural"), one("FZ1 2AA", "Ghyll", "urban")]
        )
        yield


def test_an_imported_postcode_is_exact(invented):
    from fellwatch.records.geography import places

    found = places.describe("fz11aa")
    assert (found.district, found.area, found.force, found.beat) == ("Tarnside", "West", "X23000099", "rural")
    assert found.exactness == "postcode"


def test_an_unknown_postcode_takes_the_majority_of_its_imported_sector_then_outcode(invented):
    from fellwatch.records.geography import places

    sector, outcode, lone = places.describe("FZ1 1ZZ"), places.describe("FZ1 9ZZ"), places.describe("FZ1")
    assert (sector.district, sector.exactness, sector.share) == ("Tarnside", "sector", 1.0)
    assert (outcode.district, outcode.exactness) == ("Tarnside", "outcode")
    assert lone.force == "X23000099"


def test_an_outcode_does_not_swallow_a_longer_one(invented):
    from fellwatch.records.geography import places

    assert places.describe("FZ11 1AA").force == ""


def test_a_visitors_postcode_comes_from_the_shipped_facts(invented):
    from fellwatch.records.geography import places

    found = places.describe("M1 1AE")
    assert (found.force_name, found.exactness, found.beat) == ("Greater Manchester", "sector", "urban")


def test_what_is_no_postcode_is_explained_and_stores_nothing(invented):
    from fellwatch.records.geography import places

    found = places.describe("not one")
    assert (found.postcode, found.force) == ("", "")
    assert "digits" in found.because


def test_the_home_force_of_somebody_is_found_with_its_reason(invented):
    from fellwatch.records.geography import places
    from fellwatch.records.geography.postcodes import Problem

    assert places.home_force("FZ1 1AA").force == "X23000099"
    assert places.home_force("LS1 4AP").name == "West Yorkshire"
    assert isinstance(places.home_force("??"), Problem)


def test_a_coordinate_outside_every_force_keeps_what_the_postcode_said(invented):
    from fellwatch.records.geography import places

    found = places.describe("LA6", latitude=54.2, longitude=-2.6)
    assert (found.latitude, found.longitude, found.force_name) == (54.2, -2.6, "Cumbria")


def test_a_coordinate_beats_a_force_guessed_from_a_border_outcode(invented):
    from fellwatch.records.geography import places
    from fellwatch.records.models import ForceArea

    ring = [[-2.7, 54.1], [-2.5, 54.1], [-2.5, 54.3], [-2.7, 54.3], [-2.7, 54.1]]
    ForceArea.objects.create(code="E23000003", name="Lancashire", boundary={"type": "Polygon", "coordinates": [ring]})
    found = places.describe("LA6", latitude=54.2, longitude=-2.6)
    beach = places.describe("LA6", latitude=54.2, longitude=-2.49)
    assert (found.force, found.force_name, found.district) == ("E23000003", "Lancashire", "")
    assert "0.7 km outside Lancashire" in beach.because
