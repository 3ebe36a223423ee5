"""Whose ground a coordinate is, from the force areas that were imported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

import shapely
from django.db import connection
from shapely.geometry import Point, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from fellwatch.records.models import ForceArea

# Published boundaries are simplified: a beach, a pier or a harbour may lie this far outside its own force.
NEAR_KM = 3.0
KM_PER_DEGREE = 111.2
COARSE_DEGREES = 0.01


@dataclass(frozen=True)
class Ground:
    """The force a coordinate lies in, or the nearest within three kilometres."""

    force: str
    name: str
    outside_km: float
    because: str


@dataclass(frozen=True)
class _Map:
    version: tuple[object, ...]
    names: Sequence[tuple[str, str]]
    shapes: Sequence[BaseGeometry]
    tree: STRtree


_drawn: list[_Map] = []


def force_at(latitude: float, longitude: float) -> Ground | None:
    """Return the force whose area holds the coordinate, or None. Call inside `access.acting`."""
    drawn = _current()
    point = Point(longitude, latitude)
    inside = drawn.tree.query(point, predicate="intersects")
    if len(inside):
        code, name = drawn.names[int(min(inside))]
        return Ground(code, name, 0.0, f"The coordinate lies within the area of {name}.")
    return _nearest(drawn, point)


def _nearest(drawn: _Map, point: Point) -> Ground | None:
    at = drawn.tree.nearest(point) if drawn.shapes else None
    if at is None:
        return None
    outside = _kilometres(point, drawn.shapes[int(at)])
    if outside > NEAR_KM:
        return None
    code, name = drawn.names[int(at)]
    return Ground(code, name, outside, f"The coordinate lies {outside:.1f} km outside {name}, the nearest area.")


def _kilometres(point: Point, area: BaseGeometry) -> float:
    line = shapely.shortest_line(point, area)
    (lon, lat), (other_lon, other_lat) = line.coords
    east = (other_lon - lon) * cos(radians(lat))
    return float(((other_lat - lat) ** 2 + east**2) ** 0.5 * KM_PER_DEGREE)


def _current() -> _Map:
    """Return the drawn map, drawing it again when an import changed the areas."""
    version = _version()
    if not _drawn or _drawn[0].version != version:
        _drawn[:] = [_draw(version)]
    return _drawn[0]


def _version() -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_database(), count(*), max(xmin::text::bigint), sum(xmin::text::numeric) "
            "from records_forcearea"
        )
        return tuple(cursor.fetchone())


def _draw(version: tuple[object, ...]) -> _Map:
    areas = list(ForceArea.objects.order_by("code"))
    shapes = [shape(area.boundary) for area in areas]
    for drawn in shapes:
        shapely.prepare(drawn)
    return _Map(version, [(area.code, area.name) for area in areas], shapes, STRtree(shapes))


def outline(force: str) -> Mapping[str, object] | None:
    """Return a force's area as GeoJSON, coarse enough for a small map; None when no import brought it."""
    drawn = _current()
    found = next((area for (code, _), area in zip(drawn.names, drawn.shapes, strict=True) if code == force), None)
    return mapping(found.simplify(COARSE_DEGREES)) if found is not None else None
