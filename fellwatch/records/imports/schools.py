"""Schools by their unique reference number: Get Information about Schools, whole or cut down."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fellwatch.foundation.access import Actor
from fellwatch.foundation.imports.cells import day, number, text, whole_number
from fellwatch.foundation.imports.importers import Cells, Column, Importer, Reason, Written
from fellwatch.records.access import LOAD
from fellwatch.records.geography import places
from fellwatch.records.geography.grid import latitude_longitude
from fellwatch.records.imports.columns import coordinate, latitude, longitude, whole_postcode
from fellwatch.records.models import Place, School


@dataclass(frozen=True)
class SchoolRow:
    """One school as published."""

    urn: int
    name: str
    street: str
    town: str
    postcode: str
    latitude: float | None
    longitude: float | None
    district: str
    opened_date: date | None
    closed_date: date | None


COLUMNS = (
    Column("urn", required=True, parse=whole_number(100_000, 9_999_999), help="Unique reference number."),
    Column("name", required=True, aliases=("EstablishmentName", "School name"), parse=text(200)),
    Column("street", aliases=("Street", "Address"), parse=text(200)),
    Column("town", aliases=("Town",), parse=text(100)),
    Column("postcode", required=True, aliases=("Postcode",), parse=whole_postcode, may_be_blank=True),
    Column("latitude", aliases=("lat",), parse=latitude, empty=None, follows=("easting",)),
    Column("longitude", aliases=("lon", "long", "lng"), parse=longitude, empty=None, follows=("easting",)),
    Column("easting", aliases=("Easting",), parse=number(0, 700_000), empty=None),
    Column("northing", aliases=("Northing",), parse=number(0, 1_300_000), empty=None),
    Column(
        "district",
        aliases=("ua23nm", "DistrictAdministrative (name)", "lad13nm", "LA (name)"),
        parse=text(100),
    ),
    Column("opened_date", aliases=("open_date", "OpenDate"), parse=day, empty=None),
    Column("closed_date", aliases=("close_date", "CloseDate"), parse=day, empty=None),
)


def _build(cells: Cells) -> SchoolRow | tuple[Reason, ...]:
    where = coordinate(cells)
    if isinstance(where, Reason):
        return (where,)
    if cells["closed_date"] and cells["opened_date"] and cells["closed_date"] < cells["opened_date"]:
        return (Reason("closed_date", "It closed before it opened.", "Correct one of the dates."),)
    lat, lon = where if where[0] is not None else _from_grid(cells)
    return SchoolRow(
        cells["urn"],
        cells["name"],
        cells["street"],
        cells["town"],
        str(cells["postcode"]),
        lat,
        lon,
        cells["district"],
        cells["opened_date"],
        cells["closed_date"],
    )


def _from_grid(cells: Cells) -> tuple[float | None, float | None]:
    """Return the coordinate of the grid reference; the publisher gives 0 for none."""
    if not cells["easting"] or not cells["northing"]:
        return None, None
    lat, lon = latitude_longitude(cells["easting"], cells["northing"])
    return round(lat, 6), round(lon, 6)


def _key(row: SchoolRow) -> str:
    return str(row.urn)


def _stored(rows: Sequence[SchoolRow], by: Actor) -> Mapping[str, SchoolRow]:
    found = School.objects.filter(urn__in=[row.urn for row in rows]).select_related("place")
    return {str(school.urn): _as_row(school) for school in found}


def _as_row(school: School) -> SchoolRow:
    place = school.place
    return SchoolRow(
        school.urn,
        school.name,
        place.street,
        place.town,
        place.postcode,
        place.latitude,
        place.longitude,
        place.district,
        school.opened_date,
        school.closed_date,
    )


def _write(added: Sequence[SchoolRow], changed: Sequence[SchoolRow], by: Actor, now: datetime) -> Written:
    rows = (*added, *changed)
    at = _places(rows)
    School.objects.bulk_create(
        [
            School(
                urn=row.urn,
                name=row.name,
                place=at[row.urn],
                opened_date=row.opened_date,
                closed_date=row.closed_date,
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["urn"],
        update_fields=["name", "place", "opened_date", "closed_date"],
    )
    return Written()


def _places(rows: Iterable[SchoolRow]) -> Mapping[int, Place]:
    return {row.urn: _place(row) for row in rows}


def _place(row: SchoolRow) -> Place:
    """Return the school's address with the publisher's coordinate, made where it is new.

    A school that moves gets another place: what happened at the old one stays there.
    """
    facts = places.describe(row.postcode, latitude=row.latitude, longitude=row.longitude)
    told: dict[str, Any] = {
        "town": row.town,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "district": row.district,
        "area": facts.area,
        "force": facts.force,
        "beat": facts.beat,
    }
    place, _ = Place.objects.update_or_create(
        postcode=row.postcode, flat="", house=row.name, street=row.street, defaults=told
    )
    return place


IMPORTER: Importer[SchoolRow] = Importer(
    name="schools",
    title="Schools",
    permission=LOAD,
    columns=COLUMNS,
    build=_build,
    key=_key,
    stored=_stored,
    write=_write,
    help="Get Information about Schools: all data, or any table with a URN, a name and a postcode.",
)
