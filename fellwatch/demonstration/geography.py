"""The land: outline, districts, lakes, and where each town, village and postcode lies.

It is the same at every scale and for every seed. Coordinates are WGS84, longitude first, in open North Sea.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import cos, pi, radians, sin

from shapely import affinity
from shapely.geometry import MultiPoint, Point, Polygon, mapping
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union, voronoi_diagram

from fellwatch.demonstration.gazetteer import DISTRICTS, FORCE, FORCE_NAME, LAKES, District

CENTRE = (1.58, 55.36)
STRETCH = cos(radians(CENTRE[1]))
"""A degree of longitude, here, in degrees of latitude."""


@dataclass(frozen=True)
class Settlement:
    """A town or village: where it is, and how far its houses spread, in degrees of latitude."""

    name: str
    beat: int
    district: str
    area: str
    urban: bool
    share: float
    longitude: float
    latitude: float
    spread: float


@cache
def outline() -> Polygon:
    """Return the county's coast and border: a rough oval, indented to the west where the sea is."""
    rng = random.Random("Fellshire: outline")
    waves = [(k, rng.uniform(0.0, 2 * pi), 0.13 / k**0.8) for k in range(2, 15)]
    points = []
    for step in range(360):
        angle = 2 * pi * step / 360
        reach = 0.46 * (1 + sum(size * sin(k * angle + turn) for k, turn, size in waves))
        points.append((CENTRE[0] + reach * cos(angle) / STRETCH * 0.82, CENTRE[1] + reach * sin(angle) * 1.1))
    return Polygon(_rounded(points))


@cache
def districts() -> dict[str, BaseGeometry]:
    """Return each district's polygon: small cells of land, each given to the nearest centre."""
    rng = random.Random("Fellshire: districts")
    west, south, east, north = outline().bounds
    seeds = MultiPoint([(rng.uniform(west, east), rng.uniform(south, north)) for _ in range(240)])
    held: dict[str, list[BaseGeometry]] = {district.name: [] for district in DISTRICTS}
    for cell in voronoi_diagram(seeds, envelope=outline()).geoms:
        held[_nearest(cell.centroid).name].append(cell)
    return {name: unary_union(cells).intersection(outline()) for name, cells in held.items()}


def _nearest(point: Point) -> District:
    return min(DISTRICTS, key=lambda d: ((d.centre[0] - point.x) * STRETCH) ** 2 + (d.centre[1] - point.y) ** 2)


@cache
def lakes() -> dict[str, BaseGeometry]:
    """Return the lakes: long and narrow, spreading like spokes from the middle of the county."""
    found: dict[str, BaseGeometry] = {}
    for n, name in enumerate(LAKES):
        angle = 360 * n / len(LAKES) + 12
        away = 0.13 + 0.03 * (n % 3)
        ellipse = affinity.scale(Point(0, 0).buffer(1, quad_segs=8), 0.045 + 0.008 * (n % 4), 0.008)
        turned = affinity.rotate(ellipse, angle, origin=(0, 0))
        x, y = away * cos(radians(angle)) / STRETCH, away * sin(radians(angle))
        found[name] = affinity.translate(affinity.scale(turned, 1 / STRETCH, 1), CENTRE[0] + x, CENTRE[1] + y)
    return found


@cache
def settlements() -> tuple[Settlement, ...]:
    """Return every town and village, beat by beat."""
    return tuple(_settlements())


def _settlements() -> Iterator[Settlement]:
    rng = random.Random("Fellshire: towns")
    water = unary_union(list(lakes().values())).buffer(0.02)
    beat = 0
    for district in DISTRICTS:
        land = districts()[district.name].buffer(-0.035).difference(water)
        taken: list[Point] = []
        for each in district.beats:
            names = (each.town, *each.villages)
            for n, name in enumerate(names):
                spot = _farthest(rng, land, taken)
                taken.append(spot)
                share = each.in_town if n == 0 else (1 - each.in_town) / len(each.villages)
                urban = n == 0 and each.thousands * share > 6
                yield Settlement(
                    name, beat, district.name, district.area, urban, share,
                    round(spot.x, 5), round(spot.y, 5), 0.02 if urban else 0.012,
                )  # fmt: skip
            beat += 1


def _farthest(rng: random.Random, land: BaseGeometry, taken: list[Point]) -> Point:
    """Return the one of 30 random spots on the land that is farthest from those taken."""
    west, south, east, north = land.bounds
    spots: list[Point] = []
    while len(spots) < 30:
        spot = Point(rng.uniform(west, east), rng.uniform(south, north))
        if land.contains(spot):
            spots.append(spot)
    return max(spots, key=lambda spot: min((spot.distance(other) for other in taken), default=0.0))


def force_boundary() -> dict[str, object]:
    """Return the outline as a GeoJSON geometry."""
    return dict(mapping(outline()))


def features() -> dict[str, object]:
    """Return the county as a GeoJSON feature collection: the force, its districts, lakes and settlements."""
    areas = {district.name: district.area for district in DISTRICTS}
    return {
        "type": "FeatureCollection",
        "features": [
            _feature("force", FORCE_NAME, outline(), code=FORCE),
            *(_feature("district", name, shape, area=areas[name]) for name, shape in districts().items()),
            *(_feature("lake", name, shape) for name, shape in lakes().items()),
            *(_feature("settlement", s.name, Point(s.longitude, s.latitude)) for s in settlements()),
        ],
    }


def _feature(kind: str, name: str, shape: BaseGeometry, **more: str) -> dict[str, object]:
    return {"type": "Feature", "properties": {"kind": kind, "name": name, **more}, "geometry": mapping(shape)}


def _rounded(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(round(x, 5), round(y, 5)) for x, y in points]
