"""Whatever is typed, the page and the action tell beside the field what is wrong: never a failure, never a loss."""

import html
import uuid
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from tests.contact.calls import call
from tests.shell.browsers import browser

pytestmark = pytest.mark.database

NUL, HALF, LONG = "half \x00 a word", "half \ud800 a pair", "x" * 1_000_000
WRONG = pytest.mark.parametrize("text", [NUL, HALF, LONG], ids=["NUL", "half a pair", "a megabyte"])
OPENING = {"channel": "999", "opening_code": "theft", "summary": "A bicycle.", "caller_name": "Danielle Hewett"}


@pytest.fixture
def logged(db, alice, now):
    from fellwatch.contact import actions

    return actions.log_incident(call(now), by=alice, now=now)


def _told(step):
    from fellwatch.contact.values import Invalid

    with pytest.raises(Invalid) as told:
        step()
    return told.value.problems


def _person(**values):
    from fellwatch.contact.values import DraftPerson
    from fellwatch.records.actions import NewPerson

    return {"people": (DraftPerson("caller", new=NewPerson(**{"surname": "Hewett", **values})),)}


def _place(**values):
    from fellwatch.records.actions import NewPlace

    return {"place": NewPlace(**{"house": "14", "street": "Tarn Row", "postcode": "FZ1 1AA", **values})}


def _fields(text):
    """Every text of a call, with the field it is told beside."""
    from fellwatch.contact.values import DraftPerson

    return [
        ("channel", {"channel": text}),
        ("opening_code", {"opening_code": text}),
        ("summary", {"summary": text}),
        ("qualifiers", {"qualifiers": (text,)}),
        ("caller_number", {"caller_number": text}),
        ("grade", {"grade": text}),
        ("grade_reason", {"grade_reason": text}),
        ("reference", {"reference": text}),
        ("thrive.threat", {"thrive": {"threat": text}}),
        (f"thrive.{text}", {"thrive": {text: "yes"}}),
        ("dangers", {"dangers": {"weapon": text}}),
        ("dangers", {"dangers": {text: "yes"}}),
        ("address", _place(flat=text)),
        ("address", _place(house=text)),
        ("address", _place(street=text)),
        ("address", _place(town=text)),
        ("address", _place(described=text)),
        ("postcode", _place(postcode=text)),
        ("people.0.forenames", _person(forenames=text)),
        ("people.0.surname", _person(surname=text)),
        ("people.0.phone", _person(phone=text)),
        ("people.0.sex", _person(sex=text)),
        ("people.0.said", {"people": (replace(_person()["people"][0], said=text),)}),
        ("people", {"people": (replace(_person()["people"][0], role=text),)}),
        ("vulnerabilities", {"people": (DraftPerson("caller", uuid.uuid4(), vulnerabilities=(text,)),)}),
    ]


@WRONG
def test_every_text_of_a_call_is_told_beside_its_field_and_nothing_is_stored(db, alice, now, text):
    from fellwatch.contact import actions
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident, Person

    for field, values in _fields(text):
        assert field in _told(lambda values=values: actions.log_incident(call(now, **values), by=alice, now=now))
    with access.acting(alice):
        assert (Incident.objects.count(), Person.objects.count()) == (0, 0)


def test_ten_thousand_of_a_list_are_refused_beside_it(db, alice, now):
    from fellwatch.contact import actions

    one = _person()["people"][0]
    for field, values in (
        ("qualifiers", {"qualifiers": ("domestic_abuse",) * 10_000}),
        ("people", {"people": (one,) * 10_000}),
        ("vulnerabilities", {"people": (replace(one, vulnerabilities=("pregnant",) * 10_000),)}),
    ):
        assert field in _told(lambda values=values: actions.log_incident(call(now, **values), by=alice, now=now))


def test_the_longest_names_and_addresses_that_pass_can_be_stored_and_indexed(db, alice, now):
    from fellwatch.contact import actions

    def long(count):
        return "".join(chr(0x1F300 + (n * 7919) % 700) for n in range(count))

    place = _place(flat=long(30), house=long(60), street=long(300), town=long(100))
    made = call(now, **_person(forenames=long(200), surname=long(200)), **place)
    assert actions.log_incident(made, by=alice, now=now).reference


def test_a_day_and_month_without_a_year_is_told_and_not_broken_on(db, alice, now):
    from fellwatch.contact import actions
    from fellwatch.records.values import PartialDate

    problems = _told(
        lambda: actions.log_incident(call(now, **_person(born=PartialDate(None, 3, 4))), by=alice, now=now)
    )
    assert "year" in problems["people.0.date_of_birth"]
    answer = browser("call_taker").post(
        f"/contact/calls/{uuid.uuid4()}/", {**OPENING, "do": "send", "caller_born": "4 March"}
    )
    assert answer.status_code == 422
    assert b'href="#caller_born"' in answer.content


