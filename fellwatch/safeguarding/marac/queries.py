"""Every read of the MARAC. Each names in the log everyone it shows; what must be kept from the reader is not there."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.meetings.access import TAKE_PART
from fellwatch.meetings.models import Kept
from fellwatch.records.models import IncidentPerson
from fellwatch.records.queries import Missing
from fellwatch.safeguarding.marac.access import READ
from fellwatch.safeguarding.marac.history import domestic_codes
from fellwatch.safeguarding.marac.models import MaracReferral
from fellwatch.safeguarding.marac.values import ContactView, Pair, ReferralRow, ReferralView
from fellwatch.sharing.reach import queries as reaching
from fellwatch.sharing.reach.values import Rule

OPEN = ("to_place", "to_triage", "accepted", "listed")


def _may_read(by: Actor) -> None:
    """Raise Refused unless they read the MARAC for the force, or take part for an agency."""
    access.check(by, READ if READ in by.permissions else TAKE_PART)


@access.reads
def waiting(*, by: Actor, cuts: Mapping[str, slice]) -> tuple[Mapping[str, tuple[ReferralRow, ...]], Mapping[str, int]]:
    """Return a cut of each list asked for: of the states of OPEN, oldest first, or "to_reach", soonest due first.

    It says how many stand in each list in all; the log names those in the cuts alone.
    """
    access.check(by, READ)
    keys = _open_keys() if set(cuts) & set(OPEN) else {}
    if "to_reach" in cuts:
        due = _not_reached().exclude(state="to_place").exclude(adviser="").order_by("contact_due_at", "id")
        keys["to_reach"] = list(due.values_list("id", flat=True))
    shown = {name: keys[name][cut] for name, cut in cuts.items()}
    ids = {id for some in shown.values() for id in some}
    found = {row.id: row for row in MaracReferral.objects.filter(id__in=ids).prefetch_related("matter", "contacts")}
    rows = {name: [found[id] for id in some if id in found] for name, some in shown.items()}
    for sentence, names in (("marac.open_read", OPEN), ("marac.to_reach_read", ("to_reach",))):
        if set(cuts) & set(names):
            _log([row for name in names for row in rows.get(name, ())], sentence, by=by)
    return {name: tuple(map(_row, some)) for name, some in rows.items()}, {name: len(keys[name]) for name in cuts}


def _open_keys() -> dict[str, list[uuid.UUID]]:
    """Return the ids of what is not heard yet or turned down by its state, oldest first."""
    keys: dict[str, list[uuid.UUID]] = {state: [] for state in OPEN}
    rows = MaracReferral.objects.filter(state__in=OPEN).order_by("referred_at", "id")
    for id, state in rows.values_list("id", "state"):
        keys[state].append(id)
    return keys


def _not_reached() -> "QuerySet[MaracReferral, MaracReferral]":
    return MaracReferral.objects.filter(reached_at__isnull=True).exclude(state="withdrawn")


@access.reads
def to_reach(agency: str, *, by: Actor, cut: slice) -> tuple[tuple[ReferralRow, ...], int]:
    """Return a cut of whom a service has yet to reach, soonest due first, and how many it is in all."""
    _may_read(by)
    rows = _not_reached().filter(adviser=agency).order_by("contact_due_at", "id")
    keys = list(rows.values_list("id", flat=True))
    page = MaracReferral.objects.filter(id__in=keys[cut]).order_by("contact_due_at", "id")
    return _listed(page, "marac.to_reach_read", by=by), len(keys)


@access.reads
def made_by(agency: str, *, by: Actor, cut: slice) -> tuple[tuple[ReferralRow, ...], bool]:
    """Return a cut of what an agency has referred, newest first, and whether more follows."""
    _may_read(by)
    rows = MaracReferral.objects.filter(agency=agency).order_by("-referred_at", "-id")
    keys = list(rows.values_list("id", flat=True)[cut.start : cut.stop + 1])
    size = cut.stop - (cut.start or 0)
    page = MaracReferral.objects.filter(id__in=keys[:size]).order_by("-referred_at", "-id")
    return _listed(page, "marac.made_read", by=by), len(keys) > size


@access.reads
def open_matters(*, by: Actor) -> list[uuid.UUID]:
    """Return the matter of every referral not yet heard or turned down; shows nobody."""
    _may_read(by)
    return list(MaracReferral.objects.filter(state__in=OPEN).values_list("matter_id", flat=True))


@access.reads
def closed(*, by: Actor, limit: int = 100) -> tuple[ReferralRow, ...]:
    """Return what was heard, turned down or withdrawn, newest first."""
    _may_read(by)
    rows = MaracReferral.objects.exclude(state__in=OPEN).order_by("-referred_at")[:limit]
    return _listed(rows, "marac.closed_read", by=by)


@access.reads
def of_people(people: Iterable[uuid.UUID], *, by: Actor) -> tuple[ReferralRow, ...]:
    """Return the referrals in which any of the people is victim or perpetrator, newest first."""
    _may_read(by)
    ids = list(people)
    about = Q(victim_id__in=ids) | Q(matter__kept__person_id__in=ids, matter__kept__role="perpetrator")
    rows = MaracReferral.objects.filter(about).distinct().order_by("-referred_at")
    return _listed(rows, "marac.people_read", by=by) if rows.exists() else ()


@access.reads
def told(matters: Iterable[uuid.UUID], *, by: Actor) -> dict[uuid.UUID, ReferralRow]:
    """Return the referral of each matter, for agendas and lists of actions; the caller has logged whom it shows."""
    _may_read(by)
    # Matters are read apart: joined, PostgreSQL went through the whole list of ids again for each of them.
    rows = MaracReferral.objects.filter(matter_id__in=list(matters)).prefetch_related("matter", "contacts")
    return {row.matter_id: _row(row) for row in rows}


@access.reads
def victims(matters: Iterable[uuid.UUID], *, by: Actor) -> dict[uuid.UUID, str]:
    """Return the name of the victim in each matter, for lists of what is owed; the caller has logged whom it shows."""
    _may_read(by)
    rows = MaracReferral.objects.filter(matter_id__in=list(matters))
    return {matter: name or "" for matter, name in rows.values_list("matter_id", "told__victim_name")}


@access.reads
def referral(referral_id: uuid.UUID, *, by: Actor) -> ReferralView:
    """Return one referral, or raise Missing: also where it must be kept from the reader."""
    _may_read(by)
    row = MaracReferral.objects.filter(id=referral_id).select_related("matter").prefetch_related("contacts").first()
    if row is None:
        raise Missing("There is no such referral, or it is not yours to see.")
    audit.record(
        by=by, action="consultation", sentence="marac.referral_read", subject=("matter", row.matter_id),
        people=row.matter.people,
    )  # fmt: skip
    police = READ in by.permissions
    theirs = police or by.agency in {row.agency, row.adviser}
    return ReferralView(
        row=_row(row),
        told=_told(row, theirs),
        victim_id=row.victim_id if police else None,
        perpetrator_ids=_perpetrators(row) if police else (),
        incident_id=row.incident_id if police else None,
        consent=row.consent,
        aware=row.aware,
        basis=row.basis,
        basis_because=row.basis_because,
        judgement=row.judgement,
        ticks=row.ticks,
        escalates=row.escalates,
        behaviour=row.behaviour,
        happened_date=row.happened_date,
        rule_version=row.rule_version,
        panel=tuple(row.triage_panel),
        triaged_at=row.triaged_at,
        flag_until=row.flag_until_date,
        heard_date=row.heard_date,
        repeat_of=row.repeat_of_id,
        contacts=tuple(
            ContactView(one.at, one.reached, one.engaged, one.words if theirs else "", one.by_name)
            for one in sorted(row.contacts.all(), key=lambda one: one.at)
        ),
        story=tuple((one.at, one.kind, one.words, one.by_name) for one in row.events.order_by("at", "id")),
        version=row.version,
    )


@access.reads
def reach(referral_id: uuid.UUID, *, by: Actor) -> tuple[Rule, ...]:
    """Return what the register says of the victim to the adviser's service, where it was shared with it."""
    _may_read(by)
    row = MaracReferral.objects.filter(id=referral_id).first()
    if row is None or row.victim_id is None or row.adviser != by.agency:
        return ()
    return reaching.shared(row.victim_id, by=by)


