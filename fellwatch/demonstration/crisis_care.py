"""Crisis care in the county: places of safety, eight weeks of the helpline, and the gaps of a fortnight's nights."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from fellwatch.contact import actions
from fellwatch.contact.models import Consultation, Handling, PlaceOfSafety, Shortfall
from fellwatch.contact.protocol import promise_broken
from fellwatch.demonstration.identifiers import named
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor

PLACES = (
    ("Larch House, Skelmoss Infirmary", "suite", 2, "07700 900310"),
    ("The Beck Suite, Furnholm Hospital", "suite", 1, "07700 900311"),
    ("Emergency department, Skelmoss Infirmary", "emergency_department", 3, "07700 900312"),
    ("Skelmoss police station", "police_station", 1, "07700 900313"),
)
ASKED = (
    ("Says that people are in the roof, has not slept", "Is he known, and who is safe to ring tonight?"),
    ("On the wrong side of the railing, will talk", "Is there a crisis plan, and what helps?"),
    ("Took tablets an hour ago, wants to go home", "Hospital of her own will, or is a power needed?"),
    ("Walked out of the ward, not detained", "Does the team want him back tonight?"),
)
ADVISED = (
    ("known_plan", "Known to the team. Quiet room, no uniforms, ring his sister."),
    ("crisis_team", "The crisis team rings her within the hour."),
    ("voluntary", "She agrees to come in: ambulance first."),
    ("with_carer", "His mother can stay; the team calls in the morning."),
    ("detain", "Nothing else will hold: the power is right."),
)
AGAINST = ("She would not wait for the call.", "He ran while we were talking.", "Two advisers had said two things.")
GAPS = (("no_assessor", 3), ("no_place", 1), ("no_doctor", 4), ("no_assessor", 2), ("no_place", 23), ("no_answer", 2))


def fill(*, by: Actor, adviser: Actor, seed: int, now: datetime) -> int:
    """Put crisis care into the county; return how many consultations there are. Filled twice, it is filled once."""
    rng = random.Random(f"{seed}/crisis care")
    for name, kind, beds, telephone in PLACES:
        if not _has(name, by=adviser):
            actions.add_place(name, kind, beds, telephone, by=adviser, now=now, id=UUID(named(f"safe/{name}")))
    with access.acting(by):
        made = list(_consultations(rng, _incidents(now), now))
        Consultation.objects.bulk_create(made, batch_size=1000, ignore_conflicts=True)
        Shortfall.objects.bulk_create(list(_gaps(by, now)), batch_size=1000, ignore_conflicts=True)
    return len(made)


def _has(name: str, *, by: Actor) -> bool:
    with access.acting(by):
        return PlaceOfSafety.objects.filter(name=name).exists()


def _incidents(now: datetime) -> Sequence[tuple[UUID, datetime]]:
    since = now - timedelta(weeks=8)
    rows = Handling.objects.filter(state="closed", graded_at__gte=since, flags__contains=["mental_health"])
    return [(row.incident_id, row.graded_at) for row in rows.order_by("graded_at")[:120]]


def _consultations(
    rng: random.Random, incidents: Sequence[tuple[UUID, datetime]], now: datetime
) -> Iterator[Consultation]:
    for incident, graded_at in incidents:
        (about, question), (code, advice) = rng.choice(ASKED), rng.choice(ADVISED)
        asked_at = graded_at + timedelta(minutes=rng.randint(8, 40))
        night = not 7 <= asked_at.hour < 22
        answered = asked_at + timedelta(seconds=rng.expovariate(1 / (140 if night else 35)) + 8)
        agreed = rng.random() > 0.18
        yield Consultation(
            id=UUID(named(f"consultation/{incident}")), incident_id=incident, about=about, question=question,
            callback="07700 900300", requested_at=asked_at, requested_by_id=UUID(named("staff/helpline")),
            requested_by_name="Rosa Pike", answered_at=answered, adviser_id=UUID(named("sign-in/noor")),
            adviser_name="Noor Sedge", advice_code=code, advice=advice,
            advised_at=answered + timedelta(minutes=rng.randint(2, 11)), agreed=agreed,
            disagreement="" if agreed else rng.choice(AGAINST), outcome="Done so." if agreed else "Taken to hospital.",
            settled_at=min(answered + timedelta(hours=1), now), settled_by_name="Rosa Pike",
        )  # fmt: skip


def _gaps(by: Actor, now: datetime) -> Iterator[Shortfall]:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for nights, (kind, hour) in enumerate(GAPS, start=1):
        at = midnight - timedelta(days=2 * nights) + timedelta(hours=hour)
        taken = nights % 2 == 0
        yield Shortfall(
            id=UUID(named(f"gap/{kind}/{at.isoformat()}")), kind=kind, hour_at=at, duty=promise_broken(kind, at),
            detail="Rang three numbers; nobody could come before morning.", noted_at=at + timedelta(minutes=50),
            noted_by_id=by.id, noted_by_name="Noor Sedge",
            escalated_at=at + timedelta(hours=2) if taken else None,
            escalated_to="On-call manager of the trust" if taken else "",
            escalated_by_name="Bob Tarn" if taken else "", answer="Will put it to the board." if taken else "",
        )  # fmt: skip
