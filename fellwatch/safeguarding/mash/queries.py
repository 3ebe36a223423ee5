"""Every read of the hub. Each names in the log everyone it shows."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from fellwatch.duties import queries as duties
from fellwatch.duties.queries import Running
from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.records.models import Person
from fellwatch.records.queries import Missing, full_name
from fellwatch.records.values import PartialDate
from fellwatch.safeguarding.access import HUB, RAISE
from fellwatch.safeguarding.mash import life
from fellwatch.safeguarding.mash.models import HubContact
from fellwatch.safeguarding.mash.values import (
    ContactRow,
    ContactView,
    DiscussionView,
    HubEventView,
    RaisedRow,
)
from fellwatch.sharing import queries as sharing
from fellwatch.sharing.life import WAITING
from fellwatch.sharing.models import Exclusion
from fellwatch.sharing.values import SentRow

PAGE = 20
"""Contacts that the board shows at once; the rest stands on pages of its own."""


@dataclass(frozen=True)
class Board:
    """A page of the board, how many it has of what was chosen, and counts of all that is open, shown or not."""

    shown: tuple[ContactRow, ...]
    total: int
    open: int
    new: int
    overdue: int
    colours: Mapping[str, int]


@access.reads
def board(*, by: Actor, now: datetime, colour: str = "", page: int = 0) -> Board:
    """Return a page of the open contacts that the reader may know of, or of those of one colour; most urgent first.

    What is late stands first, then red that nobody has looked at, then what is due soonest.
    """
    access.check(by, HUB)
    worst = sorted(life.WORSE, key=lambda code: -life.WORSE[code])
    with connection.cursor() as cursor:
        cursor.execute(
            _BOARD,
            {
                "open": list(life.OPEN),
                "unanswered": list(WAITING),
                "now": now,
                "worst": worst,
                "colour": colour,
                "page": PAGE,
                "skip": page * PAGE,
            },
        )
        ids, counted = cursor.fetchone()
    counts = [_Counted(*one) for one in json.loads(counted)]
    return Board(
        shown=_page(ids, by=by, now=now),
        total=sum(one.open for one in counts if colour in {"", one.colour}),
        open=sum(one.open for one in counts),
        new=sum(one.new for one in counts),
        overdue=sum(one.overdue for one in counts),
        colours={one.colour: one.open for one in counts},
    )


# Ordered and counted where it stands: of the many that are open, only the ids of a page are brought here.
_BOARD = """
with waiting as materialized (
  select id, clock, state, colour, received_at from safeguarding_hubcontact where state = any(%(open)s)
), owed as (
  select waiting.id as contact, duty.due_at, false as asked
  from waiting join duties_duty duty on duty.about = waiting.clock and duty.state in ('open', 'late')
  union all
  select sent.about, duty.due_at, true
  from sharing_referral sent join duties_duty duty on duty.about = sent.id and duty.state in ('open', 'late')
  where sent.state = any(%(unanswered)s) and sent.about in (select id from waiting)
), due as (
  select contact, min(due_at) as due_at, min(due_at) filter (where asked) as asked_at from owed group by contact
), known as materialized (
  select id, state, colour, received_at, due_at, asked_at from waiting left join due on due.contact = waiting.id
), counted as (
  select colour, count(*) as n, count(*) filter (where state = 'received') as new,
    count(*) filter (where asked_at < %(now)s) as overdue
  from known group by colour
)
select
  array(
    select id from known where %(colour)s in ('', colour)
    order by case when due_at < %(now)s then 0 when state = 'received' and colour = 'red' then 1 else 2 end,
      due_at, array_position(%(worst)s, colour), received_at, id
    limit %(page)s offset %(skip)s
  ),
  coalesce((select json_agg(json_build_array(colour, n, new, overdue)) from counted), '[]')::text
