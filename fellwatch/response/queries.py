"""Every read of response. What shows people names each of them in the log."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from fellwatch.assessments import queries as assessments
from fellwatch.assessments import telling
from fellwatch.assessments.models import DisclosedCrime
from fellwatch.assessments.values import Standing
from fellwatch.duties.models import Duty
from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.records.models import Incident, IncidentPerson, Person
from fellwatch.records.queries import Missing, address_line, full_name
from fellwatch.response import showing
from fellwatch.response.access import READ
from fellwatch.response.models import (
    Attending,
    Clip,
    EvidenceReview,
    Exhibit,
    Stance,
    SupportReferral,
    Suspect,
    Update,
)
from fellwatch.response.values import Attended, CrimeRow, Scene, SuspectView

PAGE = 50
"""How many crimes a page of the registrar's list holds."""
RECENT = timedelta(days=14)
NEARBY = timedelta(hours=24)
HANGING = ("attempts", "releases__extensions", "releases__variations", "releases__waits", "releases__appointments")


@access.reads
def scene(incident_id: uuid.UUID, *, by: Actor, now: datetime) -> Scene:
    """Return everything response holds of one incident, and log whom it shows."""
    access.check(by, READ)
    incident = Incident.objects.filter(id=incident_id).first()
    if incident is None:
        raise Missing("There is no such incident, or the record is restricted.")
    names = _names_in(incident_id)
    attending = list(Attending.objects.filter(incident_id=incident_id, left_at__isnull=True).order_by("at"))
    suspects = Suspect.objects.filter(incident_id=incident_id).prefetch_related(*HANGING)
    found = Scene(
        needs=showing.needs(incident, assessments.forms_of(incident_id, by=by), names),
        clips=tuple(map(showing.clip, Clip.objects.filter(incident_id=incident_id).order_by("at"))),
        exhibits=tuple(
            map(
                showing.exhibit,
                Exhibit.objects.filter(incident_id=incident_id).prefetch_related("moves").order_by("at"),
            )
        ),
        suspects=showing.suspects(incident_id, list(suspects), names, _suspected(incident_id)),
        stances=tuple(
            showing.stance(one, names) for one in Stance.objects.filter(incident_id=incident_id).order_by("at")
        ),
        crimes=_crimes(DisclosedCrime.objects.filter(incident_id=incident_id)),
        officers=tuple(one.by_name for one in attending),
        i_attend=any(one.by_id == by.id for one in attending),
        told=tuple((u.person_id, u.at, u.how, u.words) for u in Update.objects.filter(incident_id=incident_id)),
        support=tuple(
            (s.person_id, s.wanted, s.service, s.at) for s in SupportReferral.objects.filter(incident_id=incident_id)
        ),
        evidence_reviews=tuple(
            (e.person_id, e.goes_on, e.words, e.at) for e in EvidenceReview.objects.filter(incident_id=incident_id)
        ),
    )
    _log("scene_read", ("incident", incident_id), names, by=by)
    return found


def _names_in(incident_id: uuid.UUID) -> dict[uuid.UUID, str]:
    people = Person.objects.filter(incidents__incident_id=incident_id).prefetch_related("names").distinct()
    return {one.id: full_name(one.names.all()) for one in people}


def _suspected(incident_id: uuid.UUID) -> list[uuid.UUID]:
    found = IncidentPerson.objects.filter(incident_id=incident_id, role="suspect")
    return list(found.values_list("person_id", flat=True))


@access.reads
def suspect(suspect_id: uuid.UUID, *, by: Actor) -> SuspectView:
    """Return one suspect with every release, and log them."""
    access.check(by, READ)
    row = Suspect.objects.filter(id=suspect_id).prefetch_related("person__names", *HANGING).first()
    if row is None:
        raise Missing("There is no such record, or it is restricted.")
    _log("scene_read", ("incident", row.incident_id), [row.person_id], by=by)
    return showing.suspect(row, full_name(row.person.names.all()))


@access.reads
def today(*, by: Actor, now: datetime) -> tuple[tuple[uuid.UUID, ...], tuple[uuid.UUID, ...]]:
    """Return what the officer attends or has a form back of, and today's others, newest first. Nobody is shown."""
    access.check(by, READ)
    own = {*attending(by=by, now=now), *assessments.returned_to(by.id, by=by)}
    recent = Q(received_at__gte=now - NEARBY, closed_at__isnull=True)
    rows = Incident.objects.filter(Q(id__in=own) | recent).order_by("-received_at").values_list("id", flat=True)
    return tuple(id for id in rows if id in own), tuple(id for id in rows if id not in own)


@access.reads
def listed(ids: Sequence[uuid.UUID], *, by: Actor) -> tuple[Attended, ...]:
    """Return incidents with what is still to do at each, in the order asked, and log whose they are."""
    access.check(by, READ)
    rows = {one.id: one for one in Incident.objects.filter(id__in=ids).select_related("place")}
    incidents = [rows[id] for id in ids if id in rows]
    standing: dict[uuid.UUID, list[Standing]] = {}
    for (incident_id, _, _), form in assessments.standings(ids, by=by).items():
        standing.setdefault(incident_id, []).append(form)
    owed = _owed(ids)
    parts = IncidentPerson.objects.filter(incident_id__in=ids).values_list("person_id", flat=True)
    _log("mine_read", ("incidents", len(ids)), set(parts), by=by)
    return tuple(_attended(one, standing.get(one.id, []), owed.get(one.id, [])) for one in incidents)


