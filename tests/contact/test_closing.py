"""A closing carries a crime reference, risk forms and the decision about schools, or says why not."""

from datetime import date

import pytest

from tests.contact.calls import THRIVE, call, closed_with
from tests.shell.browsers import browser

pytestmark = pytest.mark.database

CLOSING = {"closing_codes": ["domestic_incident"], "closing_qualifiers": ["domestic_abuse"], "result": "Spoken to."}
WHY = "Rang twice and called at the door."


def _family(now, **values):
    from fellwatch.contact.values import DraftPerson
    from fellwatch.records.actions import NewPerson
    from fellwatch.records.values import PartialDate

    born = PartialDate(now.year - 8, 5, 1)
    people = (
        DraftPerson("victim", new=NewPerson(forenames="Danielle", surname="Hewett", phone="+447700900142")),
        DraftPerson("child_present", new=NewPerson(forenames="Mia", surname="Hewett", born=born)),
        DraftPerson("child_resident", new=NewPerson(forenames="Bo", surname="Hewett", born=PartialDate(now.year - 1))),
    )
    return call(now, people=people, **values)


@pytest.fixture
def family(db, alice, now):
    from fellwatch.contact import actions

    made = _family(now)
    logged = actions.log_incident(made, by=alice, now=now)
    return logged.incident_id, [person.new.id for person in made.people]


def _told(step):
    from fellwatch.contact.values import Invalid

    with pytest.raises(Invalid) as told:
        step()
    return told.value.problems


def _because(reason, words=WHY):
    from fellwatch.contact.values import GivenReason

    return GivenReason(reason, words)


def _whole(victim, child):
    return {
        "crime": _because("with_registrar"),
        f"risk_form.dash.{victim}": _because("declined"),
        f"school.{child}": _because("with_team"),
    }


def test_what_a_closing_lacks_is_told_beside_each_field_at_once(family, bob, now):
    from fellwatch.contact import actions, queries

    id, (victim, child, infant) = family
    problems = _told(lambda: actions.close(id, by=bob, now=now, **CLOSING))
    assert set(problems) == {
        "crime_reference",
        f"reasons.risk_form.dash.{victim}.reason",
        f"reasons.school.{child}.reason",
    }
    assert "Give the crime reference" in problems["crime_reference"]
    assert str(infant) not in "".join(problems)
    assert queries.handled(id, by=bob).state == "graded"


def test_an_honest_reason_for_each_lets_it_close_and_stands_in_the_log(family, bob, now):
    from fellwatch.contact import actions, closing, queries

    id, (victim, child, _) = family
    actions.close(id, by=bob, now=now, reasons=_whole(victim, child), **CLOSING)
    handled = queries.handled(id, by=bob)
    assert handled.state == "closed"
    said = [line.text for line in handled.log if line.kind == "closing_note"]
    assert f"Risk form: The victim was asked and did not want to answer. {WHY}" in said
    notes = {note.title: note for note in closing.notes(id, by=bob)}
    assert (notes["Risk form"].person_id, notes["Telling the school"].person_id) == (victim, child)
    assert "Hewett" not in "".join(said)


def test_a_reason_without_words_or_outside_the_list_does_not_stand(family, bob, now):
    from fellwatch.contact import actions

    id, (victim, child, _) = family
    form = f"risk_form.dash.{victim}"
    for reason, field in (
        (_because("declined", "No."), "words"),
        (_because("declined", "x" * 3_000), "words"),
        (_because("", WHY), "reason"),
        (_because("no_unit"), "reason"),
    ):
        given = {**_whole(victim, child), form: reason}
        problems = _told(lambda given=given: actions.close(id, by=bob, now=now, reasons=given, **CLOSING))
        assert list(problems) == [f"reasons.{form}.{field}"]


def test_a_crime_reference_answers_for_the_crime_and_the_registrars_time_runs_on(family, bob, now):
    from fellwatch.contact import actions, closing
    from fellwatch.duties import queries as duties

    id, (victim, child, _) = family
    reasons = {key: why for key, why in _whole(victim, child).items() if key != "crime"}
    actions.close(id, by=bob, now=now, reasons=reasons, crime_reference=" FS/77/26 ", **CLOSING)
    assert ("Crime reference", "FS/77/26") in {(note.title, note.text) for note in closing.notes(id, by=bob)}
    owed = {duty.rule: duty.state for duty in duties.of_incident(id, by=bob)}
    assert owed["crime_recording"] == "open"


def test_a_form_handed_in_a_crime_decided_and_a_school_notice_made_leave_nothing_to_ask(family, bob, system, now):
    from fellwatch.assessments.models import DisclosedCrime, Form
    from fellwatch.contact import actions, closing
    from fellwatch.foundation import access
    from fellwatch.safeguarding.encompass import actions as schools
    from fellwatch.safeguarding.encompass.jobs import actor

    id, (victim, _, _) = family
    schools.consider(id, domestic=True, by=actor(), now=now)
    with access.acting(bob):
        Form.objects.create(
            instrument="dash", instrument_version=1, incident_id=id, person_id=victim, state="submitted", number=1,
            opened_at=now, opened_by_id=bob.id, opened_by_name=bob.name, changed_at=now, submitted_at=now,
        )  # fmt: skip
        DisclosedCrime.objects.filter(incident_id=id).update(decided=True)
    assert closing.missing(id, by=bob, codes=["domestic_incident"], qualifiers=["domestic_abuse"]) == ()
    actions.close(id, by=bob, now=now, **CLOSING)


