"""Say who is meant by a referral; find out whether it is a repeat, also when two records are made one later."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.meetings import actions as meetings
from fellwatch.meetings import names
from fellwatch.meetings.models import Kept, Matter
from fellwatch.records import actions as records
from fellwatch.records import earlier
from fellwatch.safeguarding.marac import history, law
from fellwatch.safeguarding.marac.access import REFER, WRITE
from fellwatch.safeguarding.marac.actions import contacting, flags, steps
from fellwatch.safeguarding.marac.models import MaracReferral
from fellwatch.safeguarding.marac.values import Invalid, Placed

OPEN = ("to_triage", "accepted", "listed")
NOT_APART = "Choose somebody else than the victim."


def place(referral_id: uuid.UUID, who: Placed, *, by: Actor, now: datetime) -> None:
    """Say whose records a partner's referral means. Everything that hangs on who they are is worked out from then."""
    access.check(by, WRITE)
    if not who.perpetrators:
        raise Invalid({"perpetrator": "Choose who did it, or make a new record."})
    with access.acting(by):
        row = steps.turn(referral_id)
        if row.state != "to_place":
            raise Invalid({"victim": steps.MOVED})
        victim, perpetrators = known(who.victim_id, who.perpetrators)
        steps.tell(row, "placed", "Who is meant was said.", by=by, at=now)
        steps.logged("placed", row, by=by, action="combination")
        meant(row, victim, perpetrators, by=by, now=now)


def known(victim_id: uuid.UUID, perpetrators: Sequence[uuid.UUID]) -> tuple[uuid.UUID, Sequence[uuid.UUID]]:
    """Return the victim and who did it as they are known now, each once; raise unless they are there and apart."""
    victim, *others = earlier.everybody([victim_id, *perpetrators])
    if victim in others:
        raise Invalid({"perpetrator": NOT_APART})
    return victim, tuple(dict.fromkeys(others))


def meant(
    row: MaracReferral, victim: uuid.UUID, perpetrators: Sequence[uuid.UUID], *, by: Actor, now: datetime
) -> None:
    """Hang a referral on its people: related, kept apart, offered an adviser, decided. A step of actions that check."""
    access.check(by, REFER)
    people = [victim, *perpetrators]
    Matter.objects.filter(id=row.matter_id).update(people=people)
    row.matter.people = people
    known = set(Kept.objects.filter(matter=row.matter, person__isnull=False).values_list("person", flat=True))
    for one in perpetrators:
        records.relate(one, victim, kind=_kind(row), source="MARAC", by=by)
    associates = [*names.written(row.said.get("not_safe", "")), *names.written(row.said.get("afraid_of", ""))]
    if row.source == "police":
        meetings.keep_from(row.matter, (), by=by, now=now, written=associates, role="associate")
    MaracReferral.objects.filter(id=row.id).update(victim_id=victim)
    row.victim_id = victim
    contacting.offer_adviser(row, by=by, now=now)
    meetings.keep_from(row.matter, [one for one in perpetrators if one not in known], by=by, now=now)
    row.refresh_from_db()
    _settle(row, by=by, now=now)


def _kind(row: MaracReferral) -> str:
    return row.said.get("relationship", "").strip().lower()[:60] or "partner or family"


def _settle(row: MaracReferral, *, by: Actor, now: datetime) -> None:
    """Decide a referral for the first time: to the panel, or straight to the conference."""
    found, last = history.decide(row)
    due = law.due(law.TRIAGE, row.referred_at).at if found.triage else None
    steps.move(
        row, "to_triage" if found.triage else "accepted", "victim",
        criteria=list(found.criteria), repeat=found.repeat, repeat_of=last if found.repeat else None,
        because=list(found.because), escalates="escalation" in found.criteria, triage_due_at=due,
    )  # fmt: skip
    if found.repeat:
        steps.tell(row, "repeat", found.because[0], by=by, at=now)
    if not found.triage:
        accepted(row, by=by, now=now, why=found.because[-1])


def accepted(row: MaracReferral, *, by: Actor, now: datetime, why: str) -> None:
    """Say that the conference will hear it, and set its flags. A step of actions that check."""
    access.check(by, REFER)
    steps.tell(row, "accepted", why, by=by, at=now)
    flags.put(row, by=by, now=now)


def recheck(referral_id: uuid.UUID, *, by: Actor, now: datetime) -> bool:
    """Decide an open referral again, because what it rests on may have changed; return whether it is newly a repeat."""
    access.check(by, WRITE)
    with access.acting(by):
        row = steps.turn(referral_id)
        if row.state not in (*OPEN, "not_heard") or row.repeat:
            return False
        found, last = history.decide(row)
        if not found.repeat:
            return False
        state = "accepted" if row.state in {"to_triage", "not_heard"} else row.state
        steps.move(
            row, state, "victim", criteria=list(found.criteria), repeat=True, repeat_of=last,
            because=list(found.because), triage_due_at=None,
        )  # fmt: skip
        steps.tell(row, "repeat", f"{found.because[0]} Found by itself.", by=by, at=now)
        steps.logged("repeat_found", row, by=by)
        accepted(row, by=by, now=now, why="A repeat is heard whatever was decided before.")
    return True


def recheck_open(*, by: Actor, now: datetime) -> int:
    """Decide every referral again that is not heard, also those triaged out within the year; return new repeats."""
    access.check(by, WRITE)
    with access.acting(by):
        since = clock.london_date(now).replace(day=1)
        rows = MaracReferral.objects.filter(repeat=False, state__in=[*OPEN, "not_heard"])
        recent = rows.filter(referred_at__year__gte=since.year - 1)
        return sum(recheck(one, by=by, now=now) for one in list(recent.values_list("id", flat=True)))
