"""The panel that says what we know while the caller speaks: who this is, how sure, why, and what follows."""

import hashlib
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from fellwatch.contact import home, knowledge, rulings
from fellwatch.contact.knowledge import Known, Repeat, repeat_words
from fellwatch.contact.pages import around, reading
from fellwatch.contact.pages.around import Other
from fellwatch.contact.pages.told import Told
from fellwatch.contact.pages.typed import Typed
from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor, can
from fellwatch.orders import bearing
from fellwatch.orders.access import READ as READ_ORDERS
from fellwatch.orders.bearing import Bearing
from fellwatch.recognition import phones
from fellwatch.recognition import queries as recognition
from fellwatch.recognition.queries import Candidate, Query, Recognised
from fellwatch.recognition.waterfall import Waterfall, percent
from fellwatch.records import queries as records
from fellwatch.records.values import MarkerView, PastIncident, PersonView, PlaceView
from fellwatch.sharing.access import REACH
from fellwatch.sharing.reach import queries as reach
from fellwatch.sharing.reach.values import Forbids

SURE, LIKELY = 0.75, 0.25
UNLIKELY = "unlikely"
"""The field that says that the call taker asked to see the unlikely ones too."""
ESCALATION = "potential_escalation"
MOST_EARLIER = 8


@dataclass(frozen=True)
class CandidateView:
    """Somebody this may be."""

    id: uuid.UUID
    name: str
    age: str
    lead: str
    strength: str
    likelihood: str
    because: str
    facts: tuple[str, ...]
    why: Waterfall
    chosen: str
    suggested_role: str
    home_id: uuid.UUID | None
    home: str


@dataclass(frozen=True)
class Alert:
    """A warning that must be seen."""

    tone: str
    text: str
    detail: str
    until: str
    source: str


@dataclass(frozen=True)
class Line:
    """A repeat definition that fired, in words."""

    text: str
    definition: str
    confidence: str


@dataclass(frozen=True)
class Past:
    """An earlier contact."""

    href: str
    date: str
    text: str
    link: str


