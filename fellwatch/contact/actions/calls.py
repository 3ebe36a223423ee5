"""Log an incident: the first thing that happens to every call."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, connection
from psycopg.errors import UniqueViolation

from fellwatch.assessments import actions as assessments
from fellwatch.assessments import asking
from fellwatch.assessments.expecting import actions as expecting
from fellwatch.assessments.instruments import edition
from fellwatch.contact import checks, facts, knowledge, rulings
from fellwatch.contact.access import LOG
from fellwatch.contact.actions import steps
from fellwatch.contact.models import CallDraft, Grading, Handling
from fellwatch.contact.values import Call, DraftPerson, Invalid, Logged, Taken
from fellwatch.duties import actions as duties
from fellwatch.duties.models import Duty
from fellwatch.foundation import access, audit, clock, once, rows
from fellwatch.foundation.access import Actor
from fellwatch.foundation.database import plans
from fellwatch.recognition import creating, index
from fellwatch.records import actions as records
from fellwatch.records import children, earlier, statements
from fellwatch.records.access import READ
from fellwatch.records.models import Incident, Place
from fellwatch.records.values import split_name
from fellwatch.rules.grading import Proposal
from fellwatch.rules.regrading import Change

THRIVE = "thrive"
TAKEN = "This call's number is already used for another call; nothing was stored. Open a new call and send it there."


def log_incident(call: Call, *, by: Actor, now: datetime) -> Logged:
    """Store a call with its people, THRIVE and grade, and start what follows from it.

    Sent twice, the second answer equals the first. Raises Invalid with every problem by field.
    """
    access.check(by, LOG)
    access.check(by, READ)
    problems = checks.problems(call, now=now)
    if problems:
        raise Invalid(problems)
    try:
        with access.acting(by):
            once.only(call.id)
            return _already(call, by) or _log(call, by=by, now=now)
    except IntegrityError as taken:
        if isinstance(taken.__cause__, UniqueViolation):
            raise Taken({"id": TAKEN}) from taken
        raise


def _already(call: Call, by: Actor) -> Logged | None:
    """Return what the first sending did; raise Invalid where the id is a colleague's call."""
    with connection.cursor() as cursor:
        cursor.execute("select reference, created_by from records_incident where id = %s", [call.id])
        stored = cursor.fetchone()
    if stored is None:
        return None
    reference, created_by = stored
    if created_by != by.id:
        raise Taken({"id": TAKEN})
    first = Grading.objects.get(incident_id=call.id, number=1)
    return Logged(call.id, reference, first.grade, tuple(first.because), again=True)


def _of_now(call: Call) -> Call:
    """Return the call with each person as who they are now: two may have been found to be one while it was taken.

    Raises Invalid beside each person and place that the actor cannot know: nobody such may be tied to a call.
    """
    found = earlier.seen(person.person_id for person in call.people if person.person_id)
    problems = {
        f"people.{n}.person_id": "There is no such person, or the record is restricted."
        for n, person in enumerate(call.people)
        if person.person_id and person.person_id not in found
    }
    if call.place_id and not Place.objects.filter(id=call.place_id).exists():
        problems["place_id"] = "There is no such place, or the record is restricted."
    if problems:
        raise Invalid(problems)
    people = (replace(one, person_id=found[one.person_id]) if one.person_id else one for one in call.people)
    return replace(call, people=tuple(people))


