"""The surveyor's own steps: a call and what it came to, the answers, taking them back, telling the team at once."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from procrastinate.contrib.django import app

from fellwatch.foundation import access, audit, clock, ids, once, plain
from fellwatch.foundation.access import Actor
from fellwatch.orders.values import Invalid
from fellwatch.records.queries import Missing
from fellwatch.rules import surveys as rule
from fellwatch.rules.surveys import Survey
from fellwatch.surveys import law, life
from fellwatch.surveys.access import ASK
from fellwatch.surveys.models import Answers, Attempt, Line, Tie, Told

SHORTEST, LONGEST = 10, 4_000
CARRY_TOLD = "surveys.carry_told"
"""The job by which the team learns what was told; named, as ADR 9 asks."""
WRONG = "Somebody else answered the call. What they said, if anything: "


def attempt(line_id: uuid.UUID, result: str, words: str, *, by: Actor, now: datetime, id: uuid.UUID) -> None:
    """Record a call made now. One outside the safe hours, and a sixth, are refused: they must not be made.

    Where somebody else answered, nobody rings again until the team has put it right. Sent twice, it is one call.
    """
    access.check(by, ASK, subject=("survey line", str(line_id)))
    with access.acting(by):
        line = _turn(line_id)
        if Attempt.objects.filter(id=id).exists():
            return
        survey, problems = _survey(line, now), {}
        if result not in life.RESULTS:
            problems["result"] = "Say what came of the call."
        elif why := _why_not(survey, line, now):
            problems["result"] = why
        if wrong := plain.problem(words, LONGEST):
            problems["words"] = wrong
        if problems:
            raise Invalid(problems)
        Attempt.objects.create(
            id=id, line=line, agency_id=line.agency_id, at=now, result=result, by_id=by.id, by_name=by.name
        )
        state = life.AFTER[result]
        if state == "waiting" and line.tried + 1 >= survey.attempts_most:
            state = "spent"
        _move(line, state, now, tried=line.tried + 1)
        audit.record(
            by=by, action="consultation", sentence=f"surveys.rung_{result}", subject=("survey line", line.id),
            people=[line.person_id], detail={"attempt": line.tried + 1},
        )  # fmt: skip
        if result == "wrong_person":
            _tell(line, "wrong_person", f"{WRONG}{words.strip() or 'nothing.'}", by=by, now=now)


def _why_not(survey: Survey, line: Line, now: datetime) -> str:
    if line.state != "waiting":
        return f"{life.STATES[line.state]}. {line.because}".strip()
    return rule.why_not_ring(survey, line.tried, clock.london(now).time(), line.from_time, line.to_time)


def answer(line_id: uuid.UUID, said: Mapping[str, str], *, by: Actor, now: datetime) -> None:
    """Keep what somebody said, apart from who they are. Sent twice, it is kept once."""
    access.check(by, ASK, subject=("survey line", str(line_id)))
    with access.acting(by):
        line = _turn(line_id)
        if line.state == "answered":
            return
        if line.state != "reached":
            raise Invalid({"": f"{life.STATES[line.state]}. Record the call first."})
        survey = _survey(line, now)
        problems = rule.wrong_answers(survey, said)
        problems |= {name: wrong for name, text in said.items() if (wrong := plain.problem(text, LONGEST))}
        if problems:
            raise Invalid(problems)
        kept = {one.id: said.get(one.id, "").strip() for one in survey.questions}
        made = Answers.objects.create(
            id=uuid.uuid4(), group=line.group, agency_id=line.agency_id, month=_month(now),
            rule_version=law.version(line.group, now), answers=kept,
        )  # fmt: skip
        Tie.objects.create(id=uuid.uuid4(), agency_id=line.agency_id, line=line, answers=made)
        _move(line, "answered", now)
        audit.record(
            by=by, action="collection", sentence="surveys.answered", subject=("survey line", line.id),
            people=[line.person_id],
        )  # fmt: skip


def withdraw(line_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """Take back somebody's agreement: what they said is destroyed, and nobody asks them again in this survey."""
    access.check(by, ASK, subject=("survey line", str(line_id)))
    with access.acting(by):
        line = _turn(line_id)
        if line.state == "withdrawn":
            return
        if line.state not in {"reached", "answered"}:
            raise Invalid({"": f"{life.STATES[line.state]}. There is nothing to take back."})
        kept = list(Tie.objects.filter(line=line).values_list("answers_id", flat=True))
        Tie.objects.filter(line=line).delete()
        Answers.objects.filter(id__in=kept).delete()
        _move(line, "withdrawn", now)
        audit.record(
            by=by, action="erasure", sentence="surveys.withdrawn", subject=("survey line", line.id),
            people=[line.person_id], detail={"destroyed": len(kept)},
        )  # fmt: skip


def disclose(line_id: uuid.UUID, words: str, *, by: Actor, now: datetime, id: uuid.UUID) -> None:
    """Tell the safeguarding team of a risk that was said on the telephone. Its clock starts now. Sent twice, one."""
    access.check(by, ASK, subject=("survey line", str(line_id)))
    with access.acting(by):
        line = _turn(line_id)
        if Told.objects.filter(id=id).exists():
            return
        problems: dict[str, str] = {}
        ask = "Say what they told you, as nearly as you can in their words."
        if wrong := plain.needed(words, ask, LONGEST, SHORTEST):
            problems["words"] = wrong
        if not line.tried:
            problems["words"] = "Nobody has rung them yet. Record the call first."
        if problems:
            raise Invalid(problems)
        _tell(line, "disclosure", words.strip(), by=by, now=now, id=id)


def _tell(line: Line, kind: str, words: str, *, by: Actor, now: datetime, id: uuid.UUID | None = None) -> None:
    made = Told.objects.create(
        id=id or ids.new(), kind=kind, line=line, agency_id=line.agency_id, incident_id=line.incident_id,
        person_id=line.person_id, words=words.strip(), at=now, by_id=by.id, by_name=by.name,
    )  # fmt: skip
    audit.record(
        by=by, action="disclosure", sentence=f"surveys.told_{kind}", subject=("survey line", line.id),
        people=[line.person_id],
    )  # fmt: skip
    app.configure_task(CARRY_TOLD).defer(told=str(made.id))


def _turn(line_id: uuid.UUID) -> Line:
    """Wait for whoever changes the same line, then return it; Missing for none and for another agency's."""
    once.only(line_id)
    found = Line.objects.filter(id=line_id).first()
    if found is None:
        raise Missing("There is no such line on your list.")
    return found


def _move(line: Line, state: str, now: datetime, **values: object) -> None:
    ended = None if state in (*life.OPEN, "stopped") else line.closed_at or now
    moved = Line.objects.filter(id=line.id, state=line.state).update(state=state, closed_at=ended, because="", **values)
    if not moved:
        raise Invalid({"": "Somebody has moved this on. Look at it again."})


def _survey(line: Line, now: datetime) -> Survey:
    found = law.survey(line.group, now)
    assert found is not None
    return found


def _month(now: datetime) -> date:
    return clock.london_date(now).replace(day=1)
