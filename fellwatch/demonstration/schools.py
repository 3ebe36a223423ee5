"""Schools of the invented county that are told of children: their calendars, who learns where, twelve weeks of notices.

Done by the room's own actions, each as if at its own time. Begun again, it adds nothing.
"""

import random
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from fellwatch.demonstration import cast, terms
from fellwatch.demonstration.identifiers import named
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts import roles
from fellwatch.records.models import IncidentPerson, School
from fellwatch.safeguarding.encompass import actions, jobs
from fellwatch.safeguarding.encompass.actions import steps
from fellwatch.safeguarding.encompass.models import Establishment, SchoolDays, SchoolNotice
from fellwatch.safeguarding.encompass.values import Right, Rung

TEAM = "education-fellshire"
STORY_SCHOOL = "school-of-the-story"
WEEKS, MOST = 12, 45
BELLS = (time(8, 30), time(8, 40), time(8, 45), time(8, 50))
LEADS = ("Peggy Lowther", "Omar Gale", "Nell Dufton", "Ravi Askham", "Jo Threlkeld", "Maud Sleagill", "Ivo Orton")
ANSWERS = (
    "Her form tutor meets her at the gate.",
    "His key adult has breakfast with him.",
    "Will be watched over quietly; no questions asked.",
)


AGES = {"Infant": (4, 7), "Junior": (7, 11), "Primary": (4, 11), "High": (11, 18), "Academy": (11, 18)}
"""Which ages a kind of school teaches, by a word of its name."""


class Learner(NamedTuple):
    """A child of the county and an incident that it was part of."""

    child: uuid.UUID
    incident: uuid.UUID
    at: datetime
    born: int | None


class Taught(NamedTuple):
    """A school, and by its name whom it teaches."""

    id: uuid.UUID
    name: str

    def teaches(self, age: int) -> bool:
        """Whether a child who is this old by the end of the year may be its pupil."""
        first, last = next((ages for kind, ages in AGES.items() if kind in self.name), (4, 18))
        return first <= age <= last


def fill(*, by: Actor, officer: Actor, seed: int, now: datetime) -> int:
    """Put schools, calendars, enrolments and notices in; return how many notices there are."""
    rng = random.Random(f"{seed}/schools")
    taught = _schools(rng, by, now)
    if not taught:
        return 0
    learners = _learners(now)
    with access.acting(by):
        for one in learners:
            _enrol(rng, one, taught, by, now)
        steps.enrol(
            uuid.UUID(cast.ISLA.id), "school", taught[0].id, on=date(2024, 9, 1), source="school census", also=False,
            by=by, now=now,
        )  # fmt: skip
    for number, one in enumerate(learners):
        _notices(rng, number, one, officer, now)
    with access.acting(by):
        return SchoolNotice.objects.count()


def _schools(rng: random.Random, by: Actor, now: datetime) -> list[Taught]:
    """Store the education team and every school with its terms; return the schools, the story's first."""
    with access.acting(by):
        found = list(School.objects.filter(closed_date__isnull=True).select_related("place").order_by("urn"))
        if Establishment.objects.exists():
            held = Establishment.objects.filter(kind="school").order_by("agency").values_list("id", "name")
            return [Taught(id, name) for id, name in held]
    team = Establishment(
        id=uuid.UUID(named("school/team")), name="Fellshire education team", agency=TEAM, kind="council",
        lead_name="Una Force", email="schools@fellshire.example", telephone="07700 900340",
    )  # fmt: skip
    made = [_school(rng, number, school, now) for number, school in enumerate(found)]
    days = [row for number, school in enumerate(made) for row in _days(rng, number, school, by, now)]
    with access.acting(by):
        Establishment.objects.bulk_create([team, *made], batch_size=1000)
        SchoolDays.objects.bulk_create(days, batch_size=1000)
    return [Taught(one.id, one.name) for one in made]


def _school(rng: random.Random, number: int, school: School, now: datetime) -> Establishment:
    story = number == 0
    agreed = rng.random() < 0.8 or story
    return Establishment(
        id=uuid.UUID(named(f"school/{school.urn}")), school=school, name=school.name,
        agency=STORY_SCHOOL if story else f"school-{school.urn}", lead_name=LEADS[0] if story else rng.choice(LEADS),
        email=f"lead@school-{school.urn}.example" if story or rng.random() < 0.94 else "",
        telephone=f"07700 900{350 + number % 600:03d}", starts=BELLS[number % len(BELLS)],
        agreed=["voice", "demeanour"] if agreed else [], agreed_until=date(now.year + 1, 8, 31) if agreed else None,
    )  # fmt: skip


def _days(rng: random.Random, number: int, school: Establishment, by: Actor, now: datetime) -> Iterator[SchoolDays]:
    """Yield a school's calendar; of a few nobody has sent one."""
    if number and rng.random() > 0.95:
        return
    for spell in terms.spells(clock.london_date(now), number):
        yield SchoolDays(
            establishment=school, kind=spell.kind, first_date=spell.first_date,
            end_date=spell.last_date + timedelta(days=1), words=spell.words, noted_at=now, noted_by_name=by.name,
        )  # fmt: skip


