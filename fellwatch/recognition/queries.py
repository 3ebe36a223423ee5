"""Who is this? Candidates with their likelihood and why; callers add markers, homes and history."""

import json
import time
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import connection

from fellwatch.foundation import access, audit, clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.recognition import addresses, model
from fellwatch.recognition import asked as reading
from fellwatch.recognition import search as finding
from fellwatch.recognition.access import INDEX, SEARCH
from fellwatch.recognition.addresses import Address
from fellwatch.recognition.asked import Asked
from fellwatch.recognition.held import Held, from_json
from fellwatch.recognition.model import Standing
from fellwatch.recognition.names import read as read_name
from fellwatch.recognition.search import Found
from fellwatch.recognition.typed import Trouble
from fellwatch.recognition.weigh import Why
from fellwatch.records.actions import NewPerson
from fellwatch.records.models import Marker, Place
from fellwatch.records.queries import in_force
from fellwatch.rules import listing
from fellwatch.rules.likeness import Model
from fellwatch.rules.listing import Listing

LISTED = "search_list"
SAME = {
    "phone": ("exact", "household"),
    "address": ("same_house", "former_house"),
    "identifier": ("same",),
}
"""The levels at which a field says the same as was asked for."""
RESTRICTED_WORDS = "A restricted record exists: ask the duty detective inspector."


