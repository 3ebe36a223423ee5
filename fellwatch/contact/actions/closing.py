"""Close an incident: its result, its codes, and what a closing must carry or the reason why it is not there."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from fellwatch.assessments.expecting import actions as expecting
from fellwatch.assessments.models import Form
from fellwatch.contact import checks, closing, rulings
from fellwatch.contact.access import CONFIRM_DOWNGRADE, LOG, SUPERVISE
from fellwatch.contact.actions import steps
from fellwatch.contact.closing import Missing
from fellwatch.contact.models import ClosingNote, DeskItem, Handling, LowerGrade
from fellwatch.contact.values import GivenReason, Invalid
from fellwatch.duties import actions as duties
from fellwatch.foundation import access, ids, rows
from fellwatch.foundation.access import Actor
from fellwatch.records import actions as records
from fellwatch.records.models import Incident
from fellwatch.rules import closing as rules
from fellwatch.rules import vocabulary
from fellwatch.rules.closing import Evidence

CRIME_REFERENCE = "crime_reference"
LONGEST_REFERENCE = 60
CLOSED_FIRST = "Somebody closed this while you were writing. Look at it again."
NO_REASONS: Mapping[str, GivenReason] = MappingProxyType({})


@dataclass(frozen=True)
class Given:
    """What somebody who closes says of what a closing must carry."""

    crime_reference: str
    reasons: Mapping[str, GivenReason]


def close(
    incident_id: uuid.UUID,
    *,
    by: Actor,
    now: datetime,
    result: str,
    closing_codes: Sequence[str],
    closing_qualifiers: Sequence[str],
    crime_reference: str = "",
    reasons: Mapping[str, GivenReason] = NO_REASONS,
    elsewhere: bool = False,
) -> None:
    """Close an incident with its result and codes. A protected qualifier stays unless a supervisor removes it.

    What the rule of closings asks for must be there, or `reasons` say why it is not, by the key of what is missing.

    An incident of a protected type that somebody was promised to attend, and nobody did, takes a supervisor: to
    close it is to lower its grade. One closed `elsewhere` was answered for by another control room.
    Closed twice in the same words, it is closed once; other words are refused, naming whoever was first.
    """
    access.check(by, LOG, subject=("incident", str(incident_id)))
    with access.acting(by):
        handling = steps.turn(incident_id)
        incident = Incident.objects.get(id=incident_id)
        if handling.state == "closed":
            if (incident.result, incident.closing_codes) == (result, list(closing_codes)):
                return
            raise Invalid({"result": CLOSED_FIRST})
        problems = _closing_problems(incident, by, now, result, closing_codes, closing_qualifiers)
        if not elsewhere and (unattended := _unattended(handling, by, now)):
            problems.setdefault("result", unattended)
        given = Given(crime_reference.strip(), reasons)
        codes = {"codes": closing_codes, "qualifiers": closing_qualifiers}
        lacking = () if elsewhere else _unanswered(closing.missing(incident_id, by=by, **codes), given)
        problems |= _lacking_problems(incident, lacking, given)
        if problems:
            raise Invalid(problems)
        closed = records.close_incident(
            incident_id,
            by=by,
            now=now,
            result=result,
            closing_codes=closing_codes,
            closing_qualifiers=closing_qualifiers,
        )
        if not closed:
            raise Invalid({"result": CLOSED_FIRST})
        _settle(handling, by=by, now=now)
        _note(incident, lacking, given, by=by, now=now)
        steps.line(incident_id, by=by, now=now, kind="closed", text=result)
        steps.tell_boards(incident_id, "closed")


def _settle(handling: Handling, *, by: Actor, now: datetime) -> None:
    """Settle what waited for the incident: the help desk's item, a lower grade proposed, what was owed."""
    incident_id = handling.incident_id
    Handling.objects.filter(incident_id=incident_id).update(state="closed", updated_at=now)
    DeskItem.objects.filter(incident_id=incident_id).exclude(state="done").update(state="done", settled_at=now)
    LowerGrade.objects.filter(incident_id=incident_id, state="waiting").update(state="overtaken", decided_at=now)
    if handling.arrived_at is None:
        duties.replace("attendance", incident_id=incident_id, by=by, now=now)
    for owed in ("waiting_review", "desk_advice", "lower_grade_decision", "decline_review"):
        duties.replace(owed, incident_id=incident_id, by=by, now=now)
    expecting.look(incident_id, by=by, now=now)


