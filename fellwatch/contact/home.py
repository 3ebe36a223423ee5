"""Whose ground somebody's home is: the force of everyone in a call or an incident, from the postcode."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from fellwatch.contact.access import READ
from fellwatch.contact.models import Handling
from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.records import queries as records
from fellwatch.records.geography import places
from fellwatch.records.geography.postcodes import Problem
from fellwatch.records.models import IncidentPerson
from fellwatch.records.values import PersonView

MOST = 2000


@dataclass(frozen=True)
class Home:
    """The force of somebody's home, how sure, and why. `force` is empty where no force is known."""

    postcode: str
    force: str
    name: str
    exactness: str
    share: float
    because: str

    @property
    def away(self) -> bool:
        """Whether the home lies outside this force, as far as that is known."""
        return bool(self.force or self.because) and self.force != settings.FELLWATCH_FORCE

    @property
    def words(self) -> str:
        """Say whose area it is, and how that is known."""
        return f"Home is in the police area of {self.name or 'nobody known'} ({self.postcode})"


@dataclass(frozen=True)
class Away:
    """Somebody in an open incident who lives elsewhere."""

    person_id: uuid.UUID
    name: str
    age: int | None
    role: str
    vulnerabilities: tuple[str, ...]
    incident_id: uuid.UUID
    reference: str
    opening_code: str
    grade: str
    home: Home


@access.reads
def of_postcode(postcode: str, *, by: Actor) -> Home | None:
    """Return the force of a postcode, or None where it cannot be read."""
    access.check(by, READ)
    found = places.home_force(postcode)
    if isinstance(found, Problem):
        return None
    return Home(postcode, found.force, found.name, found.exactness, found.share, found.because)


@access.reads
def of_people(ids: Sequence[uuid.UUID], *, by: Actor) -> Mapping[uuid.UUID, Home]:
    """Return each person's home force, where a home with a postcode is known. The caller logs whom it shows."""
    access.check(by, READ)
    known: dict[str, Home | None] = {}
    found: dict[uuid.UUID, Home] = {}
    for person, (postcode, force) in records.home_postcodes(ids, by=by).items():
        if force == settings.FELLWATCH_FORCE:
            found[person] = Home(postcode, force, settings.FELLWATCH_FORCE_NAME, "postcode", 1.0, "")
            continue
        if postcode not in known:
            known[postcode] = of_postcode(postcode, by=by)
        if home := known[postcode]:
            found[person] = home
    return found


@access.reads
def away(*, by: Actor, now: datetime, force: str = "") -> tuple[Away, ...]:
    """Return everybody in an open incident whose home is another force's, and log whom it shows.

    The newest open incidents are looked at, up to MOST of them; `left_out` says how many more there are.
    """
    access.check(by, READ)
    handled = Handling.objects.exclude(state="closed").select_related("incident")
    handled = handled.order_by("-incident__received_at")[:MOST]
    open_ones = {row.incident_id: row for row in handled}
    parts = list(IncidentPerson.objects.filter(incident_id__in=list(open_ones)).exclude(role="suspect"))
    homes = of_people(sorted({part.person_id for part in parts}), by=by)
    wanted = {person for person, home in homes.items() if home.away and force in ("", home.force)}
    shown = records.people(sorted(wanted), by=by, now=now, because="contact.away_read") if wanted else {}
    audit.record(by=by, action="consultation", sentence="contact.away_listed", subject=("board", "away"))
    rows = [_row(part, open_ones[part.incident_id], shown, homes, now) for part in parts if part.person_id in shown]
    return tuple(sorted(rows, key=lambda row: (row.home.name, row.reference, row.name)))


@access.reads
def left_out(*, by: Actor) -> int:
    """Return how many open incidents are too many for `away` to look at."""
    access.check(by, READ)
    return max(0, Handling.objects.exclude(state="closed").count() - MOST)


def _row(
    part: IncidentPerson,
    handled: Handling,
    shown: Mapping[uuid.UUID, PersonView],
    homes: Mapping[uuid.UUID, Home],
    now: datetime,
) -> Away:
    person = shown[part.person_id]
    return Away(
        person.id,
        person.name,
        person.born.age_on(records.today(now)),
        part.role,
        tuple(part.vulnerabilities),
        part.incident_id,
        handled.incident.reference,
        handled.incident.opening_code,
        handled.grade,
        homes[part.person_id],
    )