def _told(row: MaracReferral, theirs: bool) -> Mapping[str, str]:
    """What the agencies in the circle are told; how to reach the victim, only who referred and who advises."""
    return dict(row.said) if theirs else dict(row.told)


def _perpetrators(row: MaracReferral) -> tuple[uuid.UUID, ...]:
    them = row.matter.kept.filter(role="perpetrator", person__isnull=False)
    return tuple(dict.fromkeys(one for one in them.values_list("person", flat=True) if one))


@access.reads
def unreferred(*, by: Actor, now: datetime) -> tuple[Pair, ...]:
    """Return domestic incidents between two people under a live flag that nobody has referred, and log whom it shows.

    They must be referred whatever their grade: the rule of a repeat asks nobody's threshold.
    """
    access.check(by, READ)
    flagged = MaracReferral.objects.filter(flag_until_date__gte=clock.london_date(now), victim__isnull=False)
    rows = flagged.exclude(state="withdrawn")
    # To few of those under a flag it happened again: the database says to whom, so that not every flag is read. It asks
    # this of those alone who were a victim of anything since, which stands on the referral.
    since = rows.filter(again_at__isnull=False)
    firsts = since.filter(Exists(_again())).values_list("victim_id").annotate(first=Min("referred_at"))
    there = _since_flagged(dict(firsts))
    theirs = rows.filter(victim_id__in={part.person_id for part in there}).order_by("referred_at")
    live: dict[tuple[uuid.UUID, uuid.UUID], MaracReferral] = {}
    for row in theirs.prefetch_related("matter__kept"):
        for one in row.matter.kept.all():
            if one.role == "perpetrator" and one.person_id and row.victim_id:
                live[row.victim_id, one.person_id] = row
    found = tuple(pair for part, suspect in _together(there) for pair in _since(live, part, suspect))
    audit.record(
        by=by, action="consultation", sentence="marac.unreferred_read", subject=("incidents", len(found)),
        people={person for pair in found for person in (pair.victim_id, pair.perpetrator_id)},
    )  # fmt: skip
    return tuple(sorted(found, key=lambda pair: pair.at))


