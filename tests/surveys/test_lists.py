"""However many are chosen and left out, a page shows some of them, counts all of them and leads to the rest."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from fellwatch.foundation import ids
from tests.shell.browsers import restrict, stranger
from tests.surveys import story
from tests.surveys.conftest import NOON, REPORTED

pytestmark = pytest.mark.database
NAMES = ("Ada", "Bea", "Cleo", "Dot", "Eve", "Flo")


@pytest.fixture
def people(agencies, alice):
    """Six who rang: a call to three of them is safe; the others have not said so, and one of those is a child."""
    found = {}
    for place, name in enumerate(NAMES):
        born = 2011 if name == "Flo" else 1991
        found[name] = story.asked(alice, REPORTED, forename=name, house=str(20 + place), born=born)
        if place < 3:
            story.safe(alice, found[name].person, NOON - timedelta(days=3), number=f"+4477009001{place:02}")
    return found


@pytest.fixture
def chosen(people, theo, new):
    from fellwatch.surveys import actions

    return actions.choose(replace(new, id=ids.new()), by=theo, now=NOON)


@pytest.fixture
def read(theo, chosen, monkeypatch):
    """Return Theo's browser on the selection; two people are on a page."""
    from fellwatch.foundation.accounts.models import User
    from fellwatch.surveys import queries

    monkeypatch.setattr(queries, "PAGE", 2)
    user = User.objects.create(id=theo.id, username="theo-of-lists", full_name=theo.name, role=theo.role)
    client = stranger()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def page(query="", status=200):
        answer = client.get(f"/safeguarding/surveys/chosen/{chosen}/{query}")
        assert answer.status_code == status
        return answer.content.decode()

    return page


def _names(page):
    return re.findall(r">([A-Z][a-z]+) Hewett</a>", page)


def test_whoever_is_asked_stands_on_one_page_and_whoever_is_not_is_counted_by_reason(read):
    pages = [read(f"?page={number}") for number in range(3)]
    assert [len(_names(page)) for page in pages] == [2, 1, 0]
    assert {name for page in pages for name in _names(page)} == {"Ada", "Bea", "Cleo"}
    assert ["The next ones" in page for page in pages] == [True, False, False]
    assert "Nobody is on this page." in pages[2]
    assert "6 found, 3 on the list" in pages[0]
    assert len(re.findall(r"\?reason=", pages[0])) == 2


def test_all_who_are_left_out_come_in_pages_or_those_of_one_reason(read):
    pages = [read(f"left-out/?page={number}") for number in range(3)]
    assert [_names(page) for page in pages] == [["Dot", "Eve"], ["Flo"], []]
    assert "3 people left out." in pages[0]
    unsafe = [read(f"left-out/?reason=unsafe&page={number}") for number in range(2)]
    assert [_names(page) for page in unsafe] == [["Dot", "Eve"], ["Flo"]]
    assert "reason=unsafe&amp;page=1" in unsafe[0]
    assert _names(read("left-out/?reason=child")) == ["Flo"]
    assert "1 person left out" in read("left-out/?reason=child")
    assert _names(read("left-out/?page=x")) == ["Dot", "Eve"]
    read("left-out/?reason=everybody", status=404)


def test_the_log_names_only_whom_a_page_showed_and_the_numbers_name_nobody(people, chosen, theo, auditor):
    from fellwatch.foundation.audit import chain
    from fellwatch.surveys import queries

    queries.selection(chosen, by=theo)
    queries.asked(chosen, by=theo, cut=slice(2))
    queries.left_out(chosen, by=theo, reason="child")
    lines = [line for line in chain.lines(by=auditor) if line.sentence == "surveys.selection_read"]
    assert sorted(line.people for line in lines) == [1, 2]


def test_whose_record_the_reader_may_not_open_is_counted_and_not_shown(people, chosen, theo, alice):
    from fellwatch.surveys import queries

    restrict(people["Eve"].person, alice, announce=False)
    assert queries.selection(chosen, by=theo).reasons["unsafe"] == 3
    rows, more = queries.left_out(chosen, by=theo, cut=slice(2))
    assert [row.name for row in rows] == ["Dot Hewett", "Flo Hewett"]
    assert not more


