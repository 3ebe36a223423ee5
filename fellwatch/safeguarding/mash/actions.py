"""Every write of the hub: a contact raised, screened, shared, chased, escalated, talked about, decided."""

import uuid
from datetime import datetime

from fellwatch.duties import actions as duties
from fellwatch.foundation import access, clock, ids, once
from fellwatch.foundation.access import Actor
from fellwatch.records import earlier
from fellwatch.records.models import Person
from fellwatch.records.queries import Missing
from fellwatch.safeguarding.access import HUB, RAISE
from fellwatch.safeguarding.mash import life, steps
from fellwatch.safeguarding.mash.models import HubContact, HubDiscussion
from fellwatch.safeguarding.mash.values import NewContact
from fellwatch.safeguarding.values import Invalid
from fellwatch.sharing import actions as sharing
from fellwatch.sharing import fields
from fellwatch.sharing.checks import unfit
from fellwatch.sharing.life import WAITING
from fellwatch.sharing.models import Referral

COLOURS, LEVELS, DECISIONS = "mash_colours", "mash_levels", "mash_decisions"
SCREENING, DISCUSSION = "mash_screening", "strategy_discussion"
SHORTEST = 20


def raise_contact(new: NewContact, *, by: Actor, now: datetime) -> str:
    """Tell the hub about somebody and return the contact's reference; its clock runs from now.

    Sent twice under one id it is one contact; told again while one is open about the same incident, it is refused.
    """
    access.check(by, RAISE)
    with access.acting(by):
        person = earlier.lead(new.person_id)
        once.only(person)
        stored = HubContact.objects.filter(id=new.id).first()
        if stored:
            return stored.reference
        if not Person.objects.filter(id=person).exists():
            raise Missing("There is no such person, or the record is restricted.")
        problems = _faults(new, now)
        again = HubContact.objects.filter(person_id=person, incident=new.incident_id, state__in=life.OPEN).first()
        if again:
            problems["person"] = f"The hub has this already: {again.reference}, from {again.raised_by_name}."
        if problems:
            raise Invalid(problems)
        made = HubContact.objects.create(
            id=new.id, reference=f"HUB-{clock.london(now):%y%m%d}-{new.id.hex[-6:].upper()}", kind=new.kind,
            person_id=person, incident_id=new.incident_id, colour=new.colour, clock=new.id,
            concern=new.concern.strip(), immediate=new.immediate.strip(), wishes=new.wishes.strip(), basis=new.basis,
            basis_because=new.basis_because.strip(), received_at=now, raised_by_id=by.id, raised_by_name=by.name,
            raised_by_team=by.team,
        )  # fmt: skip
        steps.owe(made, fact="contact.received", at=now, about=made.clock, by=by, now=now, colour=new.colour)
        steps.tell(made, "received", made.concern, by=by, now=now, detail={"colour": new.colour})
        steps.logged(made, "hub_raised", by=by, action="collection", colour=new.colour)
        return made.reference


def _faults(new: NewContact, now: datetime) -> dict[str, str]:
    problems: dict[str, str] = {}
    if new.kind not in {"child", "adult"}:
        problems["kind"] = "Say whether this is about a child or an adult."
    if fields.find(COLOURS, new.colour, now) is None:
        problems["colour"] = "Say how urgent it is. The hub looks at this again."
    problems |= unfit({"concern": new.concern, "immediate": new.immediate, "wishes": new.wishes})
    if len(new.concern.strip()) < SHORTEST:
        problems["concern"] = "Say what you saw or heard, and what you fear."
    if not new.immediate.strip():
        problems["immediate"] = "Say what was done at once, or that nothing could be."
    basis = fields.basis(new.basis, now)
    if basis is None:
        problems["basis"] = "Choose the lawful basis."
    elif not basis.says("consent") and len(new.basis_because.strip()) < SHORTEST:
        problems["basis_because"] = "Say why they were not asked, or why it is told although they said no."
    return problems


def screen(contact_id: uuid.UUID, colour: str, because: str, open_to: str, *, by: Actor, now: datetime) -> None:
    """Set the colour, with why where it changes; name the worker where somebody has the case open already.

    A worse colour starts a clock of its own from now; a milder one goes on from when the contact came.
    """
    access.check(by, HUB, subject=("contact", str(contact_id)))
    with access.acting(by):
        contact = steps.turn(contact_id)
        if fields.find(COLOURS, colour, now) is None:
            raise Invalid({"colour": "Choose the colour."})
        changes = colour != contact.colour
        words = steps.require("because", because, "Say what changes the colour.") if changes else because.strip()
        values: dict[str, object] = {"colour": colour, "open_to": open_to.strip()}
        if contact.screened_at is None:
            values["screened_at"] = now
        if changes:
            values["clock"] = ids.new()
        was = contact.colour
        steps.move(contact, "screen", "colour", **values)
        if changes:
            steps.replace_all(contact.clock, f"The colour changed from {was} to {colour}.", by=by, now=now)
            start = now if life.WORSE[colour] > life.WORSE[was] else contact.received_at
            about = uuid.UUID(str(values["clock"]))
            steps.owe(contact, fact="contact.received", at=start, about=about, by=by, now=now, colour=colour)
        detail = {"from": was, "to": colour, "open_to": open_to.strip()}
        steps.tell(contact, "screened", words, by=by, now=now, detail=detail)
        steps.logged(contact, "hub_screened", by=by, colour=colour, was=was)