@pytest.mark.parametrize("hidden", [True, False], ids=["silent", "unknown"])
def test_a_person_or_place_that_cannot_be_seen_is_told_beside_the_field(db, alice, bob, now, hidden):
    from fellwatch.contact import actions
    from fellwatch.contact.values import DraftPerson
    from tests.contact.hidden import keep

    kept = keep(bob, now) if hidden else None
    person, place = (kept.person, kept.place) if kept else (uuid.uuid4(), uuid.uuid4())
    made = call(now, place=None, place_id=place, people=(DraftPerson("victim", person_id=person),))
    assert _told(lambda: actions.log_incident(made, by=alice, now=now)) == {
        "people.0.person_id": "There is no such person, or the record is restricted.",
        "place_id": "There is no such place, or the record is restricted.",
    }


@WRONG
def test_every_text_said_of_an_incident_is_told_beside_its_field(logged, alice, detective, now, text):
    from fellwatch.contact import actions

    id, by = logged.incident_id, {"by": alice, "now": now}
    advice = actions.advise(id, "Send two.", by=detective, now=now)
    closing = {"closing_codes": ["domestic_incident"], "closing_qualifiers": ["domestic_abuse"]}
    for field, step in (
        ("text", lambda: actions.add_line(id, text, **by)),
        ("unit", lambda: actions.assign(id, text, **by)),
        ("delay", lambda: actions.record_delay(id, text, **by)),
        ("question", lambda: actions.ask_advice(id, text, **by)),
        ("text", lambda: actions.advise(id, text, by=detective, now=now)),
        ("outcome", lambda: actions.settle_advice(id, advice, text, **by)),
        ("outcome_reason", lambda: actions.settle_advice(id, advice, "not_acted_on", reason=text, **by)),
        ("result", lambda: actions.close(id, result=text, **closing, **by)),
        ("closing_codes", lambda: actions.close(id, result="x", **{**closing, "closing_codes": [text]}, **by)),
        (
            "closing_qualifiers",
            lambda: actions.close(id, result="x", **{**closing, "closing_qualifiers": ["domestic_abuse", text]}, **by),
        ),
    ):
        assert field in _told(step), field


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("trigger", {"trigger": "whim"}),
        ("grade", {"grade": "immediate"}),
        ("reason_code", {"reason_code": "whim"}),
        ("dangers", {"dangers": {"no_such": "yes"}}),
        ("dangers", {"dangers": {"weapon": "perhaps"}}),
        ("thrive.threat", {"thrive": {"threat": ["a", "list"]}}),
        ("thrive.no_such", {"thrive": {"no_such": "words"}}),
        ("rationale", {"rationale": NUL}),
        ("rationale", {"rationale": LONG}),
        ("said", {"said": HALF}),
        ("thrive.threat", {"thrive": {"threat": NUL}}),
    ],
)
def test_a_second_look_that_cannot_stand_is_told_by_field(logged, alice, now, field, values):
    from fellwatch.contact import actions, queries
    from fellwatch.contact.values import Reassessment

    look = Reassessment(**{"incident_id": logged.incident_id, "seen": 1, "trigger": "repeat_call", **values})
    assert field in _told(lambda: actions.reassess(look, by=alice, now=now))
    assert queries.handled(logged.incident_id, by=alice).number == 1


PAGES = {
    "lines": ("entry",),
    "questions": ("question",),
    "advice": ("advice",),
    "unit": ("unit",),
    "delay": ("delay",),
    "close": ("result", "closing_codes", "closing_qualifiers"),
    "grade": ("trigger", "grade", "reason_code", "rationale", "said", "again-threat", "danger-weapon", "seen", "id"),
}


@pytest.mark.parametrize("text", [NUL, "x" * 300_000, "²", "9" * 6_000], ids=["NUL", "long", "superscript", "digits"])
def test_no_field_of_an_incidents_page_breaks_it(logged, text):
    supervisor, desk = browser("control_supervisor"), browser("help_desk")
    for path, fields in PAGES.items():
        for field in fields:
            client = desk if path == "advice" else supervisor
            answer = client.post(f"/contact/incidents/{logged.incident_id}/{path}/", {field: text})
            assert answer.status_code in {302, 422}, (path, field)
            if text == NUL and field not in {"seen", "id"}:
                assert answer.status_code == 422, (path, field)


def test_a_look_at_the_grade_that_says_not_why_is_asked_and_stores_no_version(logged, alice):
    from fellwatch.contact import queries

    client = browser("call_taker")
    answer = client.post(f"/contact/incidents/{logged.incident_id}/grade/", {"seen": "1", "said": "He is at the back."})
    assert answer.status_code == 422
    assert b'id="trigger-error"' in answer.content
    assert b"He is at the back." in answer.content
    assert queries.handled(logged.incident_id, by=alice).number == 1


def test_everything_wrong_with_a_call_is_told_at_once(db):
    typed = {"do": "send", "caller_number": "12", "caller_born": "31 2 94", "channel": "999", "summary": "Bell."}
    answer = browser("call_taker").post(f"/contact/calls/{uuid.uuid4()}/", typed)
    assert answer.status_code == 422
    for field in ("caller_number", "caller_born", "opening_code"):
        assert f'href="#{field}"'.encode() in answer.content, field


