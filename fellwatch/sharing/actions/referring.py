"""Refer somebody to an agency, take it back, and tell whoever raised something what came of it."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from procrastinate.contrib.django import app

from fellwatch.duties import actions as duties
from fellwatch.duties import queries as duty_queries
from fellwatch.foundation import access, audit, clock, ids, once
from fellwatch.foundation.access import Actor
from fellwatch.records import earlier
from fellwatch.sharing import agreements, fields
from fellwatch.sharing.access import CARRY, REFER
from fellwatch.sharing.actions import steps
from fellwatch.sharing.checks import SHORTEST, Invalid, NewReferral, check
from fellwatch.sharing.life import WAITING
from fellwatch.sharing.models import Agency, Agreement, Feedback, Recall, Referral

CLOCK = "referral_answer"
DISCUSSION = "discussion"
"""A referral of this kind asks an agency to a strategy discussion."""
LOGGED = "contact.carry_feedback"
KEY = uuid.UUID("7b1f6a52-0000-5000-8000-73686172696e")


def refer(new: NewReferral, *, by: Actor, now: datetime, owes: duties.Fact | None = None) -> str:
    """Send a referral and return its receipt number. Sent twice under one id, it is sent once.

    `owes` is what the time to answer runs from where it belongs to a matter, which may leave it open.

    Raises Invalid beside each field; a field that the agency may not be told is refused, never dropped in silence.
    One that is still unanswered is not sent a second time under another id.
    """
    access.check(by, REFER)
    with access.acting(by):
        new = replace(new, person_id=earlier.lead(new.person_id))
        once.only(uuid.uuid5(KEY, f"{new.agency}/{new.person_id}"))
        stored = Referral.objects.filter(id=new.id).first()
        if stored:
            return stored.receipt
        agency = Agency.objects.filter(code=new.agency, closed=False).prefetch_related("agreements").first()
        if agency is None:
            raise Invalid({"agency": "Choose the agency. One that has left takes nothing."})
        contents = {name: text.strip() for name, text in new.contents.items() if text.strip()}
        agreement = agreements.standing(agency, now)
        _require(new, agency, agreement, contents, now)
        due_at = _due(new, owes, by=by, now=now)
        row = _store(new, agency, agreement, contents, due_at, by=by, now=now)
        detail: dict[str, object] = {"agency": agency.code, "basis": new.basis, "told": sorted(contents)}
        steps.logged("referred", row, by=by, action="disclosure", kind=new.kind, **detail)
        steps.tell(row.id, "meeting" if new.kind == DISCUSSION else "waits", now)
        return row.receipt


def _require(
    new: NewReferral, agency: Agency, agreement: Agreement | None, contents: Mapping[str, str], now: datetime
) -> None:
    lapsed = "" if agreement else agreements.lapsed(agency.agreements.all(), clock.london_date(now))
    may = {one.code for one in fields.allowed(agency.kind, now, agreement.fields if agreement else None)}
    problems = check(new, may, contents, now, lapsed=lapsed)
    again = Referral.objects.filter(
        agency=agency, person_id=new.person_id, incident=new.incident_id, about=new.about, kind=new.kind,
        state__in=WAITING,
    ).first()  # fmt: skip
    if again:
        said = f"{clock.london(again.sent_at):%-d %b %H:%M} by {again.sent_by_name}, receipt {again.receipt}"
        problems["agency"] = f"They have this already and have not answered: sent {said}. To correct it, take it back."
    if problems:
        raise Invalid(problems)


def _due(new: NewReferral, owes: duties.Fact | None, *, by: Actor, now: datetime) -> datetime | None:
    """Start the clock of an answer and return by when it is due, which the agency sees though it sees no duty.

    What belongs to a matter hangs on no incident, which might be hidden from those who see the matter.
    """
    fact = owes if new.about else duties.Fact("referral.sent", now)
    if fact is None:
        return None
    incident = None if new.about else new.incident_id
    owed = duties.note(fact, by=by, now=now, incident_id=incident, person_id=new.person_id, about=new.id)
    return min((one.due_at for one in owed if one.due_at), default=None)


def _store(
    new: NewReferral,
    agency: Agency,
    agreement: Agreement | None,
    contents: Mapping[str, str],
    due_at: datetime | None,
    *,
    by: Actor,
    now: datetime,
) -> Referral:
    may = [one.code for one in fields.allowed(agency.kind, now)]
    return Referral.objects.create(
        id=new.id, kind=new.kind, about=new.about, agency=agency, agreement=agreement, incident_id=new.incident_id,
        person_id=new.person_id, basis=new.basis, necessity=new.necessity.strip(),
        proportionality=new.proportionality.strip(), contents=contents,
        withheld=[one for one in may if one not in contents], receipt=_receipt(new.id, contents),
        rule_version=fields.version(now), sent_at=now, due_at=due_at, sent_by_id=by.id, sent_by_name=by.name,
    )  # fmt: skip


def _receipt(id: uuid.UUID, contents: Mapping[str, str]) -> str:
    told = json.dumps([str(id), dict(sorted(contents.items()))])
    return hashlib.sha256(told.encode()).hexdigest()[:8].upper()


def recall(referral_id: uuid.UUID, code: str, because: str, *, by: Actor, now: datetime) -> None:
    """Take back what was sent: the agency can no longer read it, and is asked to say that it kept nothing.

    Taken back twice, it is taken back once. Whether it was opened decides whether it counts as a breach.
    """
    access.check(by, REFER, subject=("referral", str(referral_id)))
    with access.acting(by):
        found = steps.turn(referral_id)
        if found.state == "recalled":
            return
        reason = fields.find(fields.RECALLS, code, now)
        if reason is None:
            raise Invalid({"reason": "Choose why it is taken back."})
        words = steps.require("because", "Say what went wrong, and what is done about it.", because, SHORTEST)
        steps.move(found, "recall", "reason", recalled_at=now, recalled_because=words)
        Recall.objects.create(
            id=ids.new(), referral=found, agency_id=found.agency_id, about=found.about, incident_id=found.incident_id,
            person_id=found.person_id, receipt=found.receipt, reason=code, breach=bool(reason.says("breach")),
            was_opened=found.opened_at is not None, at=now, by_name=by.name,
        )  # fmt: skip
        _stop_clocks(found, by=by, now=now)
        steps.logged("recalled", found, by=by, reason=code, opened=found.opened_at is not None)
        steps.tell(found.id, "recalled", now)


def _stop_clocks(found: Referral, *, by: Actor, now: datetime) -> None:
    because = "It was taken back."
    if found.about is None:
        duties.replace(CLOCK, incident_id=found.incident_id, about=found.id, by=by, now=now, reason=because)
        return
    for one in duty_queries.about([found.id], by=by, running=True):
        duties.replace(one.rule, about=found.id, by=by, now=now, reason=because)


def remind(referral_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Have the agency's people written to again about what has no answer."""
    access.check(by, REFER, subject=("referral", str(referral_id)))
    with access.acting(by):
        found = steps.turn(referral_id)
        if found.state not in WAITING:
            raise Invalid({"main": "It has been answered."})
        steps.tell(found.id, "reminder", now)
        steps.logged("reminded", found, by=by)


def tell_back(
    to_id: uuid.UUID,
    about: uuid.UUID,
    person_id: uuid.UUID,
    incident_id: uuid.UUID | None,
    title: str,
    words: str,
    *,
    by: Actor,
    now: datetime,
    key: str,
    into_log: bool = False,
) -> None:
    """Tell whoever raised something what came of it. The same `key` about the same matter is told once.

    `into_log` has it written into the incident's log as well, after this commits.
    """
    access.check(by, REFER if REFER in by.permissions else CARRY)
    with access.acting(by):
        id = uuid.uuid5(about, key)
        once.only(id)
        if Feedback.objects.filter(id=id).exists():
            return
        Feedback.objects.create(
            id=id, to_id=to_id, about=about, person_id=person_id, incident_id=incident_id, title=title, words=words,
            at=now, by_name=by.name,
        )  # fmt: skip
        if into_log and incident_id:
            app.configure_task(LOGGED).defer(feedback=str(id))
        audit.record(
            by=by, action="collection", sentence="sharing.told_back", subject=("matter", about), people=[person_id]
        )