"""


class _Counted(NamedTuple):
    """How many contacts of a colour are open, and of them how many nobody has looked at, and have a late answer."""

    colour: str
    open: int
    new: int
    overdue: int


def _page(ids: Sequence[uuid.UUID], *, by: Actor, now: datetime) -> tuple[ContactRow, ...]:
    found = {row.id: row for row in _rows(HubContact.objects.filter(id__in=ids))}
    rows = [found[id] for id in ids]
    _logged("hub_board_read", ("contacts", len(rows)), [row.person_id for row in rows], by=by)
    return tuple(_listed(rows, by=by, now=now))


def _listed(rows: Sequence[HubContact], *, by: Actor, now: datetime) -> list[ContactRow]:
    sent = _by_matter(sharing.sent_in([row.id for row in rows], by=by))
    things = [row.clock for row in rows] + [one.id for many in sent.values() for one in many if one.state in WAITING]
    owed = duties.clocks(things, by=by)
    return [_row(row, sent[row.id], owed, now) for row in rows]


def _by_matter(sent: Iterable[SentRow]) -> Mapping[uuid.UUID, list[SentRow]]:
    found: dict[uuid.UUID, list[SentRow]] = defaultdict(list)
    for one in sent:
        found[one.about].append(one)
    return found


def _row(row: HubContact, sent: Sequence[SentRow], owed: Mapping[uuid.UUID, Running], now: datetime) -> ContactRow:
    asked = [one for one in sent if one.kind == "research" and one.state != "recalled"]
    waits = [one for one in sent if one.state in WAITING]
    clocks = [owed[one.id] for one in waits if one.id in owed]
    late = [one.agency for one in waits if one.id in owed and is_late(owed[one.id], now)]
    own = owed.get(row.clock)
    dues = [duty.due_at for duty in (*clocks, *([own] if own else [])) if duty.due_at]
    return ContactRow(
        id=row.id,
        reference=row.reference,
        kind=row.kind,
        person_id=row.person_id,
        person_name=full_name(row.person.names.all()),
        age=_age(row.person, now),
        state=row.state,
        colour=row.colour,
        received_at=row.received_at,
        raised_by_name=row.raised_by_name,
        raised_by_team=row.raised_by_team,
        clock=own,
        waits_for=tuple(one.agency for one in waits if one.kind == "research"),
        late_from=tuple(late),
        asked=len(asked),
        answered=sum(one.answered for one in asked),
        next_due=min(dues, default=None),
    )


def is_late(duty: Running, now: datetime) -> bool:
    """Say whether a duty is past its time."""
    return duty.state == "late" or bool(duty.due_at and duty.due_at < now)


@access.reads
def contact(contact_id: uuid.UUID, *, by: Actor, now: datetime) -> ContactView:
    """Return one contact with its story and what each agency was told and answered, or raise Missing."""
    access.check(by, HUB, subject=("contact", str(contact_id)))
    row = _rows(HubContact.objects.filter(id=contact_id)).select_related("incident").first()
    if row is None:
        raise Missing("There is no such contact, or the record is restricted.")
    _logged("hub_contact_read", ("contact", contact_id), [row.person_id], by=by)
    sent = sharing.of_matter([row.id], by=by)
    discussions = list(row.discussions.order_by("called_at"))
    things = [row.clock, *(one.id for one in sent), *(one.id for one in discussions)]
    owed = duties.about(things, by=by)
    running = duties.clocks(things, by=by)
    told = [SentRow(one.id, row.id, one.agency, one.kind, one.state, one.answered_at is not None) for one in sent]
    return ContactView(
        row=_row(row, told, running, now),
        incident_id=row.incident.id if row.incident else None,
        incident_reference=row.incident.reference if row.incident else "",
        concern=row.concern,
        immediate=row.immediate,
        wishes=row.wishes,
        basis=row.basis,
        basis_because=row.basis_because,
        open_to=row.open_to,
        screened_at=row.screened_at,
        level=row.level,
        decision=row.decision,
        because=row.because,
        without=tuple(row.without),
        decided_at=row.decided_at,
        decided_by_name=row.decided_by_name,
        version=row.version,
        sent=sent,
        duties=owed,
        discussions=tuple(
            DiscussionView(
                d.id, d.called_at, d.called_by_name, d.meet_at, d.how, d.held_at, tuple(d.took_part), d.agreed,
                d.not_held_because, d.noted_by_name,
            )
            for d in discussions
        ),
        events=tuple(
            HubEventView(e.at, e.kind, e.words, e.by_name, e.detail) for e in row.events.order_by("at", "id")
        ),
        excluded=Exclusion.objects.filter(about=row.id).count(),
    )  # fmt: skip


@access.reads
def raised(*, by: Actor, limit: int = 50) -> tuple[RaisedRow, ...]:
    """Return what the reader has raised with the hub, newest first, and how each stands."""
    access.check(by, RAISE)
    rows = list(_rows(HubContact.objects.filter(raised_by_id=by.id)).order_by("-received_at")[:limit])
    _logged("hub_raised_read", ("contacts", len(rows)), [row.person_id for row in rows], by=by)
    return tuple(
        RaisedRow(
            r.id, r.reference, full_name(r.person.names.all()), r.state, r.colour, r.received_at, r.decision, r.level,
            r.because, r.decided_at, r.decided_by_name,
        )
        for r in rows
    )  # fmt: skip


@access.reads
def involving(people: Sequence[uuid.UUID], *, by: Actor, now: datetime) -> tuple[ContactRow, ...]:
    """Return every contact about any of these people, newest first."""
    access.check(by, HUB)
    rows = list(_rows(HubContact.objects.filter(person_id__in=people)).order_by("-received_at")[:50])
    _logged("hub_board_read", ("contacts", len(rows)), [row.person_id for row in rows], by=by)
    return tuple(_listed(rows, by=by, now=now))


def _rows(rows: "QuerySet[HubContact]") -> "QuerySet[HubContact]":
    return rows.select_related("person").prefetch_related("person__names")


def _age(person: Person, now: datetime) -> int | None:
    born = PartialDate(person.birth_year, person.birth_month, person.birth_day)
    return born.age_on(clock.london_date(now))


def _logged(sentence: str, subject: tuple[str, object], people: Sequence[uuid.UUID], *, by: Actor) -> None:
    audit.record(
        by=by, action="consultation", sentence=f"safeguarding.{sentence}", subject=subject, people=people
    )  # fmt: skip
