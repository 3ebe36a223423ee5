"""From an incident to the notices it asks for: which child, which school, by when, and what waits for a person."""

from datetime import date, timedelta

import pytest

from tests.safeguarding.schools import story
from tests.safeguarding.schools.story import PRIMARY, SECONDARY, TUESDAY, london

pytestmark = pytest.mark.database


def one(by, now=TUESDAY):
    """Return the only notice there is."""
    (row,) = story.rows(by, now)
    return row


def domestic(system, isla, place, at=TUESDAY, role="child_resident", **values):
    id = story.incident(system, [(isla, role)], place=place, at=at, **values)
    story.work(at)
    return id


def test_an_incident_on_tuesday_evening_is_told_before_wednesdays_school_day(ids, isla, place, system, nadia):
    story.learns(system, isla, ids[PRIMARY])
    domestic(system, isla, place)
    row = one(nadia)
    assert (row.child, row.establishment, row.statutory) == ("Isla Hewett", "Fell Lane Primary, Skelmoss", True)
    assert row.due_at == london("2026-10-14 08:45")


def test_before_half_term_it_goes_at_once_and_is_due_on_the_first_day_back(ids, isla, place, system, nadia):
    story.learns(system, isla, ids[PRIMARY])
    at = london("2026-10-23 21:00")
    id = domestic(system, isla, place, at=at)
    story.form(system, id, isla, at + timedelta(minutes=30))
    story.work(at + timedelta(minutes=31))
    row = one(nadia, at)
    assert (row.state, row.due_at) == ("sent", london("2026-11-02 08:45"))


def test_on_the_last_day_of_the_policy_it_was_a_policy(ids, isla, place, system, nadia):
    story.learns(system, isla, ids[PRIMARY])
    domestic(system, isla, place, at=london("2025-11-06 21:00"))
    row = one(nadia, london("2025-11-06 22:00"))
    assert row.statutory is False


def test_on_the_first_day_of_the_duty_it_was_a_duty(ids, isla, place, system, nadia):
    story.learns(system, isla, ids[PRIMARY])
    domestic(system, isla, place, at=london("2025-11-07 21:00"))
    assert one(nadia, london("2025-11-07 22:00")).statutory is True


def test_before_the_duty_a_notice_could_wait_for_the_end_of_the_holidays_and_says_so(ids, isla, place, system, nadia):
    from fellwatch.safeguarding.encompass import actions
    from fellwatch.safeguarding.encompass.values import NewSpell

    term = NewSpell("term", date(2025, 11, 3), date(2025, 12, 19))
    actions.add_days(ids[PRIMARY], [term], by=system, now=TUESDAY)
    story.learns(system, isla, ids[PRIMARY], on=date(2024, 9, 1))
    at = london("2025-10-24 21:00")
    domestic(system, isla, place, at=at)
    row = one(nadia, at)
    assert (row.state, row.held_for, row.held_until) == ("held", "term", london("2025-11-02 16:45"))
    actions.chase(by=story.process(), now=london("2025-11-02 16:46"))
    assert one(nadia, at).state == "sent"


@pytest.mark.parametrize(
    ("born", "count"), [(date(2008, 10, 14), 1), (date(2008, 10, 13), 0)], ids=["seventeen", "eighteen"]
)
def test_eighteen_is_no_longer_a_child(ids, place, system, nadia, born, count):
    person = story.child(system, "Tom", born=born, home=place)
    story.learns(system, person, ids[SECONDARY])
    domestic(system, person, place, role="victim")
    assert len(story.rows(nadia)) == count


def test_a_child_below_school_age_is_outside_the_duty_and_the_list_says_what_to_do(ids, place, system, nadia):
    person = story.child(system, "Mo", born=date(2023, 5, 1), home=place)
    domestic(system, person, place)
    row = one(nadia)
    assert row.state == "outside"
    assert "public protection notice" in row.because


def test_a_child_educated_at_home_is_the_education_officers(ids, isla, place, system, nadia):
    story.learns(system, isla, None, setting="home_educated")
    domestic(system, isla, place)
    row = one(nadia)
    assert (row.path, row.establishment) == ("council", "Fells education team")


def test_a_child_on_two_rolls_is_told_of_at_both(ids, isla, place, system, nadia):
    story.learns(system, isla, ids[PRIMARY])
    story.learns(system, isla, ids[SECONDARY], also=True)
    domestic(system, isla, place)
    assert {row.establishment for row in story.rows(nadia)} == {
        "Fell Lane Primary, Skelmoss",
        "Gale Academy, Skelmoss",
    }


