"""Sections 135 and 136: when the power ends, where somebody may be kept and by whose authority.

Mental Health Act 1983 ss135, 136, 136A, 136B and the Places of Safety Regulations 2017. The rulebook holds the
kinds of place, the ranks and the reasons for which a detention may be extended.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from fellwatch.contact import rulings
from fellwatch.duties import reckoning
from fellwatch.rules import vocabulary
from fellwatch.rules.vocabulary import Code

CLOCKS = {"136": ("s136_detention", "place_of_safety.arrived"), "135": ("s135_detention", "warrant.arrived")}
EXTENDED = "detention_extended"
ADULT, MOST_HOURS = 18, 12

Problem = tuple[str, str]


@dataclass(frozen=True)
class Authority:
    """Who authorises, of which rank, and on what ground."""

    rank: str = ""
    name: str = ""
    because: str = ""


@dataclass(frozen=True)
class Extension:
    """An extension as the doctor signed it, with the police officer's approval where one is needed."""

    signed_at: datetime
    doctor: str
    reason: str
    hours: int
    approver: Authority = Authority()


def first_end(section: str, at: datetime) -> datetime | None:
    """Return when the power ends that runs from an arrival, or from the decision to keep somebody."""
    found = reckoning.one(CLOCKS[section][0], at=at, facts={})
    return found.due_at if found else None


def extended_end(ends: datetime, hours: int) -> datetime:
    """Return when an extended power ends: its hours run straight after the first period, never past the most."""
    found = reckoning.one(EXTENDED, at=ends, facts={})
    asked = ends + timedelta(hours=hours)
    return min(asked, found.due_at) if found and found.due_at else ends


def place_problems(kind: str, age: int | None, by: Authority, now: datetime) -> Iterator[Problem]:
    """Yield why somebody may not be kept at a kind of place."""
    place = vocabulary.find(rulings.codes("places_of_safety", now), kind)
    if place is None:
        yield "place", "Choose a place of safety."
        return
    if place.says("adults_only") and age is None:
        yield "place", f"{place.label}: never under 18, and the age is not known. Take them somewhere else."
    elif place.says("adults_only") and age is not None and age < ADULT:
        yield "place", f"{place.label}: never under 18. Take them somewhere else."
    needed = str(place.attributes.get("authority", ""))
    if needed:
        yield from _rank_problems("authority", needed, by, f"to keep somebody at a {place.label.lower()}", now)
    if place.says("only_for_danger") and not by.because.strip():
        yield (
            "authority_because",
            "Say what imminent risk of serious injury or death the behaviour poses, and why nowhere else can hold it.",
        )


def extension_problems(kind: str, ends: datetime, asked: Extension, now: datetime) -> Iterator[Problem]:
    """Yield why a detention may not be extended so."""
    reason = vocabulary.find(rulings.codes("detention_extension_reasons", now), asked.reason)
    if reason is None:
        yield "extension_reason", "Choose the doctor's reason."
    elif not reason.says("allowed"):
        yield (
            "extension_reason",
            f"{reason.label!r} is no lawful reason to keep somebody longer. It is logged as a gap in crisis care.",
        )
    if not asked.doctor.strip():
        yield "extension_doctor", "Give the name of the doctor responsible for the examination."
    if asked.signed_at >= ends:
        yield "extended_at", "It was signed too late: an extension must be authorised before the first period ends."
    if not 0 < asked.hours <= MOST_HOURS:
        yield "extension_hours", f"Give the hours, from 1 to {MOST_HOURS}."
    place = vocabulary.find(rulings.codes("places_of_safety", now), kind)
    needed = str(place.attributes.get("extension_authority", "")) if place else ""
    if needed:
        yield from _rank_problems("extension", needed, asked.approver, "to extend a detention there", now)


def gap_behind(reason: str, now: datetime) -> str:
    """Return the gap in the protocol that a refused reason gives away; empty where it gives none away."""
    found = vocabulary.find(rulings.codes("detention_extension_reasons", now), reason)
    return str(found.attributes.get("breaks", "")) if found else ""


def _rank_problems(field: str, needed: str, by: Authority, what: str, now: datetime) -> Iterator[Problem]:
    ranks = rulings.codes("police_ranks", now)
    least, held = vocabulary.find(ranks, needed), vocabulary.find(ranks, by.rank)
    if least is None or held is None or _order(held) < _order(least):
        words = least.label.lower() if least else needed
        yield f"{field}_rank", f"It takes the rank of {words} or above {what}."
    if not by.name.strip():
        yield f"{field}_name", "Give the name of whoever authorises it."


def _order(rank: Code) -> int:
    order = rank.attributes.get("order", 0)
    return order if isinstance(order, int) else 0
