"""A form from its first answer to its review: nothing lost, nothing twice, nothing lowered in silence."""

from dataclasses import replace

import pytest

pytestmark = pytest.mark.database


def _filled(house, answers, **more):
    from fellwatch.assessments.values import Filled

    return Filled(house.incident_id, "dash", answers, house.victim, **more)


def _form(house, by):
    from fellwatch.assessments import queries

    return queries.find_form("dash", house.incident_id, house.victim, by=by)


def _handed_in(house, by, now):
    from fellwatch.assessments import actions
    from tests.assessments.story import WHOLE

    form_id = actions.save(_filled(house, WHOLE), by=by, now=now)
    actions.hand_in(form_id, seen=1, by=by, now=now)
    return form_id


def test_answers_are_kept_with_their_columns_and_every_version_stays(house, rosa, now):
    from fellwatch.assessments import actions, queries
    from tests.assessments.story import WHOLE

    actions.save(_filled(house, {"q1": "yes", "q1_words": "Her wrist."}), by=rosa, now=now)
    actions.save(_filled(house, WHOLE, seen=1), by=rosa, now=now)
    form = _form(house, rosa)
    assert (form.number, form.grade, form.score, form.complete, form.state) == (2, "high", 2, True, "open")
    assert {"strangled", "threats_to_kill"} <= set(form.flags)
    assert form.answers["q1_words"] == "Her wrist."
    assert [one.number for one in queries.versions("dash", house.incident_id, by=rosa)] == [2, 1]


def test_the_same_answers_sent_twice_are_kept_once(house, rosa, now):
    from fellwatch.assessments import actions

    filled = _filled(house, {"q1": "yes"})
    first = actions.save(filled, by=rosa, now=now)
    assert actions.save(filled, by=rosa, now=now) == first
    assert _form(house, rosa).number == 1


def test_an_id_used_for_another_form_is_refused_and_nothing_is_stored(house, rosa, now):
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Filled, Invalid

    filled = _filled(house, {"q1": "yes"})
    actions.save(filled, by=rosa, now=now)
    with pytest.raises(Invalid) as wrong:
        actions.save(Filled(house.incident_id, "stalking", {}, house.victim, id=filled.id), by=rosa, now=now)
    assert "already used" in wrong.value.problems["id"]


def test_an_answer_that_cannot_be_kept_is_told_beside_its_question(house, rosa, now):
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Invalid

    with pytest.raises(Invalid) as wrong:
        actions.save(_filled(house, {"q1": "perhaps", "q99": "yes"}), by=rosa, now=now)
    assert set(wrong.value.problems) == {"q1", "q99"}
    assert _form(house, rosa) is None


def test_two_who_answer_different_questions_apart_both_stand(house, rosa, sam, now):
    from fellwatch.assessments import actions

    actions.save(_filled(house, {"q1": "no"}), by=rosa, now=now)
    actions.save(_filled(house, {"q2": "yes"}, seen=1), by=rosa, now=now)
    actions.save(_filled(house, {"q1": "no", "q3": "yes"}, seen=1), by=sam, now=now)
    assert _form(house, rosa).answers == {"q1": "no", "q2": "yes", "q3": "yes"}


def test_two_who_answer_the_same_question_apart_are_shown_both_and_nothing_is_lost(house, rosa, sam, now):
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Disputed

    actions.save(_filled(house, {"q18": "not_known"}), by=rosa, now=now)
    actions.save(_filled(house, {"q18": "yes"}, seen=1), by=rosa, now=now)
    lower = _filled(house, {"q18": "no"}, seen=1)
    with pytest.raises(Disputed) as apart:
        actions.save(lower, by=sam, now=now)
    assert "Yes" in apart.value.problems["q18"]
    assert _form(house, rosa).answers["q18"] == "yes"
    actions.save(replace(lower, seen=apart.value.number), by=sam, now=now)
    assert _form(house, rosa).answers["q18"] == "no"


def test_what_is_missing_stops_handing_in_and_says_where(house, rosa, now):
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Invalid
    from tests.assessments.story import WHOLE

    form_id = actions.save(_filled(house, {**WHOLE, "rationale": "", "q19": "not_asked"}), by=rosa, now=now)
    with pytest.raises(Invalid) as wrong:
        actions.hand_in(form_id, seen=1, by=rosa, now=now)
    assert set(wrong.value.problems) == {"rationale", "q19_words"}


def test_a_grade_below_the_score_stops_an_officer_and_not_a_specialist(house, rosa, now):
    from fellwatch.assessments import access, actions
    from fellwatch.assessments.values import Invalid
    from tests.assessments.story import WHOLE

    yes = {f"q{n}": "yes" for n in (*range(1, 10), *range(13, 18))}
    form_id = actions.save(_filled(house, {**WHOLE, **yes, "q18": "no", "grade": "medium"}), by=rosa, now=now)
    with pytest.raises(Invalid) as wrong:
        actions.hand_in(form_id, seen=1, by=rosa, now=now)
    assert "only a specialist" in wrong.value.problems["grade"]
    specialist = replace(rosa, permissions=rosa.permissions | {access.OVERRIDE})
    actions.hand_in(form_id, seen=1, by=specialist, now=now)
    assert _form(house, rosa).state == "submitted"


def test_handing_in_starts_the_reviewers_clock_once(house, rosa, now):
    from fellwatch.assessments import actions
    from fellwatch.duties import queries as duties

    form_id = _handed_in(house, rosa, now)
    actions.hand_in(form_id, seen=1, by=rosa, now=now)
    owed = [one for one in duties.of_incident(house.incident_id, by=rosa) if one.rule == "supervisor_review"]
    assert [(one.about, one.state) for one in owed] == [(form_id, "open")]


