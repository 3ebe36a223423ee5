"""How far two points on the map are from one another."""

import math

Point = tuple[float, float]
"""Latitude and longitude in degrees."""
EARTH = 6371.0


def kilometres(one: Point, other: Point) -> float:
    """Return the distance over the ground, good to a metre or so within a county."""
    (lat, long), (to_lat, to_long) = ((math.radians(a), math.radians(b)) for a, b in (one, other))
    east = (to_long - long) * math.cos((lat + to_lat) / 2)
    return EARTH * math.hypot(east, to_lat - lat)
