"""Steps that several actions share: a log line, a grading, the queue, the word to open boards."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from fellwatch.assessments import actions as assessments
from fellwatch.contact import attending, prompts, rulings
from fellwatch.contact.models import Advice, DeskItem, Grading, Handling, Listening, LiveAdvice, LogLine
from fellwatch.contact.values import Invalid
from fellwatch.foundation import clock, ids, notify, once, rows
from fellwatch.foundation.access import Actor
from fellwatch.records.models import Incident
from fellwatch.records.queries import Missing
from fellwatch.rules.grading import Proposal

BOARD = "fellwatch_board"
TAKEN = "This was sent under an id that is already used for something else; nothing was stored. Send it again."
CLOSED = "This incident is closed. Log a new contact, and link it to this one."


def require(incident_id: uuid.UUID) -> Handling:
    """Return how an incident is handled, or raise Missing: the same for none and for one that is hidden."""
    handling = Handling.objects.filter(incident_id=incident_id).first()
    if handling is None:
        raise Missing("There is no such incident, or the record is restricted.")
    return handling


def require_open(incident_id: uuid.UUID, field: str) -> Handling:
    """Return how an open incident is handled; raise Invalid beside the field once it is closed."""
    handling = require(incident_id)
    if handling.state == "closed":
        raise Invalid({field: CLOSED})
    return handling


def turn(incident_id: uuid.UUID) -> Handling:
    """Wait for whoever is moving the same incident on, then return how it stands."""
    once.only(incident_id)
    return require(incident_id)


def compartment_of(incident_id: uuid.UUID) -> frozenset[str]:
    """Return the compartment every reader of the incident is cleared for, if it is in one."""
    found = Incident.objects.filter(id=incident_id).values_list("compartment", flat=True).first()
    return frozenset({found} if found else ())


def line(
    incident_id: uuid.UUID, *, by: Actor, now: datetime, kind: str, text: str, id: uuid.UUID | None = None
) -> None:
    """Add a line to the incident's running log. A line whose id is taken is left out: see `sent_before`."""
    rows.add(
        [
            LogLine(
                id=id or ids.new(),
                incident_id=incident_id,
                at=now,
                kind=kind,
                text=text,
                by_id=by.id,
                by_name=by.name,
                by_role=by.role,
            )
        ],
        once=True,
    )


def sent_before(incident_id: uuid.UUID, id: uuid.UUID, text: str) -> bool:
    """Whether this very line stands already. Raises Invalid where its id is another line's, or a hidden one's."""
    stored = LogLine.objects.filter(id=id).first()
    if stored and (stored.incident_id, stored.text) != (incident_id, text):
        raise Invalid({"text": TAKEN})
    return stored is not None


def grading(
    incident_id: uuid.UUID,
    *,
    by: Actor,
    now: datetime,
    number: int,
    grade: str,
    proposal: Proposal,
    trigger: str,
    rationale: str = "",
    reason_code: str = "",
    confirmed_by: str = "",
    id: uuid.UUID | None = None,
) -> None:
    """Store one decision on the grade beside what was proposed."""
    version = rulings.grading_version(now)
    decided = Grading(
        id=id or ids.new(),
        incident_id=incident_id,
        number=number,
        grade=grade,
        proposed=proposal.grade,
        because=list(proposal.because),
        rule=rulings.GRADING,
        rule_version=version.number,
        trigger=trigger,
        rationale=rationale,
        reason_code=reason_code,
        at=now,
        by_id=by.id,
        by_name=by.name,
        confirmed_by_name=confirmed_by,
    )
    rows.add([decided])


def queue(incident_id: uuid.UUID, facts: Mapping[str, object], *, now: datetime) -> Sequence[str]:
    """Put the incident before the help desk under every rule that takes it; return the reasons."""
    version = rulings.desk_version(now)
    matches = rulings.desk_matches(facts, now=now)
    rows.add(
        [
            DeskItem(
                incident_id=incident_id,
                rule=match.line,
                rule_version=version.number,
                reason=match.reason,
                placed_at=now,
            )
            for match in matches
        ],
        once=True,
    )
    return [match.reason for match in matches]


def keep_prompts(
    incident_id: uuid.UUID,
    person_id: uuid.UUID,
    vulnerabilities: Sequence[str],
    answers: Mapping[str, object],
    *,
    by: Actor,
    now: datetime,
    trigger: str,
    id: uuid.UUID | None = None,
) -> None:
    """Store answers under each instrument that asked for one; the first bears the sender's id."""
    for form in prompts.editions(clock.london_date(now)):
        given = prompts.of_form(form, vulnerabilities, answers)
        if given[prompts.PICKED] == ["none"] or (len(given) == 1 and form.id != prompts.CORE):
            continue
        assessments.record(
            form, given, by=by, now=now, trigger=trigger, incident_id=incident_id, person_id=person_id, id=id
        )
        id = None


def keep_live_advice(call_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Keep with the incident what was said by those who listened in while its call was taken."""
    listeners = Listening.objects.filter(call_id=call_id).order_by("began_at").values_list("by_name", flat=True)
    names = ", ".join(listeners)
    if not names:
        return
    Advice.objects.bulk_create(
        [
            Advice(
                id=one.id, incident_id=call_id, text=one.text, given_at=one.at, given_by_id=one.by_id,
                given_by_name=one.by_name,
            )
            for one in LiveAdvice.objects.filter(call_id=call_id).order_by("at")
        ]
    )  # fmt: skip
    line(call_id, by=by, now=now, kind="listened", text=f"Listened in on the call: {names}.")


def flag(incident_id: uuid.UUID, name: str, on: bool, now: datetime) -> None:
    """Put a flag on the board's row of an incident, or take it off."""
    handling = require(incident_id)
    flags = sorted({*handling.flags, name} if on else set(handling.flags) - {name})
    Handling.objects.filter(incident_id=incident_id).update(flags=flags, updated_at=now)


def with_standing(handling: Handling, flags: Sequence[str]) -> list[str]:
    """Return flags newly worked out from facts, with those that a decision put there and facts do not know."""
    return sorted({*flags, *({attending.DECLINED} & set(handling.flags))})


def tell_boards(incident_id: uuid.UUID, what: str) -> None:
    """Tell every open board, once the change has committed."""
    notify.tell(BOARD, {"incident": str(incident_id), "what": what})
