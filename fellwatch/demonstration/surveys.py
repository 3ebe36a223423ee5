"""Half a year of surveys of victims: who was chosen, calls and what they came to, answers, themes, what changed.

Done by the room's own actions, each as if at its own time. Every answer is invented.
"""

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from fellwatch.demonstration.identifiers import named
from fellwatch.foundation import access, clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts import roles
from fellwatch.rules.surveys import OPTIONS, Survey
from fellwatch.surveys import actions, gathering, law, queries, safely
from fellwatch.surveys.actions.changing import NewChange
from fellwatch.surveys.models import Line, Selection
from fellwatch.surveys.values import CallView, NewSelection, SafeAgain

ROUNDS = ((180, 150), (120, 60), (90, 30), (60, 30), (30, 30), (2, 300))
"""How many days ago each choosing was, and from how many days of reports."""
EACH = 14
ALL = 1000
"""More lines and answers than there are."""
SILENT = {"unsafe"}
NUMBERS = (f"+447700900{number}" for number in range(400, 1000))
AGENCIES = {
    "domestic_abuse": "plain-questions",
    "hate_crime": "plain-questions",
    "sexual_assault": "linden-centre",
}
SAID = (
    ("Tell me before he is let out, not the week after.", ("informed", "safety")),
    ("The first officer sat down and listened. I will not forget that.", ("listened", "thanks")),
    ("I told it to five different people.", ("one_person",)),
    ("Nobody asked the children anything.", ("children",)),
    ("It took two hours. He was gone by then.", ("speed", "safety")),
    ("The letter about court came on the morning of it.", ("court", "informed")),
    ("", ()),
)
CHANGES = (
    (
        "domestic_abuse",
        "informed",
        "A call before release on bail, by the officer in the case.",
        "Sam Force, response",
        40,
    ),
    ("domestic_abuse", "one_person", "One named officer until the case is closed.", "Theo Lonning, safeguarding", -20),
)
RISK = "He has been seen outside the school again. She has told nobody else yet."
DONE = "Rung that afternoon; the school knows, and the plan has a unit by at three."


@dataclass(frozen=True)
class People:
    """Who chooses, who acts on what is told, and who rings for each agency."""

    chooser: Actor
    team: Actor
    callers: dict[str, Actor]


def fill(people: People, *, seed: int, now: datetime) -> int:
    """Put half a year of surveys in; return how many people were put on a list. Filled twice, it is filled once."""
    with access.acting(people.chooser):
        if Selection.objects.exists():
            return 0
    rng, asked = random.Random(f"{seed}/surveys"), 0
    for survey in law.surveys(now):
        for ago, days in ROUNDS:
            at = _noon(now - timedelta(days=ago))
            lines = _chosen(rng, survey, at, days, people)
            asked += len(lines)
            if ago != ROUNDS[-1][0]:
                for line in lines:
                    _rung(rng, survey, line, at, people)
    _made_of_it(rng, people, now)
    _only_at_night(people, now)
    return asked


def _to_ring(by: Actor) -> Sequence[CallView]:
    return queries.to_ring(by=by, cut=slice(ALL))[1]


def _only_at_night(people: People, now: datetime) -> None:
    """Let one person on the list say that a call is safe only late in the evening."""
    waiting = [line for line in _to_ring(people.callers["plain-questions"]) if line.group == "hate_crime"]
    for line in waiting[:1]:
        with access.acting(people.chooser):
            person = Line.objects.get(id=line.id).person_id
        said = SafeAgain(line.number, time(21), time(22, 30), None)
        safely.allow(person, said, "When the others are at work.", by=people.team, now=now)


def _noon(at: datetime) -> datetime:
    return clock.london(at).replace(hour=12, minute=5, second=0, microsecond=0)