def test_a_family_on_holiday_is_for_the_force_where_it_lives(ids, system, place, nadia):
    from fellwatch.foundation import access
    from fellwatch.records.models import Place

    away = story.home(system, postcode="FZ9 9ZZ")
    with access.acting(system):
        Place.objects.filter(id=away).update(force="E23000032")
    person = story.child(system, home=away)
    domestic(system, person, place, role="child_present")
    row = one(nadia)
    assert (row.state, row.path) == ("elsewhere", "home_force")


def test_a_child_who_lives_there_is_found_though_nobody_named_it(ids, isla, place, system, nadia):
    story.learns(system, isla, ids[PRIMARY])
    adult = story.child(system, "Danielle", born=date(1991, 3, 4), home=place)
    story.incident(system, [(adult, "victim")], place=place)
    story.work(TUESDAY)
    assert one(nadia).child == "Isla Hewett"


def test_a_child_of_somebody_involved_who_lives_elsewhere_is_told_of_too(ids, place, system, nadia):
    from fellwatch.foundation import access
    from fellwatch.records import actions as records

    father = story.child(system, "Marc", born=date(1989, 5, 12))
    son = story.child(system, "Tom")
    story.learns(system, son, ids[SECONDARY])
    with access.acting(system):
        records.relate(father, son, kind="father", source="call", by=system)
    story.incident(system, [(father, "suspect")], place=place)
    story.work(TUESDAY)
    assert one(nadia).establishment == "Gale Academy, Skelmoss"


def test_what_is_not_domestic_makes_no_notice(ids, isla, place, system, nadia):
    story.learns(system, isla, ids[PRIMARY])
    domestic(system, isla, place, code="theft", qualifiers=())
    assert story.rows(nadia) == []


def test_a_form_for_domestic_abuse_makes_it_domestic_though_no_code_says_so(ids, isla, place, system, nadia):
    story.learns(system, isla, ids[PRIMARY])
    id = domestic(system, isla, place, code="theft", qualifiers=())
    story.form(system, id, isla, TUESDAY)
    story.work(TUESDAY)
    assert one(nadia).state == "sent"


def test_considered_again_nothing_is_made_twice(ids, isla, place, system, nadia):
    from fellwatch.safeguarding.encompass import actions

    story.learns(system, isla, ids[PRIMARY])
    id = domestic(system, isla, place)
    assert actions.consider(id, domestic=False, by=story.process(), now=TUESDAY) == 0
    assert len(story.rows(nadia)) == 1


def test_it_waits_for_the_officers_form_and_no_longer_than_two_hours(ids, isla, place, system, nadia):
    from fellwatch.safeguarding.encompass import actions

    story.learns(system, isla, ids[PRIMARY])
    domestic(system, isla, place)
    row = one(nadia)
    assert (row.state, row.held_for, row.held_until) == ("held", "form", london("2026-10-13 23:00"))
    actions.chase(by=story.process(), now=london("2026-10-13 22:59"))
    assert one(nadia).state == "held"
    actions.chase(by=story.process(), now=london("2026-10-13 23:00"))
    assert one(nadia).state == "sent"


def test_an_hour_before_school_it_waits_for_no_form(ids, isla, place, system, nadia):
    story.learns(system, isla, ids[PRIMARY])
    domestic(system, isla, place, at=london("2026-10-14 07:30"))
    assert one(nadia, london("2026-10-14 07:31")).state == "sent"


def test_the_school_that_the_officer_wrote_is_believed_where_nothing_else_is_known(ids, isla, place, system, nadia):
    id = domestic(system, isla, place)
    assert one(nadia).path == "ask"
    story.form(system, id, isla, TUESDAY, school="fell lane primary")
    story.work(TUESDAY)
    row = one(nadia)
    assert (row.path, row.establishment, row.state) == ("school", "Fell Lane Primary, Skelmoss", "sent")


def test_where_the_officer_and_the_record_differ_a_person_chooses(ids, isla, place, system, nadia):
    from fellwatch.safeguarding.encompass import actions
    from fellwatch.safeguarding.encompass.values import Right

    story.learns(system, isla, ids[PRIMARY])
    id = story.incident(system, [(isla, "child_resident")], place=place)
    story.form(system, id, isla, TUESDAY, school="Gale Academy")
    story.work(TUESDAY)
    row = one(nadia)
    assert row.state == "decide"
    assert "Gale Academy" in row.because
    actions.place(row.id, Right("school", ids[SECONDARY]), "The mother said so.", by=nadia, now=TUESDAY)
    row = one(nadia)
    assert (row.establishment, row.state) == ("Gale Academy, Skelmoss", "sent")


