"""The second review counts and ranks the forms that its reader may see, asking of each once."""

from dataclasses import replace
from datetime import timedelta

import pytest

pytestmark = pytest.mark.database


@pytest.fixture
def waiting(db, alice, rosa, sam, now):
    """Three forms of high risk that wait for the central team, an hour apart, and where each was written."""
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Filled
    from fellwatch.response import actions as response
    from tests.assessments.story import WHOLE, house

    made = {}
    for hours in range(3):
        at = now + timedelta(hours=hours)
        here = house(alice, at)
        form = actions.save(Filled(here.incident_id, "dash", WHOLE, here.victim), by=rosa, now=at)
        response.hand_in(form, seen=1, by=rosa, now=at)
        actions.review(form, "accepted", seen=1, by=sam, now=at)
        made[form] = here
    return made


def test_counts_and_a_page_read_together_are_those_read_apart(waiting, gwen, now):
    from fellwatch.safeguarding.review import queries

    later = now + timedelta(hours=5)
    sums, page = queries.counted_and_waiting("second", by=gwen, now=later, limit=2)
    assert sums == queries.sums(by=gwen)
    assert page == queries.waiting("second", by=gwen, now=later, limit=2)
    assert [one.id for one in page] == list(waiting)[:2], "of equal risks the one that has waited longer comes first"
    assert sums.queues["second"] == 3
    assert sums.agree


def test_a_form_of_a_restricted_incident_is_in_no_count_and_on_no_page(waiting, gwen, system, now):
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident
    from fellwatch.safeguarding.review import queries

    hidden, *others = waiting
    with access.acting(replace(system, compartments=frozenset({"operation_tarn"}))):
        Incident.objects.filter(id=waiting[hidden].incident_id).update(compartment="operation_tarn")
    for by, forms in ((gwen, others), (replace(gwen, compartments=frozenset({"operation_tarn"})), [hidden, *others])):
        sums, page = queries.counted_and_waiting("second", by=by, now=now + timedelta(hours=5))
        assert [one.id for one in page] == forms
        assert (sums.queues["second"], sums.forms_not_closed) == (len(forms), len(forms))


def test_what_is_counted_and_ranked_is_what_row_policies_show(waiting, gwen, rosa, system, now):
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident, Person
    from fellwatch.safeguarding.review import queries

    beck, tarn, _ = waiting.values()
    with access.acting(replace(system, compartments=frozenset({"operation_beck", "operation_tarn"}))):
        Incident.objects.filter(id=tarn.incident_id).update(compartment="operation_tarn")
        Person.objects.filter(id=beck.victim).update(compartment="operation_beck")
    blind = replace(gwen, permissions=gwen.permissions - {"records.read"})
    cleared = [
        replace(gwen, compartments=frozenset(names))
        for names in ((), ("operation_beck",), ("operation_tarn",), ("operation_beck", "operation_tarn"))
    ]
    for by, many in zip((*cleared, blind), (1, 2, 2, 3, 0), strict=True):
        sums, page = queries.counted_and_waiting("second", by=by, now=now + timedelta(hours=5))
        assert (sums.queues["second"], sums.forms_not_closed, len(page)) == (many, many, many)
    with pytest.raises(access.Refused):
        queries.sums(by=rosa)


def test_pages_of_a_queue_hold_each_form_once_in_one_order(waiting, gwen, now):
    from fellwatch.safeguarding.review import queries

    later = now + timedelta(hours=5)
    whole = queries.waiting("second", by=gwen, now=later)
    pages = [queries.waiting("second", by=gwen, now=later, first=first, limit=1) for first in range(4)]
    assert [[one.id for one in page] for page in pages] == [*([one.id] for one in whole), []]
    assert [one.score for one in whole] == sorted((one.score for one in whole), reverse=True)
