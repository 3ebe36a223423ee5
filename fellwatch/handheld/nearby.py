"""Which incidents are nearest: to where the handheld is, else to where its officer is sent, else those of the area."""

from collections.abc import Iterable, Sequence

from fellwatch.contact.values import Reachable
from fellwatch.records.geography.distance import Point, kilometres


def nearest(found: Sequence[Reachable], origins: Sequence[Point], area: str, limit: int) -> tuple[Reachable, ...]:
    """Return the incidents nearest to any of the origins; where there is none, the newest of the area.

    What is not on the map comes after what is, the newest of the area first: an address nobody could place may be
    the next one. Empty `area` is everywhere.
    """
    here = [one for one in found if not area or one.area.lower() == area]
    if not origins:
        return tuple(here[:limit])
    placed = [(min(kilometres(one.point, origin) for origin in origins), one) for one in found if one.point]
    unplaced = [one for one in here if one.point is None]
    return (*_closest(placed, limit - min(len(unplaced), limit // 5)), *unplaced[: limit // 5])


def _closest(placed: Iterable[tuple[float, Reachable]], limit: int) -> tuple[Reachable, ...]:
    return tuple(one for _, one in sorted(placed, key=lambda pair: pair[0])[:limit])


def read(given: object) -> Point | None:
    """Read where a handheld says it is; anything else than two numbers on Earth is nowhere."""
    if not isinstance(given, list) or len(given) != 2 or not all(type(one) in (int, float) for one in given):
        return None
    lat, long = float(given[0]), float(given[1])
    return (lat, long) if abs(lat) <= 90 and abs(long) <= 180 else None