@access.reads
def attending(*, by: Actor, now: datetime) -> tuple[uuid.UUID, ...]:
    """Return the ids of the incidents the officer attends, newest first. Nobody is shown."""
    access.check(by, READ)
    own = Attending.objects.filter(by_id=by.id, left_at__isnull=True, at__gte=now - RECENT)
    return tuple(own.order_by("-at").values_list("incident_id", flat=True))


def _owed(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[tuple[str, datetime | None]]]:
    found: dict[uuid.UUID, list[tuple[str, datetime | None]]] = {}
    rows = Duty.objects.filter(incident_id__in=ids, state__in=["open", "late"])
    for incident_id, state, due_at in rows.values_list("incident_id", "state", "due_at"):
        if incident_id:
            found.setdefault(incident_id, []).append((state, due_at))
    return found


def _attended(incident: Incident, forms: Sequence[Standing], owed: Sequence[tuple[str, datetime | None]]) -> Attended:
    states = [one.state for one in forms]
    return Attended(
        incident_id=incident.id,
        reference=incident.reference,
        received_at=incident.received_at,
        opening_code=incident.opening_code,
        address=address_line(incident.place) if incident.place else "",
        forms_open=states.count("open"),
        forms_returned=states.count("returned"),
        forms_waiting=states.count("submitted"),
        late=sum(state == "late" for state, _ in owed),
        next_due_at=min((due for state, due in owed if due and state == "open"), default=None),
        returned=tuple(telling.why(one) for one in forms if one.state == "returned"),
    )


@access.reads
def crimes_waiting(*, by: Actor, page: int = 0) -> tuple[CrimeRow, ...]:
    """Return a page of the crimes nobody has decided about, the soonest due first, and log whose they are."""
    access.check(by, READ)
    rows = DisclosedCrime.objects.filter(decided=False).order_by("heard_at", "id")
    found = _crimes(rows[page * PAGE : (page + 1) * PAGE])
    people = DisclosedCrime.objects.filter(id__in=[one.id for one in found], person__isnull=False)
    _log("crimes_read", ("crimes", len(found)), set(people.values_list("person_id", flat=True)), by=by)
    return tuple(sorted(found, key=lambda one: (one.due_at is None, one.due_at or one.heard_at)))


@access.reads
def crimes_counted(*, by: Actor, now: datetime) -> tuple[int, int]:
    """Return how many crimes wait for a decision, and how many of these decisions are late."""
    access.check(by, READ)
    late = Duty.objects.filter(rule="crime_recording", settled_at__isnull=True, due_at__lt=now)
    return DisclosedCrime.objects.filter(decided=False).count(), late.count()


@access.reads
def crime(crime_id: uuid.UUID, *, by: Actor) -> CrimeRow:
    """Return one disclosed crime with its decision, and log whose it is."""
    access.check(by, READ)
    found = _crimes(DisclosedCrime.objects.filter(id=crime_id))
    if not found:
        raise Missing("There is no such crime, or the record is restricted.")
    people = DisclosedCrime.objects.filter(id=crime_id, person__isnull=False).values_list("person_id", flat=True)
    _log("crimes_read", ("incident", found[0].incident_id), people, by=by)
    return found[0]


def _crimes(rows: "showing.Crimes") -> tuple[CrimeRow, ...]:
    crimes = list(
        rows.select_related("incident", "person", "decision").prefetch_related("person__names", "no_crime_requests")
    )
    duties = Duty.objects.filter(rule="crime_recording", about__in=[one.id for one in crimes])
    owed = {about: (due_at, state) for about, due_at, state in duties.values_list("about", "due_at", "state")}
    return tuple(showing.crime(one, *owed.get(one.id, (None, ""))) for one in crimes)


@access.reads
def unreviewed_suspects(*, by: Actor, limit: int = 100) -> tuple[SuspectView, ...]:
    """Return decisions not to arrest that nobody has looked at, oldest first, and log whose they are."""
    access.check(by, READ)
    rows = Suspect.objects.filter(reviewed_at__isnull=True, arrested_at__isnull=True).exclude(no_arrest_reason="")
    owed = Duty.objects.filter(rule="no_arrest_review", state__in=["open", "late"]).values("about")
    found = list(rows.filter(id__in=owed).prefetch_related("person__names", *HANGING).order_by("at")[:limit])
    _log("suspects_read", ("suspects", len(found)), [one.person_id for one in found], by=by)
    return tuple(showing.suspect(one, full_name(one.person.names.all())) for one in found)


def _log(sentence: str, subject: tuple[str, object], people: Iterable[uuid.UUID], *, by: Actor) -> None:
    audit.record(by=by, action="consultation", sentence=f"response.{sentence}", subject=subject, people=set(people))