def test_a_school_that_has_closed_for_good_is_not_told_and_the_team_is_asked(ids, isla, place, system, nadia):
    from fellwatch.foundation import access
    from fellwatch.safeguarding.models import Establishment

    story.learns(system, isla, ids[PRIMARY])
    with access.acting(system):
        Establishment.objects.filter(id=ids[PRIMARY]).update(closed_date=date(2026, 9, 1))
    domestic(system, isla, place)
    assert (one(nadia).path, one(nadia).establishment) == ("ask", "Fells education team")


def test_a_school_without_a_calendar_is_told_by_the_next_working_day(ids, isla, place, system, nadia):
    from fellwatch.safeguarding.encompass import actions
    from fellwatch.safeguarding.encompass.values import NewEstablishment

    bare = actions.keep(NewEstablishment("Beck School", "school-100009"), by=system, now=TUESDAY)
    story.learns(system, isla, bare)
    domestic(system, isla, place)
    row = one(nadia)
    assert row.due_at == london("2026-10-14 08:30")
    assert "Add its terms" in row.due_words


def test_a_calendar_that_has_run_out_does_not_hide_the_notice(ids, isla, place, system, nadia):
    story.learns(system, isla, ids[PRIMARY])
    at = london("2026-12-18 21:00")
    domestic(system, isla, place, at=at)
    row = one(nadia, at)
    assert row.due_at == london("2026-12-21 08:30")
    assert "run out" in row.due_words


def test_without_an_education_team_an_unknown_school_waits_for_a_person(db, system, nadia):
    place = story.home(system)
    person = story.child(system, home=place)
    domestic(system, person, place)
    row = one(nadia)
    assert row.state == "decide"
    assert "telephone the authority" in row.because


def test_what_is_more_than_a_week_old_waits_for_a_person(ids, isla, place, system, nadia):
    story.learns(system, isla, ids[PRIMARY])
    story.incident(system, [(isla, "child_resident")], place=place)
    later = TUESDAY + timedelta(days=8)
    story.work(later)
    assert one(nadia, later).state == "decide"


def test_a_restricted_child_waits_for_somebody_cleared_and_nobody_else_sees_it(ids, place, system, nadia):
    from dataclasses import replace

    cleared = replace(nadia, compartments=frozenset({"covert"}))
    with_clearance = replace(system, compartments=frozenset({"covert"}))
    person = story.child(with_clearance, home=place, compartment="covert")
    story.incident(with_clearance, [(person, "child_resident")], place=place)
    story.work(TUESDAY)
    assert story.rows(nadia) == []
    assert one(cleared).state == "decide"


def test_history_that_an_import_brings_makes_no_notice(ids, isla, place, system, nadia):
    story.learns(system, isla, ids[PRIMARY])
    story.incident(system, [(isla, "child_resident")], place=place)
    later = TUESDAY + timedelta(days=32)
    story.work(later)
    assert story.rows(nadia, later) == []


def test_a_toddler_is_outside_the_duty_however_late_it_becomes_known(ids, place, system, nadia):
    person = story.child(system, "Mo", born=date(2024, 5, 1), home=place)
    story.incident(system, [(person, "child_resident")], place=place)
    later = TUESDAY + timedelta(days=6)
    story.work(later)
    assert one(nadia, later).state == "outside"


def test_children_are_looked_for_once_however_often_a_transaction_asks_and_as_the_surest_of_it_said(isla, system):
    from procrastinate.contrib.django.models import ProcrastinateJob

    from fellwatch.foundation import access
    from fellwatch.records import children

    first, second = (story.incident(system, [(isla, "victim")]) for _ in range(2))
    ProcrastinateJob.objects.filter(task_name=children.ASKED).delete()
    with access.acting(system):
        children.look_for(first, domestic=True)
        children.look_for(first)
        children.look_for(second)
        assert not ProcrastinateJob.objects.filter(task_name=children.ASKED).exists(), "asked at the end"
    asked = ProcrastinateJob.objects.filter(task_name=children.ASKED).values_list("args", flat=True)
    assert sorted(asked, key=lambda one: not one["domestic"]) == [
        {"incident": str(first), "domestic": True},
        {"incident": str(second), "domestic": False},
    ]
