"""Tell agencies about a contact: each only what it may have, shown first exactly as it will see it, sent at once."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from fellwatch.duties import actions as duties
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.safeguarding.access import HUB
from fellwatch.safeguarding.mash import steps
from fellwatch.safeguarding.mash.models import HubContact
from fellwatch.safeguarding.mash.values import Sending, Told
from fellwatch.safeguarding.values import Invalid
from fellwatch.sharing import actions as sharing
from fellwatch.sharing import checks, fields, queries
from fellwatch.sharing.checks import NewReferral
from fellwatch.sharing.values import AgencyView

SENT = {"research": "asked", "referral": "passed", "discussion": "invited"}


def preview(contact_id: uuid.UUID, sending: Sending, *, by: Actor, now: datetime) -> tuple[Told, ...]:
    """Return what each agency would be told, what it is not, and what is wrong; nothing is sent."""
    access.check(by, HUB, subject=("contact", str(contact_id)))
    with access.acting(by):
        contact = steps.turn(contact_id)
        known = {one.code: one for one in queries.agencies(by=by, now=now)}
        return tuple(_told(contact, sending, known[code], now) for code in sending.agencies if code in known)


def _told(contact: HubContact, sending: Sending, agency: AgencyView, now: datetime) -> Told:
    may = {one.code for one in fields.allowed(agency.kind, now, agency.agreed)}
    said = {name: text.strip() for name, text in sending.contents.items() if text.strip()}
    contents = {name: text for name, text in said.items() if name in may}
    new = _new(contact, sending, agency.code, contents)
    problems = checks.check(new, may, contents, now, lapsed=agency.lapsed)
    left_out = tuple(name for name in said if name not in may)
    return Told(agency.code, agency.name, agency.in_hub, contents, left_out, problems)


def _new(contact: HubContact, sending: Sending, agency: str, contents: Mapping[str, str]) -> NewReferral:
    return NewReferral(
        agency=agency, person_id=contact.person_id, incident_id=contact.incident_id, basis=sending.basis,
        necessity=sending.necessity, contents=contents, agreed=sending.agreed, proportionality=sending.proportionality,
        kind=sending.kind, about=contact.id, id=uuid.uuid5(sending.id, agency),
    )  # fmt: skip


def send(contact_id: uuid.UUID, sending: Sending, *, by: Actor, now: datetime) -> tuple[str, ...]:
    """Send to every agency or to none, and return the receipts. Sent twice under one id, it is sent once.

    What an agency may not have was shown as left out before; each clock runs by colour and by whether it sits here.
    """
    access.check(by, HUB, subject=("contact", str(contact_id)))
    with access.acting(by):
        contact = steps.turn(contact_id)
        if sending.kind == "research":
            steps.open_still(contact, "agencies")
        told = preview(contact_id, sending, by=by, now=now)
        if not told:
            raise Invalid({"agencies": "Tick at least one agency."})
        return tuple(_one(contact, sending, one, by=by, now=now) for one in told)


def _one(contact: HubContact, sending: Sending, told: Told, *, by: Actor, now: datetime) -> str:
    new = _new(contact, sending, told.agency, told.contents)
    again = any(one.id == new.id for one in queries.of_matter([contact.id], by=by))
    try:
        receipt = sharing.refer(new, by=by, now=now, owes=_owes(contact, sending.kind, told, by=by, now=now))
    except checks.Invalid as wrong:
        named = {
            "agencies" if name == "agency" else name: f"{told.name}: {text}" for name, text in wrong.problems.items()
        }
        raise Invalid(named) from wrong
    if not again:
        detail = {"told": sorted(told.contents), "kind": sending.kind, "receipt": receipt}
        kind = SENT[sending.kind]
        steps.tell(contact, kind, told.name, by=by, now=now, referral_id=new.id, detail=detail)
    return receipt


def _owes(contact: HubContact, kind: str, told: Told, *, by: Actor, now: datetime) -> duties.Fact | None:
    """Return what the time to answer runs from; an invitation to talk has none."""
    match kind:
        case "research":
            return duties.Fact(
                "research.asked", now, {"colour": contact.colour, "in_hub": "yes" if told.in_hub else "no"}
            )
        case "referral":
            agency = next(one for one in queries.agencies(by=by, now=now) if one.code == told.agency)
            return duties.Fact("protection.referred" if agency.kind == "children" else "service.referred", now)
    return None


def take_back(
    contact_id: uuid.UUID, referral_id: uuid.UUID, code: str, because: str, *, by: Actor, now: datetime
) -> None:
    """Take back what was sent about a contact, with why."""
    access.check(by, HUB, subject=("contact", str(contact_id)))
    with access.acting(by):
        contact = steps.turn(contact_id)
        found = next((one for one in queries.of_matter([contact.id], by=by) if one.id == referral_id), None)
        if found is None:
            raise queries.Missing("Nothing of the kind was sent in this contact.")
        if found.state == "recalled":
            return
        try:
            sharing.recall(referral_id, code, because, by=by, now=now)
        except checks.Invalid as wrong:
            raise Invalid(wrong.problems) from wrong
        steps.tell(contact, "recalled", f"{found.agency}: {because.strip()}", by=by, now=now, referral_id=referral_id)