@dataclass(frozen=True)
class Query:
    """What is known of somebody so far, as typed. The last word of `name` may be half typed."""

    name: str = ""
    forename: str = ""
    surname: str = ""
    date_of_birth: str = ""
    phone: str = ""
    address: str = ""
    place_id: uuid.UUID | None = None
    sex: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be meant."""

    person_id: uuid.UUID
    name: str
    born: str
    likelihood: float
    likelihood_words: str
    why: Why
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recognised:
    """The answer: candidates, most likely first; restricted records announced; what could not be read.

    From `marker_likelihood` up, a candidate's warning markers are to be shown: none such is ever left out.
    """

    candidates: tuple[Candidate, ...] = ()
    restricted: int = 0
    troubles: tuple[Trouble, ...] = ()
    took_ms: float = 0.0
    marker_likelihood: float = 0.0
    published: float = 0.0
    model: str = ""
    fields: tuple[str, ...] = ()
    unlikely: int = 0
    """How many were left out because they are unlikely; asked again without `fold`, they are there."""


@access.reads
def who(
    query: Query, *, by: Actor, now: datetime | None = None, limit: int = 8, log: bool = True, fold: bool = False
) -> Recognised:
    """Return who this may be. What cannot be read is told and left out. `log`: names everybody shown.

    `fold` leaves out, and counts, the unlikely ones of whom nothing warns, by the rule search_list.
    """
    access.check(by, SEARCH)
    asked = reading.read(
        today=clock.london_date(now or clock.now()),
        name=query.name,
        forename=query.forename,
        surname=query.surname,
        date_of_birth=query.date_of_birth,
        phone=query.phone,
        address=query.address,
        place=_place(query.place_id),
        sex=query.sex,
        identifiers=query.identifiers,
    )
    return _recognise(asked, by=by, now=now, limit=limit, sentence="recognition.looked_up" if log else "", fold=fold)


@access.reads
def duplicates(draft: NewPerson, *, by: Actor, now: datetime | None = None, limit: int = 5) -> Recognised:
    """Return who a new person may already be: only candidates likely enough to stop and look at."""
    access.check(by, SEARCH)
    asked = Asked(
        name=read_name(forename=draft.forenames + " ", surname=draft.surname + " "),
        born=draft.born,
        phone=draft.phone,
        sex=draft.sex if draft.sex in ("female", "male") else "",
        typed={"forename": draft.forenames, "surname": draft.surname, "phone": draft.phone},
    )
    return _recognise(asked, by=by, now=now, limit=limit, sentence="recognition.duplicates_looked_for", likely=True)


@access.reads
def everybody(*, by: Actor) -> tuple[Held, ...]:
    """Return everybody whom an index keeper may read, to learn from; the reading is logged, not each name."""
    access.check(by, INDEX)
    with connection.cursor() as cursor:
        cursor.execute(
            "select person_id, document::text from recognition_entry where silent_in = '' order by person_id"
        )
        found = tuple(from_json(id, json.loads(document)) for id, document in cursor.fetchall())
    audit.record(
        by=by,
        action="consultation",
        sentence="recognition.learned_from",
        subject=("index", "recognition"),
        detail={"people": len(found)},
    )
    return found


def standing(now: datetime | None = None) -> Standing:
    """Return the model that applies now; `weights.marker_likelihood` is the published marker threshold."""
    return model.load(settings.FELLWATCH_RULEBOOK, clock.london_date(now or clock.now()))


def _place(place_id: uuid.UUID | None) -> Address | None:
    place = Place.objects.filter(id=place_id).first() if place_id else None
    if place is None:
        return None
    return addresses.kept(flat=place.flat, house=place.house, street=place.street, postcode=place.postcode)


def _recognise(
    asked: Asked,
    *,
    by: Actor,
    now: datetime | None,
    limit: int,
    sentence: str,
    likely: bool = False,
    fold: bool = False,
) -> Recognised:
    began = time.perf_counter()
    rule = standing(now)
    weights = rule.weights
    search = finding.find(asked, weights, by=by)
    closed = [f for f in search.found if f.announced_in and f.announced_in not in by.compartments]
    announced = sum(f.likelihood >= weights.marker_likelihood for f in closed)
    seen = [f for f in search.found if f not in closed] if closed else search.found
    floor = weights.marker_likelihood if likely else weights.shown
    found = _shown(seen, weights.marker_likelihood, floor, limit)
    shown = _listed(found, now or clock.now()) if fold else found
    candidates = tuple(_candidate(f, search.why(f), weights) for f in shown)
    if sentence:
        _log(asked, candidates, announced, rule, by=by, sentence=sentence)
    return Recognised(
        candidates,
        announced,
        asked.troubles,
        (time.perf_counter() - began) * 1000,
        weights.marker_likelihood,
        weights.published,
        f"{rule.id} {rule.version}",
        asked.fields,
        len(found) - len(shown),
    )


def _listed(found: Sequence[Found], now: datetime) -> list[Found]:
    """Leave out the unlikely ones, save those of whom something warns or whose number, house or document was asked."""
    rule = policy.parsed(LISTED, clock.london_date(now), Listing)
    under = [f.held.person_id for f in found if f.likelihood < rule.unlikely_under]
    marked = Marker.objects.filter(in_force(now), person_id__in=under) if under else Marker.objects.none()
    warned = set(marked.values_list("person_id", flat=True))
    return [f for f in found if listing.listed(rule, f.likelihood, _speaks(f, warned))]


def _speaks(found: Found, warned: Collection[uuid.UUID | None]) -> frozenset[str]:
    """Return what keeps somebody in the list however unlikely they are."""
    same = {field for field, levels in SAME.items() if found.match.level(field) in levels}
    return frozenset(same | ({"warning"} if found.held.person_id in warned else set()))


def _shown(found: Sequence[Found], markers_from: float, floor: float, limit: int) -> list[Found]:
    """The best few, and beyond them everybody whose markers must be seen."""
    return [f for n, f in enumerate(found) if f.likelihood >= markers_from or (n < limit and f.likelihood >= floor)]


def _candidate(found: Found, why: Why, weights: Model) -> Candidate:
    held, likely = found.held, found.likelihood
    names = tuple(f"{n.kind}: {n}" for n in held.names if str(n) != held.name)
    return Candidate(held.person_id, held.name, str(held.born), likely, _words(likely, weights), why, names)


def _words(likelihood: float, weights: Model) -> str:
    if likelihood >= weights.published:
        return "very likely"
    if likelihood >= 0.5:
        return "likely"
    return "possible" if likelihood >= weights.marker_likelihood else "unlikely"


def _log(
    asked: Asked,
    candidates: tuple[Candidate, ...],
    restricted: int,
    rule: Standing,
    *,
    by: Actor,
    sentence: str,
) -> None:
    if not asked.fields:
        return
    audit.record(
        by=by,
        action="consultation",
        sentence=sentence,
        subject=("search", rule.id),
        people=[c.person_id for c in candidates],
        detail={
            "fields": list(asked.fields),
            "shown": len(candidates),
            "restricted": restricted,
            "model": f"{rule.id} {rule.version}",
        },
    )
