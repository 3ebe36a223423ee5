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