Pairs = Mapping[tuple[uuid.UUID, uuid.UUID], MaracReferral]


def _since_flagged(first: Mapping[uuid.UUID | None, datetime]) -> list[IncidentPerson]:
    """Return domestic incidents of victims under a flag, each since that victim was first referred."""
    if not first:
        return []
    parts = _domestic().filter(person_id__in=set(first), incident__received_at__gt=min(first.values()))
    return [part for part in parts.select_related("incident") if part.incident.received_at > first[part.person_id]]


def _again() -> "QuerySet[IncidentPerson, IncidentPerson]":
    """Return what came after a referral between its victim and one of its perpetrators."""
    them = Kept.objects.filter(matter_id=OuterRef(OuterRef(OuterRef("matter_id"))), role="perpetrator").values(
        "person_id"
    )
    suspects = IncidentPerson.objects.filter(incident_id=OuterRef("incident_id"), role="suspect", person_id__in=them)
    after = _domestic().filter(person_id=OuterRef("victim_id"), incident__received_at__gt=OuterRef("referred_at"))
    return after.filter(Exists(suspects))


def _domestic() -> "QuerySet[IncidentPerson, IncidentPerson]":
    """Return everybody's part as the victim of a domestic incident."""
    codes = list(domestic_codes())
    domestic = Q(incident__opening_code__in=codes) | Q(incident__opening_qualifiers__overlap=codes)
    return IncidentPerson.objects.filter(domestic, role="victim")


def _together(there: list[IncidentPerson]) -> Iterable[tuple[IncidentPerson, uuid.UUID]]:
    """Yield each of the incidents with each suspect in it."""
    suspects = IncidentPerson.objects.filter(role="suspect", incident_id__in=[part.incident_id for part in there])
    by_incident: dict[uuid.UUID, list[uuid.UUID]] = {}
    for incident, person in suspects.values_list("incident_id", "person_id"):
        by_incident.setdefault(incident, []).append(person)
    for part in there:
        yield from ((part, suspect) for suspect in by_incident.get(part.incident_id, ()))


def _since(live: Pairs, part: IncidentPerson, suspect: uuid.UUID) -> Iterable[Pair]:
    """Yield an incident of two people under a live flag that came after what was last referred of them."""
    row, incident = live.get((part.person_id, suspect)), part.incident
    if row is None or incident.received_at <= row.referred_at or incident.id == row.incident_id:
        return
    if row.happened_date is None or clock.london_date(incident.received_at) > row.happened_date:
        yield Pair(
            part.person_id, row.told.get("victim_name", ""), suspect, row.told.get("perpetrator_name", ""),
            incident.id, incident.reference, incident.received_at, clock.london_date(row.referred_at),
            row.flag_until_date or date.max,
        )  # fmt: skip


def _listed(rows: "QuerySet[MaracReferral, MaracReferral]", sentence: str, *, by: Actor) -> tuple[ReferralRow, ...]:
    found = list(rows.select_related("matter").prefetch_related("contacts"))
    _log(found, sentence, by=by)
    return tuple(map(_row, found))


def _log(found: Sequence[MaracReferral], sentence: str, *, by: Actor) -> None:
    audit.record(
        by=by, action="consultation", sentence=sentence, subject=("matters", len(found)),
        people={person for row in found for person in row.matter.people},
    )  # fmt: skip


def _row(row: MaracReferral) -> ReferralRow:
    contacts = list(row.contacts.all())
    return ReferralRow(
        id=row.id,
        reference=row.matter.reference,
        victim=row.told.get("victim_name", ""),
        perpetrators=row.told.get("perpetrator_name", ""),
        state=row.state,
        source=row.source,
        agency=row.agency,
        by_name=row.by_name,
        referred_at=row.referred_at,
        repeat=row.repeat,
        criteria=tuple(row.criteria),
        because=tuple(row.because),
        triage_due_at=row.triage_due_at,
        triage_outcome=row.triage_outcome,
        triage_because=row.triage_because,
        adviser=row.adviser,
        contact_due_at=row.contact_due_at,
        attempts=len(contacts),
        reached_at=min((one.at for one in contacts if one.reached), default=None),
    )
