"""A filter by a list: one parameter, whatever the list's length and kind."""

import uuid

import pytest

from tests.contact.calls import call

pytestmark = pytest.mark.database


@pytest.fixture
def logged(db, alice, now):
    from fellwatch.contact import actions

    return [actions.log_incident(call(now), by=alice, now=now).incident_id for _ in range(3)]


@pytest.fixture
def acting(logged, alice):
    from fellwatch.foundation import access

    with access.acting(alice):
        yield


def test_more_values_than_a_statement_takes_parameters(acting, logged):
    from fellwatch.contact.models import Handling
    from fellwatch.records.models import Incident

    several = [uuid.uuid4() for _ in range(70_000)]
    assert set(Incident.objects.filter(id__in=[*several, *logged]).values_list("id", flat=True)) == set(logged)
    assert Handling.objects.filter(incident__in=[*several, *logged]).count() == 3
    assert Handling.objects.filter(incident_id__in=several).count() == 0
    assert Incident.objects.filter(id__in=logged).exclude(id__in=several).count() == 3


def test_dates_words_numbers_and_rows_find_what_they_name(acting, logged, now):
    from fellwatch.records.models import Incident, IncidentPerson

    rows = Incident.objects.filter(id__in=logged[:2])
    assert Incident.objects.filter(received_at__in=[now], id__in=logged).count() == 3
    assert Incident.objects.filter(reference__in=[one.reference for one in rows]).count() == 2
    assert IncidentPerson.objects.filter(incident__in=list(rows), role__in=["caller", "victim", "suspect"]).exists()
    assert Incident.objects.filter(received_at__year__in=[now.year, 1999], id__in=logged).count() == 3


def test_an_empty_list_and_nothing_find_nothing(acting):
    from fellwatch.records.models import Person

    assert not Person.objects.filter(id__in=[]).exists()
    assert not Person.objects.filter(birth_year__in=[None]).exists()


def test_a_query_and_an_expression_are_asked_as_before(acting, logged):
    from django.db.models import F

    from fellwatch.records.models import Incident, IncidentPerson

    inner = Incident.objects.filter(id__in=logged).values("id")
    within = IncidentPerson.objects.filter(incident__in=inner)
    assert within.count() == IncidentPerson.objects.filter(incident__in=logged).count() > 0
    assert Incident.objects.filter(id__in=[F("id")]).count() == Incident.objects.count()
