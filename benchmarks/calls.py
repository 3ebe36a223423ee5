"""Calls to save: a known caller at their own address and a suspect nobody has heard of, with THRIVE."""

import random
import uuid
from typing import Any

from benchmarks.county import Resident

THRIVE = {
    "threat": "Former partner outside the house, hammering on the door and shouting through the letterbox.",
    "harm": "Pushed her against the wall in July; bruised arm then, nothing tonight so far.",
    "risk": "High until somebody is with her. He has been drinking and knows the back way in.",
    "investigation": "considered_none",
    "vulnerability": "A child of five is upstairs and awake. The caller is six months pregnant.",
    "engagement": "considered_none",
    "safeguarding_considered": "yes",
    "safeguarding_what": "Mother and child to one locked room, away from the door.",
    "crime_disclosed": "yes",
    "crime_which": "Assault in July, not reported then.",
    "safety_advice": "Lock the doors, stay on the line, keep away from the windows.",
    "safe_contact": "This number. Not the landline, he answers it.",
    "reassess_when": "If he gets in, or if the line is lost.",
}
DANGERS = {"suspect_present_or_returning": "yes", "in_progress": "yes", "domestic": "yes"}
SUMMARY = "He is back and shouting outside. She has locked the door and is upstairs with her son."
SURNAMES = ("Oddie", "Lathwaite", "Brunskell", "Thirlby", "Postlewaite", "Garnet", "Sealby", "Mattison")
FORENAMES = ("Marc", "Dean", "Callum", "Ryan", "Lee", "Scott", "Wayne", "Liam", "Kyle", "Jordan")


def suspect(caller: Resident) -> str:
    """Invent somebody; the same caller names the same suspect."""
    rng = random.Random(caller.id.int)
    return f"{rng.choice(FORENAMES)} {rng.choice(SURNAMES)}"


def call(caller: Resident, suspected: str) -> Any:
    """Return the call as the action takes it."""
    from fellwatch.contact.values import Call, DraftPerson
    from fellwatch.foundation import clock
    from fellwatch.records.actions import NewPerson, NewPlace

    forename, surname = suspected.split()
    return Call(
        channel="999",
        opening_code="domestic_incident",
        received_at=clock.now(),
        summary=SUMMARY,
        qualifiers=("domestic_abuse",),
        caller_number=caller.phone,
        place=NewPlace(house=caller.house, street=caller.street, postcode=caller.postcode),
        people=(
            DraftPerson("caller", person_id=caller.id),
            DraftPerson("suspect", new=NewPerson(forenames=forename, surname=surname)),
        ),
        dangers=DANGERS,
        thrive={**THRIVE, "systems_checked": ["incidents", "markers", "children"]},
    )


def form(caller: Resident, suspected: str) -> list[tuple[str, str]]:
    """Return the same call as the page posts it."""
    return [
        ("do", "send"),
        ("channel", "999"),
        ("caller_name", f"{caller.forename} {caller.surname}"),
        ("caller_number", caller.phone),
        ("caller_born", f"{caller.born:%d/%m/%Y}"),
        ("address", f"{caller.house} {caller.street}"),
        ("postcode", caller.postcode),
        ("opening_code", "domestic_incident"),
        ("qualifiers", "domestic_abuse"),
        ("summary", SUMMARY),
        ("person-0-id", str(caller.id)),
        ("person-0-name", f"{caller.forename} {caller.surname}"),
        ("person-0-role", "caller"),
        ("person-1-id", ""),
        ("person-1-name", suspected),
        ("person-1-role", "suspect"),
        *((f"danger-{name}", value) for name, value in DANGERS.items()),
        *(pair for name, value in THRIVE.items() for pair in _answered(name, value)),
    ]


def document(caller: Resident) -> dict[str, Any]:
    """Return the same call as the API takes it."""
    from fellwatch.foundation import clock

    return {
        "channel": "999",
        "opening_code": "domestic_incident",
        "received_at": clock.now().isoformat(),
        "summary": SUMMARY,
        "qualifiers": ["domestic_abuse"],
        "caller_number": caller.phone,
        "place": {"house": caller.house, "street": caller.street, "postcode": caller.postcode},
        "people": [
            {"role": "caller", "person_id": str(caller.id)},
            {"role": "suspect", "name": suspect(caller)},
        ],
        "dangers": DANGERS,
        "thrive": {**THRIVE, "systems_checked": ["incidents", "markers", "children"]},
    }


def _answered(name: str, value: str) -> list[tuple[str, str]]:
    if value == "considered_none":
        return [(f"none-{name}", "yes")]
    element = name in {"threat", "harm", "risk", "investigation", "vulnerability", "engagement"}
    return [(f"thrive-{name}" if element else name, value)]


def new_id() -> uuid.UUID:
    """Return an id such as the page gives a new call."""
    from fellwatch.foundation import ids

    return ids.new()
