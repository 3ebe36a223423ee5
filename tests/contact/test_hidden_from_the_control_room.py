"""A silent record comes out by no exit of the control room: row, count, stream, panel, desk, card, log line, flag."""

import asyncio
import json
import re
import uuid
from dataclasses import replace

import pytest

from tests.contact.calls import THRIVE, call
from tests.contact.hidden import cleared, keep
from tests.shell.browsers import browser

pytestmark = pytest.mark.database

TOKEN = re.compile(r'(?<="X-CSRFToken": ")\w+|(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=data-now=")[^"]+')
SECRET = ("Lantern", "Ullswick", "900777", "Wren Row", "Kestrel words")


@pytest.fixture(params=[True, False], ids=["announced", "silent"])
def kept(request, db, bob):
    from fellwatch.foundation import clock

    return keep(bob, clock.now(), announce=request.param)


def _nothing_of(kept, answer, *, but=()):
    said = answer.content.decode()
    secret = (*SECRET, str(kept.person), str(kept.place), str(kept.incident), kept.reference)
    assert [word for word in secret if word in said and word not in but] == []


@pytest.mark.parametrize("path", ["board/", "board/rows/", "waiting/"])
def test_boards_show_and_count_nothing_of_it(kept, path):
    answer = browser("control_supervisor").get(f"/contact/{path}")
    assert answer.status_code == 200
    _nothing_of(kept, answer)
    assert b"1 open" not in answer.content
    assert b"1 waiting" not in answer.content


def test_it_is_on_the_board_of_whoever_is_cleared(kept):
    client = browser("control_supervisor", compartments=("lantern",))
    assert kept.reference in client.get("/contact/board/").content.decode()


def test_the_desk_shows_nothing_of_it(kept, detective):
    from fellwatch.contact import queries

    _nothing_of(kept, browser("help_desk").get("/contact/desk/"))
    assert queries.questions_waiting(by=detective) == 0


def test_its_own_pages_answer_as_for_nothing(kept):
    client, nobody = browser("control_supervisor"), uuid.uuid4()
    for path, hidden in (
        ("/contact/incidents/{}/", kept.incident),
        ("/people/{}/", kept.person),
        ("/places/{}/", kept.place),
    ):
        real, none = (client.get(path.format(id)) for id in (hidden, nobody))
        assert (real.status_code, none.status_code) == (404, 404), path
        said, unsaid = (TOKEN.sub("", answer.content.decode()) for answer in (real, none))
        assert said.replace(str(hidden), "") == unsaid.replace(str(nobody), "")


@pytest.mark.parametrize("step", ["lines", "grade", "questions", "advice", "unit", "arrival", "delay", "close"])
def test_every_step_on_it_answers_as_for_nothing(kept, step):
    client = browser("help_desk")
    typed = {"entry": "x", "question": "x", "advice": "x", "unit": "FN21", "delay": "no_unit", "seen": "1"}
    typed |= {"trigger": "repeat_call", "result": "x", "closing_codes": "domestic_incident"}
    real = client.post(f"/contact/incidents/{kept.incident}/{step}/", typed)
    none = client.post(f"/contact/incidents/{uuid.uuid4()}/{step}/", typed)
    assert (real.status_code, none.status_code) == (404, 404)


@pytest.mark.parametrize("said", ["Lantern Ullswick", "07700 900777", "9 Wren Row FZ1 1AB", "FZ1 1AB", "{reference}"])
def test_search_finds_nothing_of_it(kept, said):
    query = said.format(reference=kept.reference)
    answer = browser("call_taker").get("/search/", {"q": query})
    assert answer.status_code == 200
    typed = [word for word in (*SECRET, kept.reference) if word in query or word in query.replace(" ", "")[1:]]
    _nothing_of(kept, answer, but=typed)


def test_the_panel_of_a_live_call_says_nothing_of_it(kept):
    typed = {"caller_name": "Ullswick", "caller_number": "07700 900777", "address": "9 Wren Row", "postcode": "FZ1 1AB"}
    client = browser("call_taker")
    answer = client.post(f"/contact/calls/{uuid.uuid4()}/known/", typed)
    assert answer.status_code == 200
    _nothing_of(kept, answer, but=("Ullswick", "Wren Row", "900777"))


def test_a_call_from_its_number_and_address_is_graded_as_if_nothing_were_known(kept, alice):
    from fellwatch.contact import actions, queries
    from fellwatch.foundation import clock
    from fellwatch.records.actions import NewPlace

    now = clock.now()

    def logged(number, house):
        place = NewPlace(house=house, street="Wren Row", postcode="FZ1 1AB")
        made = call(now, caller_number=number, place=place)
        return queries.handled(actions.log_incident(made, by=alice, now=now).incident_id, by=alice)

    here, elsewhere = logged(kept.number, "9"), logged("+447700900778", "10")
    assert (here.grade, here.flags, here.repeats) == (elsewhere.grade, elsewhere.flags, elsewhere.repeats)
    assert here.gradings[0].because == elsewhere.gradings[0].because


