"""A restricted record comes out by no exit of the API, and a silent one not even by a count or a different answer."""

import json
import uuid
from dataclasses import dataclass, replace

import pytest

from tests.api import door

pytestmark = pytest.mark.database

SECRET = ("Lantern", "Ullswick", "900777", "Wren Row", "Kestrel words")


@dataclass(frozen=True)
class Hidden:
    """What is in the compartment, and two readers: one cleared for it, one not."""

    incident: str
    person: str
    place: str
    advice: str
    cleared: door.Machine
    outsider: door.Machine


@pytest.fixture(params=[True, False], ids=["announced", "silent"])
def announce(request):
    """Whether others may know that the record exists."""
    return request.param


@pytest.fixture
def hidden(db, bob, announce):
    """An incident, its person and its place in the compartment "lantern"."""
    from fellwatch.contact import actions, queries
    from fellwatch.contact.values import Call, DraftPerson
    from fellwatch.foundation import access, clock
    from fellwatch.recognition import index
    from fellwatch.records import actions as records
    from fellwatch.records.models import Incident, Person, Place
    from fellwatch.records.values import PartialDate

    now = clock.now()
    insider = replace(bob, id=uuid.uuid4(), compartments=frozenset({"lantern"}))
    her = records.NewPerson("Lantern", "Ullswick", PartialDate(1991, 3, 4), phone="+447700900777")
    with access.acting(insider):
        records.add_person(her, by=insider, now=now)
        place = records.place_for(records.NewPlace(house="9", street="Wren Row", postcode="FZ1 1AB"), by=insider)
        records.live_at(her.id, place, by=insider, kind="home", source="call")
        Person.objects.filter(id=her.id).update(compartment="lantern", announce=announce)
        Place.objects.filter(id=place).update(compartment="lantern")
        index.refresh([her.id])
    made = Call("999", "domestic_incident", now, summary="Kestrel words", place_id=place)
    made = replace(made, people=(DraftPerson("victim", person_id=her.id),), caller_number="+447700900777")
    logged = actions.log_incident(made, by=insider, now=now)
    actions.ask_advice(logged.incident_id, "Kestrel words?", by=insider, now=now)
    advice = queries.handled(logged.incident_id, by=insider).advice[0].id
    with access.acting(insider):
        Incident.objects.filter(id=logged.incident_id).update(compartment="lantern")
    return Hidden(
        str(logged.incident_id),
        str(her.id),
        str(place),
        str(advice),
        cleared=door.of_role("control_supervisor", compartments=["lantern"]),
        outsider=door.machine(door.user("outsider", "control_supervisor")),
    )


def _says_nothing(answer, *ids):
    said = answer.content.decode()
    assert not [word for word in (*SECRET, *ids) if word in said], said


def _exits(hidden):
    """Every call that could show or touch what is hidden, with `{}` for an id that may be hidden or nobody's."""
    new = uuid.uuid4()
    return [
        ("GET", "/incidents/{incident}", None),
        ("GET", "/incidents/{incident}/duties", None),
        ("PUT", f"/incidents/{{incident}}/gradings/{new}", {"seen": 1, "trigger": "new_information"}),
        ("PUT", f"/incidents/{{incident}}/lines/{new}", {"text": "From outside."}),
        ("PUT", "/incidents/{incident}/unit", {"unit": "FN21"}),
        ("PUT", "/incidents/{incident}/arrival", None),
        ("PUT", "/incidents/{incident}/delay", {"delay": "no_unit"}),
        ("PUT", "/incidents/{incident}/closing", {"result": "x", "closing_codes": ["domestic_incident"]}),
        ("PUT", f"/incidents/{{incident}}/questions/{new}", {"question": "From outside?"}),
        ("PUT", "/incidents/{incident}/advice/{advice}/outcome", {"outcome": "acted_on"}),
        ("GET", "/people/{person}", None),
        ("GET", "/places/{place}", None),
        ("GET", "/places/{place}/household", None),
    ]


def test_it_is_there_for_whoever_is_cleared(hidden):
    found = hidden.cleared.get(f"/incidents/{hidden.incident}").json()
    assert found["parts"][0]["person"]["name"] == "Lantern Ullswick"
    assert hidden.cleared.get(f"/places/{hidden.place}/household").json()["residents"][0]["name"] == "Lantern Ullswick"


def test_every_exit_answers_as_if_there_were_nothing(hidden):
    there = {"incident": hidden.incident, "person": hidden.person, "place": hidden.place, "advice": hidden.advice}
    nothing = {name: str(uuid.uuid4()) for name in there}
    for method, path, body in _exits(hidden):
        real = hidden.outsider.send(method, path.format(**there), body)
        none = hidden.outsider.send(method, path.format(**nothing), body)
        assert (real.status_code, real.content) == (none.status_code, none.content), path
        _says_nothing(real)


def test_the_help_desk_is_told_nothing_either(hidden):
    desk = door.of_role("help_desk")
    _says_nothing(desk.get("/desk"), hidden.incident)
    assert desk.get("/desk").json()["items"] == []
    there = [
        desk.put(f"/desk/{hidden.incident}/taking"),
        desk.put(f"/desk/{hidden.incident}/settling"),
        desk.send("POST", f"/incidents/{hidden.incident}/advice", {"text": "From outside."}),
        desk.put(f"/incidents/{hidden.incident}/advice/{hidden.advice}", {"text": "From outside."}),
    ]
    assert [answer.status_code for answer in there] == [404] * 4


def test_it_is_on_no_board_and_in_no_count(hidden):
    board = hidden.outsider.get("/incidents")
    assert board.json() == {"items": [], "total_open": 0}
    assert hidden.cleared.get("/incidents").json()["total_open"] == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "Lantern Ullswick", "phone": "07700 900777", "date_of_birth": "4 3 1991"},
        {"address": "9 Wren Row FZ1 1AB"},
    ],
)
def test_a_search_announces_only_what_may_be_announced(hidden, announce, asked):
    answer = hidden.outsider.send("POST", "/people/search", asked)
    found = answer.json()
    assert found["candidates"] == []
    expected = 1 if announce and "name" in asked else 0
    assert found["restricted"] == expected
    assert bool(found["restricted_words"]) is bool(expected)
    assert not [word for word in ("1991", hidden.person, "lantern") if word in answer.content.decode()]


def test_nobody_can_be_tied_to_a_call_who_may_not_be_seen(hidden):
    def answer(person, place):
        body = door.call(place=None, place_id=place, people=[{"role": "victim", "person_id": person}])
        return hidden.outsider.put(f"/incidents/{uuid.uuid4()}", body)

    real = answer(hidden.person, hidden.place)
    none = answer(str(uuid.uuid4()), str(uuid.uuid4()))
    assert (real.status_code, real.content) == (422, none.content)


def test_a_call_from_the_same_number_learns_nothing_of_it(hidden):
    id = str(uuid.uuid4())
    body = door.call(caller_number="07700 900777", place=None, people=[{"role": "caller", "name": "Lantern Ullswick"}])
    stored = hidden.outsider.put(f"/incidents/{id}", body)
    assert stored.status_code == 201
    found = hidden.outsider.get(f"/incidents/{id}").json()
    assert found["handling"]["repeats"] == []
    assert hidden.person not in json.dumps(found)