def _log(call: Call, *, by: Actor, now: datetime) -> Logged:
    call = _of_now(call)
    place_id = call.place_id or (records.place_for(call.place, by=by) if call.place else None)
    parts = [_part(person, call, place_id, by=by, now=now) for person in call.people]
    plans.keep()
    incident = _incident(call, parts, place_id, by=by, now=now)
    about = _about(call, parts, place_id)
    known = knowledge.look_up(about, by=by, now=now)
    asked = facts.of_call(call, known, now=now)
    proposal = rulings.propose(asked, now=now)
    grade = _grade(call, proposal, asked, by=by, now=now)
    if by.compartments:
        known = knowledge.look_up_for_all(about, frozenset(), by=by, now=now)
        asked = facts.of_call(call, known, now=now)
    shown = rulings.propose(asked, now=now) if by.compartments else proposal
    complete = _assess(call, by=by, now=now)
    _keep_prompts(call, parts, by=by, now=now)
    steps.grading(
        call.id,
        by=by,
        now=now,
        number=1,
        grade=grade,
        proposal=shown,
        trigger="first_contact",
        rationale=call.grade_reason,
    )
    noted = start_clocks(call.id, grade, complete, by=by, now=now, is_new=True)
    _handle(call, grade, asked, known, noted, now=now)
    if call.dangers.get("domestic") == "yes":
        children.look_for(call.id, domestic=True)
    steps.line(call.id, by=by, now=now, kind="logged", text=call.summary or "Incident logged.")
    steps.keep_live_advice(call.id, by=by, now=now)
    people = [part.person_id for part in parts]
    index.refresh(people)
    expecting.begin(incident, asking.parts_given(parts), by=by, now=now)
    CallDraft.objects.filter(id=call.id).update(saved=True, kept_at=now)
    steps.tell_boards(call.id, "logged")
    audit.record(
        by=by,
        action="collection",
        sentence="contact.incident_logged",
        subject=("incident", call.id),
        people=people,
        detail={"grade": grade, "proposed": shown.grade, "channel": call.channel},
    )
    return Logged(call.id, incident.reference, grade, proposal.because)


def _incident(
    call: Call, parts: Sequence[records.Part], place_id: uuid.UUID | None, *, by: Actor, now: datetime
) -> Incident:
    """Store what the call says, under its own number or the next of the day."""
    return records.add_incident(
        by=by,
        now=now,
        id=call.id,
        reference=call.reference or records.next_reference(now),
        channel=call.channel,
        received_at=call.received_at,
        occurred_at=call.occurred_at,
        caller_number=call.caller_number,
        place_id=place_id,
        summary=call.summary,
        opening_code=call.opening_code,
        qualifiers=call.qualifiers,
        parts=parts,
        source=call.source,
    )


def _part(person: DraftPerson, call: Call, place_id: uuid.UUID | None, *, by: Actor, now: datetime) -> records.Part:
    person_id = person.person_id or _add(person, by=by, now=now)
    on = clock.london_date(now)
    if person.role == "caller" and call.caller_number:
        records.add_phone(person_id, call.caller_number, by=by, on=on, source=call.source, seen=True)
    if person.said:
        forenames, surname = split_name(person.said)
        records.add_name(person_id, forenames=forenames, surname=surname, kind="reported", source=call.source, by=by)
    if person.home and person.new:
        home_id = records.place_for(records.NewPlace(postcode=person.home), by=by)
        records.live_at(person_id, home_id, by=by, kind="home", source=call.source, from_date=on)
    if person.lives_here and place_id:
        records.live_at(person_id, place_id, by=by, kind="home", source=call.source, from_date=on)
    return records.Part(person_id, person.role, person.vulnerabilities)


def _add(person: DraftPerson, *, by: Actor, now: datetime) -> uuid.UUID:
    if person.new is None:
        raise Invalid({"people": "Say who this is: pick somebody or give a name."})
    return creating.add(person.new, by=by, now=now)


def _about(call: Call, parts: list[records.Part], place_id: uuid.UUID | None) -> knowledge.About:
    return knowledge.About(
        people=tuple((part.person_id, part.role) for part in parts),
        place_id=place_id if call.place is None or call.place.pinned else None,
        number=call.caller_number,
        codes=frozenset({call.opening_code, *call.qualifiers}),
        besides=call.id,
    )


