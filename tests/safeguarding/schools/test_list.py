"""However many schools are to be told, the list shows a page of each part and the way to the rest."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.safeguarding.schools import story
from tests.safeguarding.schools.story import PRIMARY, TUESDAY, london
from tests.shell.browsers import browser

pytestmark = pytest.mark.database
CHILDREN = ("Isla", "Tom", "Mo")


@pytest.fixture
def three(ids, place, system, monkeypatch):
    """Three children of one house whose school knows nothing yet, and a list that shows two at once."""
    from fellwatch.safeguarding.encompass import queries
    from fellwatch.safeguarding.pages import school_showing

    monkeypatch.setattr(queries, "PAGE", 2)
    monkeypatch.setattr(school_showing, "PAGE", 2)
    for name in CHILDREN:
        person = story.child(system, name, born=story.BORN["Isla"], home=place)
        story.learns(system, person, ids[PRIMARY])
    mother = story.child(system, "Ruth", born=date(1990, 4, 2), home=place)
    story.incident(system, [(mother, "victim")], place=place)
    story.work(TUESDAY)


def test_a_part_shows_its_first_page_says_how_many_there_are_and_every_notice_stands_on_one_page(three, nadia):
    from fellwatch.safeguarding.encompass import queries

    first = queries.listed(by=nadia, now=TUESDAY)
    assert (len(first.not_knowing), first.counts["not_knowing"]) == (2, 3)
    pages = [queries.listed(by=nadia, now=TUESDAY, part="not_knowing", page=n).not_knowing for n in range(3)]
    assert [len(page) for page in pages] == [2, 1, 0]
    assert {row.child for page in pages for row in page} == {f"{name} Hewett" for name in CHILDREN}


def test_the_log_names_only_the_children_whom_a_page_showed(three, nadia):
    from fellwatch.foundation import access
    from fellwatch.foundation.audit.models import AuditEntry
    from fellwatch.safeguarding.encompass import queries

    shown = queries.listed(by=nadia, now=TUESDAY, part="not_knowing", page=1).not_knowing
    with access.acting(replace(nadia, permissions=nadia.permissions | {"audit.read"})):
        (entry,) = AuditEntry.objects.filter(actor=nadia.id, sentence="safeguarding.notices_read")
    assert set(entry.people) == {row.child_id for row in shown}


@pytest.mark.parametrize(
    ("at", "part"),
    [(TUESDAY, "not_knowing"), (london("2026-10-16 21:00"), "missed"), (london("2026-10-13 08:00"), "later")],
    ids=["the evening before", "days later", "a day ahead"],
)
def test_a_notice_stands_in_one_part_at_a_time(three, nadia, at, part):
    from fellwatch.safeguarding.encompass import queries

    counts = queries.listed(by=nadia, now=at).counts
    assert {name: count for name, count in counts.items() if count} == {part: 3}


def test_the_page_leads_to_the_rest_and_back_and_a_part_nobody_has_is_not_found(three, monkeypatch):
    from fellwatch.foundation import clock

    monkeypatch.setattr(clock, "now", lambda: TUESDAY)
    client = browser("safeguarding_officer")
    first = client.get("/safeguarding/schools/").content.decode()
    assert "1 more" in first
    assert "3 notices" in first
    rest = client.get("/safeguarding/schools/?part=not_knowing&page=1").content.decode()
    assert "3 to 3 of 3" in rest
    assert "The ones before" in rest
    assert "The next ones" not in rest
    assert client.get("/safeguarding/schools/?part=nobody").status_code == 404
    assert client.get("/safeguarding/schools/?part=later&page=9x").status_code == 200


def test_a_school_reads_its_notices_by_pages_those_that_wait_first(three, peggy, nadia, monkeypatch):
    from fellwatch.safeguarding.encompass import actions, received

    monkeypatch.setattr(received, "PAGE", 2)
    later = TUESDAY + timedelta(hours=3)
    actions.chase(by=story.process(), now=later)
    first, _ = received.inbox(by=peggy, now=later)
    actions.open_notice(first[0].id, by=peggy, now=later)
    assert received.waiting(by=peggy, now=later) == 2
    pages = [received.inbox(by=peggy, now=later, page=n) for n in range(3)]
    assert [[one.opened_at is None for one in rows] for rows, _ in pages] == [[True, True], [False], []]
    assert [more for _, more in pages] == [True, False, False]
    monkeypatch.setattr(received, "PAGE", 1)
    single = [received.inbox(by=peggy, now=later, page=n) for n in range(4)]
    assert [rows[0].id for rows, _ in single[:3]] == [one.id for rows, _ in pages for one in rows]
    assert [more for _, more in single] == [True, True, False, False]
