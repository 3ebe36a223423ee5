"""Logging, grading and handling an incident by machine."""

import uuid

import pytest

from tests.api import door

pytestmark = pytest.mark.database


def _id():
    from fellwatch.foundation import ids

    return str(ids.new())


@pytest.fixture
def supervisor(db):
    """A program that may do what a supervisor may."""
    return door.of_role("control_supervisor")


@pytest.fixture
def logged(supervisor):
    """An incident in the store."""
    id = _id()
    assert supervisor.put(f"/incidents/{id}", door.call()).status_code == 201
    return id


def _look(seen, **values):
    return {"seen": seen, "trigger": "new_information", "said": "He has come back.", **values}


def test_a_second_put_answers_the_same_and_stores_nothing(supervisor, bob):
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident, Person

    id = _id()
    first = supervisor.put(f"/incidents/{id}", door.call())
    second = supervisor.put(f"/incidents/{id}", door.call(summary="Sent again by a queue."))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    with access.acting(bob):
        assert (Incident.objects.count(), Person.objects.count()) == (1, 2)


def test_an_incident_is_read_back_whole(supervisor, logged):
    found = supervisor.get(f"/incidents/{logged}").json()
    assert [part["person"]["name"] for part in found["parts"]] == ["Danielle Hewett", "Marc Oddie"]
    assert found["place"]["address"] == "14 Tarn Row, FZ1 1AA"
    assert found["handling"]["grade"] == "emergency"
    assert found["handling"]["gradings"][0]["because"]
    assert found["thrive"][0]["answers"]["engagement"] == "considered_none"
    assert [row["incident_id"] for row in supervisor.get("/incidents?grade=emergency").json()["items"]] == [logged]


def test_its_duties_come_with_the_working(supervisor, logged):
    duties = {duty["rule"]: duty for duty in supervisor.get(f"/incidents/{logged}/duties").json()["items"]}
    assert "attendance" in duties
    assert duties["attendance"]["working"]
    assert duties["attendance"]["story"][0]["kind"] == "noted"


def test_what_cannot_stand_is_told_by_field_in_the_words_of_the_page(supervisor):
    wrong = door.call(channel="pigeon", opening_code="no_such", thrive={"crime_disclosed": "perhaps"})
    answer = supervisor.put(f"/incidents/{_id()}", wrong)
    assert answer.status_code == 422
    problems = answer.json()["problems"]
    assert problems["channel"] == "Choose how the report arrived."
    assert "opening_code" in problems
    assert "thrive.crime_disclosed" in problems


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("caller_number", {"caller_number": "12"}),
        ("place.postcode", {"place": {"address": "14 Tarn Row", "postcode": "not one"}}),
        ("people.0.date_of_birth", {"people": [{"role": "caller", "name": "D", "date_of_birth": "31 Feb 1991"}]}),
        ("people.0.date_of_birth", {"people": [{"role": "caller", "name": "D", "date_of_birth": "4 March"}]}),
        ("people.0.person_id", {"people": [{"role": "caller", "person_id": str(uuid.uuid4())}]}),
        ("place_id", {"place_id": str(uuid.uuid4())}),
        ("received_at", {"received_at": "2026-11-21T23:40:00"}),
        ("received_at", {"received_at": "3026-11-21T23:40:00+00:00"}),
        ("summary", {"summary": "x" * 1_000_000}),
        ("summary", {"summary": "half \x00 a word"}),
        ("summary", {"summary": "half \ud800 a pair"}),
        ("people.0.said", {"people": [{"role": "caller", "name": "D", "said": "\x00"}]}),
        ("dangers", {"dangers": {"no_such": "yes"}}),
        ("dangers.weapon", {"dangers": {"weapon": "perhaps"}}),
        ("summry", {"summry": "misspelt"}),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_stored(supervisor, bob, field, values):
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident, Person

    answer = supervisor.put(f"/incidents/{_id()}", door.call(**values))
    assert answer.status_code == 422
    assert field in answer.json()["problems"]
    with access.acting(bob):
        assert (Incident.objects.count(), Person.objects.count()) == (0, 0)


