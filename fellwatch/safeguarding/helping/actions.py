"""Take in what somebody wrote, answer her only as she said is safe, and follow each activation to its end."""

import re
import uuid
from collections.abc import Mapping
from datetime import datetime

from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit, clock, ids, once, plain, policy
from fellwatch.foundation.access import Actor
from fellwatch.orders.values import Invalid
from fellwatch.records.models import Incident
from fellwatch.records.queries import Missing
from fellwatch.rules import vocabulary
from fellwatch.rules.vocabulary import Vocabulary
from fellwatch.safeguarding.helping import safe
from fellwatch.safeguarding.helping.access import ANSWER, REPORT, TAKE
from fellwatch.safeguarding.helping.models import Activation, Attempt, Message
from fellwatch.safeguarding.helping.values import NewActivation, Written

LONGEST, SHORTEST = 4_000, 10
ANSWERED, ATTENDED, FOLLOWED = "help_message_answer", "activation_attended", "activation_followed"
OUTCOMES = {"angela": "angela_outcomes", "banking": "banking_outcomes"}
MONEY = ("at_risk", "stopped")


def take(written: Written, *, by: Actor, now: datetime) -> None:
    """Store a message for help and start its clock. Sent twice, it is stored once. Nothing she wrote is refused.

    What cannot be stored is marked, what is too long is cut, and a way to reach her that we do not know is none.
    """
    access.check(by, TAKE)
    with access.acting(by):
        once.only(written.id)
        if Message.objects.filter(id=written.id).exists():
            return
        known = written.means in safe.MEANS and (written.means == "none" or written.reach.strip())
        Message.objects.create(
            id=written.id, arrived_at=now, written_at=written.written_at, name=_kept(written.name),
            words=_kept(written.words), place=_kept(written.place), means=written.means if known else "none",
            reach=_kept(written.reach), password=_kept(written.password), never=_kept(written.never),
            from_time=written.from_time if written.to_time else None,
            to_time=written.to_time if written.from_time else None,
        )  # fmt: skip
        duties.note(duties.Fact("help.asked", now), by=by, now=now, about=written.id)
        audit.record(by=by, action="collection", sentence="helping.taken", subject=("help message", written.id))


def _kept(text: str) -> str:
    return plain.marked(text)[:LONGEST].strip()


def attempt(
    message_id: uuid.UUID,
    means: str,
    reached: str,
    words: str,
    *,
    by: Actor,
    now: datetime,
    id: uuid.UUID | None = None,
) -> None:
    """Record an attempt to answer, made now. One that she said is not safe is refused: it must not be made."""
    access.check(by, ANSWER)
    with access.acting(by):
        row = _open(message_id)
        problems: dict[str, str] = {}
        if means not in safe.MEANS or means == "none":
            problems["means"] = "Choose how."
        elif why := safe.why_not(means, row.means, row.from_time, row.to_time, now):
            problems["means"] = why
        if reached not in {"yes", "no"}:
            problems["reached"] = "Say whether it was her, by her word where she gave one."
        ask = "Say what was said, or that nothing was: never a message on a machine."
        if wrong := plain.needed(words, ask, LONGEST):
            problems["words"] = wrong
        if problems:
            raise Invalid(problems)
        Attempt.objects.get_or_create(
            id=id or ids.new(),
            defaults={
                "message_id": row.id, "at": now, "means": means, "reached": reached == "yes", "words": words.strip(),
                "by_id": by.id, "by_name": by.name,
            },
        )  # fmt: skip
        if reached == "yes":
            duties.meet(ANSWERED, about=row.id, by=by, now=now)
        audit.record(by=by, action="disclosure", sentence="helping.attempted", subject=("help message", row.id))


def close(message_id: uuid.UUID, outcome: str, words: str, reference: str, *, by: Actor, now: datetime) -> None:
    """End a message with what came of it, and the log number of the incident where one was made."""
    access.check(by, ANSWER)
    with access.acting(by):
        row = _open(message_id)
        problems: dict[str, str] = {}
        code = vocabulary.find(_codes("help_outcomes", now), outcome)
        incident = _incident(reference, problems)
        if code is None:
            problems["outcome"] = "Choose what came of it."
        elif code.says("needs_incident") and incident is None:
            problems.setdefault("reference", "Give the log number: without one, nobody is on their way.")
        ask = "Say what was done, in a sentence that somebody else can judge."
        if wrong := plain.needed(words, ask, LONGEST, SHORTEST):
            problems["words"] = wrong
        if problems:
            raise Invalid(problems)
        Message.objects.filter(id=row.id).update(
            state="closed", outcome=outcome, closing_words=words.strip(), closed_at=now, closed_by_name=by.name,
            incident=incident,
        )  # fmt: skip
        duties.meet(ANSWERED, about=row.id, by=by, now=now)
        audit.record(by=by, action="alteration", sentence="helping.closed", subject=("help message", row.id))