def _grade(call: Call, proposal: Proposal, asked: facts.Facts, *, by: Actor, now: datetime) -> str:
    """Return the grade chosen, or the proposed one. A lower choice must pass the rule on lowering."""
    if not call.grade or call.grade == proposal.grade:
        return proposal.grade
    decision = rulings.change(
        Change(
            proposal.grade,
            call.grade,
            rationale=call.grade_reason,
            reason="new_information",
            reassessed=True,
            by_supervisor="contact.confirm_downgrade" in by.permissions,
        ),
        asked,
        now=now,
    )
    if not decision.allowed:
        raise Invalid({"grade": " ".join(decision.because)})
    return call.grade


def _assess(call: Call, *, by: Actor, now: datetime) -> bool:
    """Store THRIVE where any of it was said; return whether it is complete."""
    if not call.thrive:
        return False
    asked = edition(THRIVE, clock.london_date(now))
    stored = assessments.record(
        asked,
        call.thrive,
        by=by,
        now=now,
        trigger="first_contact",
        incident_id=call.id,
        is_new=True,
        heard_at=call.received_at,
    )
    return stored.complete


def _keep_prompts(call: Call, parts: Sequence[records.Part], *, by: Actor, now: datetime) -> None:
    """Keep what each vulnerability asked and was answered, with the person it was asked about."""
    kept: dict[uuid.UUID, tuple[list[str], dict[str, object]]] = {}
    for person, part in zip(call.people, parts, strict=True):
        codes, answers = kept.setdefault(part.person_id, ([], {}))
        codes += [code for code in person.vulnerabilities if code not in codes]
        answers.update(person.prompts)
    for person_id, (codes, answers) in kept.items():
        if answers:
            steps.keep_prompts(call.id, person_id, codes, answers, by=by, now=now, trigger="first_contact")


def _handle(
    call: Call, grade: str, asked: facts.Facts, known: knowledge.Known, noted: Sequence[Duty], *, now: datetime
) -> None:
    handling = Handling(
        incident_id=call.id,
        grade=grade,
        graded_at=now,
        dangers=dict(call.dangers),
        updated_at=now,
        **attendance(noted, now),
        flags=facts.flags(asked),
        protected=list(rulings.protected(asked, now=now)),
        repeats=[
            {
                "id": r.id,
                "title": r.title,
                "count": r.count,
                "by": r.by,
                "window": r.window,
                "evidence": list(r.evidence),
                "source": r.source,
                "confidence": r.confidence,
                "person": str(r.person) if r.person else "",
            }
            for r in known.repeats
        ],
    )
    rows.add([handling])
    steps.queue(call.id, asked, now=now)


def start_clocks(
    incident_id: uuid.UUID, grade: str, complete: bool, *, by: Actor, now: datetime, is_new: bool = False
) -> list[Duty]:
    """Start the clocks of a grade; a complete THRIVE has settled the one that asks for it."""
    known = {"grade": grade, "beat": _beat(incident_id)}
    return duties.note(
        duties.Fact("incident.graded", now, known),
        duties.Fact("incident.waiting", now, known),
        by=by,
        now=now,
        incident_id=incident_id,
        settled={"thrive.completed"} if complete else (),
        is_new=is_new,
    )


def start_waiting(incident_id: uuid.UUID, grade: str, *, by: Actor, now: datetime) -> None:
    """Set the next time at which somebody must look again at an incident that still waits."""
    known = {"grade": grade, "beat": _beat(incident_id)}
    duties.note(duties.Fact("incident.waiting", now, known), by=by, now=now, incident_id=incident_id)


def _beat(incident_id: uuid.UUID) -> str:
    return statements.beat(incident_id) or "urban"


def attendance(noted: Sequence[Duty], now: datetime) -> dict[str, object]:
    """Return the attendance target among duties, as the board's row keeps it."""
    attend = next((duty.due_at for duty in noted if duty.rule == "attendance" and duty.due_at), None)
    return {"attend_by": attend, "attend_minutes": round((attend - now).total_seconds() / 60) if attend else None}