def test_every_line_to_ring_stands_on_one_page_the_never_rung_first_then_the_longest_ago(chosen, sylvie, auditor):
    from fellwatch.foundation.audit import chain
    from fellwatch.surveys import actions, queries

    first, second, third = queries.to_ring(by=sylvie)[1]
    for days, line in ((1, second), (2, first)):
        actions.attempt(line.id, "no_answer", "", by=sylvie, now=NOON + timedelta(days=days), id=ids.new())
    before = len([one for one in chain.lines(by=auditor) if one.sentence == "surveys.list_read"])
    pages = [queries.to_ring(by=sylvie, cut=slice(start, start + 2)) for start in (0, 2, 4)]
    assert [total for total, _ in pages] == [3, 3, 3]
    assert [[one.id for one in rows] for _, rows in pages] == [[third.id, second.id], [first.id], []]
    logged = [one.people for one in chain.lines(by=auditor) if one.sentence == "surveys.list_read"]
    assert len(logged) == before + 3
    assert sorted(logged) == [0, 1, 2, 3]


def test_the_surveyor_is_told_how_many_there_are_and_led_to_the_rest(chosen, sylvie, monkeypatch):
    from fellwatch.foundation import clock
    from fellwatch.foundation.accounts.models import User
    from fellwatch.surveys import queries

    monkeypatch.setattr(queries, "PAGE", 2)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    user = User.objects.create(
        id=sylvie.id, username="sylvie-of-lists", full_name=sylvie.name, role=sylvie.role, agency=sylvie.agency
    )
    client = stranger()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    pages = [client.get(f"/partner/surveys/?page={number}").content.decode() for number in range(3)]
    assert [len(_names(page)) for page in pages] == [2, 1, 0]
    assert {name for page in pages for name in _names(page)} == {"Ada", "Bea", "Cleo"}
    assert "3 people on your list; the 2 rung longest ago are shown" in pages[0]
    assert "3 people on your list; 3 to 3 are shown" in pages[1]
    assert ["The next ones" in page for page in pages] == [True, False, False]
    assert "Nobody on this page may be rung now." in pages[2]


def test_what_people_said_comes_in_pages_what_nobody_has_read_first(chosen, sylvie, gwen, auditor, monkeypatch):
    from fellwatch.foundation.accounts.models import User
    from fellwatch.foundation.audit import chain
    from fellwatch.surveys import actions, queries

    words = ("Ring me first.", "", "Tell the children.")
    for line, said in zip(queries.to_ring(by=sylvie)[1], words, strict=True):
        actions.attempt(line.id, "answered", "", by=sylvie, now=NOON, id=ids.new())
        actions.answer(line.id, {**story.ANSWERS, "better": said}, by=sylvie, now=NOON)

    def pages():
        return [queries.said("domestic_abuse", by=gwen, now=NOON, cut=slice(n, n + 1)) for n in range(3)]

    found = pages()
    assert [(one.total, one.unread) for one in found] == [(2, 2)] * 3
    assert sorted(one.words for page in found for one in page.shown) == ["Ring me first.", "Tell the children."]
    (first,) = found[0].shown
    actions.mark_themes(first.id, ["informed"], by=gwen, now=NOON)
    found = pages()
    assert [(one.total, one.unread) for one in found] == [(2, 1)] * 3
    assert [[one.id == first.id for one in page.shown] for page in found] == [[False], [True], []]
    assert queries.one_said(first.id, "domestic_abuse", by=gwen, now=NOON).words == first.words
    logged = [one.detail for one in chain.lines(by=auditor) if one.sentence == "surveys.said_read"]
    assert sorted(one["answers"] for one in logged) == [0, 0, 1, 1, 1, 1, 1]
    client = stranger()
    user = User.objects.create(id=gwen.id, username="gwen-of-lists", full_name=gwen.name, role=gwen.role)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    monkeypatch.setattr(queries, "PAGE", 1)
    page = client.get("/safeguarding/surveys/said/domestic_abuse/").content.decode()
    assert "2 in all, 1 that nobody has read; the 1 first are shown." in page
    assert "The next ones" in page