def test_a_second_look_keeps_both_versions_and_sent_twice_stands_once(supervisor, logged):
    path = f"/incidents/{logged}/gradings/{_id()}"
    first, second = supervisor.put(path, _look(1)), supervisor.put(path, _look(1))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    gradings = supervisor.get(f"/incidents/{logged}").json()["handling"]["gradings"]
    assert [version["number"] for version in gradings] == [2, 1]


def test_whoever_decided_meanwhile_is_named(supervisor, logged):
    assert supervisor.put(f"/incidents/{logged}/gradings/{_id()}", _look(1)).status_code == 201
    late = supervisor.put(f"/incidents/{logged}/gradings/{_id()}", _look(1, grade="priority"))
    assert late.status_code == 409
    told = late.json()["overtaken"]
    assert (told["by_name"], told["grade"]) == ("Control_Supervisor.Machine", "emergency")
    assert told["at"]
    assert supervisor.get(f"/incidents/{logged}").json()["handling"]["grade"] == "emergency"


def test_a_refused_downgrade_is_counted_as_on_the_page(supervisor, logged):
    lower = _look(1, grade="scheduled", reason_code="no_units", rationale="Nobody is free to go there now.")
    assert supervisor.put(f"/incidents/{logged}/gradings/{_id()}", lower).status_code == 422
    handling = supervisor.get(f"/incidents/{logged}").json()["handling"]
    assert handling["grade"] == "emergency"
    assert "downgrade_refused" in {line["kind"] for line in handling["log"]}


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("trigger", {"trigger": "whim"}),
        ("grade", {"grade": "immediate"}),
        ("reason_code", {"reason_code": "whim"}),
        ("dangers", {"dangers": {"no_such": "yes"}}),
        ("thrive.threat", {"thrive": {"threat": ["a", "list"]}}),
        ("thrive.no_such", {"thrive": {"no_such": "words"}}),
    ],
)
def test_a_second_look_that_cannot_stand_is_told_by_field(supervisor, logged, field, values):
    answer = supervisor.put(f"/incidents/{logged}/gradings/{_id()}", _look(1, **values))
    assert answer.status_code == 422
    assert field in answer.json()["problems"]
    assert supervisor.get(f"/incidents/{logged}").json()["handling"]["number"] == 1


def test_an_incident_is_handled_to_its_end(supervisor, logged):
    done = [
        supervisor.put(f"/incidents/{logged}/lines/{_id()}", {"text": "Neighbour rang too."}),
        supervisor.put(f"/incidents/{logged}/unit", {"unit": "FN21"}),
        supervisor.put(f"/incidents/{logged}/arrival"),
        supervisor.put(
            f"/incidents/{logged}/closing",
            {
                "result": "Arrested.",
                "closing_codes": ["domestic_incident"],
                "closing_qualifiers": ["domestic_abuse"],
                "crime_reference": "FS/1234/26",
                "reasons": {"risk_form.nobody": {"reason": "not_reached", "words": "Rang twice, called at the door."}},
            },
        ),
    ]
    assert [answer.status_code for answer in done] == [204] * 4
    handling = supervisor.get(f"/incidents/{logged}").json()["handling"]
    assert (handling["state"], handling["unit"]) == ("closed", "FN21")
    assert supervisor.get("/incidents").json()["items"] == []