def test_a_form_sent_back_names_the_answers_and_comes_back_put_right(house, rosa, sam, now):
    from fellwatch.assessments import actions
    from fellwatch.duties import queries as duties

    form_id = _handed_in(house, rosa, now)
    reasons = {"rationale": {"code": "rationale", "words": "When?"}}
    actions.review(form_id, "returned", seen=1, by=sam, now=now, reasons=reasons)
    form = _form(house, rosa)
    assert form.state == "returned"
    assert form.reviews[0].reasons == reasons
    owed = {one.rule: one.state for one in duties.of_incident(house.incident_id, by=rosa) if one.about == form_id}
    assert owed == {"supervisor_review": "met", "form_correction": "open"}
    actions.save(_filled(house, {"rationale": "Choked on Friday 20 November."}, seen=1), by=rosa, now=now)
    actions.hand_in(form_id, seen=2, by=rosa, now=now)
    actions.review(form_id, "accepted", seen=2, by=sam, now=now)
    form = _form(house, rosa)
    assert (form.state, [one.outcome for one in form.reviews]) == ("second", ["returned", "accepted"])
    assert form.before["rationale"] != form.answers["rationale"]


@pytest.mark.parametrize(
    ("outcome", "reasons", "seen", "says"),
    [
        ("returned", {}, 1, "at least one answer"),
        ("returned", {"q99": {"code": "detail"}}, 1, "does not ask that"),
        ("returned", {"q1": {"code": "dislike"}}, 1, "from the list"),
        ("accepted", {"q1": {"code": "detail"}}, 1, "take them out"),
        ("accepted", {}, 2, "Look at it again"),
        ("binned", {}, 1, "Choose to accept"),
    ],
)
def test_a_review_that_cannot_stand_says_what_to_do(house, rosa, sam, now, outcome, reasons, seen, says):
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Invalid

    form_id = _handed_in(house, rosa, now)
    with pytest.raises(Invalid) as wrong:
        actions.review(form_id, outcome, seen=seen, by=sam, now=now, reasons=reasons)
    assert says in " ".join(wrong.value.problems.values())
    assert _form(house, rosa).state == "submitted"


def test_nobody_reviews_what_they_handed_in(house, sam, now):
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Invalid

    form_id = _handed_in(house, sam, now)
    with pytest.raises(Invalid) as wrong:
        actions.review(form_id, "accepted", seen=1, by=sam, now=now)
    assert "somebody else" in wrong.value.problems["outcome"]


def test_a_form_about_somebody_hidden_is_not_there_for_whoever_may_not_see_them(house, rosa, now, system):
    from fellwatch.assessments import actions
    from fellwatch.foundation import access
    from fellwatch.records.models import Person
    from fellwatch.records.queries import Missing

    cleared = replace(system, compartments=frozenset({"restricted"}))
    _handed_in(house, rosa, now)
    with access.acting(cleared):
        Person.objects.filter(id=house.victim).update(compartment="restricted")
    assert _form(house, rosa) is None
    with pytest.raises(Missing):
        actions.save(_filled(house, {"q1": "no"}), by=rosa, now=now)


def test_whoever_may_not_write_or_review_is_refused(house, rosa, charlie, now):
    from fellwatch.assessments import actions
    from fellwatch.foundation.access import Refused

    form_id = _handed_in(house, rosa, now)
    with pytest.raises(Refused):
        actions.review(form_id, "accepted", seen=1, by=rosa, now=now)
    for refused in (
        lambda: actions.save(_filled(house, {"q1": "no"}), by=charlie, now=now),
        lambda: actions.hand_in(form_id, seen=1, by=charlie, now=now),
    ):
        with pytest.raises(Refused):
            refused()


def test_each_crime_disclosed_on_a_form_is_kept_once_with_a_clock_of_its_own(house, rosa, now):
    from datetime import timedelta

    from fellwatch.assessments import actions, queries
    from fellwatch.duties import queries as duties
    from tests.assessments.story import WHOLE

    earlier = now - timedelta(minutes=50)
    actions.save(_filled(house, WHOLE, heard_at=earlier), by=rosa, now=now)
    actions.save(_filled(house, {"q1": "yes"}, seen=1), by=rosa, now=now)
    crimes = queries.crimes_of(house.incident_id, by=rosa)
    assert [one.crime for one in crimes] == ["strangulation", "threats_to_kill", "assault"]
    assert crimes[0].told_by[0]["questions"] == ["q18"]
    owed = {d.about: d for d in duties.of_incident(house.incident_id, by=rosa) if d.rule == "crime_recording"}
    assert set(owed) == {one.id for one in crimes}
    assert owed[crimes[0].id].due_at == earlier + timedelta(hours=24)
    assert owed[crimes[2].id].due_at == now + timedelta(hours=24)


def test_a_crime_said_on_the_call_is_kept_with_its_words(db, alice, now):
    from fellwatch.assessments import queries
    from tests.assessments.story import house

    told = house(alice, now, thrive={"crime_disclosed": "yes", "crime_which": "Threats to kill"})
    (crime,) = queries.crimes_of(told.incident_id, by=alice)
    assert (crime.crime, crime.detail, crime.person_id) == ("as_described", "Threats to kill", None)


def test_every_step_stands_in_the_log_with_whom_it_was_about(house, rosa, sam, now, auditor):
    from fellwatch.assessments import actions
    from fellwatch.foundation.audit import chain

    form_id = _handed_in(house, rosa, now)
    actions.review(form_id, "accepted", seen=1, by=sam, now=now)
    about = {line.sentence for line in chain.lines(by=auditor, person=house.victim)}
    steps = ("form_saved", "form_submitted", "form_accepted", "crime_disclosed")
    assert {f"assessments.{one}" for one in steps} <= about
