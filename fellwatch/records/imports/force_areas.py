"""Police force areas: the ONS boundaries as GeoJSON in degrees, or any with a code and a name."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from shapely.errors import GEOSException
from shapely.geometry import mapping, shape

from fellwatch.foundation.access import Actor
from fellwatch.foundation.imports.cells import text
from fellwatch.foundation.imports.importers import Cells, Column, Importer, Reason, Written, Wrong
from fellwatch.records.access import LOAD
from fellwatch.records.imports.columns import EAST, NORTH, SOUTH, WEST, code, dated
from fellwatch.records.models import ForceArea


@dataclass(frozen=True)
class ForceAreaRow:
    """One area; the boundary is GeoJSON text in one spelling, so that equal ones are equal."""

    code: str
    name: str
    boundary: str


def boundary(given: str) -> str | Wrong:
    """Read a GeoJSON polygon in degrees; a ring that crosses itself is mended."""
    try:
        drawn = shape(json.loads(given))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, GEOSException):
        return Wrong("The boundary is not a GeoJSON geometry.", "Export the layer as GeoJSON.")
    if drawn.geom_type not in ("Polygon", "MultiPolygon") or drawn.is_empty:
        return Wrong("The boundary is not an area.", "Export polygons, not lines or points.")
    if not _in_britain(drawn.bounds):
        return Wrong("The boundary is not in degrees within Great Britain.", "Export it as WGS84 (EPSG:4326).")
    if not drawn.is_valid:
        drawn = _mended(drawn)
    return json.dumps(mapping(drawn), separators=(",", ":"), sort_keys=True)


def _in_britain(bounds: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bounds
    return WEST <= west <= east <= EAST and SOUTH <= south <= north <= NORTH


def _mended(drawn: Any) -> Any:
    """Return the areas of the mended shape, without the stray lines that mending may leave."""
    parts = shapely.get_parts(shapely.make_valid(drawn))
    return shapely.unary_union([part for part in parts if part.area > 0])


COLUMNS = (
    Column("code", required=True, aliases=("id", *dated("pfa")), parse=code),
    Column("name", required=True, aliases=dated("pfa", ("nm",)), parse=text(100)),
    Column("boundary", required=True, aliases=("geometry",), parse=boundary),
)


def _build(cells: Cells) -> ForceAreaRow | tuple[Reason, ...]:
    return ForceAreaRow(cells["code"], cells["name"], cells["boundary"])


def _key(row: ForceAreaRow) -> str:
    return row.code


def _stored(rows: Sequence[ForceAreaRow], by: Actor) -> Mapping[str, ForceAreaRow]:
    found = ForceArea.objects.filter(code__in=[row.code for row in rows])
    return {
        area.code: ForceAreaRow(area.code, area.name, json.dumps(area.boundary, separators=(",", ":"), sort_keys=True))
        for area in found
    }


def _write(added: Sequence[ForceAreaRow], changed: Sequence[ForceAreaRow], by: Actor, now: datetime) -> Written:
    ForceArea.objects.bulk_create(
        [ForceArea(code=row.code, name=row.name, boundary=json.loads(row.boundary)) for row in (*added, *changed)],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "boundary"],
    )
    return Written()


IMPORTER: Importer[ForceAreaRow] = Importer(
    name="force_areas",
    title="Police force areas",
    permission=LOAD,
    columns=COLUMNS,
    build=_build,
    key=_key,
    stored=_stored,
    write=_write,
    batch=50,
    help="ONS police force area boundaries as GeoJSON in degrees (WGS84).",
)
