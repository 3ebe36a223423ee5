"""A person's page, a place's page and search: what they show, to whom, and what they never give away."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.shell.browsers import browser, household, restrict

pytestmark = pytest.mark.database


def _page(client, path, **asked):
    answer = client.get(path, asked)
    return answer.status_code, answer.content.decode()


def test_a_persons_page_shows_the_thread_what_holds_now_and_who_is_around(db, alice):
    home = household(alice)
    status, page = _page(browser("call_taker"), f"/people/{home.marc}/")
    assert status == 200
    assert "Marc Oddie" in page
    assert "2 incidents since" in page
    assert "1 warning marker in force" in page
    assert "Carried a kitchen knife" in page
    assert all(reference in page for reference in home.references)


def test_the_thread_has_a_point_for_each_grade_and_a_bar_for_each_marker(db, alice):
    home = household(alice)
    _, page = _page(browser("call_taker"), f"/people/{home.marc}/")
    assert page.count("fw-chart__point") - page.count("fw-chart__point--signal") == 2
    assert page.count("fw-thread__bar") == 1
    assert "Emergency" in page


def test_a_childs_mother_is_named_with_their_tie_and_her_age(db, alice):
    home = household(alice)
    _, page = _page(browser("call_taker"), f"/people/{home.isla}/")
    assert "Danielle Hewett" in page
    assert "mother of Isla Hewett" in page


def test_everybody_shown_on_a_persons_page_is_named_in_the_log(db, alice, auditor):
    from fellwatch.foundation.audit import chain

    home = household(alice)
    browser("response_officer").get(f"/people/{home.isla}/")
    for person in (home.isla, home.danielle):
        lines = chain.lines(by=auditor, person=person, actor_name="Response Officer Fell")
        assert lines, "somebody was shown and not named"


def test_of_a_hostels_hundreds_a_persons_page_shows_and_logs_the_youngest_and_leads_to_all(db, alice, auditor):
    from fellwatch.foundation import access, clock
    from fellwatch.foundation.audit import chain
    from fellwatch.records import actions as records
    from fellwatch.records.actions import NewPerson
    from fellwatch.records.values import PartialDate
    from fellwatch.shell.pages import life

    home = household(alice)
    others = [NewPerson(f"Fern{n}", "Hostel", PartialDate(1940 + n), "female", "", "current") for n in range(30)]
    began = clock.london_date(clock.now()) - timedelta(days=9)
    with access.acting(alice):
        for one in others:
            records.add_person(one, by=alice, now=clock.now())
            records.live_at(one.id, home.place, by=alice, kind="home", source="call", from_date=began)
    _, page = _page(browser("response_officer"), f"/people/{home.danielle}/")
    listed = page.partition('id="household"')[2].partition("</section>")[0]
    shown = [one for one in others if f"/people/{one.id}/" in listed]
    assert shown == others[-(life.MOST_AT_HOME - 2) :], "the youngest, beside her and her daughter"
    assert f"/people/{home.isla}/" in listed
    assert f"/places/{home.place}/" in listed
    for one in others:
        lines = chain.lines(by=auditor, person=one.id, actor_name="Response Officer Fell")
        assert bool(lines) is (one in shown), "whoever was shown is named in the log, and nobody else"
    _, everyone = _page(browser("response_officer"), f"/places/{home.place}/")
    assert all(f"/people/{one.id}/" in everyone for one in others)


def test_only_a_reader_of_the_log_sees_who_looked(db, alice, monkeypatch):
    from fellwatch.foundation.accounts import roles
    from fellwatch.foundation.accounts.roles import Role

    home = household(alice)
    declared = dict(roles.roles())
    both = Role("duty_auditor", "Duty auditor", "shell:log", alice.permissions | {"audit.read"})
    monkeypatch.setattr(roles, "roles", lambda: {**declared, "duty_auditor": both})
    assert "Who looked" not in _page(browser("call_taker"), f"/people/{home.isla}/")[1]
    page = _page(browser("duty_auditor"), f"/people/{home.isla}/")[1]
    assert "Who looked" in page
    assert "opened a person" in page


@pytest.mark.parametrize("announce", [True, False])
def test_a_restricted_person_is_as_absent_as_one_who_never_was(db, alice, announce):
    home = household(alice)
    restrict(home.marc, alice, announce=announce)
    client = browser("call_taker")
    hidden = client.get(f"/people/{home.marc}/")
    never = client.get("/people/00000000-0000-7000-8000-000000000000/")
    assert hidden.status_code == never.status_code == 404
    assert b"Oddie" not in hidden.content
    assert browser("help_desk", compartments=("restricted",)).get(f"/people/{home.marc}/").status_code == 200


@pytest.mark.parametrize("announce", [True, False])
def test_nobody_elses_page_gives_a_restricted_person_away(db, alice, announce):
    home = household(alice)
    restrict(home.marc, alice, announce=announce)
    client = browser("call_taker")
    for path in (f"/people/{home.danielle}/", f"/people/{home.isla}/", f"/places/{home.place}/"):
        status, page = _page(client, path)
        assert status == 200
        assert "Oddie" not in page
        assert str(home.marc) not in page
        assert "kitchen knife" not in page


def test_a_place_shows_its_household_as_of_the_day_asked_for(db, alice):
    from fellwatch.foundation import clock

    home = household(alice)
    client, today = browser("call_taker"), clock.london_date(clock.now())
    _, now = _page(client, f"/places/{home.place}/")
    before = (today - timedelta(days=45)).strftime("%d/%m/%Y")
    _, then = _page(client, f"/places/{home.place}/", on=before)
    household_now, household_then = (page.split('id="incidents"')[0] for page in (now, then))
    assert "Marc Oddie" not in household_now
    assert "Marc Oddie" in household_then
    assert "Isla Hewett" in household_now


def test_the_day_somebody_left_is_no_longer_a_day_they_lived_there(db, alice):
    from fellwatch.foundation import clock

    home = household(alice)
    left = (clock.now() - timedelta(days=30)).date()
    for day, lived in ((left, False), (left - timedelta(days=1), True)):
        _, page = _page(browser("call_taker"), f"/places/{home.place}/", on=day.strftime("%d/%m/%Y"))
        assert ("Marc Oddie" in page.split('id="incidents"')[0]) is lived


@pytest.mark.parametrize("typed", ["yesterday-ish", "31/02/2025", "2025", "August 2025", "9" * 60, "'; drop", "⑫"])
def test_a_day_that_is_none_is_told_beside_its_field_and_kept(db, alice, typed):
    home = household(alice)
    status, page = _page(browser("call_taker"), f"/places/{home.place}/", on=typed)
    assert status == 400
    assert 'id="on-error"' in page
    assert "Today is shown instead" in page
    assert "Isla Hewett" in page


def test_a_place_says_how_exactly_its_force_is_known(db, alice):
    home = household(alice)
    _, page = _page(browser("call_taker"), f"/places/{home.place}/")
    assert "How exactly" in page


def test_search_finds_a_misspelt_name_with_how_sure_and_why(db, alice):
    home = household(alice)
    status, page = _page(browser("call_taker"), "/search/", q="Danyel Hewit")
    assert status == 200
    assert f"/people/{home.danielle}/" in page
    assert "Why Danielle Hewett" in page
    assert "%" in page


def test_search_finds_by_log_number_telephone_postcode_and_address(db, alice):
    home = household(alice)
    client = browser("call_taker")
    assert home.references[0] in _page(client, "/search/", q=home.references[0])[1]
    by_phone = _page(client, "/search/", q="07700 900142")[1]
    assert "Danielle Hewett" in by_phone
    assert home.references[1] in by_phone
    for said in ("ZZ1 1AA", "zz11aa", "14 Tarn Row", "Tarn Row"):
        assert f"/places/{home.place}/" in _page(client, "/search/", q=said)[1], said


def test_a_log_number_is_found_by_its_end_as_it_is_said_aloud(db, alice):
    home = household(alice)
    newest = home.references[1]
    end = newest.split("-")[1]
    for said in (end, end.lstrip("0").zfill(3), f"log {end}"):
        assert newest in _page(browser("call_taker"), "/search/", q=said)[1], said


def test_whoever_searches_for_an_address_is_shown_the_place_before_people(db, alice):
    home = household(alice)
    page = _page(browser("call_taker"), "/search/", q="14 Tarn Row")[1]
    assert page.index(f"/places/{home.place}/") < page.index(f"/people/{home.danielle}/")
    assert "Who may be tied to it" in page
    named = _page(browser("call_taker"), "/search/", q="Danielle Hewett")[1]
    assert "People, most likely first" in named


@pytest.mark.parametrize("said", ["Marc Oddie 12/05/1989", "Marc Oddie", "Oddie", "Mark Oddy"])
def test_search_announces_a_restricted_record_and_shows_nothing_of_it(db, alice, said):
    home = household(alice)
    restrict(home.marc, alice, announce=True)
    _, page = _page(browser("call_taker"), "/search/", q=said)
    assert str(home.marc) not in page
    assert "kitchen knife" not in page
    assert "Marc Oddie" not in page.replace(said, "")
    if said == "Marc Oddie 12/05/1989":
        assert "A restricted record exists" in page


@pytest.mark.parametrize(
    "said", ["Marc Oddie 12/05/1989", "Marc Oddie", "Oddie", "07700 900142", "14 Tarn Row", "Tarn Row"]
)
def test_search_is_the_same_with_a_silent_record_as_without_it(db, alice, said):
    from fellwatch.foundation import access
    from fellwatch.recognition import index

    home = household(alice)
    restrict(home.marc, alice, announce=False)
    client = browser("call_taker")
    with_silent = _plain(client, said)
    with access.acting(replace(alice, compartments=frozenset({"restricted"}))):
        index.forget([home.marc])
    assert with_silent == _plain(client, said)


def _plain(client, said):
    page = client.get("/search/", {"q": said}).content.decode()
    return re.sub(r'value="[A-Za-z0-9]{64}"|"X-CSRFToken": "[^"]*"|data-now="[^"]*"', "", page)


@pytest.mark.parametrize(
    "said",
    ["x" * 201, "a", "half \x00 a word", "👩‍👧", "O'Neill", "李 小龍", "%%%___", "(07700) 900", "()", "00/00/0000"],
)
def test_whatever_is_searched_for_is_answered_in_words(db, alice, said):
    status, page = _page(browser("call_taker"), "/search/", q=said)
    assert status in {200, 400}
    if status == 400:
        assert 'id="q-error"' in page
    else:
        assert "Nothing found" in page


def test_a_search_is_logged_by_which_fields_were_given_and_never_by_what_was_typed(db, alice, auditor):
    from fellwatch.foundation.audit import chain

    home = household(alice)
    browser("call_taker").get("/search/", {"q": "Danielle Hewett"})
    lines = chain.lines(by=auditor, person=home.danielle, actor_name="Call Taker Fell")
    assert {"shell.search_read", "recognition.looked_up"} <= {line.sentence for line in lines}
    assert "hewett" not in str([line.detail for line in lines]).lower()


def test_a_role_that_may_not_search_people_finds_places_and_is_told(db, alice):
    home = household(alice)
    _, page = _page(browser("data_manager"), "/search/", q="14 Tarn Row")
    assert f"/places/{home.place}/" in page
    assert "not for people" in page
    assert "Danielle" not in page
