"""A job looks for children only where there may be one: whatever it would find, the asking never passes over."""

from dataclasses import replace
from datetime import date

import pytest

from fellwatch.records.statements import touching_children
from tests.safeguarding.schools import story
from tests.safeguarding.schools.story import TUESDAY

pytestmark = pytest.mark.database

GROWN = date(1990, 4, 2)


def tied(system, how, place):
    """Tie Isla to an incident in one way and return the incident."""
    from fellwatch.foundation import access
    from fellwatch.records.models import Relationship

    mother = story.child(system, "Ruth", born=GROWN)
    born = None if how == "named a child, birth unknown" else story.BORN["Isla"]
    isla = story.child(system, "Isl", born=born, home=place if how == "lives there" else None)
    if how == "hidden and lives there":
        cleared = replace(system, compartments=frozenset({"covert"}))
        isla = story.child(cleared, "Isl", born=born, home=place, compartment="covert")
    relations = {"her child": (isla, mother, "daughter"), "her mother": (mother, isla, "mother")}
    if how in relations:
        one, other, kind = relations[how]
        with access.acting(system):
            Relationship.objects.create(person_id=one, other_id=other, kind=kind, source="call")
    parts = [(mother, "victim")]
    if how == "named a child, birth unknown":
        parts.append((isla, "child_present"))
    if how == "a victim":
        parts.append((isla, "victim"))
    return story.incident(system, parts, place=place)


@pytest.mark.parametrize(
    "how",
    ["named a child, birth unknown", "a victim", "lives there", "hidden and lives there", "her child", "her mother"],
)
def test_whoever_the_job_would_find_is_asked_about(how, place, system):
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident
    from fellwatch.safeguarding.encompass import finding

    id = tied(system, how, place)
    with access.acting(story.process()):
        found = finding.children(Incident.objects.get(id=id), by=story.process())
    assert len(found) == 1
    with access.acting(system):
        assert touching_children([id]) == [id]


def test_where_everybody_is_grown_nobody_asks(place, system):
    from django.db import connection

    person = story.child(system, "Ruth", born=GROWN, home=place)
    id = story.incident(system, [(person, "victim")], place=place, at=TUESDAY)
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from procrastinate_jobs where task_name = 'safeguarding.children_at_risk' "
            "and args->>'incident' = %s",
            [str(id)],
        )
        assert cursor.fetchone() == (0,)
