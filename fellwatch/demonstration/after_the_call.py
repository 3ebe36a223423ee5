"""A year of what officers did at domestic abuse, so that measures have something to say. Every figure is invented."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from fellwatch.assessments import actions as forms
from fellwatch.assessments.models import DisclosedCrime
from fellwatch.assessments.values import Filled
from fellwatch.demonstration.identifiers import named
from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.measures.models import NationalFigure
from fellwatch.records.models import Incident, IncidentPerson
from fellwatch.response import actions as response
from fellwatch.response.models import BailAppointment, CrimeDecision, Release, Stance, Suspect

OFFICER = "Rosa Pike"
INVENTED = "Invented for the demonstration: no publication says this."
NATIONAL = {
    "arrest_rate": 41.0,
    "charge_rate": 9.5,
    "unsupported_victims": 52.0,
    "voluntary_attendance": 11.0,
    "bail_use": 63.0,
}
WAITING = 3
CHECKLIST = {
    **{f"q{number}": "no" for number in range(1, 28)},
    "q1": "yes",
    "q1_words": "Her arm, where he held it.",
    "q2": "yes",
    "q13": "yes",
    "q23": "not_known",
    "answered_by": "victim",
    "victims_view": "Thinks it will be worse when he has been drinking.",
    "grade": "medium",
    "rationale": "More often since the summer; she has somewhere to go and a neighbour who rings.",
}
WITHOUT = (("not_there", "Left before we came; circulated."), ("no_grounds", "An argument; no offence told or seen."))


@dataclass
class _Rows:
    now: datetime
    suspects: list[Suspect] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    appointments: list[BailAppointment] = field(default_factory=list)
    stances: list[Stance] = field(default_factory=list)
    crimes: list[DisclosedCrime] = field(default_factory=list)
    decisions: list[CrimeDecision] = field(default_factory=list)

    def later(self, at: datetime, *, days: int = 0, hours: int = 0) -> datetime:
        """Return the time so long after `at`, or half way to now where that lies ahead."""
        return at + min(timedelta(days=days, hours=hours), (self.now - at) / 2)


def fill(*, by: Actor, seed: int, now: datetime) -> int:
    """Put a year of response into the county; return at how many incidents. Filled twice, it is filled once."""
    with access.acting(by):
        rows, count = _Rows(now), 0
        for incident_id, received_at, people in closed(now):
            _one(random.Random(f"{seed}/{incident_id}"), incident_id, received_at, people, rows, by)
            count += 1
        Suspect.objects.bulk_create(rows.suspects, batch_size=1000, ignore_conflicts=True)
        Release.objects.bulk_create(rows.releases, batch_size=1000, ignore_conflicts=True)
        BailAppointment.objects.bulk_create(rows.appointments, batch_size=1000, ignore_conflicts=True)
        Stance.objects.bulk_create(rows.stances, batch_size=1000, ignore_conflicts=True)
        DisclosedCrime.objects.bulk_create(rows.crimes, batch_size=1000, ignore_conflicts=True)
        CrimeDecision.objects.bulk_create(rows.decisions, batch_size=1000, ignore_conflicts=True)
        figures = [
            NationalFigure(indicator=name, from_date=date(2019, 4, 1), value=value, source=INVENTED)
            for name, value in NATIONAL.items()
        ]
        NationalFigure.objects.bulk_create(figures, ignore_conflicts=True)
        audit.record(
            by=by,
            action="collection",
            sentence="demonstration.batch_loaded",
            subject=("response", count),
            detail={"suspects": len(rows.suspects), "crimes": len(rows.crimes)},
        )
    return count


def hand_in(*, by: Actor, now: datetime) -> int:
    """Hand in the checklist of the newest incidents as their officer would, so that a supervisor finds some waiting."""
    at, done = now - timedelta(hours=2), 0
    with access.acting(by):
        newest = list(closed(now))[-WAITING:]
    for incident_id, _, people in newest:
        filled = Filled(incident_id, "dash", CHECKLIST, people["victim"], id=UUID(named(f"checklist/{incident_id}")))
        response.hand_in(forms.save(filled, by=by, now=at), seen=1, by=by, now=at)
        done += 1
    return done


def closed(now: datetime) -> Iterator[tuple[UUID, datetime, dict[str, UUID]]]:
    """Yield each closed incident of domestic abuse of the last thirteen months with its victim and suspect."""
    since = now - timedelta(days=396)
    found = Incident.objects.filter(
        opening_qualifiers__contains=["domestic_abuse"], closed_at__isnull=False, received_at__gte=since
    )
    people: dict[UUID, dict[str, UUID]] = {}
    parts = IncidentPerson.objects.filter(incident__in=found, role__in=["victim", "suspect"])
    for incident_id, role, person_id in parts.values_list("incident_id", "role", "person_id"):
        people.setdefault(incident_id, {})[role] = person_id
    for incident_id, received_at in found.order_by("received_at").values_list("id", "received_at"):
        if len(people.get(incident_id, {})) == 2:
            yield incident_id, received_at, people[incident_id]


def _one(
    rng: random.Random, incident_id: UUID, received_at: datetime, people: dict[str, UUID], rows: _Rows, by: Actor
) -> None:
    at = received_at + timedelta(minutes=rng.randint(25, 160))
    made = {"at": at, "by_id": by.id, "by_name": OFFICER}
    against = rng.random() < 0.48
    stance = rng.choice(("no", "withdrawn")) if against else "yes"
    words = "Does not want it to go further." if against else ""
    rows.stances.append(
        Stance(
            id=UUID(named(f"stance/{incident_id}")),
            incident_id=incident_id,
            person_id=people["victim"],
            stance=stance,
            words=words,
            **made,
        )
    )
    suspect = Suspect(
        id=UUID(named(f"suspect/{incident_id}")), incident_id=incident_id, person_id=people["suspect"], **made
    )
    draw = rng.random()
    if draw < 0.44:
        suspect.arrested_at, suspect.arrested_for = at, "Assault"
    elif draw < 0.56:
        suspect.no_arrest_reason, suspect.no_arrest_why = "voluntary", "Lives away; came by appointment."
        suspect.voluntary_authority = "PS 1 Lee Scar"
    else:
        suspect.no_arrest_reason, suspect.no_arrest_why = rng.choice(WITHOUT)
    rows.suspects.append(suspect)
    charged = rng.random() < (0.05 if against else 0.2)
    if suspect.arrested_at and not charged:
        release = _release(rng, suspect, at, rows)
        rows.releases.append(release)
        if release.kind == "bail":
            rows.appointments.append(_answered(release, rows.later(release.released_at, days=30)))
    if charged:
        suspect.charged_at = rows.later(at, days=rng.randint(1, 20))
    if rng.random() < 0.7:
        _crime(rng, incident_id, people["victim"], at, charged, against, rows, by)


def _release(rng: random.Random, suspect: Suspect, at: datetime, rows: _Rows) -> Release:
    bail, released_at = rng.random() < 0.6, rows.later(at, hours=14)
    return Release(
        id=UUID(named(f"release/{suspect.incident_id}")),
        suspect=suspect,
        kind="bail" if bail else "under_investigation",
        released_at=released_at,
        rank="inspector",
        authorised_by="Insp 2 Jo Pass",
        because="To safeguard the victim." if bail else "Nothing links him to her home.",
        conditions=[{"code": "no_contact", "words": "Her, directly or through others"}] if bail else [],
        victim_view="Wants him kept away." if bail else "",
        ended_at=rows.later(released_at, days=30),
        ended_because="Decided.",
        at=released_at,
        by_id=suspect.by_id,
        by_name=OFFICER,
    )


def _answered(release: Release, at: datetime) -> BailAppointment:
    return BailAppointment(
        id=UUID(named(f"answered/{release.id}")),
        release=release,
        answer_at=at,
        station="Skelmoss police station",
        exception="decision_sooner",
        because="A decision is likely within a month.",
        came_at=at,
        came_how="came",
        came_by_name=OFFICER,
        at=release.released_at,
        by_id=release.by_id,
        by_name=OFFICER,
    )


def _crime(
    rng: random.Random,
    incident_id: UUID,
    victim: UUID,
    at: datetime,
    charged: bool,
    against: bool,
    rows: _Rows,
    by: Actor,
) -> None:
    crime = DisclosedCrime(
        id=UUID(named(f"crime/{incident_id}")),
        incident_id=incident_id,
        person_id=victim,
        crime="assault",
        title="Assault",
        law="Offences against the Person Act 1861 ss18, 20, 47; Criminal Justice Act 1988 s39",
        rule_version=1,
        told_by=[{"instrument": "dash", "number": 1, "questions": ["q1"]}],
        heard_at=at,
        noted_at=at,
        noted_by_id=by.id,
        noted_by_name=OFFICER,
    )
    rows.crimes.append(crime)
    outcome = "charged" if charged else "unsupported" if against else rng.choice(("evidential", "diversion", ""))
    rows.decisions.append(
        CrimeDecision(
            id=UUID(named(f"decision/{incident_id}")),
            crime=crime,
            recorded=True,
            crime_number=f"FS/{at:%y}/{str(crime.id)[:8].upper()}",
            offence="Assault",
            owner="Response team",
            outcome=outcome,
            outcome_at=rows.later(at, days=40) if outcome else None,
            outcome_words="Told to the victim." if outcome else "",
            at=at + timedelta(hours=rng.randint(1, 20)),
            by_id=by.id,
            by_name="Ivy Wath",
        )
    )
