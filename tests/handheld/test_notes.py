"""What is noted beside forms lands in the room it belongs to, once."""

import json
import uuid
from datetime import UTC, datetime

import pytest

from tests.handheld.sent import Wire, body, door
from tests.shell.browsers import browser

pytestmark = pytest.mark.database


def note(at, kind, **said):
    return {"id": str(uuid.uuid4()), "incident": str(at.incident), "kind": kind, "said": said, "stamp": None}


def send(wire, one):
    stamp = {"at": datetime.now(UTC).timestamp() * 1000, "running": 1000, "start": "a"}
    return wire.ask("notes/", json.dumps(one | {"stamp": stamp}))


@pytest.fixture
def at(rosas, alice, db):
    from fellwatch.foundation import clock

    return door(alice, clock.now())


def scene(at, actor):
    from fellwatch.foundation import clock
    from fellwatch.response import queries

    return queries.scene(at.incident, by=actor("Rosa Pike", "response_officer"), now=clock.now())


def test_a_child_noted_at_the_door_is_on_the_card_and_a_form_may_be_about_her(rosas, at, actor):
    one = note(at, "member", forenames="Isla", surname="Hewett", age="5", role="child_resident")
    for _ in range(2):
        assert send(rosas, one).status_code == 200
    (card,) = rosas.ask("sync/", {}).json()["cards"]
    assert [(person["name"], person["age"]) for person in card["people"] if person["id"] == one["id"]] == [
        ("Isla Hewett", 5)
    ] or [person["id"] for person in card["household"]].count(one["id"]) == 1
    written = body(at, {"seen": "yes"}, instrument="household_voice", person=one["id"])
    answer = rosas.ask("sendings/", written)
    assert answer.status_code == 200, answer.content


def test_a_recording_and_an_exhibit_are_kept_once(rosas, at, actor):
    clip = note(at, "clip", reference="AX-2231", device="BWV 14", started="2026-11-21T23:50:00+00:00")
    thing = note(at, "exhibit", reference="RP/1", description="Kitchen knife", where="Hall floor")
    for one in (clip, thing, clip, thing):
        assert send(rosas, one).status_code == 200
    found = scene(at, actor)
    assert [one.reference for one in found.clips] == ["AX-2231"]
    assert [one.reference for one in found.exhibits] == ["RP/1"]


@pytest.mark.parametrize(
    ("kind", "said", "field"),
    [
        ("member", {"role": "child_resident"}, "forenames"),
        ("member", {"forenames": "Isla", "role": "wizard"}, "role"),
        ("member", {"forenames": "Isla", "role": "child_resident", "age": "five"}, "age"),
        ("clip", {}, "reference"),
        ("clip", {"reference": "AX", "started": "yesterday"}, "started"),
        ("exhibit", {"reference": "RP/1"}, "description"),
        ("poem", {}, "kind"),
    ],
)
def test_what_a_note_lacks_is_said_beside_its_field(rosas, at, kind, said, field):
    answer = send(rosas, note(at, kind, **said))
    assert answer.status_code == 422
    assert field in answer.json()["fields"]


def test_whoever_may_not_respond_notes_nothing(at, db):
    assert send(Wire(browser("auditor")), note(at, "clip", because="Flat battery")).status_code == 403


def _suspects(at, alice):
    from fellwatch.foundation import clock
    from fellwatch.records import queries

    seen = queries.incident(at.incident, by=alice, now=clock.now())
    return [(one.person.id, one.person.name, one.person.unnamed) for one in seen.parts if one.role == "suspect"]


def test_a_suspect_only_described_has_forms_and_a_name_later_and_keeps_what_was_written(rosas, at, actor, alice):
    from fellwatch.assessments import queries as forms
    from tests.handheld.sent import body

    one = note(at, "member", description="Unknown male, about 40, grey hood", role="suspect")
    assert send(rosas, one).status_code == 200
    assert (uuid.UUID(one["id"]), "Unknown male, about 40, grey hood", True) in _suspects(at, alice)
    written = body(at, {"arrested": "no", "no_arrest_reason": "not_identified"}, person=one["id"])
    written = json.dumps(json.loads(written) | {"instrument": "positive_action"})
    assert rosas.ask("sendings/", written).status_code == 200

    nameless = send(rosas, note(at, "named", person=one["id"], forenames=" ", surname=""))
    assert nameless.status_code == 422
    named = note(at, "named", person=one["id"], forenames="Craig", surname="Sleddale")
    for _ in range(2):
        assert send(rosas, named).status_code == 200
    assert (uuid.UUID(one["id"]), "Craig Sleddale", False) in _suspects(at, alice)
    other = send(rosas, note(at, "named", person=one["id"], forenames="Dean", surname="Orton"))
    assert "a name already" in other.json()["words"]
    rosa = actor("Rosa Pike", "response_officer")
    stands = forms.find_form("positive_action", at.incident, uuid.UUID(one["id"]), by=rosa)
    assert stands.answers["no_arrest_reason"] == "not_identified"


def test_nobody_is_found_by_how_somebody_looked_but_by_the_name_given_later(rosas, at, actor, alice):
    from fellwatch.foundation import clock
    from fellwatch.recognition import queries

    one = note(at, "member", description="Zebedee Quartz", role="suspect")
    assert send(rosas, one).status_code == 200

    def found():
        asked = queries.Query(name="Zebedee Quartz", date_of_birth="", phone="", address="")
        return {c.person_id for c in queries.who(asked, by=alice, now=clock.now(), limit=5).candidates}

    assert uuid.UUID(one["id"]) not in found()
    assert send(rosas, note(at, "named", person=one["id"], forenames="Zebedee", surname="Quartz")).status_code == 200
    assert uuid.UUID(one["id"]) in found()
