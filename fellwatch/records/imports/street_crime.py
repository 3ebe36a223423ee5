"""Street-level crime as data.police.uk prints it: one CSV a force and month."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from fellwatch.foundation.access import Actor
from fellwatch.foundation.imports.cells import month, text
from fellwatch.foundation.imports.importers import Cells, Column, Importer, Reason, Written
from fellwatch.records.access import LOAD
from fellwatch.records.imports.columns import coordinate, latitude, longitude
from fellwatch.records.models import StreetCrime


@dataclass(frozen=True)
class CrimeRow:
    """One published crime, under the fingerprint by which it is known again."""

    fingerprint: str
    crime_id: str
    month_date: date
    category: str
    longitude: float | None
    latitude: float | None
    location: str
    lsoa: str
    outcome: str
    reported_by: str


COLUMNS = (
    Column("crime_id", aliases=("Crime ID",), parse=text(100)),
    Column("month", required=True, parse=month),
    Column("reported_by", required=True, aliases=("Reported by",), parse=text(100)),
    Column("falls_within", aliases=("Falls within",), parse=text(100)),
    Column("longitude", required=True, may_be_blank=True, aliases=("lng", "lon"), parse=longitude, empty=None),
    Column("latitude", required=True, may_be_blank=True, aliases=("lat",), parse=latitude, empty=None),
    Column("location", required=True, may_be_blank=True, parse=text(300)),
    Column("lsoa", aliases=("LSOA code",), parse=text(20)),
    Column("category", required=True, aliases=("Crime type",), parse=text(100)),
    Column("outcome", aliases=("Last outcome category",), parse=text(200)),
)
# What tells one row without a crime id from another. The outcome is left out: it changes as months go by.
CONTENT = ("month", "reported_by", "falls_within", "longitude", "latitude", "location", "lsoa", "category")


def alike(cells: Mapping[str, str]) -> str:
    """Return what rows without a crime id share when only their order tells them apart."""
    return cells.get("crime_id") or "\x1f".join(" ".join(cells.get(name, "").split()) for name in CONTENT)


def fingerprint(cells: Cells) -> str:
    """Return the key of a row: of its crime id, or of its content and how many just like it came before."""
    if cells["crime_id"]:
        return _sha256("id", cells["crime_id"])
    content = (str(cells[name]) for name in CONTENT)
    return _sha256("content", *content, str(cells["ordinal"]))


def _sha256(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _build(cells: Cells) -> CrimeRow | tuple[Reason, ...]:
    where = coordinate(cells)
    if isinstance(where, Reason):
        return (where,)
    return CrimeRow(
        fingerprint(cells),
        cells["crime_id"],
        cells["month"],
        cells["category"],
        where[1],
        where[0],
        cells["location"],
        cells["lsoa"],
        cells["outcome"],
        cells["reported_by"],
    )


def _key(row: CrimeRow) -> str:
    return row.fingerprint


def _stored(rows: Sequence[CrimeRow], by: Actor) -> Mapping[str, CrimeRow]:
    found = StreetCrime.objects.filter(fingerprint__in=[row.fingerprint for row in rows])
    return {
        crime.fingerprint: CrimeRow(
            crime.fingerprint,
            crime.crime_id,
            crime.month_date,
            crime.category,
            crime.longitude,
            crime.latitude,
            crime.location,
            crime.lsoa,
            crime.outcome,
            crime.reported_by,
        )
        for crime in found
    }


def _write(added: Sequence[CrimeRow], changed: Sequence[CrimeRow], by: Actor, now: datetime) -> Written:
    StreetCrime.objects.bulk_create(
        [StreetCrime(**asdict(row)) for row in (*added, *changed)],
        update_conflicts=True,
        unique_fields=["fingerprint"],
        update_fields=["month_date", "category", "longitude", "latitude", "location", "lsoa", "outcome"],
    )
    return Written()


IMPORTER: Importer[CrimeRow] = Importer(
    name="street_crime",
    title="Street crime",
    permission=LOAD,
    columns=COLUMNS,
    build=_build,
    key=_key,
    stored=_stored,
    write=_write,
    alike=alike,
    help="data.police.uk street-level crime, one month of one force. Anti-social behaviour has no crime id.",
)