def test_whatever_is_closed_as_a_crime_needs_its_reference(db, alice, now):
    from fellwatch.contact import actions

    plain = call(now, opening_code="lost_found_property", qualifiers=(), dangers={}, thrive={}, people=())
    for codes, asked in ((["lost_found_property"], False), (["theft"], True)):
        id = actions.log_incident(call(now, **{**vars(plain), "id": _id()}), by=alice, now=now).incident_id
        shut = {"result": "Looked.", "closing_codes": codes, "closing_qualifiers": (), "by": alice, "now": now}
        if asked:
            assert set(_told(lambda: actions.close(id, **shut))) == {"crime_reference"}  # noqa: B023
        actions.close(id, crime_reference="FS/1/26" if asked else "", **shut)


def _id():
    import uuid

    return uuid.uuid4()


def test_domestic_abuse_of_which_no_victim_is_named_asks_who(db, alice, bob, now):
    from fellwatch.contact import actions

    quiet = {**THRIVE, "crime_disclosed": "no", "crime_which": ""}
    id = actions.log_incident(call(now, thrive=quiet), by=alice, now=now).incident_id
    assert list(_told(lambda: actions.close(id, by=bob, now=now, **CLOSING))) == ["reasons.risk_form.nobody.reason"]
    actions.close(id, by=bob, now=now, reasons=closed_with()["reasons"], **CLOSING)


def test_what_another_control_room_closed_is_not_asked_again(family, bob, now):
    from fellwatch.contact import actions, queries

    actions.close(family[0], by=bob, now=now, elsewhere=True, **CLOSING)
    assert queries.handled(family[0], by=bob).state == "closed"


def test_the_page_names_what_is_missing_with_a_way_to_it_and_keeps_what_was_typed(family, bob, now):
    id, (victim, child, _) = family
    client = browser("control_supervisor")
    page = client.get(f"/contact/incidents/{id}/").content.decode()
    assert "3 still missing" in page
    assert f'href="/people/{child}/"' in page
    typed = {
        "result": "Both spoken to apart.", "closing_codes": "domestic_incident", "closing_qualifiers": "domestic_abuse",
        f"reasons.school.{child}.reason": "with_team", f"reasons.school.{child}.words": "Asked.",
    }  # fmt: skip
    answer = client.post(f"/contact/incidents/{id}/close/", typed)
    assert answer.status_code == 422
    said = answer.content.decode()
    for kept in ("Both spoken to apart.", 'value="Asked."', '<option value="with_team" selected>'):
        assert kept in said
    for field in ("crime_reference", f"reasons.risk_form.dash.{victim}.reason", f"reasons.school.{child}.words"):
        assert f'href="#{field}"' in said
        assert f'id="{field}-error"' in said
    typed |= {"crime_reference": "FS/9/26", f"reasons.school.{child}.words": WHY}
    typed |= {f"reasons.risk_form.dash.{victim}.reason": "declined", f"reasons.risk_form.dash.{victim}.words": WHY}
    assert client.post(f"/contact/incidents/{id}/close/", typed).status_code == 302
    closed = client.get(f"/contact/incidents/{id}/").content.decode()
    assert "Telling the school · Mia Hewett" in closed
    assert "FS/9/26" in closed


def test_a_child_of_no_known_birth_is_asked_about_and_a_grown_one_is_not(db, alice, now):
    from fellwatch.contact import actions, closing
    from fellwatch.contact.values import DraftPerson
    from fellwatch.records.actions import NewPerson
    from fellwatch.records.values import PartialDate

    people = tuple(
        DraftPerson("child_resident", new=NewPerson(forenames=name, surname="Hewett", born=born))
        for name, born in (("Ada", PartialDate()), ("Ben", PartialDate(now.year - 30, 1, 1)))
    )
    made = call(now, people=people)
    id = actions.log_incident(made, by=alice, now=now).incident_id
    lacking = {one.key for one in closing.missing(id, by=alice)}
    assert f"school.{people[0].new.id}" in lacking
    assert f"school.{people[1].new.id}" not in lacking


def test_a_date_known_in_part_spans_its_days():
    from fellwatch.records.values import PartialDate

    assert PartialDate().span() == (None, None)
    assert PartialDate(2024).span() == (date(2024, 1, 1), date(2024, 12, 31))
    assert PartialDate(2024, 2).span() == (date(2024, 2, 1), date(2024, 2, 29))
    assert PartialDate(2024, 2, 3).span() == (date(2024, 2, 3), date(2024, 2, 3))