def test_a_closing_that_lacks_something_names_it_and_a_reason_under_that_name_stands_instead(supervisor, logged):
    closing = {"result": "Spoken to.", "closing_codes": ["domestic_incident"], "closing_qualifiers": ["domestic_abuse"]}
    refused = supervisor.put(f"/incidents/{logged}/closing", closing)
    assert refused.status_code == 422
    assert list(refused.json()["problems"]) == ["reasons.risk_form.nobody.reason"]
    said = {"risk_form.nobody": {"reason": "not_reached", "words": "No."}}
    short = supervisor.put(f"/incidents/{logged}/closing", {**closing, "reasons": said})
    assert list(short.json()["problems"]) == ["reasons.risk_form.nobody.words"]
    said["risk_form.nobody"]["words"] = "Rang twice, called at the door."
    assert supervisor.put(f"/incidents/{logged}/closing", {**closing, "reasons": said}).status_code == 204
    log = supervisor.get(f"/incidents/{logged}").json()["handling"]["log"]
    assert [line["kind"] for line in log if line["kind"].startswith("clos")] == ["closed", "closing_note"]


def test_a_line_sent_twice_stands_once(supervisor, logged):
    line = _id()
    for _ in range(2):
        assert supervisor.put(f"/incidents/{logged}/lines/{line}", {"text": "Said once."}).status_code == 204
    log = supervisor.get(f"/incidents/{logged}").json()["handling"]["log"]
    assert [entry["text"] for entry in log].count("Said once.") == 1


def test_a_delay_is_recorded_apart_from_the_grade(supervisor, logged):
    from fellwatch.contact import rulings
    from fellwatch.foundation import clock

    code = rulings.codes("delays", clock.now()).codes[0].code
    assert supervisor.put(f"/incidents/{logged}/delay", {"delay": code}).status_code == 204
    handling = supervisor.get(f"/incidents/{logged}").json()["handling"]
    assert (handling["grade"], handling["delay_reason"]) == ("emergency", code)
    assert "delay" in supervisor.put(f"/incidents/{logged}/delay", {"delay": "nope"}).json()["problems"]


def test_advice_is_asked_given_and_settled(supervisor, logged):
    desk, question = door.of_role("help_desk"), _id()
    assert supervisor.put(f"/incidents/{logged}/questions/{question}", {"question": "An order?"}).status_code == 204
    row = desk.get("/desk").json()["items"][0]
    assert (row["incident_id"], row["questions"]) == (logged, 1)
    assert {"rule", "reason"} == set(row["reasons"][0])
    assert desk.put(f"/desk/{logged}/taking").json() == {"taken": True}
    answer = desk.put(f"/incidents/{logged}/advice/{question}", {"text": "Yes: arrest for breach."})
    assert answer.status_code == 204
    assert desk.put(f"/desk/{logged}/settling").status_code == 204
    outcome = {"outcome": "acted_on", "reason": ""}
    path = f"/incidents/{logged}/advice/{question}/outcome"
    assert supervisor.put(path, outcome).status_code == 204
    advice = supervisor.get(f"/incidents/{logged}").json()["handling"]["advice"][0]
    assert (advice["text"], advice["outcome"]) == ("Yes: arrest for breach.", "acted_on")


def test_advice_of_another_incident_is_not_answered_from_here(supervisor, logged):
    desk, other, question = door.of_role("help_desk"), _id(), _id()
    supervisor.put(f"/incidents/{other}", door.call())
    supervisor.put(f"/incidents/{logged}/questions/{question}", {"question": "An order?"})
    assert desk.put(f"/incidents/{other}/advice/{question}", {"text": "Yes."}).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("GET", "/duties", None),
        ("PUT", "/gradings/{}", {"seen": 1, "trigger": "new_information"}),
        ("PUT", "/lines/{}", {"text": "To nobody."}),
        ("PUT", "/unit", {"unit": "FN21"}),
        ("PUT", "/arrival", None),
        ("PUT", "/closing", {"result": "x", "closing_codes": ["domestic_incident"]}),
        ("PUT", "/questions/{}", {"question": "Of whom?"}),
    ],
)
def test_what_is_not_there_is_said_to_be_missing(supervisor, method, path, body):
    answer = supervisor.send(method, f"/incidents/{_id()}{path.format(_id())}", body)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"].startswith("There is no such incident")
