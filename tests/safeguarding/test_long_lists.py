"""Long lists come a page at a time: the most urgent first, every line on one page, counts of the whole."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from fellwatch.safeguarding.helping.values import NewActivation
from tests.safeguarding.story import london, written
from tests.safeguarding.test_disclosures import ASKED, asked, checked
from tests.safeguarding.test_helping import NOON, WRITTEN
from tests.shell.browsers import browser

pytestmark = pytest.mark.database
NOW = ASKED + timedelta(hours=12)


@pytest.fixture
def pages(monkeypatch):
    """Two lines to a page."""
    from fellwatch.safeguarding import queries
    from fellwatch.safeguarding.helping import queries as helping

    for module in (queries, helping):
        monkeypatch.setattr(module, "PAGE", 2)


@pytest.fixture
def cases(people, nadia, pages):
    """Five cases, the most urgent first: a notice that waits for authority, then requests by what is due soonest."""
    from fellwatch.safeguarding import actions

    old = asked(people, nadia, london("2026-06-01 10:00"))
    done = asked(people, nadia, ASKED - timedelta(days=3))
    checked(done, nadia, ASKED - timedelta(days=2, hours=12))
    early, late = (asked(people, nadia, ASKED + timedelta(hours=hours)) for hours in (0, 6))
    sent, seen = written(people, nadia, ASKED + timedelta(hours=8))
    actions.send(sent, seen=seen, by=nadia, now=ASKED + timedelta(hours=8))
    return {"sent": sent, "old": old, "early": early, "late": late, "done": done}


def _entries(by, sentence):
    from fellwatch.foundation import access
    from fellwatch.foundation.audit.models import AuditEntry

    with access.acting(replace(by, permissions=by.permissions | {"audit.read"})):
        return list(AuditEntry.objects.filter(actor=by.id, sentence=sentence).order_by("id"))


def test_every_open_case_stands_on_one_page_and_the_counts_are_of_all(cases, nadia):
    from fellwatch.safeguarding import queries

    found = [queries.open_cases(by=nadia, now=NOW, page=page) for page in range(4)]
    assert [[one.row.id for one in page.shown] for page in found] == [
        [cases["sent"], cases["old"]], [cases["early"], cases["late"]], [cases["done"]], []
    ]  # fmt: skip
    for page in found:
        assert (page.total, page.waiting, sum(count for _, count in page.ages)) == (5, 1, 5)
        assert dict(page.ages)["More than 28 days"] == 1
    assert [entry.subject_id for entry in _entries(nadia, "safeguarding.cases_read")] == ["2", "2", "1", "0"]


def test_the_oldest_first_come_in_pages_too(cases, nadia):
    from fellwatch.safeguarding import queries

    found = [queries.open_cases(by=nadia, now=NOW, by_age=True, page=page) for page in range(3)]
    assert [one.row.id for page in found for one in page.shown] == [
        cases[name] for name in ("old", "done", "early", "late", "sent")
    ]


def test_each_shown_case_has_its_soonest_clock_and_the_stages_count_cases_of_every_page(cases, nadia):
    from fellwatch.safeguarding import queries

    first = queries.open_cases(by=nadia, now=NOW, since=ASKED - timedelta(days=200))
    assert first.shown[1].running[0].rule == "dvds_first_checks"
    counted = {one.rule: one for one in queries.stages(first.asked, by=nadia, now=NOW)}["dvds_first_checks"]
    assert (counted.in_time, counted.late, counted.overdue, counted.running) == (1, 0, 1, 2)


def test_the_page_says_how_many_are_open_and_leads_to_the_rest(cases):
    client = browser("safeguarding_officer")
    first = client.get("/safeguarding/").content.decode()
    assert "5 open, 1 waiting for authority; the 2 most urgent are shown" in first
    assert 'href="/safeguarding/?page=1"' in first
    last = client.get("/safeguarding/?page=2&order=age").content.decode()
    assert "5 to 5 are shown" in last
    assert 'href="/safeguarding/?order=age&amp;page=1"' in last
    assert "Nothing is open" not in client.get("/safeguarding/?page=9").content.decode()


def test_a_message_for_help_stands_on_one_page_the_longest_waiting_first_and_ended_ones_after_the_last(
    db, pages, detective
):
    from fellwatch.foundation.accounts import roles
    from fellwatch.safeguarding.helping import actions, queries

    ids = [uuid.UUID(int=number) for number in (9, 8, 7, 6)]
    for hours, id in enumerate(ids):
        actions.take(replace(WRITTEN, id=id), by=roles.system("quiet-page"), now=NOON + timedelta(hours=hours))
    actions.close(
        ids[3], "reached_safe", "She is safe with her sister.", "", by=detective, now=NOON + timedelta(hours=9)
    )
    found = [queries.messages(by=detective, page=page) for page in range(2)]
    assert [(total, [one.id for one in shown]) for total, shown in found] == [(3, ids[:2]), (3, ids[2:])]
    told = [entry.detail["messages"] for entry in _entries(detective, "helping.listed")]
    assert told == [[str(id) for id in ids[:2]], [str(id) for id in ids[2:]]]
    first = browser("help_desk").get("/safeguarding/help/").content.decode()
    assert "3 messages to answer; the 2 longest waiting are shown" in first
    assert 'href="/safeguarding/help/?page=1"' in first


def test_an_activation_stands_on_one_page_open_ones_first_and_the_year_counts_them_all(db, pages, detective):
    from fellwatch.safeguarding.helping import actions, queries

    ids = [uuid.UUID(int=number) for number in range(1, 6)]
    for hours, id in enumerate(ids):
        new = NewActivation("banking", "Fell & Tarn Bank", NOON + timedelta(hours=hours), "", {"at_risk": "3,900"}, id)
        actions.activate(new, by=detective, now=NOON + timedelta(hours=5))
    actions.arrive(ids[0], NOON + timedelta(minutes=61), by=detective, now=NOON + timedelta(hours=5))
    actions.arrive(ids[1], NOON + timedelta(minutes=80), by=detective, now=NOON + timedelta(hours=5))
    for id, pounds in ((ids[1], "£1,250.50"), (ids[3], "")):
        actions.conclude(
            id, "stopped", "She kept her savings.", pounds, "yes", by=detective, now=NOON + timedelta(hours=6)
        )
    found = [queries.activations(by=detective, since=NOON - timedelta(days=9), page=page) for page in range(4)]
    assert [[one.id for one in page.shown] for page in found] == [
        [ids[0], ids[2]], [ids[4], ids[3]], [ids[1]], []
    ]  # fmt: skip
    assert {(page.total, page.open) for page in found} == {(5, 3)}
    angela, banking = queries.counted(by=detective, since=NOON - timedelta(days=9))
    assert (angela.told, angela.pence_stopped) == (0, 0)
    assert (banking.told, banking.attended, banking.in_an_hour, banking.closed, banking.venue_told) == (5, 2, 1, 2, 2)
    assert (banking.pence_stopped, banking.outcomes) == (125_050, {"stopped": 2})
    shown = browser("help_desk").get("/safeguarding/activations/").content.decode()
    assert "3 not ended" in shown
