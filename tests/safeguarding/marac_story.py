"""Danielle, Marc, an adviser, a coordinator and partners, and the steps of a MARAC for tests that begin further on."""

from datetime import timedelta

from tests.safeguarding.story import london

AGENCIES = (
    ("harbour-advocates", "Harbour Advocates", "domestic_abuse"),
    ("tarn-homes", "Tarn Homes", "housing"),
    ("fell-health", "Fell Health", "health"),
    ("fell-children", "Fell Children's Services", "children"),
)
MONDAY = london("2026-11-16 10:00")


def agencies(system):
    """Put the partners in."""
    from fellwatch.sharing import actions

    for code, name, kind in AGENCIES:
        actions.add_agency(code, name, kind, by=system)


def user(name, role, agency="X23000099"):
    """Store an account, and return the actor that signs in with it."""
    from fellwatch.foundation import ids
    from fellwatch.foundation.accounts import roles
    from fellwatch.foundation.accounts.models import User

    made = User.objects.create(username=f"u{ids.new().hex[-10:]}", full_name=name, role=role, agency=agency, team="t")
    return roles.actor(made)


def said(**changed):
    """Return what a referral says."""
    return {
        "victim_name": "Danielle Hewett",
        "victim_born": "4 March 1991",
        "victim_address": "14 Tarn Row, FZ1 1AA",
        "victim_phone": "07700 900142",
        "safe_contact": "At work, before noon",
        "perpetrator_name": "Marc Oddie",
        "relationship": "former partner",
        "happened": "He waited outside her work and said that he would burn the house down.",
        "judgement_because": "He has bought petrol, and she has stopped going out.",
        "children": "Isla, 5, Skelmoss Primary",
        "wants": "That he stays away.",
    } | changed


def new(people=None, **changed):
    """Return a referral: by an officer where it knows the people, else by a partner."""
    from fellwatch.safeguarding.marac.values import NewReferral

    known = {"victim_id": people[1], "perpetrators": (people[0],)} if people else {}
    return NewReferral(
        **{
            "said": said(),
            "consent": "no",
            "aware": "yes",
            "basis": "safeguarding",
            "basis_because": "She fears what he does if he learns that she agreed.",
            "judgement": True,
            "behaviour": "violence",
            "happened_date": london("2026-11-14 10:00").date(),
            "children": 1,
            **known,
            **changed,
        }
    )


def meeting(by, now=MONDAY, *, days=14, invited=None):
    """Call a meeting."""
    from fellwatch.meetings import actions
    from fellwatch.meetings.values import Called

    at = now + timedelta(days=days)
    called = Called(
        "marac",
        "MARAC, south",
        at,
        at + timedelta(hours=3),
        "Fell House",
        "DI Ada Holme",
        invited or {code: name for code, name, _ in AGENCIES},
    )
    return actions.call(called, by=by, now=now)
