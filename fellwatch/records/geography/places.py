"""What a postcode or a coordinate says of a place: district, policing area, force, beat and where it is.

Imported postcodes come first, then the facts shipped with the product. A postcode nobody knows is never
refused: it falls back to its sector, then to its outcode.
"""

from dataclasses import dataclass, replace

from django.db.models import Avg, Count

from fellwatch.records.geography.boundaries import force_at
from fellwatch.records.geography.facts import facts
from fellwatch.records.geography.forces import Exactness, Found, force_of
from fellwatch.records.geography.postcodes import Postcode as Read
from fellwatch.records.geography.postcodes import Problem, parse
from fellwatch.records.models import Postcode

BEATS = frozenset({"urban", "rural"})


@dataclass(frozen=True)
class PlaceFacts:
    """What could be worked out about a place, how exactly, and from what."""

    postcode: str = ""
    district: str = ""
    area: str = ""
    force: str = ""
    force_name: str = ""
    beat: str = "urban"
    latitude: float | None = None
    longitude: float | None = None
    exactness: Exactness = "unknown"
    share: float = 0.0
    because: str = ""


def describe(text: str, *, latitude: float | None = None, longitude: float | None = None) -> PlaceFacts:
    """Return what is known of a place from its postcode and, where given, its coordinate.

    Call inside `access.acting`. A text that is no postcode says so in `because` and leaves the rest empty.
    """
    read = parse(text)
    found = PlaceFacts(because=str(read)) if isinstance(read, Problem) else _of(read)
    if latitude is None or longitude is None:
        return found
    return _at(found, latitude, longitude)


def _of(read: Read) -> PlaceFacts:
    return _imported(read) or _shipped(read)


def _shipped(read: Read) -> PlaceFacts:
    found = force_of(read)
    return PlaceFacts(
        postcode=str(read),
        district=found.district,
        force=found.force,
        force_name=found.name,
        latitude=found.latitude,
        longitude=found.longitude,
        exactness=found.exactness,
        share=found.share,
        because=found.because,
    )


def _imported(read: Read) -> PlaceFacts | None:
    if read.whole and (row := Postcode.objects.filter(postcode=str(read)).first()):
        return PlaceFacts(
            str(read),
            row.district,
            row.area,
            row.force,
            name_of(row.force),
            beat_of(row.beat),
            row.latitude,
            row.longitude,
            "postcode",
            1.0,
            f"{read} is among the imported postcodes.",
        )
    if read.digit and (found := _majority(read, "sector", read.sector)):
        return found
    return _majority(read, "outcode", read.outcode) if not _sector_shipped(read) else None


def _sector_shipped(read: Read) -> bool:
    """Whether the shipped facts know the sector: better than the outcode of an import that lacks it."""
    return read.sector in facts().sectors


def _majority(read: Read, exactness: Exactness, named: str) -> PlaceFacts | None:
    """Return where most imported postcodes of a sector or an outcode lie, or None without any."""
    sectors = [named] if exactness == "sector" else [f"{named} {digit}" for digit in range(10)]
    rows = Postcode.objects.filter(sector__in=sectors)
    counted = rows.values("force", "district", "area", "beat").annotate(
        n=Count("*"), lat=Avg("latitude"), lon=Avg("longitude")
    )
    ranked = sorted(counted, key=lambda row: (-row["n"], row["force"], row["district"], row["area"]))
    if not ranked:
        return None
    best, total = ranked[0], sum(row["n"] for row in ranked)
    because = f"{read} is not among the imported postcodes; {best['n']} of {total} in {named} lie here."
    return PlaceFacts(
        str(read),
        best["district"],
        best["area"],
        best["force"],
        name_of(best["force"]),
        beat_of(best["beat"]),
        best["lat"],
        best["lon"],
        exactness,
        best["n"] / total,
        because,
    )


def _at(found: PlaceFacts, latitude: float, longitude: float) -> PlaceFacts:
    """Return the facts at the coordinate itself; a force read from it beats one guessed from a sector."""
    here = replace(found, latitude=latitude, longitude=longitude)
    ground = None if found.exactness == "postcode" else force_at(latitude, longitude)
    if ground is None:
        return here
    because = f"{found.because} {ground.because}".strip()
    if ground.force == found.force:
        return replace(here, because=because)
    return replace(here, force=ground.force, force_name=ground.name, district="", area="", because=because)


def home_force(text: str) -> Found | Problem:
    """Return the force of somebody's postcode, imported postcodes first. Call inside `access.acting`."""
    read = parse(text)
    if isinstance(read, Problem):
        return read
    if (row := _imported(read)) and row.force:
        return Found(row.force, row.force_name, row.district, row.exactness, row.share, row.because)
    return force_of(read)


def name_of(force: str) -> str:
    """Return the shipped name of a force code, or the code itself for a force of the installation's own."""
    return facts().forces.get(force, force)


def beat_of(text: str) -> str:
    """Return "urban" or "rural"; what is not known counts as urban, whose target is the shorter."""
    return text if text in BEATS else "urban"
