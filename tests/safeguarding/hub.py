"""A contact with the hub, and the steps on it, for tests that begin further on."""

import uuid
from dataclasses import replace
from datetime import timedelta

WHY = "They may have seen her lately and know what frightens her at home."
MUCH = "Only what they need to look; her earlier calls are left out."
CONCERN = "She hides in the cupboard when he shouts; a bruise on her arm, not explained."
TOLD = {"name": "Isla Hewett", "age": "5", "concern": CONCERN, "asked": "What do you know since June?"}


def raised(home, by, now, **change):
    """Tell the hub about Isla from her home's last incident; return the contact's id."""
    from fellwatch.safeguarding.mash import actions
    from fellwatch.safeguarding.mash.values import NewContact

    new = NewContact(
        "child", home.isla, home.incidents[-1], "amber", CONCERN, "Her grandmother is with her tonight.",
        "To stay at Nan's.", "safeguarding", "Asking him would put the child at risk tonight.",
    )  # fmt: skip
    new = replace(new, **change)
    actions.raise_contact(new, by=by, now=now)
    return new.id


def sending(kind="research", agencies=("fellshire-children", "fellshire-adults"), **change):
    """Return what is told to agencies."""
    from fellwatch.safeguarding.mash.values import Sending

    made = Sending(kind, tuple(agencies), "safeguarding", "", WHY, MUCH, TOLD, uuid.uuid4())
    return replace(made, **change)


def asked(contact, by, now, **change):
    """Ask agencies; return each one's referral by its agency's code."""
    from fellwatch.safeguarding.mash import queries, sharing

    sharing.send(contact, sending(**change), by=by, now=now)
    return {one.agency_code: one.id for one in queries.contact(contact, by=by, now=now).sent if one.kind == "research"}


def answer(referral, by, now, *, minutes=30, code="open", words="Open to us since June; her worker is Una Moss."):
    """Open and answer as an agency, and carry the answer back."""
    from fellwatch.safeguarding import jobs
    from fellwatch.sharing import actions

    at = now + timedelta(minutes=minutes)
    actions.open_referral(referral, by=by, now=at)
    actions.answer_research(referral, code, words, by=by, now=at)
    jobs.carry_answer(referral=str(referral))
