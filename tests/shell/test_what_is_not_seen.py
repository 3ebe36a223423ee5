"""A character that is not seen, or turns the direction of others, is kept out at every door that text comes in by."""

import json
import uuid

import pytest

from tests.shell.browsers import browser

pytestmark = pytest.mark.database

TURNED = "Dani\u202eelle\u202c"
OPENING = {"channel": "999", "opening_code": "theft", "summary": "A bicycle.\r\nA red one.\u200b", "do": "send"}


def _names(by):
    from fellwatch.foundation import access
    from fellwatch.records.models import PersonName

    with access.acting(by):
        return {(one.forenames, one.surname) for one in PersonName.objects.all()}


def test_a_call_taken_on_the_page_keeps_the_name_that_is_seen_and_every_line(db, alice):
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident

    typed = {**OPENING, "caller_name": f"{TURNED} Hew\u200dett", "caller_number": "\u202a07700 900142\u202c"}
    answer = browser("call_taker").post(f"/contact/calls/{uuid.uuid4()}/", typed)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert _names(alice) == {("Danielle", "Hewett")}
    with access.acting(alice):
        stored = Incident.objects.get()
    assert (stored.summary, stored.caller_number) == ("A bicycle.\r\nA red one.", "+447700900142")


def test_a_name_of_another_script_comes_in_as_it_is_written(db, alice):
    name = "\u0645\u06cc\u200c\u062e \u0631\u0636\u0627\u06cc\u06cc"
    assert (
        browser("call_taker").post(f"/contact/calls/{uuid.uuid4()}/", {**OPENING, "caller_name": name}).status_code
        == 302
    )
    assert _names(alice) == {tuple(name.split())}


def test_a_search_is_for_what_is_seen(db):
    page = browser("call_taker").get("/search/", {"q": TURNED}).content.decode()
    assert "\u202e" not in page
    assert "Search for “Danielle”" in page


def test_a_machine_and_a_page_store_the_same(db, alice):
    from tests.api import door

    machine = door.of_role("control_supervisor")
    people = [{"role": "caller", "forenames": TURNED, "surname": "Hew\ufeffett"}]
    assert machine.put(f"/incidents/{uuid.uuid4()}", door.call(people=people)).status_code == 201
    assert _names(alice) == {("Danielle", "Hewett")}


def test_the_action_itself_refuses_what_no_door_took_out(db, alice, now):
    from fellwatch.contact import actions
    from fellwatch.contact.values import DraftPerson, Invalid
    from fellwatch.foundation import plain
    from fellwatch.records.actions import NewPerson
    from tests.contact.calls import call

    made = call(now, people=(DraftPerson("caller", new=NewPerson(forenames=TURNED, surname="Hewett")),))
    with pytest.raises(Invalid) as told:
        actions.log_incident(made, by=alice, now=now)
    assert told.value.problems == {"people.0.forenames": plain.HIDDEN}


def test_an_imported_cell_is_read_as_it_is_seen(tmp_path):
    from fellwatch.foundation.imports import readers

    file = tmp_path / "people.csv"
    file.write_text("surname,forenames\nHewett,Dani\u202eelle\nKa\u200bur,\u0645\u06cc\u200c\u062e\n", encoding="utf-8")
    shape = readers.Shape("csv", "utf-8", ",", ("surname", "forenames"), 2, "")
    found = [dict(raw.cells) for raw in readers.rows(file, shape)]
    assert found == [
        {"surname": "Hewett", "forenames": "Danielle"},
        {"surname": "Kaur", "forenames": "\u0645\u06cc\u200c\u062e"},
    ]


def test_what_a_handheld_sends_is_read_as_it_is_seen():
    from fellwatch.assessments.sendings import reading

    change = {"question": "threat", "answer": "He sa\u202eid no.", "seen": 0}
    body = json.dumps(
        {"id": str(uuid.uuid4()), "form": str(uuid.uuid4()), "incident": str(uuid.uuid4()), "instrument": "dash",
         "version": 1, "changes": [change, {**change, "question": "harm", "answer": ["\u200e1", "2"]}]}
    )  # fmt: skip
    assert [one.answer for one in reading.read(body).changes] == ["He said no.", ["1", "2"]]