@pytest.fixture
def insiders_call(kept):
    """An open incident that somebody cleared has logged about her: the others read it too."""
    from fellwatch.contact import actions
    from fellwatch.contact.values import DraftPerson
    from fellwatch.foundation import clock

    now = clock.now()
    made = call(now, caller_number=kept.number, place=None, place_id=kept.place, thrive={}, dangers={})
    made = replace(made, people=(DraftPerson("victim", person_id=kept.person),))
    return actions.log_incident(made, by=kept.insider, now=now)


def _shown(id, by):
    from fellwatch.contact import queries
    from fellwatch.foundation import clock

    handled = queries.handled(id, by=by)
    board = [row for row in queries.board(by=by, now=clock.now()) if row.incident_id == id]
    return json.dumps([handled.flags, handled.repeats, [g.because for g in handled.gradings]], default=str) + str(board)


def test_what_a_cleared_colleague_knows_is_not_stored_where_others_read_it(kept, insiders_call, alice):
    said = _shown(insiders_call.incident_id, alice)
    assert [word for word in (*SECRET, kept.reference, "weapons", "marker:") if word in said] == []


def test_a_second_look_by_a_cleared_colleague_stores_nothing_of_it_either(kept, insiders_call, alice):
    from fellwatch.contact import actions, queries
    from fellwatch.contact.actions.grades import DowngradeRefused, note_refusal
    from fellwatch.contact.values import Reassessment
    from fellwatch.foundation import clock

    id, now = insiders_call.incident_id, clock.now()
    look = Reassessment(incident_id=id, seen=1, trigger="repeat_call", thrive=THRIVE)
    actions.reassess(look, by=kept.insider, now=now)
    lower = replace(look, id=uuid.uuid4(), seen=2, grade="no_deployment", reason_code="no_units")
    with pytest.raises(DowngradeRefused) as told:
        actions.reassess(lower, by=kept.insider, now=now)
    note_refusal(told.value, by=kept.insider, now=now)
    log = " ".join(line.text for line in queries.handled(id, by=alice).log)
    said = _shown(id, alice) + log
    assert [word for word in ("weapons", "marker:", kept.reference, "Ullswick") if word in said] == []


def test_an_incident_inside_the_compartment_keeps_what_all_its_readers_may_know(kept):
    from fellwatch.contact import actions, queries
    from fellwatch.contact.values import Reassessment
    from fellwatch.foundation import clock

    look = Reassessment(incident_id=kept.incident, seen=1, trigger="repeat_call", thrive=THRIVE)
    actions.reassess(look, by=kept.insider, now=clock.now())
    assert "marker:weapons" in queries.handled(kept.incident, by=kept.insider).flags


def test_somebody_related_only_through_a_hidden_person_is_not_betrayed(kept, alice, now):
    from fellwatch.foundation import access
    from fellwatch.records import actions, queries, story

    isla = actions.NewPerson("Isla", "Hewett")
    with access.acting(kept.insider):
        actions.add_person(isla, by=kept.insider, now=now)
        actions.relate(kept.person, isla.id, kind="mother", source="call", by=kept.insider)
        actions.live_at(isla.id, kept.place, by=kept.insider, kind="home", source="call")
    assert story.around(isla.id, by=alice) == ()
    assert story.homes(isla.id, by=alice) == ()
    assert queries.person(isla.id, by=alice, now=now).address == ""
    assert queries.related([isla.id], by=alice, on=now.date()) == ()
    page = browser("call_taker").get(f"/people/{isla.id}/")
    assert page.status_code == 200
    _nothing_of(kept, page)


def test_a_stranger_who_moves_in_sees_no_household_behind_the_open_door(kept, alice, now):
    from fellwatch.records import actions, queries

    open_place = actions.place_for(actions.NewPlace(house="9", street="Wren Row", postcode="FZ1 1AB"), by=alice)
    assert queries.household(open_place, by=alice, on=now.date()) == ()
    assert queries.same_address(open_place, by=alice) == ()
    assert queries.same_address(open_place, by=kept.insider) == (kept.place,)


def test_whoever_is_cleared_sees_at_the_open_record_what_the_hidden_one_knows(kept, alice, now):
    from fellwatch.contact import knowledge
    from fellwatch.foundation import clock
    from fellwatch.records import actions

    open_place = actions.place_for(actions.NewPlace(house="9", street="Wren Row", postcode="FZ1 1AB"), by=alice)
    known = knowledge.look_up(knowledge.About(place_id=open_place), by=kept.insider, now=clock.now())
    assert [one.person_id for one in known.household] == [kept.person]
    assert [past.place_id for past in known.earlier] == [open_place]
    assert "weapons" in known.marker_kinds