def _unanswered(lacking: Iterable[Missing], given: Given) -> tuple[Missing, ...]:
    """Return what takes a reason: a crime reference that is given answers for the crimes."""
    return tuple(one for one in lacking if not (one.need.evidence is Evidence.CRIME and given.crime_reference))


def _closing_problems(
    incident: Incident,
    by: Actor,
    now: datetime,
    result: str,
    codes: Sequence[str],
    qualifiers: Sequence[str],
) -> dict[str, str]:
    problems: dict[str, str] = {}
    wrong = checks.words_problem(result) or ("" if result.strip() else "Write what was done and what was found.")
    if wrong:
        problems["result"] = wrong
    if len(qualifiers) > checks.MOST_CODES or any(
        vocabulary.find(rulings.codes("nsir_qualifiers", now), code) is None for code in qualifiers
    ):
        problems["closing_qualifiers"] = "Choose qualifiers from the list."
    if not 0 < len(codes) <= checks.MOST_CODES or any(
        vocabulary.find(rulings.codes("nsir_closing", now), code) is None for code in codes
    ):
        problems["closing_codes"] = "Choose what this turned out to be."
    lost = [q for q in incident.opening_qualifiers if q not in qualifiers and _is_protected(q, now)]
    if lost and SUPERVISE not in by.permissions:
        words = ", ".join(rulings.label("nsir_qualifiers", q, now) for q in lost)
        problems["closing_qualifiers"] = f"A supervisor must agree before these are removed: {words}."
    return problems


def _lacking_problems(incident: Incident, lacking: Sequence[Missing], given: Given) -> dict[str, str]:
    """Say beside each piece that is not there what to do, unless a reason that stands was given for it."""
    problems: dict[str, str] = {}
    if wrong := checks.words_problem(given.crime_reference, LONGEST_REFERENCE):
        problems[CRIME_REFERENCE] = wrong
    _, rule = closing.rule_of(incident)
    for one in lacking:
        field, said = f"reasons.{one.key}", given.reasons.get(one.key, GivenReason())
        if not said.reason and not said.words.strip():
            beside = CRIME_REFERENCE if one.need.evidence is Evidence.CRIME else f"{field}.reason"
            problems.setdefault(beside, f"{one.need.why} {one.need.do}")
        elif wrong := rules.reason_wrong(one.need, said.reason):
            problems[f"{field}.reason"] = wrong
        elif wrong := checks.words_problem(said.words, checks.LONGEST_LINE) or rules.words_wrong(rule, said.words):
            problems[f"{field}.words"] = wrong
    return problems


def _note(incident: Incident, lacking: Sequence[Missing], given: Given, *, by: Actor, now: datetime) -> None:
    """Keep with what it was closed: the crime reference, and the reason for each piece that is not there."""
    if not lacking and not given.crime_reference:
        return
    version, _ = closing.rule_of(incident)
    kept = {"incident_id": incident.id, "rule_version": version, "at": now, "by_id": by.id, "by_name": by.name}
    lines = []
    if given.crime_reference:
        rows.add([ClosingNote(id=ids.new(), need="crime", reference=given.crime_reference, **kept)])
        lines.append(f"Crime reference {given.crime_reference}.")
    for one in lacking:
        said = given.reasons[one.key]
        words = said.words.strip()
        rows.add([
            ClosingNote(
                id=ids.new(), need=one.need.id, about=one.person_id, form=one.form, reason=said.reason, words=words,
                **kept,
            )
        ])  # fmt: skip
        lines.append(f"{one.need.title}: {closing.said(one.need, '', said.reason, words)}")
    for text in lines:
        steps.line(incident.id, by=by, now=now, kind="closing_note", text=text)


def _unattended(handling: Handling, by: Actor, now: datetime) -> str:
    """Say why somebody may not close what nobody has attended; "" where they may."""
    settled = handling.state == "closed" or handling.attend_by is None or handling.arrived_at
    if settled or CONFIRM_DOWNGRADE in by.permissions:
        return ""
    types = ", ".join(rulings.protected_labels(handling.protected, now=now)).lower()
    if not types or Form.objects.filter(incident_id=handling.incident_id, submitted_at__isnull=False).exists():
        return ""
    return f"Nobody has been there yet, and this is {types}. Ask a supervisor to close it."


def _is_protected(code: str, now: datetime) -> bool:
    found = vocabulary.find(rulings.codes("nsir_qualifiers", now), code)
    return found is not None and found.says("protected")
