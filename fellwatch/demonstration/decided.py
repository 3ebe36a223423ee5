"""What the room is in the middle of: a lower grade that waits for a supervisor, a request declined, somebody held."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from fellwatch.contact import actions, prompts, queries
from fellwatch.contact.actions.detaining import Held
from fellwatch.contact.actions.grades import DowngradeRefused
from fellwatch.contact.detention import Authority
from fellwatch.contact.values import BoardRow, Invalid, Reassessment
from fellwatch.demonstration.crisis_care import PLACES
from fellwatch.demonstration.identifiers import named
from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.records import queries as records

NOTHING = dict.fromkeys(("crime", "life", "serious_harm", "child", "domestic", "police_duty"), "no")
DECLINED = {
    **NOTHING,
    "area": "welfare",
    "requester": "Ward 4, Skelmoss Infirmary",
    "done": "Rang three times.",
    "told": "yes",
    "who_will": "Crisis team, before midnight",
    "ring_back": "If he leaves, or says that he will harm himself.",
}
LOWER = "She is at her sister's in another town until Monday; her sister confirms it."


def fill(*, by: Actor, now: datetime) -> int:
    """Leave the room as it is in the middle of a night; return how many things were begun."""
    rows = [row for row in queries.board(by=by, now=now) if row.state in {"graded", "assigned"}]
    begun = (_decline(rows, by, now), _propose(rows, by, now), _ask(rows, by, now), _hold(rows, by, now))
    return sum(begun)


def _decline(rows: list[BoardRow], by: Actor, now: datetime) -> bool:
    """Decline the first request that every ground allows to be declined, the least urgent first."""
    for row in reversed(rows):
        try:
            id = UUID(named(f"decline/{row.incident_id}"))
            actions.decide_attendance(row.incident_id, "decline", DECLINED, by=by, now=now, id=id)
        except Invalid:
            continue
        return True
    return False


def _propose(rows: list[BoardRow], by: Actor, now: datetime) -> bool:
    for row in (row for row in rows if "domestic" in row.flags and row.grade in {"emergency", "priority"}):
        look = Reassessment(
            incident_id=row.incident_id, seen=queries.handled(row.incident_id, by=by).number, grade="scheduled",
            trigger="new_information", reason_code="victim_safe", rationale=LOWER,
            thrive={"threat": "He does not know where she is."}, id=UUID(named(f"lower/{row.incident_id}")),
        )  # fmt: skip
        try:
            actions.reassess(look, by=by, now=now)
        except DowngradeRefused as refused:
            if refused.proposable:
                actions.propose_lower(refused, by=by, now=now)
                return True
    return False


def _people(rows: list[BoardRow], by: Actor, now: datetime) -> Iterator[tuple[BoardRow, UUID, tuple[str, ...]]]:
    for row in rows:
        for part in records.incident(row.incident_id, by=by, now=now).parts:
            if part.vulnerabilities:
                yield row, part.person.id, part.vulnerabilities


def _ask(rows: list[BoardRow], by: Actor, now: datetime) -> bool:
    """Answer the first question of the first person who has any; the others are still to be asked."""
    for row, person, codes in _people(rows, by, now):
        asked = prompts.asked(codes, {}, clock.london_date(now))
        if asked:
            answers = {asked[0].id: "no" if asked[0].options else "Not said yet."}
            id = UUID(named(f"prompts/{row.incident_id}"))
            actions.answer_prompts(row.incident_id, person, answers, by=by, now=now, id=id)
            return True
    return False


def _hold(rows: list[BoardRow], by: Actor, now: datetime) -> bool:
    for row, person, _ in _people([row for row in rows if "mental_health" in row.flags], by, now):
        held = Held(
            row.incident_id, person, "136", now - timedelta(minutes=20), "Walking in the road, would not come away.",
            "no", "Traffic: there was no time.", UUID(named(f"held/{row.incident_id}")),
        )  # fmt: skip
        try:
            actions.detain(held, by=by, now=now)
            place = UUID(named(f"safe/{PLACES[0][0]}"))
            actions.bring_to_place(held.id, place, now, Authority(), by=by, now=now)
        except Invalid:
            continue
        return True
    return False