def test_the_frequencies_and_duplicates_of_recognition_count_nobody_silent(db, alice, bob, now):
    from fellwatch.recognition import queries
    from fellwatch.records.actions import NewPerson

    before = queries.duplicates(NewPerson("Lantern", "Ullswick", phone="+447700900777"), by=alice, now=now)
    keep(bob, now)
    after = queries.duplicates(NewPerson("Lantern", "Ullswick", phone="+447700900777"), by=alice, now=now)
    assert (after.candidates, after.restricted, after.troubles) == (before.candidates, 0, before.troubles)


def test_the_stream_says_no_word_of_it(committed, alice, bob):
    from fellwatch.contact.pages import live
    from fellwatch.foundation import clock

    hidden = keep(bob, clock.now())
    outside, inside = browser("call_taker"), browser("control_supervisor", compartments=("lantern",))
    assert asyncio.run(live._told(hidden.incident, _reader(outside))) is False
    assert asyncio.run(live._told(hidden.incident, _reader(inside))) is True


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "auditor"}])
def test_an_open_stream_ends_when_its_reader_may_no_longer_see_boards(committed, change):
    from fellwatch.contact.pages import live
    from fellwatch.foundation.accounts import present
    from fellwatch.foundation.accounts.models import User

    reader = _reader(browser("call_taker"))
    assert asyncio.run(live._told(None, reader)) is True
    User.objects.filter(id=reader.user_id).update(**change)
    reader.asked_at = -present.FRESH
    assert asyncio.run(live._told(None, reader)) is None


def test_an_open_stream_loses_a_clearance_with_its_reader_and_ends_with_the_session(committed, bob):
    from fellwatch.contact.pages import live
    from fellwatch.foundation import clock
    from fellwatch.foundation.accounts import present
    from fellwatch.foundation.accounts.models import User

    hidden = keep(bob, clock.now())
    client = browser("control_supervisor", compartments=("lantern",))
    reader = _reader(client)
    assert asyncio.run(live._told(hidden.incident, reader)) is True
    User.objects.filter(id=reader.user_id).update(compartments=[])
    reader.asked_at = -present.FRESH
    assert asyncio.run(live._told(hidden.incident, reader)) is False
    client.logout()
    reader.asked_at = -present.FRESH
    assert asyncio.run(live._told(hidden.incident, reader)) is None


def _reader(client):
    import uuid

    from fellwatch.foundation.accounts.present import Present

    return Present(uuid.UUID(client.session["_auth_user_id"]), client.session.session_key)


def test_a_duty_on_it_becomes_late_like_any_other_and_shows_to_nobody_outside(kept, alice, system):
    from datetime import timedelta

    from fellwatch.duties import actions, queries
    from fellwatch.foundation import clock

    assert actions.flip_late(by=system, now=clock.now() + timedelta(days=2)) > 0
    assert "late" in {duty.state for duty in queries.of_incident(kept.incident, by=kept.insider)}
    assert queries.troubled(by=alice) == ()
    _nothing_of(kept, browser("call_taker").get("/duties/"))


def test_the_feed_that_brings_a_hidden_incident_again_is_told_it_is_unchanged(db, bob, system, now):
    """Its reference is the other system's own; a row kept aside would say that ours is hidden."""
    from fellwatch.contact import actions, imports
    from fellwatch.contact.feed import IncidentRow
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident
    from tests.contact.hidden import shut

    made = call(now, reference="CAD-7", source="feed", people=(), thrive={}, dangers={}, place=None)
    actions.log_incident(made, by=system, now=now)
    shut(Incident, made.id, by=cleared(bob))
    row = IncidentRow("CAD-7", "999", now, "domestic_incident", None, made)
    with access.acting(system):
        written = imports._write([row], [], system, now)
    assert (written.refused, written.stood) == ({}, frozenset({"CAD-7"}))


def test_somebody_cleared_sends_a_call_and_looks_again_on_the_page(kept, alice):
    from fellwatch.contact import queries

    client, id = browser("control_supervisor", compartments=("lantern",)), uuid.uuid4()
    typed = {"do": "send", "channel": "999", "opening_code": "domestic_incident", "summary": "He is back."}
    typed |= {"caller_name": "Lantern Ullswick", "caller_number": "07700 900777", "address": "9 Wren Row"}
    typed |= {"person-0-id": str(kept.person), "person-0-role": "victim", "postcode": "FZ1 1AB"}
    assert client.post(f"/contact/calls/{id}/", typed).status_code == 302
    again = {"seen": "1", "trigger": "repeat_call", "said": "She rang back.", "id": str(uuid.uuid4())}
    assert client.post(f"/contact/incidents/{id}/grade/", again).status_code == 302
    assert queries.handled(id, by=alice).number == 2
    assert "marker:weapons" not in _shown(id, alice)
