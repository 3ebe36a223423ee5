"""Add somebody new, and never without a search: whoever they likely are already is noted for a reviewer.

A call is not held up by it: at three in the morning she is helped first, and the two records are compared by day.
Serves DPA 2018 s.38 (accuracy) and FC 1.7.
"""

import uuid
from datetime import datetime

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.recognition import queries
from fellwatch.recognition.access import SEARCH
from fellwatch.records import actions, clusters
from fellwatch.records.actions import NewPerson
from fellwatch.records.models import Person


def add(new: NewPerson, *, by: Actor, now: datetime) -> uuid.UUID:
    """Search for somebody as the actor, then store them; adding the same id twice stores and searches once.

    The only way to make a person, but for what is imported: `tests/house` holds it.
    """
    access.check(by, SEARCH)
    with access.acting(by):
        if Person.objects.filter(id=new.id).exists():
            return new.id
        found = queries.duplicates(new, by=by, now=now)
        made = actions.add_person(new, by=by, now=now)
        likely = {c.person_id: c.likelihood for c in found.candidates if c.likelihood >= found.published}
        clusters.note_likeness(made, likely, by=by, now=now)
        return made
