"""The MARAC in the invented county: a meeting held, one ahead, what agencies owe, a panel's queue, and two lessons.

Opened by the rooms' own actions under fixed identifiers, so that beginning again adds nothing.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from fellwatch.demonstration import agencies, protecting
from fellwatch.demonstration.identifiers import named
from fellwatch.demonstration.signins import ACCOUNTS
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts import roles
from fellwatch.foundation.accounts.models import User
from fellwatch.meetings import actions as meetings
from fellwatch.meetings import queries
from fellwatch.meetings.values import Called, Promised, Said
from fellwatch.records.models import PersonName
from fellwatch.records.queries import full_name
from fellwatch.safeguarding.learning import actions as learning
from fellwatch.safeguarding.learning.actions import NewLesson
from fellwatch.safeguarding.marac import actions, law
from fellwatch.safeguarding.marac.models import MaracReferral
from fellwatch.safeguarding.marac.values import NewReferral, Placed, Reached, Triaged

HAPPENED = "Pushed against a wall and told that it would be worse next time."
JUDGED = "The threats have become exact, and nobody else is left to ring."
WHY = "They fear what happens if the other learns that they agreed."
INVITED = {one[0]: one[1] for one in agencies.AGENCIES}
Team = Mapping[str, Actor]
Pair = protecting.Pair


def fill(*, now: datetime) -> int:
    """Open each case as if at its own time; return how many there are."""
    team = {name: roles.actor(User.objects.get(username=name)) for name in ("grace", "ewan", "ida", "lee", "nadia")}
    pairs = [pair for pair in protecting.pairs(team["nadia"]) if _visible(pair, team["grace"])][6:]
    if _begun(team["grace"]) or len(pairs) < 5:
        return 0
    _held(pairs[:2], team, now)
    _ahead(pairs[2], team, now)
    _panel(pairs[3], team, now)
    _waiting(pairs[4:5], pairs[0], team, now)
    _lessons(team, now)
    return 6


def _begun(cora: Actor) -> bool:
    with access.acting(cora):
        return MaracReferral.objects.exists()


def _visible(pair: Pair, by: Actor) -> bool:
    """Whether the names of both are known, and neither is of somebody who signs in here."""
    staff = {account.full_name.lower() for account in ACCOUNTS}
    with access.acting(by):
        return all(_name(one, by).lower() not in {*staff, "name not known"} for one in pair[:2])


def _name(person: uuid.UUID, by: Actor) -> str:
    with access.acting(by):
        return full_name(PersonName.objects.filter(person_id=person))


def _said(pair: Pair, by: Actor) -> dict[str, str]:
    return {
        "victim_name": _name(pair[1], by),
        "perpetrator_name": _name(pair[0], by),
        "relationship": "former partner",
        "happened": HAPPENED,
        "judgement_because": JUDGED,
        "safe_contact": "At work, before noon. Never by message.",
        "wants": "To be left alone, and to stay in this home.",
    }


def _refer(key: str, pair: Pair, by: Actor, at: datetime, cora: Actor, *, police: bool = False) -> uuid.UUID:
    """Refer as a partner, or as the police where the records are open."""
    new = NewReferral(
        said=_said(pair, cora),
        consent="no",
        aware="yes",
        basis="safeguarding",
        basis_because=WHY,
        judgement=True,
        ticks=15,
        behaviour="violence",
        happened_date=clock.london_date(at - timedelta(days=1)),
        children=1,
        equality=("disabled",) if key == "held/1" else (),
        victim_id=pair[1] if police else None,
        perpetrators=(pair[0],) if police else (),
        id=uuid.UUID(named(f"marac/{key}")),
    )
    return actions.refer(new, by=by, now=at)


def _call(key: str, starts_at: datetime, cora: Actor, at: datetime) -> uuid.UUID:
    id = uuid.UUID(named(f"meeting/{key}"))
    new = Called(
        "marac",
        "MARAC, Skelmoss",
        starts_at,
        starts_at + timedelta(hours=3),
        "Fell House, Skelmoss, or by the link in your calendar",
        "DI Ewan Scar",
        INVITED,
        law.agenda_due(starts_at),
        id,
    )
    return meetings.call(new, by=cora, now=at)


def _morning(now: datetime, days: int) -> datetime:
    return clock.london(now + timedelta(days=days)).replace(hour=9, minute=30, second=0, microsecond=0)


def _held(pairs: list[Pair], team: Team, now: datetime) -> None:
    """Two cases heard a fortnight ago: one action is done, one is overdue, one agency answered late."""
    cora, ewan, ida, otis = (team[name] for name in ("grace", "ewan", "ida", "lee"))
    starts, asked = _morning(now, -14), _morning(now, -26)
    meeting = _call("held", starts, cora, asked - timedelta(days=2))
    for number, pair in enumerate(pairs):
        id = _refer(f"held/{number}", pair, ida, asked - timedelta(hours=20), cora)
        actions.place(id, Placed(pair[1], (pair[0],)), by=cora, now=asked - timedelta(hours=18))
        at = asked - timedelta(hours=2)
        actions.reached(id, Reached(at, True, "Met at work. Afraid, and wants to stay.", "yes"), by=ida, now=at)
        actions.list_on(id, meeting, by=cora, now=asked)
    meetings.send_agenda(meeting, by=cora, now=asked)
    for one in queries.waiting(by=otis, now=asked, agency="fells-homes")[0]:
        late = asked + timedelta(days=9)
        meetings.answer_research(one.id, "known", "The tenancy is the victim's alone.", "", by=otis, now=late)
    _hear(meeting, starts, cora, ewan)
    first = queries.waiting(by=otis, now=starts, agency="fells-homes")[1][0]
    done = starts + timedelta(days=3)
    meetings.answer_action(first.id, "done", "Locks changed; photograph on the tenancy file.", by=otis, now=done)


def _hear(meeting: uuid.UUID, starts: datetime, cora: Actor, ewan: Actor) -> None:
    meetings.begin(meeting, by=ewan, now=starts)
    for code in INVITED:
        state = "apologies" if code == "fellshire-adults" else "present"
        meetings.attended(meeting, code, state, "", by=cora, now=starts)
    for line in queries.agenda(meeting, by=ewan):
        at = starts + timedelta(minutes=12 * line.number)
        meetings.begin_item(line.id, by=ewan, now=at - timedelta(minutes=11))
        said = Said("Two calls in a month; bail ends soon.", "Rising: threats have become exact.", "Safer at home.")
        meetings.write(line.id, said, seen=0, by=cora, now=at)
        due = clock.london_date(starts) + timedelta(days=7)
        promised = Promised("fells-homes", "Change the locks and fit a spy-hole.", due, "the tenancy officer")
        meetings.promise(line.id, promised, by=cora, now=at)
        actions.heard(line.id, by=ewan, now=at)
    meetings.finish(meeting, by=ewan, now=starts + timedelta(hours=1))


def _ahead(pair: Pair, team: Team, now: datetime) -> None:
    """One case on the next agenda, which every agency is asked about; the housing association is late."""
    cora, ida = team["grace"], team["ida"]
    asked = now - timedelta(days=9)
    meeting = _call("ahead", _morning(now, 1), cora, asked)
    id = _refer("ahead", pair, ida, asked - timedelta(hours=5), cora)
    actions.place(id, Placed(pair[1], (pair[0],)), by=cora, now=asked - timedelta(hours=3))
    actions.list_on(id, meeting, by=cora, now=asked)
    meetings.send_agenda(meeting, by=cora, now=asked)
    for one in queries.research_of(id, by=cora, now=now):
        if one.agency not in {"fells-homes", "larch-refuge"}:
            at = asked + timedelta(days=2)
            meetings.answer_research(one.id, "not_known", "", "", by=cora, now=at)


def _panel(pair: Pair, team: Team, now: datetime) -> None:
    """One police referral that a panel has turned down with its reasons."""
    at = now - timedelta(days=6)
    id = _refer("panel", pair, team["nadia"], at, team["grace"], police=True)
    because = "In custody until spring, and an adviser sees the victim weekly: one plan protects as well."
    panel = Triaged("single_agency", because, ("fells-homes", "fellshire-health", "larch-refuge"))
    actions.triage(id, panel, by=team["grace"], now=at + timedelta(days=1))


def _waiting(fresh: list[Pair], heard: Pair, team: Team, now: datetime) -> None:
    """One police referral for the panel, and a partner's about somebody who was heard a fortnight ago: a repeat."""
    for pair in fresh:
        _refer("fresh", pair, team["nadia"], now - timedelta(hours=30), team["grace"], police=True)
    _refer("again", heard, team["lee"], now - timedelta(hours=3), team["grace"])