def activate(new: NewActivation, *, by: Actor, now: datetime) -> uuid.UUID:
    """Record an activation and start its clocks. Sent twice, it is one. Raises Invalid beside each field."""
    access.check(by, REPORT)
    with access.acting(by):
        once.only(new.id)
        if Activation.objects.filter(id=new.id).exists():
            return new.id
        problems: dict[str, str] = {}
        incident = _incident(new.reference, problems)
        if new.scheme not in OUTCOMES:
            problems["scheme"] = "Choose the scheme."
        if wrong := plain.needed(new.venue, "Say where: the venue, or the bank and its branch.", LONGEST):
            problems["venue"] = wrong
        if new.told_at > now:
            problems["told_at"] = "This is still to come."
        facts = {name: text.strip() for name, text in new.facts.items() if text.strip()}
        problems |= {name: wrong for name, text in facts.items() if (wrong := plain.problem(text, LONGEST))}
        problems |= {name: "Give pounds, such as 1250." for name in MONEY if not _pounds(facts.get(name, "0"))}
        if problems:
            raise Invalid(problems)
        Activation.objects.create(
            id=new.id, scheme=new.scheme, venue=new.venue.strip(), told_at=new.told_at, incident=incident, facts=facts,
            by_id=by.id, by_name=by.name,
        )  # fmt: skip
        duties.note(duties.Fact("scheme.activated", new.told_at, {"scheme": new.scheme}), by=by, now=now, about=new.id)
        audit.record(
            by=by, action="collection", sentence="helping.activated", subject=("activation", new.id),
            detail={"scheme": new.scheme},
        )  # fmt: skip
        return new.id


def arrive(activation_id: uuid.UUID, at: datetime, *, by: Actor, now: datetime) -> None:
    """Say when the police were there."""
    access.check(by, REPORT)
    with access.acting(by):
        row = _running(activation_id)
        if not row.told_at <= at <= now:
            raise Invalid({"arrived_at": "Give a time after they told us, and not in the future."})
        Activation.objects.filter(id=row.id).update(arrived_at=at)
        duties.meet(ATTENDED, about=row.id, by=by, now=at)
        audit.record(by=by, action="alteration", sentence="helping.arrived", subject=("activation", row.id))


def conclude(
    activation_id: uuid.UUID, outcome: str, words: str, stopped: str, venue_told: str, *, by: Actor, now: datetime
) -> None:
    """Say what came of an activation, and that whoever asked for us was told. It stays open until they were."""
    access.check(by, REPORT)
    with access.acting(by):
        row = _running(activation_id)
        problems: dict[str, str] = {}
        if vocabulary.find(_codes(OUTCOMES[row.scheme], now), outcome) is None:
            problems["outcome"] = "Choose what came of it."
        ask = "Say what was found and done, in a sentence that somebody else can judge."
        if wrong := plain.needed(words, ask, LONGEST, SHORTEST):
            problems["words"] = wrong
        if stopped and not _pounds(stopped):
            problems["stopped"] = "Give pounds, such as 1250."
        if venue_told not in {"yes", "no"}:
            problems["venue_told"] = "Say whether they were told what came of it: it is why they ask again."
        if problems:
            raise Invalid(problems)
        told = venue_told == "yes"
        facts: Mapping[str, str] = {**row.facts, **({"stopped": stopped.strip()} if stopped.strip() else {})}
        Activation.objects.filter(id=row.id).update(
            outcome=outcome, outcome_words=words.strip(), facts=facts, venue_told_at=now if told else None,
            state="closed" if told else "open", closed_at=now if told else None,
        )  # fmt: skip
        if told:
            duties.meet(FOLLOWED, about=row.id, by=by, now=now)
        audit.record(
            by=by, action="alteration", sentence="helping.concluded", subject=("activation", row.id),
            detail={"outcome": outcome},
        )  # fmt: skip


def _pounds(text: str) -> bool:
    return bool(re.fullmatch(r"£? ?\d{1,3}(,?\d{3}){0,3}(\.\d\d)?", text.strip()))


def _codes(name: str, now: datetime) -> Vocabulary:
    return policy.parsed(name, clock.london_date(now), Vocabulary)


def _incident(reference: str, problems: dict[str, str]) -> Incident | None:
    if not reference.strip():
        return None
    found = Incident.objects.filter(reference_key=reference.strip().upper()).first()
    if found is None:
        problems["reference"] = "There is no incident of this log number. Look at it again."
    return found


def _open(message_id: uuid.UUID) -> Message:
    once.only(message_id)
    row = Message.objects.filter(id=message_id).first()
    if row is None:
        raise Missing("There is no such message.")
    if row.state != "open":
        raise Invalid({"words": f"{row.closed_by_name} has ended this."})
    return row


def _running(activation_id: uuid.UUID) -> Activation:
    once.only(activation_id)
    row = Activation.objects.filter(id=activation_id).first()
    if row is None:
        raise Missing("There is no such activation.")
    if row.state != "open":
        raise Invalid({"words": "This is ended already."})
    return row
