"""Ask the rulebook about each case once, exactly as `contact` asks it when nothing else is known."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from fellwatch.assessments.instruments import edition
from fellwatch.contact import facts, rulings
from fellwatch.contact.actions.calls import THRIVE
from fellwatch.contact.facts import flags
from fellwatch.contact.knowledge import Known
from fellwatch.contact.values import Call, DraftPerson
from fellwatch.demonstration.ruled import Ruled, Ruler, Told
from fellwatch.demonstration.thrive import answers
from fellwatch.duties import reckoning
from fellwatch.foundation import clock
from fellwatch.rules import instruments

NOTHING_KNOWN = Known(markers={}, household=(), earlier=(), connected={}, repeats=())


def ruler(now: datetime) -> Ruler:
    """Return a ruler that remembers what it has said."""
    known: dict[Told, Ruled] = {}

    def rule(told: Told) -> Ruled:
        if told not in known:
            known[told] = _ask(told, now)
        return known[told]

    return rule


def _ask(told: Told, now: datetime) -> Ruled:
    thrive = answers(told.case)
    asked = facts.of_call(_call(told, thrive, now), NOTHING_KNOWN, now=now)
    proposal = rulings.propose(asked, now=now)
    form = edition(THRIVE, clock.london_date(now))
    done = instruments.completeness(form.instrument, thrive)
    columns = instruments.projections(form.instrument, thrive)
    return Ruled(
        grade=proposal.grade,
        because=tuple(proposal.because),
        rule=rulings.GRADING,
        rule_version=rulings.grading_version(now).number,
        flags=tuple(flags(asked)),
        protected=tuple(rulings.protected(asked, now=now)),
        instrument=form.id,
        instrument_version=form.number,
        variant=form.variant,
        complete=done.complete,
        missing=tuple(missing.question for missing in done.missing),
        score=_number(columns),
        assessment_flags=_flags(columns),
        attend_minutes=_minutes(proposal.grade, now),
    )


def _call(told: Told, thrive: dict[str, object], now: datetime) -> Call:
    """Return the case as a call from nobody in particular."""
    case = told.case
    people = (DraftPerson(role, uuid.uuid4(), vulnerabilities=found) for role, found in sorted(told.roles))
    return Call(
        channel=told.channel, opening_code=told.kind.code, received_at=now, summary=case.summary,
        qualifiers=case.qualifiers, people=tuple(people), dangers=case.dangers, thrive=thrive,
    )  # fmt: skip


def _minutes(grade: str, now: datetime) -> dict[str, int]:
    found = {}
    for beat in ("urban", "rural"):
        told = {"grade": grade, "beat": beat, "has_thrive": "yes"}
        for duty in reckoning.running_from("incident.graded", at=now, facts=told):
            if duty.rule == "attendance" and duty.due_at is not None:
                found[beat] = round((duty.due_at - now).total_seconds() / 60)
    return found


def _number(columns: Mapping[str, object]) -> int | None:
    score = columns.get("score")
    return score if isinstance(score, int) else None


def _flags(columns: Mapping[str, object]) -> tuple[str, ...]:
    found = columns.get("flags")
    return tuple(str(flag) for flag in found) if isinstance(found, list | tuple) else ()