def _lessons(team: Team, now: datetime) -> None:
    cora, otis, ida = team["grace"], team["lee"], team["ida"]
    at = now - timedelta(days=20)
    asked = NewLesson(
        "domestic",
        "learning",
        "Ask about the keys",
        "In three cases nobody had asked who else still held a key to the home.",
        "Ask at the first contact who has keys, and change the locks the same day.",
        sorted(INVITED),
        clock.london_date(now) + timedelta(days=8),
        uuid.UUID(named("lesson/keys")),
    )
    seen = NewLesson(
        "sexual",
        "good_practice",
        "One room, one telling",
        "Where one person told it once, to somebody trained, fewer withdrew.",
        "Offer one interview in the suite, with an adviser there, before anything else is asked.",
        ["fellshire-health", "larch-refuge"],
        clock.london_date(now) - timedelta(days=2),
        uuid.UUID(named("lesson/once")),
    )
    for one in (asked, seen):
        learning.publish(one, by=cora, now=at)
    learning.read(asked.id, by=otis, now=at + timedelta(days=1))
    evidence = "Question 6 of our visit sheet since the first of the month."
    learning.adopt(asked.id, "adopted", evidence, by=otis, now=at + timedelta(days=4))
    learning.read(asked.id, by=ida, now=at + timedelta(days=2))
