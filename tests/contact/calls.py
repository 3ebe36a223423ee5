"""The call of the story, for the tests of the control room."""

from dataclasses import replace

THRIVE = {
    "threat": "Ex-partner outside, hammering on the door.",
    "harm": "Assault; he has a knife marker.",
    "risk": "High until somebody is there.",
    "investigation": "considered_none",
    "vulnerability": "Child of five upstairs.",
    "engagement": "considered_none",
    "safeguarding_considered": "yes",
    "safeguarding_what": "Child and mother to one locked room.",
    "crime_disclosed": "yes",
    "crime_which": "Assault in July.",
    "systems_checked": ["incidents", "markers", "children"],
    "safety_advice": "Lock the door, stay on the line.",
    "safe_contact": "This number, not the landline.",
    "reassess_when": "If he gets in.",
}


def closed_with():
    """Return what the call of the story is closed with: a crime reference, and why no risk form is there."""
    from fellwatch.contact.values import GivenReason

    why = GivenReason("not_reached", "Rang twice and called at the door.")
    return {"crime_reference": "FS/1234/26", "reasons": {"risk_form.nobody": why}}


def call(now, **values):
    """Return Danielle's call, changed where `values` say."""
    from fellwatch.contact.values import Call, DraftPerson
    from fellwatch.records.actions import NewPerson, NewPlace

    danielle = NewPerson(forenames="Danielle", surname="Hewett", phone="+447700900142")
    made = Call(
        channel="999",
        opening_code="domestic_incident",
        received_at=now,
        summary="He is back and shouting outside.",
        qualifiers=("domestic_abuse",),
        caller_number="+447700900142",
        place=NewPlace(house="14", street="Tarn Row", postcode="FZ1 1AA"),
        people=(
            DraftPerson("caller", new=danielle),
            DraftPerson("suspect", new=NewPerson(forenames="Marc", surname="Oddie")),
        ),
        dangers={"suspect_present_or_returning": "yes", "in_progress": "yes", "domestic": "yes"},
        thrive=THRIVE,
    )
    return replace(made, **values)