@dataclass(frozen=True)
class PlacePanel:
    """The place and what hangs on it."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Panel:
    """The whole panel. Those less likely are there to be opened, behind somebody who is likelier."""

    danger: int
    announce: str
    alerts: tuple[Alert, ...]
    candidates: tuple[CandidateView, ...]
    less_likely: tuple[CandidateView, ...]
    others: tuple[Other, ...]
    place: PlacePanel | None
    repeats: tuple[Line, ...]
    earlier: tuple[Past, ...]
    restricted: tuple[str, ...]
    nothing: str = ""
    home: str = ""
    told: str = ""
    unlikely: int = 0
    """How many are not shown because they are unlikely."""
    unlikely_shown: bool = False

    @property
    def signature(self) -> str:
        """Return what tells two panels that show the same from two that do not."""
        return hashlib.sha256(repr(replace(self, told="")).encode()).hexdigest()[:16]


NOTHING_TOLD = Told()


def panel(typed: Typed, *, by: Actor, now: datetime, told: Told = NOTHING_TOLD) -> tuple[Panel, Known]:
    """Return what is known about a half-taken call, and the facts behind it.

    Everyone shown is logged, in one entry, unless the log names everything shown already (`told`).
    """
    typed = typed.marked()
    with access.acting(by):
        found = _recognise(typed, by=by, now=now)
        chosen = [(row.person_id, row.role) for row in typed.people if row.person_id]
        ids = {c.person_id for c in found.candidates} | {person for person, _ in chosen}
        shown = _people(ids, by=by, now=now)
        place = _place(typed, found, shown, told, by=by, now=now)
        about = knowledge.About(
            people=(*chosen, *_likely(found, chosen)),
            place_id=place.id if place and place.pinned else None,
            number=_number(typed),
            codes=frozenset({typed.get("opening_code"), *typed.all("qualifiers")}) - {""},
        )
        known = knowledge.look_up(about, by=by, now=now)
        shown |= _people((set(known.markers) | set(known.connected)) - set(shown), by=by, now=now)
        orders, forbidden = _orders(found, known, place, by=by, now=now), _forbidden(found, known, by=by, now=now)
        named = {*shown, *(person.id for person in shown.values()), *(one.person_id for one in known.household)}
        named |= {one.person_id for one in forbidden}.union(*(one.people for one in orders))
        told = _log(found, known, place, named, told, by=by)
        standing = (*_order_alerts(orders, place), *_ringing_alerts(forbidden))
        whole = _with_homes(_panel(typed, found, known, shown, place, standing, now), typed, by=by)
        return replace(whole, told=told.token(by)), known


def _people(ids: Collection[uuid.UUID], *, by: Actor, now: datetime) -> dict[uuid.UUID, PersonView]:
    """Return those who are to be shown; `_log` names them."""
    return records.people(sorted(ids), by=by, now=now, because="contact.known_read", log=False) if ids else {}


def _with_homes(shown: Panel, typed: Typed, *, by: Actor) -> Panel:
    """Say of everyone who lives elsewhere whose area it is, and of the home postcode given for somebody new."""
    homes = home.of_people([one.id for one in (*shown.candidates, *shown.less_likely)], by=by)
    given = home.of_postcode(typed.get("caller_home"), by=by) if typed.get("caller_home") else None
    words = given.words if given and given.away else ""

    def told(one: CandidateView) -> CandidateView:
        there = homes.get(one.id)
        return replace(one, facts=(*one.facts, there.words)) if there and there.away else one

    return replace(
        shown,
        candidates=tuple(map(told, shown.candidates)),
        less_likely=tuple(map(told, shown.less_likely)),
        home=words,
    )


def _likely(found: Recognised, chosen: Sequence[tuple[uuid.UUID, str]]) -> Sequence[tuple[uuid.UUID, str]]:
    """Return who probably rings, before anybody is picked: as caller and as victim, so that repeats show."""
    if chosen:
        return ()
    return [(c.person_id, role) for c in found.candidates[:1] if c.likelihood >= SURE for role in ("caller", "victim")]


def _number(typed: Typed) -> str:
    read = phones.read(typed.get("caller_number"))
    return read if isinstance(read, str) else ""


def _recognise(typed: Typed, *, by: Actor, now: datetime) -> Recognised:
    query = Query(
        name=typed.get("caller_name"),
        date_of_birth=typed.get("caller_born"),
        phone=typed.get("caller_number"),
        address=f"{typed.get('address')} {typed.get('postcode')}".strip(),
    )
    return recognition.who(query, by=by, now=now, limit=5, log=False, fold=typed.get(UNLIKELY) != "yes")


def _place(
    typed: Typed, found: Recognised, shown: Mapping[uuid.UUID, PersonView], told: Told, *, by: Actor, now: datetime
) -> PlaceView | None:
    """Return the place given, or else the home of whoever surely rings."""
    new = reading.place(typed)
    if new and new.house and (new.street or new.postcode):
        given = records.find_place(by=by, house=new.house, street=new.street, postcode=new.postcode, flat=new.flat)
        return records.place(given.id, by=by, now=now, log=told.lacks([given.id])) if given else None
    best = found.candidates[0] if found.candidates and not typed.get("address") else None
    home = shown[best.person_id].place_id if best and best.likelihood >= SURE and best.person_id in shown else None
    return records.place(home, by=by, now=now, log=told.lacks([home])) if home else None


def _log(
    found: Recognised, known: Known, place: PlaceView | None, named: Set[uuid.UUID], told: Told, *, by: Actor
) -> Told:
    """Name everything shown in one entry, unless it was all shown before on this call; return what the log holds."""
    earlier = [past.reference for past in known.earlier[:MOST_EARLIER]]
    shown = [*named, *earlier, *([place.id] if place else [])]
    asked = bool(found.fields or shown)
    if asked and (found.restricted or not told.marks or told.lacks(shown)):
        audit.record(
            by=by,
            action="consultation",
            sentence="contact.known_read",
            subject=("call", told.call or "live"),
            people=named,
            detail={
                "fields": list(found.fields),
                "shown": len(found.candidates),
                "restricted": found.restricted,
                "model": found.model,
                "earlier": earlier,
            },
        )
    return told.with_more(["asked", *shown]) if asked else told


def _panel(
    typed: Typed,
    found: Recognised,
    known: Known,
    shown: Mapping[uuid.UUID, PersonView],
    place: PlaceView | None,
    standing: Sequence[Alert],
    now: datetime,
) -> Panel:
    alerts = (*standing, *_escalating(known.repeats), *_alerts(found, known, shown), *_place_alerts(place))
    there = place.id if place and typed.get("address") else None
    candidates = [
        _candidate(c, shown[c.person_id], typed, known, there, now) for c in found.candidates if c.person_id in shown
    ]
    children = around.children_words(known)
    likely, less_likely = _parted(candidates)
    others = around.others(known, shown, besides={one.id for one in likely} | _on_call(typed), now=now)
    return Panel(
        danger=len(alerts),
        announce=_announcement(candidates, alerts, children),
        alerts=alerts,
        candidates=likely,
        less_likely=less_likely,
        others=others,
        place=PlacePanel(place.address, _place_lines(place, known, children)) if place else None,
        repeats=tuple(repeat_line(one, shown) for one in known.repeats),
        earlier=tuple(_past(past, known, now) for past in known.earlier[:MOST_EARLIER]),
        restricted=("A restricted record exists: ask the duty detective inspector.",) if found.restricted else (),
        nothing=_nothing(typed, found),
        unlikely=found.unlikely,
        unlikely_shown=typed.get(UNLIKELY) == "yes",
    )


def _nothing(typed: Typed, found: Recognised) -> str:
    """Say that nobody is found, or nobody who is likely, once a name or a number was typed."""
    if found.unlikely:
        return "Nobody found who is likely"
    return "Nobody found yet" if typed.get("caller_name") or typed.get("caller_number") else ""


def _on_call(typed: Typed) -> set[uuid.UUID]:
    return {row.person_id for row in typed.people if row.person_id}


def _parted(candidates: Sequence[CandidateView]) -> tuple[tuple[CandidateView, ...], tuple[CandidateView, ...]]:
    """Part those to be seen at once from those worth a look only if they are wrong. Nobody is left out."""
    settled = any(one.chosen or one.strength == "sure" for one in candidates)
    behind = [one for one in candidates if settled and one.strength == "possible"]
    return tuple(one for one in candidates if one not in behind), tuple(behind)


def _orders(
    found: Recognised, known: Known, place: PlaceView | None, *, by: Actor, now: datetime
) -> tuple[Bearing, ...]:
    """Return the orders and bail that bear on the call, of all whose markers it shows, and of the address."""
    if not can(by, READ_ORDERS).allowed:
        return ()
    people = {*_concerned(found, known), *known.markers, *known.connected}
    return bearing.on(people, {place.id} if place else (), by=by, now=now, log=False)


def _order_alerts(orders: Sequence[Bearing], place: PlaceView | None) -> Iterator[Alert]:
    there = place.id if place else None
    for one in orders:
        yield Alert(one.tone, one.text_at(there), one.detail, "", one.source)


def _forbidden(found: Recognised, known: Known, *, by: Actor, now: datetime) -> tuple[Forbids, ...]:
    """Return how whoever rings, is on the call or lives there must not be reached: somebody may ring back."""
    if not can(by, REACH).allowed:
        return ()
    return reach.forbidding(_concerned(found, known), by=by, now=now, log=False)


def _ringing_alerts(forbidden: Sequence[Forbids]) -> Iterator[Alert]:
    for one in forbidden:
        yield Alert("danger", one.warning, one.detail, "", one.source)


def _concerned(found: Recognised, known: Known) -> set[uuid.UUID]:
    """Return who is likely enough that no warning may be missed, those on the call, and the household."""
    likely = {c.person_id for c in found.candidates if c.likelihood >= found.marker_likelihood}
    return likely | known.about | {one.person_id for one in known.household}


def _alerts(found: Recognised, known: Known, shown: Mapping[uuid.UUID, PersonView]) -> Iterator[Alert]:
    """Yield the markers of everybody involved, and of every candidate likely enough that none may be missed."""
    likely = {c.person_id for c in found.candidates if c.likelihood >= found.marker_likelihood}
    for person_id in sorted({*known.markers, *(likely & set(shown))}):
        for marker in known.markers.get(person_id) or shown[person_id].markers:
            name = shown[person_id].name if person_id in shown else "Somebody there"
            tie = known.connected.get(person_id, "").replace("_", " ")
            yield _alert(f"{name} ({tie})" if tie else name, marker)


def _escalating(repeats: Sequence[Repeat]) -> Iterator[Alert]:
    """Yield how often it has come to this, where the rule says that often is dangerous in itself."""
    for one in repeats:
        if one.id == ESCALATION:
            said = f"{one.title}: {one.count} domestic incidents in {one.window}"
            yield Alert("danger", said, "Consider MARAC whatever the score.", "", one.source)


def _place_alerts(place: PlaceView | None) -> Iterator[Alert]:
    for marker in place.markers if place else ():
        yield _alert("This address", marker)


def _alert(bearer: str, marker: MarkerView) -> Alert:
    label = rulings.label("marker_kinds", marker.kind, marker.from_at)
    until = f"{clock.london(marker.expires_at):%-d %b %Y}" if marker.expires_at else ""
    return Alert(
        "danger", f"{bearer}: {label}", marker.detail, until, f"{marker.source}, {clock.london(marker.from_at):%b %Y}"
    )


def _candidate(
    one: Candidate, person: PersonView, typed: Typed, known: Known, there: uuid.UUID | None, now: datetime
) -> CandidateView:
    strength = "sure" if one.likelihood >= SURE else "likely" if one.likelihood >= LIKELY else "possible"
    age = person.born.age_on(clock.london_date(now))
    why = Waterfall.of(one, "everything said so far")
    chosen = around.chosen(one.person_id, typed.people, now)
    facts = [f"Also {kind}: {name}" for kind, name in person.other_names[:3]]
    facts += [rulings.label("marker_kinds", marker.kind, now) for marker in person.markers]
    facts += [person.address] if person.address else []
    wanted = (chosen or strength == "sure") and person.place_id != there
    return CandidateView(
        id=one.person_id,
        name=person.name,
        age=str(age) if age is not None else "",
        lead={"sure": "Probably", "likely": "Perhaps", "possible": "Possibly"}[strength],
        strength=strength,
        likelihood=percent(one.likelihood),
        because=why.because,
        facts=tuple(facts),
        why=why,
        chosen=chosen,
        suggested_role=around.likely_role(one.person_id, age, typed, known, now),
        home_id=person.place_id,
        home=person.address if wanted else "",
    )


def _place_lines(place: PlaceView, known: Known, children: str) -> tuple[str, ...]:
    here = [past for past in known.earlier if past.place_id == place.id]
    lines = [f"{place.district}, {place.beat} beat"] if place.district else []
    lines += [f"Children here: {children}"] if children else []
    lines += [f"{len(here)} earlier incident{'s' if len(here) != 1 else ''} at this address"] if here else []
    return tuple(lines)


def repeat_line(repeat: Repeat, shown: Mapping[uuid.UUID, PersonView]) -> Line:
    """Return a repeat definition that fired in words, with whom and what it counted."""
    who = shown.get(repeat.person) if repeat.person else None
    name = who.name if who else ""
    said = repeat_words(repeat.title, repeat.count, repeat.by, repeat.window, name)
    return Line(said, f"({repeat.source})", repeat.confidence)


def _past(past: PastIncident, known: Known, now: datetime) -> Past:
    words = rulings.label("nsir_opening", past.opening_code, now)
    qualifiers = ", ".join(rulings.label("nsir_qualifiers", q, now).lower() for q in past.qualifiers)
    return Past(
        href=reverse("contact:incident", args=[past.id]),
        date=f"{clock.london(past.received_at):%-d %b %Y}",
        text=f"{words} ({qualifiers})" if qualifiers else words,
        link=past.reference,
    )


def _announcement(candidates: Sequence[CandidateView], alerts: Sequence[Alert], children: str) -> str:
    who = f"{candidates[0].lead} {candidates[0].name}, {candidates[0].likelihood}. " if candidates else ""
    warn = f"{len(alerts)} warning{'s' if len(alerts) != 1 else ''}. " if alerts else ""
    return f"{who}{warn}{f'Children: {children}.' if children else ''}".strip()