def test_two_bare_digits_are_asked_whether_they_are_an_age_before_they_are_stored(db):
    typed = {**OPENING, "do": "send", "caller_born": "35"}
    answer = browser("call_taker").post(f"/contact/calls/{uuid.uuid4()}/", typed)
    assert answer.status_code == 422
    assert "Is 35 an age or a year? Write ‘age 35’ or 1935." in answer.content.decode()
    assert (
        browser("call_taker").post(f"/contact/calls/{uuid.uuid4()}/", {**typed, "caller_born": "1935"}).status_code
        == 302
    )


def test_nothing_is_called_checked_where_nobody_and_nowhere_was_said(db, now):
    from fellwatch.contact.pages import reading
    from fellwatch.contact.pages.typed import Typed

    said = {"thrive-threat": ["A bell rings."]}
    assert reading.thrive(Typed(said), now=now)["systems_checked"] == ["not_checked"]
    named = Typed({**said, "caller_number": ["07700 900142"]})
    assert "markers" in reading.thrive(named, now=now)["systems_checked"]


CALL_FIELDS = (
    *("channel", "opening_code", "summary", "qualifiers", "caller_name", "caller_number", "caller_born", "address"),
    *("postcode", "person-0-name", "person-0-role", "person-0-id", "person-0-vulnerabilities", "danger-weapon"),
    *("thrive-threat", "crime_disclosed", "crime_which", "safeguarding_considered", "safety_advice", "safe_contact"),
    *("grade", "grade_reason", "do", "no_such_field", "use-role-x"),
)


@pytest.mark.parametrize("field", CALL_FIELDS)
@pytest.mark.parametrize("text", [NUL, "x" * 300_000, "²"], ids=["NUL", "long", "superscript"])
def test_no_field_of_the_call_screen_breaks_it_and_what_was_typed_is_kept(db, field, text):
    client, id = browser("call_taker"), uuid.uuid4()
    typed = {**OPENING, "person-0-role": "suspect", "person-0-name": "Marc Oddie", field: text}
    for path, do in (("", "send"), ("", "look"), ("known/", ""), ("grade/", ""), ("draft/", "")):
        answer = client.post(f"/contact/calls/{uuid.uuid4() if do == 'send' else id}/{path}", {"do": do, **typed})
        assert answer.status_code in {200, 302, 422}, (path, do)
        if do == "send" and text == NUL and field != "do":
            assert answer.status_code == 422, "what cannot be stored is told, not stored otherwise"
    kept = client.get(f"/contact/calls/{id}/")
    assert kept.status_code == 200
    if field != "caller_name":
        assert b"Danielle Hewett" in kept.content


@pytest.mark.parametrize("letter", ["x", "ж", "病", "&"])
def test_a_million_letters_of_any_script_are_told_beside_the_field_and_kept(db, letter):
    form = urlencode({**OPENING, "summary": letter * 1_000_000, "do": "send"})
    path = f"/contact/calls/{uuid.uuid4()}/"
    answer = browser("call_taker").post(path, form, content_type="application/x-www-form-urlencoded")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="summary-error"' in page
    assert html.escape(letter) * 1_000_000 in page


@pytest.mark.parametrize("do", ["remove-²", "remove-" + "9" * 6_000, "use-", "use-x", "as-x-y", "where-x", "\x00", "²"])
def test_no_button_breaks_the_call_screen(db, do):
    answer = browser("call_taker").post(f"/contact/calls/{uuid.uuid4()}/", {**OPENING, "do": do})
    assert answer.status_code == 200


@pytest.mark.parametrize("id", [uuid.UUID(int=0), uuid.UUID(int=2**128 - 1), uuid.UUID(int=2**128 - 1 - (0x8 << 76))])
def test_a_call_may_have_any_id(db, id):
    assert browser("call_taker").get(f"/contact/calls/{id}/").status_code == 200


@pytest.mark.parametrize("path", ["board/", "board/rows/", "waiting/", "desk/rows/", "desk/"])
@pytest.mark.parametrize("text", ["%00", "%ED%A0%80", "x" * 5_000, "'"])
def test_no_filter_breaks_a_board(logged, path, text):
    client = browser("help_desk" if "desk" in path else "control_supervisor")
    for name in ("area", "grade", "state", "only", "view"):
        assert client.get(f"/contact/{path}?{name}={text}").status_code == 200, name


def test_a_colleagues_call_is_not_taken_over_from_its_address(db):
    alice, bob, id = browser("call_taker"), browser("call_taker"), uuid.uuid4()
    assert alice.post(f"/contact/calls/{id}/draft/", {"summary": "Mine."}).status_code == 200
    assert bob.post(f"/contact/calls/{id}/draft/", {"summary": "His."}).status_code == 409
    answer = bob.post(f"/contact/calls/{id}/", {**OPENING, "summary": "His words stay on the screen."})
    assert answer.status_code == 422
    assert b"His words stay on the screen." in answer.content
    assert b"Mine." in alice.get(f"/contact/calls/{id}/").content
    assert bob.post(f"/contact/calls/{id}/", {**OPENING, "do": "send"}).status_code == 302
    late = alice.post(f"/contact/calls/{id}/", {**OPENING, "do": "send", "summary": "Mine."})
    assert late.status_code == 422
    assert b"Mine." in late.content
