"""Take in what a handheld sends, and settle what two people answered apart."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from fellwatch.assessments import actions as assessments
from fellwatch.assessments.access import READ, SETTLE, WRITE
from fellwatch.assessments.actions import filling
from fellwatch.assessments.instruments import Edition, exact
from fellwatch.assessments.models import Assessment
from fellwatch.assessments.sendings import telling
from fellwatch.assessments.sendings.models import Difference, Sending
from fellwatch.assessments.sendings.values import Change, Receipt, Sent, Taken, Times
from fellwatch.assessments.values import Invalid
from fellwatch.foundation import access, audit, once, plain
from fellwatch.foundation.access import Actor
from fellwatch.records import earlier
from fellwatch.records.models import Incident
from fellwatch.records.queries import Missing
from fellwatch.rules import instruments, merging
from fellwatch.rules.merging import Came, Merged

SHORTEST, LONGEST = 10, 2_000
USED = "This id already stands for something else. The form stays on the handheld; send it under a new id."


def receive(
    sent: Sent,
    times: Times,
    *,
    device_id: uuid.UUID,
    by: Actor,
    now: datetime,
) -> Receipt:
    """Store a sending byte for byte, merge it into the assessment, and answer the same however often it comes.

    An answer the form cannot hold is set aside with what is wrong, never refused with the rest.
    """
    access.check(by, WRITE, subject=("incident", str(sent.incident_id)))
    digest = hashlib.sha256(sent.body.encode()).hexdigest()
    with access.acting(by):
        once.only(sent.id)
        before = _again(sent, digest)
        if before:
            return before
        sent = _of_now(sent)
        edition = _edition(sent)
        once.only(_lock(sent.instrument, sent.incident_id, sent.person_id))
        good, problems = _sorted_out(edition, sent.changes)
        heads = list(telling.versions_of(sent.instrument, sent.incident_id, sent.person_id))
        head = heads[0] if heads else None
        merged = _merge(edition, good, heads)
        number = _store(edition, sent, merged, head, times, by=by, now=now)
        outcome = _outcome(good, merged, problems, head, by.name) | {
            "handed_in": _hand_in(sent, number, by=by, now=now)
        }
        disputed = {name: one for name, one in merged.items() if one.disputed}
        stored = _keep(sent, digest, times, number, outcome, device_id, by=by, now=now)
        _differences(stored, good, disputed, head, times)
        _log(stored, merged, problems, by=by)
        return telling.receipt_of(stored)


def _lock(instrument: str, incident_id: uuid.UUID, person_id: uuid.UUID | None) -> uuid.UUID:
    """Return what whoever writes in this form holds, from a handheld or from a desk."""
    return uuid.uuid5(filling.FORMS, f"{incident_id}|{instrument}|{person_id}")


def _again(sent: Sent, digest: str) -> Receipt | None:
    before = Sending.objects.filter(id=sent.id).first()
    if before is None:
        return None
    if before.digest != digest:
        raise Taken({"id": USED})
    return telling.receipt_of(before, again=True)


def _of_now(sent: Sent) -> Sent:
    """Return the sending as one about who the person is now; raise Missing where the writer may not see of whom."""
    if not Incident.objects.filter(id=sent.incident_id).exists():
        raise Missing("There is no such incident, or the record is restricted.")
    if sent.person_id is None:
        return sent
    found = earlier.who(sent.person_id)
    if found is None:
        raise Missing("There is no such person, or the record is restricted.")
    return replace(sent, person_id=found)


def _edition(sent: Sent) -> Edition:
    found = exact(sent.instrument, sent.version, sent.variant)
    if found is None:
        raise Invalid({"instrument": "This force has no such form. It stays on the handheld; ask for an update."})
    return found


def _sorted_out(edition: Edition, changes: Sequence[Change]) -> tuple[dict[str, Change], dict[str, str]]:
    """Part the answers that the form can hold from those it cannot, each with what to do."""
    said = {one.question: one.answer for one in changes}
    problems = {one.question: f"{one.what} {one.do}" for one in instruments.validate(edition.instrument, said)}
    return {one.question: one for one in changes if one.question not in problems}, problems


def _merge(edition: Edition, changes: Mapping[str, Change], versions: Sequence[Assessment]) -> dict[str, Merged]:
    questions = {one.id: one for one in edition.instrument.questions}
    by_number = {one.number: one.answers for one in versions}
    return merging.merge_all(
        questions,
        bases={name: by_number.get(one.seen, {}).get(name) for name, one in changes.items()},
        mine={name: one.answer for name, one in changes.items()},
        theirs=versions[0].answers if versions else {},
    )


def _store(
    edition: Edition,
    sent: Sent,
    merged: Mapping[str, Merged],
    head: Assessment | None,
    times: Times,
    *,
    by: Actor,
    now: datetime,
) -> int:
    """Store the next version where anything changed; return the version that stands. Crimes were heard of when the
    first of these answers was given, by the server's reckoning."""
    held: dict[str, Any] = dict(head.answers) if head else {}
    answers = {**held, **{name: one.value for name, one in merged.items()}}
    answers = {name: value for name, value in answers.items() if instruments.is_answered(value)}
    if head and answers == held:
        return head.number
    stored = assessments.record(
        edition,
        answers,
        by=by,
        now=now,
        trigger="handheld",
        incident_id=sent.incident_id,
        person_id=sent.person_id,
        is_first=head is None,
        heard_at=min((times[name].at for name in merged if name in times), default=now),
    )
    return stored.number


