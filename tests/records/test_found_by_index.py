"""What search asks under row policies is answered by an index: a likeness that is not leakproof never would be."""

import pytest

pytestmark = pytest.mark.database


def _plan(rows) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        sql, values = rows.query.sql_with_params()
        cursor.execute(f"explain {sql}", values)
        return "\n".join(line for (line,) in cursor.fetchall())


def test_a_street_half_typed_is_found_by_its_index(db, alice):
    from fellwatch.foundation import access
    from fellwatch.records import beginning
    from fellwatch.records.models import Place

    with access.acting(alice):
        plan = _plan(Place.objects.filter(beginning.begins("street_key", "tarn r")))
    assert "place_street" in plan
    assert "Index Cond" in plan


def test_a_log_number_half_typed_is_found_by_its_index(db, alice):
    from fellwatch.foundation import access
    from fellwatch.records import beginning
    from fellwatch.records.models import Incident

    with access.acting(alice):
        plan = _plan(Incident.objects.filter(beginning.begins("reference_key", "261121-")))
    assert "incident_reference" in plan
    assert "Index Cond" in plan


def test_a_street_is_found_however_it_is_capitalised(db, bob):
    from fellwatch.records import actions, queries, story

    place = actions.place_for(actions.NewPlace(house="4", street="Tarn Row", postcode="FZ1 1AC"), by=bob)
    assert [found.id for found in story.places_like(by=bob, street="tARN r")] == [place]
    assert story.places_like(by=bob, street="arn row") == ()
    found = queries.find_place(by=bob, house="4", street="TARN ROW", postcode="")
    assert found is not None
    assert found.id == place
