"""Refer somebody to an agency, and the agency's own steps: opened, which is the receipt, then accepted or declined."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import datetime

from procrastinate.contrib.django import app

from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit, once
from fellwatch.foundation.access import Actor
from fellwatch.sharing import fields
from fellwatch.sharing.access import CARRY, RECEIVE, REFER
from fellwatch.sharing.checks import LONGEST, SHORTEST, UNSTORABLE, Invalid, NewReferral, check
from fellwatch.sharing.models import Agency, Referral
from fellwatch.sharing.queries import Missing

CLOCK = "referral_answer"
SENTENCES = {"accepted": "sharing.referral_accepted", "declined": "sharing.referral_declined"}
ANSWERED = "contact.carry_referral"
"""The job by which the room that referred learns of an answer; named, as this package knows no room."""


def refer(new: NewReferral, *, by: Actor, now: datetime) -> str:
    """Send a referral and return its receipt number. Sent twice under one id, it is sent once.

    Raises Invalid beside each field; a field that the agency may not be told is refused, never dropped in silence.
    """
    access.check(by, REFER)
    with access.acting(by):
        once.only(new.id)
        stored = Referral.objects.filter(id=new.id).first()
        if stored:
            return stored.receipt
        agency = Agency.objects.filter(code=new.agency, closed=False).first()
        contents = {name: text.strip() for name, text in new.contents.items() if text.strip()}
        problems = check(new, agency.kind, contents, now) if agency else {"agency": "Choose the agency."}
        if problems or agency is None:
            raise Invalid(problems)
        receipt = _receipt(new.id, contents)
        may = [one.code for one in fields.allowed(agency.kind, now)]
        Referral.objects.create(
            id=new.id, agency=agency, incident_id=new.incident_id, person_id=new.person_id, basis=new.basis,
            necessity=new.necessity.strip(), contents=contents, withheld=[one for one in may if one not in contents],
            receipt=receipt, rule_version=fields.version(now), sent_at=now, sent_by_id=by.id, sent_by_name=by.name,
        )  # fmt: skip
        fact = duties.Fact("referral.sent", now)
        duties.note(fact, by=by, now=now, incident_id=new.incident_id, person_id=new.person_id, about=new.id)
        audit.record(
            by=by, action="disclosure", sentence="sharing.referred", subject=("incident", new.incident_id),
            people=[new.person_id], detail={"agency": agency.code, "basis": new.basis, "told": sorted(contents)},
        )  # fmt: skip
        return receipt


def _receipt(id: uuid.UUID, contents: Mapping[str, str]) -> str:
    told = json.dumps([str(id), dict(sorted(contents.items()))])
    return hashlib.sha256(told.encode()).hexdigest()[:8].upper()


def open_referral(referral_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Open a referral as the agency it was sent to: from now the sender holds its receipt. Opened twice, once."""
    access.check(by, RECEIVE)
    with access.acting(by):
        found = _own(referral_id)
        opened = Referral.objects.filter(id=found.id, state="sent").update(
            state="opened", opened_at=now, opened_by_name=by.name
        )
        if opened:
            _logged("sharing.referral_opened", found, by=by)
            _carry(found.id)


def answer_referral(referral_id: uuid.UUID, state: str, answer: str, *, by: Actor, now: datetime) -> None:
    """Accept or decline as the agency. Declining needs its reason; answered twice alike, it is answered once."""
    access.check(by, RECEIVE)
    if state not in {"accepted", "declined"}:
        raise Invalid({"answer": "Say whether you take this."})
    if len(answer.strip()) < (SHORTEST if state == "declined" else 1):
        words = "Say why not, and who might" if state == "declined" else "Say what you will do, and when"
        raise Invalid({"answer": f"{words}."})
    if len(answer) > LONGEST or UNSTORABLE.search(answer):
        raise Invalid({"answer": f"Keep it to {LONGEST:,} characters of plain text."})
    with access.acting(by):
        found = _own(referral_id)
        if (found.state, found.answer) == (state, answer.strip()):
            return
        if found.state != "opened":
            said = f"{found.answered_by_name} has answered this." if found.answered_at else "Open it first."
            raise Invalid({"answer": said})
        Referral.objects.filter(id=found.id, state="opened").update(
            state=state, answer=answer.strip(), answered_at=now, answered_by_name=by.name
        )
        _logged(SENTENCES[state], found, by=by)
        _carry(found.id)


def add_agency(code: str, name: str, kind: str, *, by: Actor, telephone: str = "") -> None:
    """Add an agency, or correct what is known of it."""
    access.check(by, CARRY)
    with access.acting(by):
        Agency.objects.update_or_create(
            code=code, defaults={"name": name, "kind": kind, "telephone": telephone, "closed": False}
        )


def _own(referral_id: uuid.UUID) -> Referral:
    once.only(referral_id)
    found = Referral.objects.filter(id=referral_id).first()
    if found is None:
        raise Missing("There is no such referral to your agency.")
    return found


def _logged(sentence: str, found: Referral, *, by: Actor) -> None:
    audit.record(
        by=by, action="alteration", sentence=sentence, subject=("incident", found.incident_id), people=[found.person_id]
    )


def _carry(referral_id: uuid.UUID) -> None:
    app.configure_task(ANSWERED).defer(referral=str(referral_id))
