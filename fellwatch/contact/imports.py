"""The incident feed of another control-room system: each row is logged as a call taker would.

Everything is timed from when the call came in, so clocks that ran out before the file came show as late. An
incident already here is never overwritten: the feed may close it; any other difference keeps the row aside.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from fellwatch.contact import actions, feed
from fellwatch.contact.access import LOAD
from fellwatch.contact.feed import Closing, IncidentRow
from fellwatch.contact.values import DraftPerson, Invalid, Taken
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.foundation.imports.importers import Importer, Reason, Written
from fellwatch.records.models import Incident, IncidentPerson, Person
from fellwatch.records.values import PartialDate


def _key(row: IncidentRow) -> str:
    return row.reference


def _stored(rows: Sequence[IncidentRow], by: Actor) -> Mapping[str, IncidentRow]:
    """Return what stands. One closed here and open in the feed counts as the same: the feed is behind."""
    asked = {row.reference: row for row in rows}
    found = Incident.objects.filter(reference__in=asked)
    return {
        one.reference: IncidentRow(
            one.reference,
            one.channel,
            one.received_at,
            one.opening_code,
            one.closed_at if asked[one.reference].closed_at else None,
        )
        for one in found
    }


def _write(added: Sequence[IncidentRow], changed: Sequence[IncidentRow], by: Actor, now: datetime) -> Written:
    """Store each row by itself. One that stands in a compartment is passed over: its refusal would betray it."""
    refused: dict[str, tuple[Reason, ...]] = {}
    stood: set[str] = set()
    people: set[uuid.UUID] = set()
    for row, store in (*((row, _log) for row in added), *((row, _close_known) for row in changed)):
        try:
            with access.apart():
                people.update(store(row, by, now))
        except Taken:
            stood.add(row.reference)
        except Invalid as problem:
            refused[row.reference] = tuple(Reason(name, why, "") for name, why in problem.problems.items())
    return Written(frozenset(people), refused, frozenset(stood))


def _log(row: IncidentRow, by: Actor, now: datetime) -> Iterable[uuid.UUID]:
    """Log an incident that is new here, as at the time it was received; `created_at` tells when it came."""
    if row.call is None:
        return ()
    call = replace(row.call, people=tuple(_recognised(person) for person in row.call.people))
    actions.log_incident(call, by=by, now=row.received_at)
    Incident.objects.filter(id=call.id).update(created_at=now)
    if row.closing:
        _close(call.id, row.closing, by)
    return [found for person in call.people if (found := person.person_id or (person.new and person.new.id))]


def _recognised(person: DraftPerson) -> DraftPerson:
    """Return the person with the one record that bears the same name and date of birth, or name and number.

    Anything less certain becomes a record of its own, for somebody to compare: joining two people is not a guess.
    """
    new = person.new
    if new is None or not (new.forenames and new.surname):
        return person
    named = Person.objects.filter(names__forenames__iexact=new.forenames, names__surname__iexact=new.surname)
    born = new.born
    if born.year and born.month and born.day:
        alike = named.filter(birth_year=born.year, birth_month=born.month, birth_day=born.day)
    elif new.phone and born == PartialDate():
        alike = named.filter(phones__number=new.phone)
    else:
        return person
    ids = set(alike.values_list("id", flat=True)[:2])
    return replace(person, person_id=ids.pop(), new=None) if len(ids) == 1 else person


def _close_known(row: IncidentRow, by: Actor, now: datetime) -> Iterable[uuid.UUID]:
    """Close an incident that is here already; anything else that differs is refused by name."""
    stands = Incident.objects.get(reference=row.reference)
    names = ("channel", "received_at", "opening_code")
    differing = {name: "" for name in names if getattr(stands, name) != getattr(row, name)}
    if stands.closed_at and stands.closed_at != row.closed_at:
        differing["closed_at"] = ""
    if differing or row.closing is None:
        words = "The incident is here already and this differs. Change it on its page; nothing was overwritten."
        raise Invalid(dict.fromkeys(differing or names, words))
    _close(stands.id, row.closing, by)
    return IncidentPerson.objects.filter(incident=stands).values_list("person_id", flat=True)


def _close(incident_id: uuid.UUID, closing: Closing, by: Actor) -> None:
    actions.close(
        incident_id,
        by=by,
        now=closing.at,
        result=closing.result,
        closing_codes=closing.codes,
        closing_qualifiers=closing.qualifiers,
        elsewhere=True,
    )


IMPORTER: Importer[IncidentRow] = Importer(
    name="incidents",
    title="Incidents",
    permission=LOAD,
    columns=feed.COLUMNS,
    build=feed.read,
    key=_key,
    stored=_stored,
    write=_write,
    batch=50,
    help="Incidents of another control-room system, as CSV or JSON. The service logs them, as a job.",
)