def _hand_in(sent: Sent, number: int, *, by: Actor, now: datetime) -> dict[str, Any]:
    """Hand in a form that its officer finished; what keeps it from being handed in goes back beside its question."""
    form = telling.form_of(sent.instrument, sent.incident_id, sent.person_id) if sent.finished else None
    if form is None:
        return {"done": False, "problems": {}}
    try:
        with access.apart():
            filling.hand_in(form.id, seen=number, by=by, now=now)
    except Invalid as hindered:
        return {"done": False, "problems": hindered.problems}
    return {"done": True, "problems": {}}


def _outcome(
    changes: Mapping[str, Change],
    merged: Mapping[str, Merged],
    problems: Mapping[str, str],
    head: Assessment | None,
    by_name: str,
) -> dict[str, Any]:
    theirs: Mapping[str, Any] = head.answers if head else {}
    return {
        "problems": dict(problems),
        "lowered": sorted(name for name, one in merged.items() if one.came is Came.LOWERED),
        "differs": {
            name: {
                "stands": one.value,
                "sides": [
                    {"by": head.by_name if head else "", "answer": theirs.get(name)},
                    {"by": by_name, "answer": changes[name].answer},
                ],
            }
            for name, one in merged.items()
            if one.disputed
        },
    }


def _keep(
    sent: Sent,
    digest: str,
    times: Times,
    number: int,
    outcome: Mapping[str, Any],
    device_id: uuid.UUID,
    *,
    by: Actor,
    now: datetime,
) -> Sending:
    return Sending.objects.create(
        id=sent.id,
        form_id=sent.form_id,
        device_id=device_id,
        incident_id=sent.incident_id,
        person_id=sent.person_id,
        instrument=sent.instrument,
        instrument_version=sent.version,
        variant=sent.variant,
        body=sent.body,
        digest=digest,
        finished=sent.finished,
        number=number,
        outcome=dict(outcome),
        times={
            name: {"at": one.at.isoformat(), "device_at": one.device_at.isoformat(), "basis": one.basis.value}
            for name, one in times.items()
        },
        answered_at=max((one.at for one in times.values()), default=now),
        received_at=now,
        by_id=by.id,
        by_name=by.name,
    )