def _chosen(rng: random.Random, survey: Survey, at: datetime, days: int, people: People) -> Sequence[CallView]:
    """Let those whom only silence leaves out say that a call is safe, choose two of three, and return the new lines."""
    until = clock.london_date(at) - timedelta(days=survey.wait_days)
    since = until - timedelta(days=days)
    with access.acting(people.team):
        found = gathering.candidates(survey, clock.midnight(since), clock.midnight(until), at)
        told = [one for one in found if not gathering.reasons(survey, one)]
        silent = [one for one in found if set(gathering.reasons(survey, one)) == SILENT]
        silent = rng.sample(silent, min(len(silent), EACH + 6))
        for one in silent:
            said = SafeAgain(next(NUMBERS), None, None, None)
            safely.allow(one.person_id, said, "", by=people.team, now=at - timedelta(days=1))
    agency, id = AGENCIES[survey.group], uuid.UUID(named(f"survey/{survey.group}/{at:%Y%m}"))
    before = {line.id for line in _to_ring(people.callers[agency])}
    most = max(1, min(EACH, (len(told) + len(silent)) * 2 // 3))
    actions.choose(NewSelection(survey.group, agency, since, until, most, id), by=people.chooser, now=at)
    return [line for line in _to_ring(people.callers[agency]) if line.id not in before]


def _rung(rng: random.Random, survey: Survey, line: CallView, at: datetime, people: People) -> None:
    """Ring somebody as often as it takes: about half answer, some ask not to be rung, the rest are never reached."""
    by = people.callers[AGENCIES[survey.group]]
    end = rng.choices(("answered", "refused", "no_answer"), (52, 8, 40))[0]
    silent = survey.attempts_most if end == "no_answer" else rng.randrange(3)
    days = iter(range(1, 20))
    for _ in range(silent):
        actions.attempt(line.id, "no_answer", "", by=by, now=at + timedelta(days=next(days)), id=ids.new())
    if end == "no_answer":
        return
    when = at + timedelta(days=next(days))
    actions.attempt(line.id, end, "", by=by, now=when, id=ids.new())
    if end == "answered":
        actions.answer(line.id, dict(_answers(rng, survey)), by=by, now=when + timedelta(minutes=9))


def _answers(rng: random.Random, survey: Survey) -> Iterator[tuple[str, str]]:
    for one in survey.questions:
        if one.kind == "words":
            yield one.id, rng.choice(SAID)[0]
        else:
            codes = [code for code, _ in OPTIONS[one.kind]]
            yield one.id, rng.choices(codes, range(len(codes) + 3, 3, -1))[0]


def _made_of_it(rng: random.Random, people: People, now: datetime) -> None:
    """Mark themes, note what changes, and let one person tell of a risk that the team has acted on."""
    themes = dict(SAID)
    for said in queries.said("domestic_abuse", by=people.team, now=now, cut=slice(ALL)).shown:
        if rng.random() < 0.9:
            actions.mark_themes(said.id, themes[said.words], by=people.team, now=now)
    for group, theme, words, owner, days in CHANGES:
        due = clock.london_date(now) + timedelta(days=days)
        noted = now - timedelta(days=70)
        new = NewChange(group, theme, words, owner, due, uuid.UUID(named(f"change/{theme}")))
        actions.add_change(new, by=people.team, now=noted)
        if days < 0:
            actions.finish_change(new.id, "Every case of October has one.", by=people.team, now=now - timedelta(days=9))
    _told(people, now)


def _told(people: People, now: datetime) -> None:
    caller, at = people.callers["plain-questions"], _noon(now - timedelta(days=1))
    waiting = [line for line in _to_ring(caller) if line.group == "domestic_abuse"]
    if not waiting:
        return
    told = uuid.UUID(named("survey/told"))
    actions.attempt(waiting[0].id, "answered", "", by=caller, now=at, id=ids.new())
    actions.disclose(waiting[0].id, RISK, by=caller, now=at, id=told)
    actions.carry(told, by=roles.system("surveys"))
    actions.settle(told, "plan_changed", DONE, by=people.team, now=at + timedelta(hours=2))
