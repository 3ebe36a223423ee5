"""Postcodes with their place, district and force: the ONS Postcode Directory, or a force's own table."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from fellwatch.foundation.access import Actor
from fellwatch.foundation.imports.cells import short, text
from fellwatch.foundation.imports.importers import Cells, Column, Importer, Reason, Written, Wrong
from fellwatch.records.access import LOAD
from fellwatch.records.geography import postcodes
from fellwatch.records.geography.facts import facts
from fellwatch.records.geography.forces import force_of
from fellwatch.records.imports.columns import (
    code,
    coordinate,
    dated,
    latitude,
    longitude,
    optional_code,
    whole_postcode,
)
from fellwatch.records.models import Postcode


@dataclass(frozen=True)
class PostcodeRow:
    """One postcode as it will stand."""

    postcode: str
    sector: str
    latitude: float | None
    longitude: float | None
    district: str
    area: str
    force: str
    beat: str


# The published rural-urban classes of England and Wales, of 2011 and of 2021.
_URBAN, _RURAL = re.compile("[ABC][12]|U[NF]1|URBAN"), re.compile("[DEF][12]|R[LS][NF]1|RURAL")


def _beat(given: str) -> str | Wrong:
    """Read "urban", "rural", or a class of 2011 (A1 … F2) or 2021 (UN1 … RSF1); Scotland's are none."""
    tidy = given.strip().upper()
    if _URBAN.fullmatch(tidy) or _RURAL.fullmatch(tidy):
        return "urban" if _URBAN.fullmatch(tidy) else "rural"
    if tidy.isdigit() or tidy[:1] == "Z":
        return ""
    return Wrong(f"{short(given)} is neither urban nor rural.", "Write urban or rural.")


def _force(given: str) -> str | Wrong:
    """Read a force's code; the directory's filler for the islands and for nowhere is none."""
    return "" if given.endswith("99999999") else code(given)


COLUMNS = (
    Column("postcode", required=True, aliases=("pcds", "pcd", "pcd2", "pcd7", "pcd8"), parse=whole_postcode),
    Column("latitude", aliases=("lat",), parse=latitude, empty=None),
    Column("longitude", aliases=("lon", "long", "lng"), parse=longitude, empty=None),
    Column(
        "district",
        aliases=(*dated("ua", ("nm",)), *dated("lad", ("nm",))),
        parse=text(100),
        follows=("district_code",),
    ),
    Column(
        "district_code",
        parse=optional_code,
        aliases=("oslaua", "laua", *dated("ua"), *dated("lad")),
    ),
    Column("area", aliases=("policing area",), parse=text(100)),
    Column("force", aliases=("pfa", *dated("pfa")), parse=_force, follows=("district_code",)),
    Column("beat", aliases=("ru11ind", "ruc11", "ruc21ind", "ruc21"), parse=_beat),
)


def _build(cells: Cells) -> PostcodeRow | tuple[Reason, ...]:
    where = coordinate(cells)
    if isinstance(where, Reason):
        return (where,)
    read: postcodes.Postcode = cells["postcode"]
    name, force = facts().districts.get(cells["district_code"], ("", ""))
    found = cells["force"] or force or force_of(read).force
    return PostcodeRow(
        str(read),
        read.sector,
        *where,
        cells["district"] or name,
        cells["area"],
        found,
        cells["beat"],
    )


def _key(row: PostcodeRow) -> str:
    return row.postcode


def _stored(rows: Sequence[PostcodeRow], by: Actor) -> Mapping[str, PostcodeRow]:
    found = Postcode.objects.filter(postcode__in=[row.postcode for row in rows])
    return {
        one.postcode: PostcodeRow(
            one.postcode, one.sector, one.latitude, one.longitude, one.district, one.area, one.force, one.beat
        )
        for one in found
    }


def _write(added: Sequence[PostcodeRow], changed: Sequence[PostcodeRow], by: Actor, now: datetime) -> Written:
    Postcode.objects.bulk_create(
        [Postcode(**asdict(row)) for row in (*added, *changed)],
        update_conflicts=True,
        unique_fields=["postcode"],
        update_fields=["sector", "latitude", "longitude", "district", "area", "force", "beat"],
    )
    return Written()


IMPORTER: Importer[PostcodeRow] = Importer(
    name="postcodes",
    title="Postcodes",
    permission=LOAD,
    columns=COLUMNS,
    build=_build,
    key=_key,
    stored=_stored,
    write=_write,
    batch=1000,
    help="The ONS Postcode Directory, or a force's own table with its policing areas and beats.",
)
