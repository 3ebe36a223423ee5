"""What was told reaches the team and is acted on; a line goes on only when somebody has said how a call is safe."""

import uuid
from datetime import datetime

from fellwatch.duties import actions as duties
from fellwatch.foundation import access, audit, clock, once, plain
from fellwatch.foundation.access import Actor
from fellwatch.orders.values import Invalid
from fellwatch.records.models import Person
from fellwatch.records.queries import Missing
from fellwatch.sharing.checks import Invalid as Contradicted
from fellwatch.surveys import law, life, safely
from fellwatch.surveys.access import CARRY, SETTLE
from fellwatch.surveys.models import Line, Told
from fellwatch.surveys.values import SafeAgain

SHORTEST, LONGEST = 10, 2_000
PUT_RIGHT = "rung_again"
ENDED = "not_again"
RESTRICTED = "Their record is restricted now."


def refresh(agency: str, *, by: Actor, now: datetime) -> int:
    """Take off an agency's list whoever may no longer be rung, and bring numbers and hours up to what they said last.

    Run before the list is shown and before each call, as a process: the surveyor sees nothing of the register.
    Returns how many were taken off.
    """
    access.check(by, CARRY)
    with access.acting(by):
        lines = list(Line.objects.filter(agency_id=agency, state__in=life.OPEN))
        safe = safely.of({line.person_id for line in lines}, now)
        seen = set(Person.objects.filter(id__in=list(safe), compartment="").values_list("id", flat=True))
        gone = [line for line in lines if line.person_id not in seen or not safe[line.person_id].allowed]
        for line in gone:
            because = safe[line.person_id].because if line.person_id in seen else RESTRICTED
            Line.objects.filter(id=line.id, state=line.state).update(state="unsafe", because=because, closed_at=now)
        for line in [one for one in lines if one not in gone]:
            said = safe[line.person_id]
            changed = (line.number, line.from_time, line.to_time) != (said.number, said.from_time, said.to_time)
            if changed:
                Line.objects.filter(id=line.id, state=line.state).update(
                    number=said.number, from_time=said.from_time, to_time=said.to_time
                )
        if gone:
            audit.record(
                by=by, action="alteration", sentence="surveys.no_longer_safe", subject=("survey list", agency),
                people=[line.person_id for line in gone],
            )  # fmt: skip
        return len(gone)


def carry(told_id: uuid.UUID, *, by: Actor) -> None:
    """Start the team's clock for what was told; a number that a wrong person answers is not safe from then on.

    Run twice, it is done once: the clock starts at the time of telling.
    """
    access.check(by, CARRY)
    with access.acting(by):
        told = Told.objects.select_related("line").filter(id=told_id).first()
        if told is None or told.settled_at:
            return
        duties.note(
            duties.Fact("survey.told", told.at), by=by, now=told.at, incident_id=told.incident_id,
            person_id=told.person_id, about=told.id,
        )  # fmt: skip
        if told.kind == "wrong_person":
            safely.forbid(told.person_id, told.line.number, by=by, now=told.at)
        audit.record(
            by=by, action="disclosure", sentence="surveys.told_carried", subject=("survey report", told.id),
            people=[told.person_id], detail={"kind": told.kind},
        )  # fmt: skip


def settle(told_id: uuid.UUID, outcome: str, words: str, *, by: Actor, now: datetime) -> None:
    """End a risk that was told with what was done about it."""
    access.check(by, SETTLE, subject=("survey report", str(told_id)))
    with access.acting(by):
        told = _open(told_id, "disclosure")
        problems = _words(words)
        if outcome not in {one.code for one in law.codes(law.OUTCOMES, now)}:
            problems["outcome"] = "Choose what came of it."
        if problems:
            raise Invalid(problems)
        _settled(told, outcome, words, by=by, now=now)


def put_right(told_id: uuid.UUID, again: SafeAgain | None, words: str, *, by: Actor, now: datetime) -> None:
    """End that a wrong person answered: they have said anew how a call is safe, or nobody rings them again.

    The number that the wrong person answered is refused. Calls made before still count towards the most there may be.
    """
    access.check(by, SETTLE, subject=("survey report", str(told_id)))
    with access.acting(by):
        told = _open(told_id, "wrong_person")
        problems = _words(words)
        if again:
            problems |= _unsafe(again, told.line.number, now)
        if problems:
            raise Invalid(problems)
        safely.forbid(told.person_id, told.line.number, by=by, now=now)
        if again:
            _allow(told.person_id, again, words, by=by, now=now)
            values = {"number": again.number, "from_time": again.from_time, "to_time": again.to_time}
            _line(told, by, state="waiting", closed_at=None, because="", **values)
        else:
            _line(told, by, state="ended", closed_at=now, because="Somebody else answered, and no safe way was found.")
        _settled(told, PUT_RIGHT if again else ENDED, words, by=by, now=now)


def _unsafe(again: SafeAgain, wrong: str, now: datetime) -> dict[str, str]:
    problems: dict[str, str] = {}
    if again.number == wrong:
        problems["number"] = "This is the number that somebody else answered. Ask for another."
    if not again.number:
        problems["number"] = "Give the number that they said is safe, like 07700 900123."
    if (again.from_time is None) != (again.to_time is None):
        problems["to_time"] = "Give both times, or neither for any hour."
    if again.to_date and again.to_date <= clock.london_date(now):
        problems["to_date"] = "Give a day that is still to come."
    return problems


def _allow(person_id: uuid.UUID, again: SafeAgain, words: str, *, by: Actor, now: datetime) -> None:
    """Note the new way in the register; what stands against it there is said beside the number or its field."""
    try:
        safely.allow(person_id, again, words.strip(), by=by, now=now)
    except Contradicted as wrong:
        named = {"from_time", "to_time", "to_date", "words"}
        raise Invalid({name if name in named else "number": text for name, text in wrong.problems.items()}) from None


def _line(told: Told, by: Actor, **values: object) -> None:
    if not Line.objects.filter(id=told.line_id, state="stopped").update(**values):
        raise Invalid({"again-1": "Somebody has moved this on. Look at it again; what you wrote is kept."})


def _settled(told: Told, outcome: str, words: str, *, by: Actor, now: datetime) -> None:
    Told.objects.filter(id=told.id).update(
        outcome=outcome, outcome_words=words.strip(), settled_at=now, settled_by_name=by.name
    )
    duties.meet(law.TOLD, about=told.id, by=by, now=now)
    audit.record(
        by=by, action="alteration", sentence=f"surveys.settled_{told.kind}", subject=("survey report", told.id),
        people=[told.person_id], detail={"outcome": outcome},
    )  # fmt: skip


def _open(told_id: uuid.UUID, kind: str) -> Told:
    once.only(told_id)
    told = Told.objects.select_related("line").filter(id=told_id, kind=kind).first()
    if told is None:
        raise Missing("There is no such report.")
    if told.settled_at:
        raise Invalid({"words": f"{told.settled_by_name} has ended this."})
    return told


def _words(words: str) -> dict[str, str]:
    ask = "Say what was done, and how you know, in a sentence that somebody else can judge."
    wrong = plain.needed(words, ask, LONGEST, SHORTEST)
    return {"words": wrong} if wrong else {}
