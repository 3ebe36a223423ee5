"""Every read of the control room. Boards and queues name in the log everyone they show."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Min, Q

from fellwatch.contact import rulings
from fellwatch.contact.access import ADVISE, LOG, READ, SUPERVISE
from fellwatch.contact.facts import MARKER, VULNERABILITY
from fellwatch.contact.models import Advice, CallDraft, DeskItem, Grading, Handling, LogLine
from fellwatch.contact.values import (
    AdviceView,
    BoardRow,
    DeskRow,
    GradeVersion,
    Handled,
    LogEntry,
    Precedence,
    Reachable,
)
from fellwatch.foundation import access, audit, plain
from fellwatch.foundation.access import Actor
from fellwatch.records.models import IncidentPerson, PersonName
from fellwatch.records.queries import ADDRESS, Missing, address_line, full_name, one_line

MOST = 1000
WAITING = frozenset({"graded", "assigned"})
CODED = (MARKER, VULNERABILITY)
BOARD_COLUMNS = (
    *(
        "incident_id",
        "state",
        "grade",
        "graded_at",
        "attend_by",
        "attend_minutes",
        "unit",
        "flags",
        "repeats",
        "delay_reason",
    ),
    *(f"incident__{part}" for part in ("reference", "opening_code", "opening_qualifiers", "received_at")),
    *(f"incident__place__{part}" for part in ADDRESS),
    *("incident__place__area", "incident__place__district"),
)
DESK_COLUMNS = (
    *("rule", "reason", "placed_at", "taken_by_name", "incident__handling__grade"),
    *("incident__reference", "incident__opening_code"),
    *(f"incident__place__{part}" for part in ADDRESS),
)
_RISEN = """
select incident_id, sum(refused)::int, sum(rang)::int from (
  select incident_id, 1 as refused, 0 as rang from contact_logline
   where incident_id = any(%(incidents)s) and kind = 'downgrade_refused'
  union all
  select incident_id, 0, 1 from contact_grading where incident_id = any(%(incidents)s) and trigger = 'repeat_call'
) risen group by incident_id
"""
SHOWN_FIRST = ("victim", "at_risk", "missing", "caller")


class _Open(NamedTuple):
    """An open incident as the board reads it; no place leaves the address parts None."""

    incident_id: uuid.UUID
    state: str
    grade: str
    graded_at: datetime
    attend_by: datetime | None
    attend_minutes: int | None
    unit: str
    flags: list[str]
    repeats: list[dict[str, str]]
    delay_reason: str
    reference: str
    opening_code: str
    opening_qualifiers: list[str]
    received_at: datetime
    flat: str | None
    house: str | None
    street: str | None
    locality: str | None
    town: str | None
    postcode: str | None
    area: str | None
    district: str | None


@access.reads
def board(
    *,
    by: Actor,
    now: datetime,
    area: str = "",
    grade: str = "",
    state: str = "",
    waiting: bool = False,
    only: Sequence[uuid.UUID] = (),
    named: int = MOST,
) -> tuple[BoardRow, ...]:
    """Return open incidents, most urgent first, and log everyone whose name is shown.

    Every open incident is on it, up to the most a page can carry; `total_open` says how many there are. The rows
    past the first `named` are for counting: they name nobody.
    """
    access.check(by, READ)
    if not all(map(plain.storable, (area, grade, state))):
        return ()
    rows = Handling.objects.exclude(state="closed")
    rows = rows.filter(incident_id__in=only) if only else rows
    rows = rows.filter(incident__place__area=area) if area else rows
    rows = rows.filter(grade=grade) if grade else rows
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(state__in=WAITING) if waiting else rows
    found = [_Open(*row) for row in rows.values_list(*BOARD_COLUMNS)[:MOST]]
    rising = _risen([row.incident_id for row in found])
    ranked = sorted((_board_row(row, rising, now) for row in found), key=lambda row: -row.urgency)
    names = _shown_people([row.incident_id for row in ranked[:named]])
    shown = [replace(row, person_name=names[row.incident_id][1]) if row.incident_id in names else row for row in ranked]
    audit.record(
        by=by,
        action="consultation",
        sentence="contact.board_read",
        subject=("board", area or "all"),
        people=[person for person, _ in names.values()],
        detail={"incidents": len(shown)},
    )
    return tuple(shown)


@access.reads
def total_open(*, by: Actor) -> int:
    """Return how many incidents are open, so that a page can say when it shows fewer."""
    access.check(by, READ)
    return Handling.objects.exclude(state="closed").count()


def _shown_people(incidents: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, tuple[uuid.UUID, str]]:
    """Return for each incident whom to name: the victim before the caller."""
    parts = IncidentPerson.objects.filter(incident_id__in=incidents, role__in=SHOWN_FIRST)
    chosen: dict[uuid.UUID, tuple[int, uuid.UUID]] = {}
    for incident, person, role in parts.values_list("incident_id", "person_id", "role"):
        rank = SHOWN_FIRST.index(role)
        if incident not in chosen or rank < chosen[incident][0]:
            chosen[incident] = (rank, person)
    names = _names({person for _, person in chosen.values()})
    return {incident: (person, full_name(names.get(person, ()))) for incident, (_, person) in chosen.items()}


def _names(people: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Sequence[PersonName]]:
    found: dict[uuid.UUID, list[PersonName]] = {}
    for name in PersonName.objects.filter(person_id__in=people).only("person_id", "kind", "forenames", "surname"):
        found.setdefault(name.person_id, []).append(name)
    return found


def _risen(incidents: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, dict[str, int]]:
    """Return for each incident how often a lower grade was refused and how often somebody rang about it."""
    counted: dict[uuid.UUID, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_RISEN, {"incidents": list(incidents)})
        for incident, refused, rang in cursor.fetchall():
            counted[incident] = {
                **({"downgrades_refused": refused} if refused else {}),
                **({"calls_about_this": rang + 1} if rang else {}),
            }
    return counted


def _board_row(row: _Open, rising: Mapping[uuid.UUID, dict[str, int]], now: datetime) -> BoardRow:
    waited, target = _wait(row, now)
    known = {**_facts(row, waited, target), **rising.get(row.incident_id, {})}
    standing = rulings.rank(known, grade=row.grade, waited=waited, target=target, promised=row.attend_minutes, now=now)
    moving = row.state not in WAITING
    return BoardRow(
        incident_id=row.incident_id,
        reference=row.reference,
        grade=row.grade,
        state=row.state,
        opening_code=row.opening_code,
        qualifiers=tuple(row.opening_qualifiers),
        address=_address(row),
        area=row.area or "",
        district=row.district or "",
        received_at=row.received_at,
        graded_at=row.graded_at,
        attend_by=None if moving else row.attend_by,
        unit=row.unit,
        urgency=standing.score / (10 if moving else 1),
        reason="Somebody is there." if moving else standing.because,
        person_name="",
        flags=tuple(row.flags),
    )


def _address(row: _Open) -> str:
    if row.street is None:
        return "No address given"
    parts = (row.flat, row.house, row.street, row.locality, row.town, row.postcode)
    return one_line(*(part or "" for part in parts))


def _wait(row: _Open, now: datetime) -> tuple[float, float | None]:
    """Return the minutes since first contact, and those allowed: a second look never makes a wait younger."""
    allowed = (row.attend_by - row.received_at).total_seconds() / 60 if row.attend_by else None
    return max((now - row.received_at).total_seconds() / 60, 0.0), allowed


def _facts(row: _Open, waited: float, target: float | None) -> dict[str, object]:
    coded = {prefix: [f.removeprefix(prefix) for f in row.flags if f.startswith(prefix)] for prefix in CODED}
    facts: dict[str, object] = {flag: "yes" for flag in row.flags if ":" not in flag}
    past = max(waited - target, 0.0) if target is not None else 0.0
    return {
        **facts,
        "markers": coded[MARKER],
        "vulnerabilities": coded[VULNERABILITY],
        "grade": row.grade,
        "status": row.state,
        "repeat": [repeat["id"] for repeat in row.repeats],
        "qualifiers": row.opening_qualifiers,
        "delays": [row.delay_reason] if row.delay_reason else [],
        "waited_minutes": round(waited),
        "minutes_past_target": round(past),
    }


@access.reads
def waiting(*, by: Actor, now: datetime, named: int = MOST) -> tuple[BoardRow, ...]:
    """Return what nobody has reached yet, most dangerous first, for a supervisor."""
    access.check(by, SUPERVISE)
    return board(by=by, now=now, waiting=True, named=named)


@access.reads
def delays(*, by: Actor) -> tuple[tuple[str, int, datetime], ...]:
    """Return each reason of delay with how many open incidents have it and the oldest grade among them."""
    access.check(by, SUPERVISE)
    rows = Handling.objects.exclude(state="closed").exclude(delay_reason="").values("delay_reason")
    counted = rows.annotate(count=Count("incident_id"), oldest=Min("graded_at")).order_by("-count")
    return tuple((row["delay_reason"], row["count"], row["oldest"]) for row in counted)


@access.reads
def in_reach(*, by: Actor, since: datetime, limit: int = MOST) -> tuple[Reachable, ...]:
    """Return the incidents an officer may be sent to, open or received since, newest first. Nobody is shown."""
    access.check(by, READ)
    rows = Handling.objects.filter(~Q(state="closed") | Q(incident__received_at__gte=since))
    columns = ("area", "latitude", "longitude")
    found = rows.order_by("-incident__received_at").values_list(
        "incident_id", *(f"incident__place__{one}" for one in columns)
    )
    return tuple(Reachable(id, area or "", _point(lat, long)) for id, area, lat, long in found[:limit])


@access.reads
def gravest(area: str, *, by: Actor, now: datetime, limit: int = MOST) -> tuple[uuid.UUID, ...]:
    """Return the open incidents of the gravest grade in a policing area, newest first. Nobody is shown.

    With them come those of which nobody knows where they are: one may be of this area. Empty `area` is everywhere.
    """
    access.check(by, READ)
    grade = next(code.code for code in rulings.codes("grades", now).codes)
    rows = Handling.objects.exclude(state="closed").filter(grade=grade)
    if area:
        known = Q(incident__place__area__iexact=area)
        rows = rows.filter(known | Q(incident__place__isnull=True) | Q(incident__place__area=""))
    return tuple(rows.order_by("-incident__received_at").values_list("incident_id", flat=True)[:limit])


@access.reads
def precedence(ids: Iterable[uuid.UUID], *, by: Actor, now: datetime) -> dict[uuid.UUID, Precedence]:
    """Return in which order officers are shown incidents, before how near they are. Nobody is shown.

    A wait does not count here: what an officer reads without signal is as old as it is, and must stay in order.
    """
    access.check(by, READ)
    wanted = list(ids)
    columns = (*BOARD_COLUMNS, "incident__place__latitude", "incident__place__longitude")
    rising = _risen(wanted)
    places = {code.code: place for place, code in enumerate(rulings.codes("grades", now).codes)}
    found = {}
    for *read, latitude, longitude in Handling.objects.filter(incident_id__in=wanted).values_list(*columns):
        row = _Open(*read)
        danger = rulings.danger({**_facts(row, 0.0, None), **rising.get(row.incident_id, {})}, now=now)
        place = places.get(row.grade, len(places)) + (len(places) + 1 if row.state == "closed" else 0)
        found[row.incident_id] = Precedence(
            row.grade, place, danger.points, ", ".join(danger.reasons), _point(latitude, longitude)
        )
    return found


def _point(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    return None if latitude is None or longitude is None else (latitude, longitude)


@access.reads
def whereabouts(incidents: Sequence[uuid.UUID], *, by: Actor) -> tuple[tuple[float, float], ...]:
    """Return where incidents are, of those whose place is on the map. Nobody is shown."""
    access.check(by, READ)
    rows = Handling.objects.filter(incident_id__in=incidents, incident__place__latitude__isnull=False)
    found = rows.values_list("incident__place__latitude", "incident__place__longitude")
    return tuple(point for one in found if (point := _point(*one)))


@access.reads
def may_know(incident_id: uuid.UUID, *, by: Actor) -> bool:
    """Whether the reader may know that this incident exists; a stream asks before it says a word."""
    access.check(by, READ, subject=("incident", str(incident_id)))
    return Handling.objects.filter(incident_id=incident_id).exists()


@access.reads
def handled(incident_id: uuid.UUID, *, by: Actor) -> Handled:
    """Return how an incident is handled: every grade, every log line, every piece of advice."""
    access.check(by, READ, subject=("incident", str(incident_id)))
    found = _handled([incident_id])
    if incident_id not in found:
        raise Missing("There is no such incident, or the record is restricted.")
    return found[incident_id]


@access.reads
def handled_together(ids: Sequence[uuid.UUID], *, by: Actor) -> dict[uuid.UUID, Handled]:
    """Return how each of the incidents is handled that the reader may see. The caller logs what it hands out."""
    access.check(by, READ)
    return _handled(ids)


def _handled(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Handled]:
    rows = Handling.objects.filter(incident_id__in=ids)
    gradings: dict[uuid.UUID, list[GradeVersion]] = {}
    for grading in Grading.objects.filter(incident_id__in=ids).order_by("-number"):
        gradings.setdefault(grading.incident_id, []).append(_grading(grading))
    log: dict[uuid.UUID, list[LogEntry]] = {}
    for line in LogLine.objects.filter(incident_id__in=ids).order_by("-at", "-id"):
        log.setdefault(line.incident_id, []).append(_entry(line))
    advice: dict[uuid.UUID, list[AdviceView]] = {}
    for one in Advice.objects.filter(incident_id__in=ids).order_by("id"):
        advice.setdefault(one.incident_id, []).append(_advice(one))
    return {
        row.incident_id: _handling(
            row, gradings.get(row.incident_id, ()), log.get(row.incident_id, ()), advice.get(row.incident_id, ())
        )
        for row in rows
    }


def _handling(
    row: Handling, gradings: Iterable[GradeVersion], log: Iterable[LogEntry], advice: Iterable[AdviceView]
) -> Handled:
    return Handled(
        grade=row.grade,
        state=row.state,
        number=row.number,
        graded_at=row.graded_at,
        attend_by=row.attend_by,
        unit=row.unit,
        dangers=row.dangers,
        flags=tuple(row.flags),
        protected=tuple(row.protected),
        repeats=tuple(row.repeats),
        gradings=tuple(gradings),
        log=tuple(log),
        advice=tuple(advice),
        delay_reason=row.delay_reason,
    )


def _grading(row: Grading) -> GradeVersion:
    return GradeVersion(
        row.number,
        row.grade,
        row.proposed,
        tuple(row.because),
        row.rule,
        row.rule_version,
        row.trigger,
        row.rationale,
        row.at,
        row.by_name,
        row.confirmed_by_name,
    )


def _entry(row: LogLine) -> LogEntry:
    return LogEntry(row.at, row.kind, row.text, row.by_name, row.by_role)


def _advice(row: Advice) -> AdviceView:
    return AdviceView(
        row.id,
        row.question,
        row.asked_at,
        row.asked_by_name,
        row.text,
        row.given_at,
        row.given_by_name,
        row.outcome,
        row.outcome_reason,
        row.outcome_at,
        row.outcome_by_name,
    )


@access.reads
def desk(*, by: Actor, now: datetime) -> tuple[DeskRow, ...]:
    """Return the help desk's queue: emergencies that nobody has taken, then unanswered questions, oldest first,
    then by what put them there."""
    access.check(by, ADVISE)
    items = (
        DeskItem.objects.exclude(state="done")
        .select_related("incident__place", "incident__handling")
        .only(*DESK_COLUMNS)
    )
    grouped: dict[uuid.UUID, list[DeskItem]] = {}
    for item in items.order_by("placed_at"):
        grouped.setdefault(item.incident_id, []).append(item)
    asked = _questions(grouped)
    names = _shown_people(list(grouped))
    rows = [_desk_row(group, asked, names) for group in grouped.values()]
    audit.record(
        by=by,
        action="consultation",
        sentence="contact.desk_read",
        subject=("desk", "queue"),
        people=[person for person, _ in names.values()],
        detail={"incidents": len(rows)},
    )
    weights = {line.id: line.weight for line in rulings.desk_lines(now)}
    return tuple(sorted(rows, key=lambda row: _desk_order(row, weights)))


def _desk_order(row: DeskRow, weights: Mapping[str, int]) -> tuple[bool, bool, float, int, datetime]:
    danger = row.grade == "emergency" and not row.taken_by_name
    asked_at = row.oldest_question_at.timestamp() if row.oldest_question_at else 0.0
    heaviest = max((weights.get(rule, 0) for rule, _ in row.reasons), default=0)
    return (not danger, row.questions == 0, asked_at, -heaviest, row.placed_at)


def _questions(incidents: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, tuple[int, datetime]]:
    rows = (
        Advice.objects.filter(incident_id__in=list(incidents), given_at__isnull=True)
        .values("incident_id")
        .annotate(count=Count("id"), oldest=Min("asked_at"))
    )
    return {row["incident_id"]: (row["count"], row["oldest"]) for row in rows}


def _desk_row(
    items: Sequence[DeskItem],
    asked: Mapping[uuid.UUID, tuple[int, datetime]],
    names: Mapping[uuid.UUID, tuple[uuid.UUID, str]],
) -> DeskRow:
    first = items[0]
    count, oldest = asked.get(first.incident_id, (0, None))
    place = first.incident.place
    return DeskRow(
        incident_id=first.incident_id,
        reference=first.incident.reference,
        grade=first.incident.handling.grade,
        address=address_line(place) if place else "No address given",
        placed_at=first.placed_at,
        reasons=tuple((item.rule, item.reason) for item in items),
        questions=count,
        oldest_question_at=oldest,
        taken_by_name=next((item.taken_by_name for item in items if item.taken_by_name), ""),
        opening_code=first.incident.opening_code,
        person_name=names.get(first.incident_id, (None, ""))[1],
    )


@access.reads
def draft(draft_id: uuid.UUID, *, by: Actor) -> Mapping[str, object] | None:
    """Return what its writer typed, or None where there is no such draft."""
    access.check(by, LOG)
    found = CallDraft.objects.filter(id=draft_id, by_id=by.id, saved=False).first()
    return found.fields if found else None


@access.reads
def drafts(*, by: Actor) -> tuple[tuple[uuid.UUID, datetime, str], ...]:
    """Return the writer's calls half taken: id, when last kept, and the first words."""
    access.check(by, LOG)
    rows = CallDraft.objects.filter(by_id=by.id, saved=False).order_by("-kept_at")[:20]
    return tuple((row.id, row.kept_at, "".join(row.fields.get("summary", ()))[:60]) for row in rows)


@access.reads
def questions_waiting(*, by: Actor) -> int:
    """Return how many questions to the help desk wait for an answer."""
    access.check(by, READ)
    return Advice.objects.filter(Q(given_at__isnull=True)).count()
