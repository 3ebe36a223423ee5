"""Add somebody new, and never without a search: whoever they likely are already is noted for a reviewer.

A call is not held up by it: at three in the morning she is helped first, and the two records are compared by day.
Serves DPA 2018 s.38 (accuracy) and FC 1.7.
"""

import uuid
from dataclasses import replace
from datetime import datetime

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.recognition import queries
from fellwatch.recognition.access import SEARCH
from fellwatch.recognition.queries import Recognised
from fellwatch.records import actions, clusters
from fellwatch.records.actions import NewPerson
from fellwatch.records.models import Person
from fellwatch.records.values import PartialDate


def add(new: NewPerson, *, by: Actor, now: datetime) -> uuid.UUID:
    """Store somebody and search for whom they may be, as the actor; adding the same id twice does both once.

    The only way to make a person, but for what is imported: `tests/house` holds it.
    """
    access.check(by, SEARCH)
    with access.acting(by):
        if actions.add_new(new, by=by, now=now):
            searched = replace(new, forenames="", surname="") if new.kind == actions.DESCRIBED else new
            _note(new.id, queries.duplicates(searched, by=by, now=now), by=by, now=now)
        return new.id


def look_again(person_id: uuid.UUID, forenames: str, surname: str, *, by: Actor, now: datetime) -> None:
    """Search once more for somebody who was stored without a name and has one now."""
    access.check(by, SEARCH)
    with access.acting(by):
        named = Person.objects.filter(id=person_id).values_list("sex", "birth_year", "birth_month", "birth_day").get()
        new = NewPerson(forenames, surname, PartialDate(*named[1:]), sex=named[0], id=person_id)
        _note(person_id, queries.duplicates(new, by=by, now=now), by=by, now=now)


def _note(person_id: uuid.UUID, found: Recognised, *, by: Actor, now: datetime) -> None:
    others = [one for one in found.candidates if one.person_id != person_id]
    likely = {one.person_id: one.likelihood for one in others if one.likelihood >= found.published}
    clusters.note_likeness(person_id, likely, by=by, now=now)
