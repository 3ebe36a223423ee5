"""Every exit, tried as somebody a case is kept from and as their colleague: pages, papers, calendar, file, API."""

from datetime import timedelta

import pytest

from tests.safeguarding import marac_story as story
from tests.safeguarding.story import pair
from tests.shell.browsers import stranger

pytestmark = pytest.mark.database
NOW = story.MONDAY
TOKENS = (b"Danielle", b"Oddie", b"MARAC-2611", b"Tarn Row", b"Fit a door", b"burn the house")
ROLES = {
    "partner": ("/partner/marac/", "tarn-homes"),
    "marac_coordinator": ("/safeguarding/marac/", "X23000099"),
    "marac_chair": ("/safeguarding/marac/", "X23000099"),
    "safeguarding_officer": ("/safeguarding/marac/", "X23000099"),
}


@pytest.fixture
def case(db, system):
    """A case on the agenda of a meeting in progress, with an action, an answer and minutes."""
    from fellwatch.meetings import actions as meetings
    from fellwatch.meetings import queries
    from fellwatch.meetings.values import Promised, Said
    from fellwatch.safeguarding.marac import actions
    from fellwatch.safeguarding.marac.values import Placed

    people = pair(system)
    story.agencies(system)
    cora, ida = story.user("Cora Birk", "marac_coordinator"), story.user("Ida Fleet", "partner", "harbour-advocates")
    id = actions.refer(story.new(), by=ida, now=NOW)
    actions.place(id, Placed(people[1], (people[0],)), by=cora, now=NOW)
    meeting = story.meeting(cora)
    actions.list_on(id, meeting, by=cora, now=NOW)
    meetings.send_agenda(meeting, by=cora, now=NOW)
    (asked,) = queries.waiting(by=cora, now=NOW, agency="tarn-homes")[0]
    at = NOW + timedelta(days=14)
    meetings.begin(meeting, by=cora, now=at)
    (line,) = queries.agenda(meeting, by=cora)
    meetings.write(line.id, Said("Danielle fears.", "Rising.", "Move Danielle."), seen=0, by=cora, now=at)
    promised = Promised("tarn-homes", "Fit a door.", at.date() + timedelta(days=1))
    meetings.promise(line.id, promised, by=cora, now=at)
    return {
        "case": id, "meeting": meeting, "item": line.id, "action": promised.id, "research": asked.id,
        "marc": people[0], "danielle": people[1], "cora": cora,
    }  # fmt: skip


def _addresses(case):
    """Every address of the MARAC at both doors, with the case's own identifiers in place of each argument."""
    from django.urls import get_resolver

    found = []
    for room in get_resolver().url_patterns:
        if getattr(room, "app_name", "") not in {"safeguarding", "portal"}:
            continue
        for one in room.url_patterns:
            path = f"/{room.pattern}{one.pattern}"
            if "marac" in path:
                found += _filled(path, case)
    return found


def _filled(path, case):
    key = next(
        (
            key
            for part, key in (
                ("/meetings/<", "meeting"), ("/hearing/", "item"), ("/actions/", "action"), ("/research/", "research"),
                ("/people/", "danielle"), ("/referrals/", "case"), ("/cases/", "case"), ("/kept-out/<", "case"),
            )
            if part in path
        ),
        None,
    )  # fmt: skip
    address = path.replace("<uuid:id>", str(case[key]) if key else "")
    steps = ("place", "triage", "list", "ask", "adviser", "reached", "withdraw", "reopen", "put_back", "rule")
    return [address.replace("<slug:step>", step) for step in steps] if "<slug:step>" in address else [address]


def _client(by):
    from fellwatch.foundation.accounts.models import User

    client = stranger()
    client.force_login(User.objects.get(id=by.id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _told(case, by):
    """Return every address at which an answer, opened or sent to, tells of the case; none may fail."""
    told, client = set(), _client(by)
    for address in _addresses(case):
        for answer in (client.get(address), client.post(address, {"do": "next", "words": "x"})):
            assert answer.status_code < 500, address
            if any(token in answer.content for token in TOKENS):
                told.add(address)
            assert not any(token in str(answer.headers).encode() for token in TOKENS), address
    return told


@pytest.mark.parametrize("role", ROLES)
def test_no_address_tells_somebody_kept_out_and_the_same_addresses_tell_their_colleague(case, role):
    from fellwatch.meetings import actions

    first, agency = ROLES[role]
    kept, colleague = (story.user(name, role, agency) for name in ("Jo Fold", "Kit Fold"))
    actions.identify(kept.id, case["marc"], "Known to be him.", by=case["cora"], now=NOW)
    people = {f"/safeguarding/marac/people/{case['danielle']}/"}  # her own record, which policing needs, says no more
    assert _told(case, kept) - people == set()
    assert first in _told(case, colleague)


@pytest.mark.parametrize("tie", ["kept", "free"])
def test_papers_and_counts_made_for_them_leave_it_out_without_a_gap(case, tie):
    from fellwatch.meetings import actions
    from fellwatch.safeguarding import papers
    from fellwatch.safeguarding.marac import actions as marac
    from fellwatch.safeguarding.marac import counting
    from fellwatch.safeguarding.pages.marac import printing

    by = story.user("Jo Fold", "marac_chair")
    if tie == "kept":
        actions.identify(by.id, case["marc"], "Known to be him.", by=case["cora"], now=NOW)
    marac.heard(case["item"], by=case["cora"], now=NOW + timedelta(days=14))
    said = [
        papers.words("agenda", printing.agenda_values(case["meeting"], by=by, now=NOW)),
        papers.words("minutes", printing.minutes_values(case["meeting"], by=by, now=NOW)),
    ]
    quarter = counting.quarter(*counting.quarter_of((NOW + timedelta(days=14)).date()), by=by)
    free = tie == "free"
    assert all(("Danielle" in words) is free for words in said)
    assert ({code: n for code, _, n in quarter.lines}["cases"] == 1) is free
    assert ("0 of 1" in str(quarter.share)) is free


def test_the_calendar_names_no_case_to_anybody(case):
    answer = _client(case["cora"]).get(f"/safeguarding/marac/meetings/{case['meeting']}/meeting.ics")
    assert b"BEGIN:VEVENT" in answer.content
    assert not any(token in answer.content for token in TOKENS)


def test_the_api_has_no_operation_that_tells_of_it():
    from fellwatch.api.app import api

    paths = api.get_openapi_schema()["paths"]
    assert paths
    assert [path for path in paths if any(word in path for word in ("marac", "meeting", "matter"))] == []


@pytest.mark.parametrize("tie", ["kept", "free"])
def test_a_persons_page_and_the_search_show_the_flag_to_an_officer_and_not_to_the_perpetrator(case, tie):
    from fellwatch.meetings import actions

    by = story.user("Jo Fold", "safeguarding_officer")
    if tie == "kept":
        actions.identify(by.id, case["marc"], "Known to be him.", by=case["cora"], now=NOW)
    client = _client(by)
    pages = [f"/people/{case['marc']}/", f"/people/{case['danielle']}/", "/search/?q=Danielle+Hewett"]
    shown = [b"Heard at MARAC" in client.get(page).content for page in pages]
    assert shown[:2] == ([False, False] if tie == "kept" else [True, True])
    assert not (tie == "kept" and shown[2])