def _differences(
    stored: Sending,
    changes: Mapping[str, Change],
    disputed: Mapping[str, Merged],
    head: Assessment | None,
    times: Times,
) -> None:
    Difference.objects.bulk_create(
        Difference(
            sending=stored,
            incident_id=stored.incident_id,
            person_id=stored.person_id,
            instrument=stored.instrument,
            instrument_version=stored.instrument_version,
            variant=stored.variant,
            question=name,
            standing=one.value,
            arrived=changes[name].answer,
            arrived_by_name=stored.by_name,
            arrived_at=times[name].at if name in times else stored.received_at,
            stored=head.answers.get(name) if head else None,
            stored_by_name=head.by_name if head else "",
            stored_at=head.at if head else stored.received_at,
        )
        for name, one in disputed.items()
    )


def _log(stored: Sending, merged: Mapping[str, Merged], problems: Mapping[str, str], *, by: Actor) -> None:
    audit.record(
        by=by,
        action="collection",
        sentence="assessments.sending_received",
        subject=("incident", stored.incident_id),
        people=[stored.person_id] if stored.person_id else [],
        detail={
            "sending": str(stored.id),
            "device": str(stored.device_id),
            "digest": stored.digest,
            "version": stored.number,
            "came": {name: one.came.value for name, one in merged.items()},
            "set_aside": sorted(problems),
        },
    )


def settle(difference_id: uuid.UUID, side: str, *, by: Actor, now: datetime, because: str = "", seen: int = 0) -> None:
    """Decide which of two answers is right ("arrived" or "stored"). A safer answer than stands needs a reason."""
    access.check(by, SETTLE, subject=("difference", str(difference_id)))
    access.check(by, READ, subject=("difference", str(difference_id)))
    reason = because.strip()
    with access.acting(by):
        once.only(difference_id)
        found = Difference.objects.filter(id=difference_id).select_related("sending").first()
        if found is None:
            raise Missing("There is no such difference, or the record is restricted.")
        if found.state != "open":
            raise Invalid({"side": f"{found.settled_by_name} has settled this. Nothing was changed."})
        once.only(_lock(found.instrument, found.incident_id, found.person_id))
        chosen = _chosen(found, side)
        head = telling.head_of(found)
        if head.number != seen:
            raise Invalid({"side": f"{head.by_name} changed this form meanwhile. Look at it again, then decide."})
        _check_reason(found, chosen, reason)
        _settle(found, chosen, head, reason, by=by, now=now)


def _chosen(found: Difference, side: str) -> Any:
    if side not in {"arrived", "stored"}:
        raise Invalid({"side": "Choose which answer is right."})
    return found.arrived if side == "arrived" else found.stored


def _check_reason(found: Difference, chosen: object, reason: str) -> None:
    if wrong := plain.problem(reason, LONGEST):
        raise Invalid({"because": wrong})
    if chosen != found.standing and len(reason) < SHORTEST:
        raise Invalid({"because": "The more dangerous answer stands. Say in a sentence why the other is right."})


def _settle(found: Difference, chosen: Any, head: Assessment, reason: str, *, by: Actor, now: datetime) -> None:
    edition = exact(found.instrument, found.instrument_version, found.variant)
    if edition is None:
        raise Invalid({"side": "This force no longer has that form. Ask whoever keeps the rulebook."})
    answers = {**head.answers, found.question: chosen}
    if head.answers.get(found.question) != chosen:
        assessments.record(
            edition,
            {name: value for name, value in answers.items() if instruments.is_answered(value)},
            by=by,
            now=now,
            trigger="difference_settled",
            incident_id=found.incident_id,
            person_id=found.person_id,
        )
    Difference.objects.filter(id=found.id, state="open").update(
        state="settled",
        settled=chosen,
        settled_because=reason,
        settled_at=now,
        settled_by=by.id,
        settled_by_name=by.name,
    )
    audit.record(
        by=by,
        action="alteration",
        sentence="assessments.difference_settled",
        subject=("incident", found.incident_id),
        people=[found.person_id] if found.person_id else [],
        detail={"difference": str(found.id), "question": found.question, "lowered": chosen != found.standing},
    )