def _learners(now: datetime) -> list[Learner]:
    """Return children of the newest domestic incidents, each once, the oldest incident first."""
    with access.acting(jobs.actor()):
        parts = IncidentPerson.objects.filter(
            role__in=["child_present", "child_resident"], incident__opening_code="domestic_incident",
            incident__received_at__gte=now - timedelta(weeks=WEEKS), incident__received_at__lt=now,
        ).select_related("incident", "person").order_by("-incident__received_at")[: 3 * MOST]  # fmt: skip
        once: dict[uuid.UUID, Learner] = {}
        for part in parts:
            one = Learner(part.person_id, part.incident_id, part.incident.received_at, part.person.birth_year)
            once.setdefault(part.person_id, one)
    return sorted(list(once.values())[:MOST], key=lambda one: one.at)


def _enrol(rng: random.Random, one: Learner, taught: list[Taught], by: Actor, now: datetime) -> None:
    """Put most children on a roll, teach a few at home; of some nobody has said where they learn."""
    if one.born is not None and now.year - one.born < 4:
        return
    draw = rng.random()
    setting = "school" if draw < 0.86 else "home_educated" if draw < 0.9 else ""
    if setting:
        age = 9 if one.born is None else now.year - one.born
        fit = [school.id for school in taught if school.teaches(age)] or [school.id for school in taught]
        school = rng.choice(fit) if setting == "school" else None
        steps.enrol(one.child, setting, school, on=date(2024, 9, 1), source="school census", also=False, by=by, now=now)


def _notices(rng: random.Random, number: int, one: Learner, officer: Actor, now: datetime) -> None:
    """Make the notices of one incident as if in its own night, and let the school do what schools do."""
    process, at = jobs.actor(), min(one.at + timedelta(minutes=20), now)
    actions.consider(one.incident, domestic=False, by=process, now=at)
    with access.acting(process):
        made = list(
            SchoolNotice.objects.filter(incident_id=one.incident, state__in=["held", "sent"]).select_related(
                "establishment"
            )
        )
    for notice in made:
        if notice.path == "ask" and notice.due_at and notice.due_at < now - timedelta(days=1):
            _found_out(rng, notice, notice.due_at, officer)
        elif notice.due_at is not None and notice.establishment is not None:
            _since(rng, notice, notice.establishment, notice.due_at, officer, at, now)


def _found_out(rng: random.Random, notice: SchoolNotice, due_at: datetime, officer: Actor) -> None:
    """Have the team find out by telephone which school it is; the school opens its notice, before the bell or after."""
    at = max(notice.known_at + timedelta(minutes=25), due_at + timedelta(minutes=rng.randrange(-50, 40)))
    with access.acting(officer):
        schools = list(Establishment.objects.filter(kind="school").order_by("agency"))
    right = Right("school", rng.choice(schools).id)
    actions.place(notice.id, right, "The education team said so by telephone.", by=officer, now=at)
    with access.acting(officer):
        there = SchoolNotice.objects.filter(incident_id=notice.incident_id, child_id=notice.child_id, path="school")
        found = list(there.filter(state__in=["held", "sent"]).select_related("establishment"))
    for one in found:
        actions.release(one.id, by=officer, now=at)
        if one.establishment:
            _open(rng, one, one.establishment, at + timedelta(minutes=6))


def _since(
    rng: random.Random,
    notice: SchoolNotice,
    school: Establishment,
    due_at: datetime,
    officer: Actor,
    at: datetime,
    now: datetime,
) -> None:
    if notice.state == "held" and (notice.held_until is None or notice.held_until <= now):
        actions.chase(by=jobs.actor(), now=notice.held_until or now)
    draw, opened = rng.random(), due_at - timedelta(minutes=rng.randrange(8, 75))
    opened = max(opened, at + timedelta(minutes=3))
    if draw < 0.05 and notice.state == "sent":
        actions.returned(notice.id, f"{school.email}: 550 5.1.1 no such mailbox", by=officer, now=at)
    if draw < 0.12 and due_at <= now:
        rung = Rung(f"{school.lead_name or 'The head'}, by telephone", opened, "Looks after the child today.")
        if notice.path != "ask":
            actions.telephone(notice.id, rung, by=officer, now=max(opened, at))
    elif opened + timedelta(hours=3 if draw > 0.93 else 0) <= now and notice.path != "ask":
        _open(rng, notice, school, opened + timedelta(hours=3 if draw > 0.93 else 0))


def _open(rng: random.Random, notice: SchoolNotice, school: Establishment, at: datetime) -> None:
    """Open and answer as the school's own lead."""
    lead = Actor(
        id=uuid.UUID(named(f"lead/{school.agency}")), name=school.lead_name or "Safeguarding lead", role="school_lead",
        team="school", agency=school.agency, purpose="Looking after a child",
        permissions=roles.roles()["school_lead"].permissions,
    )  # fmt: skip
    actions.open_notice(notice.id, by=lead, now=at)
    if rng.random() < 0.7:
        actions.acknowledge(notice.id, rng.choice(ANSWERS), by=lead, now=at + timedelta(minutes=2))
