"""Whose ground a postcode is: the police force and district, how sure, and why."""

from dataclasses import dataclass
from typing import Literal

from fellwatch.records.geography.facts import Area, facts
from fellwatch.records.geography.postcodes import Postcode

Exactness = Literal["postcode", "sector", "outcode", "unknown"]

ELSEWHERE = {
    "BT": "BT postcodes are in Northern Ireland: its force is the Police Service of Northern Ireland.",
    "GY": "GY postcodes are in Guernsey, Alderney or Sark: ask Guernsey Police.",
    "JE": "JE postcodes are in Jersey: ask the States of Jersey Police.",
    "IM": "IM postcodes are on the Isle of Man: ask the Isle of Man Constabulary.",
    "BF": "BF postcodes are British Forces addresses: ask the Royal Military Police.",
}


@dataclass(frozen=True)
class Found:
    """The force of a postcode. `share` is the part of the named area's postcodes that lie in that force."""

    force: str
    name: str
    district: str
    exactness: Exactness
    share: float
    because: str
    latitude: float | None = None
    longitude: float | None = None


def force_of(postcode: Postcode) -> Found:
    """Return the force from the shipped facts: by postcode, else by its sector, else by its outcode."""
    known = facts()
    exception = known.exceptions.get(str(postcode))
    sector = known.sectors.get(postcode.sector)
    if exception:
        return _apart(postcode, exception, sector)
    if sector:
        return _from_area(postcode, sector, "sector", postcode.sector)
    if outcode := known.outcodes.get(postcode.outcode):
        return _from_area(postcode, outcode, "outcode", postcode.outcode)
    reason = ELSEWHERE.get(postcode.area, f"No published fact covers {postcode.outcode}.")
    return Found("", "", "", "unknown", 0.0, reason)


def _apart(postcode: Postcode, force: str, sector: Area | None) -> Found:
    """Answer for a postcode across the border from its sector; its district is not known."""
    name = facts().forces[force]
    centre = (sector.latitude, sector.longitude) if sector else (None, None)
    because = f"{postcode} is in {name}, although most of {postcode.sector} is not."
    return Found(force, name, "", "postcode", 1.0, because, *centre)


def _from_area(postcode: Postcode, area: Area, exactness: Exactness, named: str) -> Found:
    name = facts().forces[area.force]
    how_much = "Every known postcode" if area.share == 1 else f"{_percent(area.share)} of the known postcodes"
    because = f"{how_much} of {named} {'is' if area.share == 1 else 'are'} in {name}."
    if postcode.digit and exactness == "outcode":
        because = f"The sector {postcode.sector} is not among the known ones. {because}"
    district = facts().districts.get(area.district, ("", ""))[0]
    return Found(area.force, name, district, exactness, area.share, because, area.latitude, area.longitude)


def _percent(share: float) -> str:
    """Say a share that is less than all of it, so that 99.96 % is never shown as 100 %."""
    return f"{min(share * 100, 99.9):.3g} %"