def chase(contact_id: uuid.UUID, referral_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Remind an agency of what has no answer: its people are written to again."""
    access.check(by, HUB, subject=("contact", str(contact_id)))
    with access.acting(by):
        contact = steps.turn(contact_id)
        found = _unanswered(contact, referral_id)
        sharing.remind(found.id, by=by, now=now)
        steps.tell(contact, "chased", found.agency.name, by=by, now=now, referral_id=found.id)
        steps.logged(contact, "hub_chased", by=by, agency=found.agency_id)


def escalate(contact_id: uuid.UUID, referral_id: uuid.UUID, whom: str, said: str, *, by: Actor, now: datetime) -> None:
    """Take a question without an answer to a named person who answers for the agency; a clock of its own runs."""
    access.check(by, HUB, subject=("contact", str(contact_id)))
    with access.acting(by):
        contact = steps.turn(contact_id)
        found = _unanswered(contact, referral_id)
        whom = steps.require("whom", whom, "Say who was reached: a name and what they answer for.", 3)
        said = steps.require("said", said, "Say what they were told and what they said.")
        steps.replace_all(found.id, f"Taken to {whom}.", by=by, now=now)
        steps.owe(contact, fact="research.escalated", at=now, about=found.id, by=by, now=now)
        steps.tell(contact, "escalated", f"{found.agency.name}: {whom}. {said}", by=by, now=now, referral_id=found.id)
        steps.logged(contact, "hub_escalated", by=by, agency=found.agency_id)


def _unanswered(contact: HubContact, referral_id: uuid.UUID) -> Referral:
    steps.open_still(contact)
    found = Referral.objects.filter(id=referral_id, about=contact.id).select_related("agency").first()
    if found is None:
        raise Missing("Nothing of the kind was sent in this contact.")
    if found.state not in WAITING:
        raise Invalid({"main": f"{found.agency.name} has answered. Look at the contact again."})
    return found


def call_discussion(
    contact_id: uuid.UUID, meet_at: datetime, how: str, *, by: Actor, now: datetime, id: uuid.UUID
) -> None:
    """Call a strategy discussion; invitations to agencies are sent apart. Called twice under one id, called once."""
    access.check(by, HUB, subject=("contact", str(contact_id)))
    with access.acting(by):
        contact = steps.turn(contact_id)
        if HubDiscussion.objects.filter(id=id).exists():
            return
        steps.open_still(contact)
        if meet_at < now:
            raise Invalid({"meet_at": "Give a time to come."})
        how = steps.require("how", how, "Say where or how: a room, a call.", 3)
        HubDiscussion.objects.create(
            id=id, contact=contact, called_at=now, called_by_name=by.name, meet_at=meet_at, how=how
        )
        steps.owe(contact, fact="discussion.called", at=now, about=id, by=by, now=now)
        said = f"{clock.london(meet_at):%a %-d %b %H:%M}, {how}"
        steps.tell(contact, "discussion_called", said, by=by, now=now)
        steps.logged(contact, "hub_discussion_called", by=by)


def hold_discussion(
    discussion_id: uuid.UUID,
    contact_id: uuid.UUID,
    took_part: tuple[str, ...],
    agreed: str,
    not_held: str,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Record a discussion: who took part and what was agreed, or that it was not held and why."""
    access.check(by, HUB, subject=("contact", str(contact_id)))
    with access.acting(by):
        contact = steps.turn(contact_id)
        found = HubDiscussion.objects.filter(id=discussion_id, contact=contact, held_at__isnull=True).first()
        if found is None:
            raise Invalid({"agreed": "This discussion is recorded already."})
        if not_held.strip():
            values: dict[str, object] = {
                "not_held_because": steps.require("not_held", not_held, "Say why it was not held.")
            }
            sentence, words = "discussion_not_held", not_held.strip()
        elif len(took_part) < 2:
            raise Invalid({"took_part": "Tick at least two agencies beside the police, or say why it was not held."})
        else:
            values = {
                "took_part": list(took_part),
                "agreed": steps.require("agreed", agreed, "Say what was agreed, who does it and by when."),
            }
            sentence, words = "discussion_held", agreed.strip()
        HubDiscussion.objects.filter(id=found.id).update(held_at=now, noted_by_name=by.name, **values)
        duties.meet(DISCUSSION, about=found.id, by=by, now=now)
        steps.tell(contact, sentence, words, by=by, now=now, detail={"took_part": list(took_part)})
        steps.logged(contact, f"hub_{sentence}", by=by)


def decide(
    contact_id: uuid.UUID,
    level: str,
    decision: str,
    because: str,
    without_because: str,
    *,
    seen: int,
    by: Actor,
    now: datetime,
) -> None:
    """Decide what happens, with the level of need and why; whoever raised it is told.

    An agency that has not answered is waited for, or the decision says why it was made without. Protection of a child
    needs a strategy discussion, or why there could be none.
    """
    access.check(by, HUB, subject=("contact", str(contact_id)))
    with access.acting(by):
        contact = steps.turn(contact_id)
        if contact.version != seen and contact.state in life.OPEN:
            raise Invalid({"seen": steps.MOVED})
        chosen = fields.find(DECISIONS, decision, now)
        problems = {} if fields.find(LEVELS, level, now) else {"level": "Choose the level of need."}
        if chosen is None:
            problems["decision"] = "Choose what happens."
        problems |= unfit({"because": because, "without_because": without_because})
        if len(because.strip()) < SHORTEST:
            problems["because"] = "Say why, in words that whoever raised it may read."
        waits = _waits_for(contact)
        if waits and len(without_because.strip()) < SHORTEST:
            problems["without_because"] = f"{_list(waits)} did not answer. Wait, or say why this cannot."
        talked = HubDiscussion.objects.filter(contact=contact, held_at__isnull=False).exclude(agreed="").exists()
        if chosen and chosen.says("discussion") and contact.kind == "child" and not talked:
            if len(without_because.strip()) < SHORTEST:
                problems["without_because"] = "No strategy discussion was held. Hold one, or say why none could be."
        if problems:
            raise Invalid(problems)
        steps.move(
            contact, "decide", "decision", level=level, decision=decision, because=because.strip(),
            without=sorted(one.agency_id for one in waits), decided_at=now, decided_by_name=by.name,
        )  # fmt: skip
        _decided(contact, level, decision, because.strip(), without_because.strip(), by=by, now=now)


def _decided(
    contact: HubContact, level: str, decision: str, because: str, without: str, *, by: Actor, now: datetime
) -> None:
    duties.meet(SCREENING, about=contact.clock, by=by, now=now)
    for one in _waits_for(contact):
        steps.replace_all(one.id, "The hub decided without this answer.", by=by, now=now)
    detail = {"level": level, "decision": decision, "without": without}
    steps.tell(contact, "decided", because, by=by, now=now, detail=detail)
    steps.logged(contact, "hub_decided", by=by, level=level, decision=decision)
    title = f"The hub decided on {contact.reference}"
    words = f"{fields.label(DECISIONS, decision, now)}. {fields.label(LEVELS, level, now)}. {because}"
    sharing.tell_back(
        contact.raised_by_id, contact.id, contact.person_id, contact.incident_id, title, words, by=by, now=now,
        key=f"decided/{contact.version}", into_log=True,
    )  # fmt: skip


def _waits_for(contact: HubContact) -> list[Referral]:
    """Return the research that has no answer."""
    asked = Referral.objects.filter(about=contact.id, kind="research", state__in=WAITING)
    return list(asked.select_related("agency").order_by("agency__name"))


def _list(waits: list[Referral]) -> str:
    return ", ".join(one.agency.name for one in waits)


def reopen(contact_id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> None:
    """Open a decided contact again because something is new; a clock of its colour runs from now."""
    access.check(by, HUB, subject=("contact", str(contact_id)))
    with access.acting(by):
        contact = steps.turn(contact_id)
        words = steps.require("because", because, "Say what is new.")
        if contact.state != "decided":
            raise Invalid({"because": "It is open."})
        key = ids.new()
        steps.move(contact, "reopen", "because", clock=key, decided_at=None)
        steps.owe(contact, fact="contact.received", at=now, about=key, by=by, now=now, colour=contact.colour)
        steps.tell(contact, "reopened", words, by=by, now=now)
        steps.logged(contact, "hub_reopened", by=by)


def exclude(contact_id: uuid.UUID, person_id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> None:
    """Name somebody who may never receive anything about this contact, on any exit."""
    access.check(by, HUB, subject=("contact", str(contact_id)))
    with access.acting(by):
        contact = steps.turn(contact_id)
        sharing.exclude(contact.id, person_id, because, by=by, now=now)
        steps.tell(contact, "excluded", because.strip(), by=by, now=now)
