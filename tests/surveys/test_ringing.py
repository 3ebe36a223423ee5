"""A call is made only while it is safe; what goes wrong stops it; what was said is kept apart from who said it."""

import uuid
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fellwatch.foundation import ids
from tests.surveys import story
from tests.surveys.conftest import NOON

pytestmark = pytest.mark.database
LATE = NOON.replace(hour=14, minute=30)
RISK = "He waits outside the school in the afternoons now."
HOW = "Rang her sister, whom she had named; she came to the desk with her passport."


def _ring(line, by, result="no_answer", now=NOON, words="", id=None):
    from fellwatch.surveys import actions

    actions.attempt(line.id, result, words, by=by, now=now, id=id or ids.new())


def _state(line, by):
    from fellwatch.surveys import queries

    return queries.call(line.id, by=by)


def _refused(problem, action, *args, **kwargs):
    from fellwatch.orders.values import Invalid

    with pytest.raises(Invalid) as told:
        action(*args, **kwargs)
    assert problem in " ".join(told.value.problems.values())


def _survey(**change):
    from dataclasses import replace

    from fellwatch.surveys import law

    return replace(law.survey("domestic_abuse", NOON), **change)


@given(
    start=some.none() | some.times(), end=some.none() | some.times(),
    minutes=some.integers(0, 1439), tried=some.integers(0, 9),
)  # fmt: skip
def test_nobody_is_ever_rung_outside_the_hours_or_a_sixth_time(database, start, end, minutes, tried):
    from fellwatch.rules import surveys as rule

    at = time(minutes // 60, minutes % 60)
    free = not rule.why_not_ring(_survey(), tried, at, start, end)
    hours = start is None or end is None
    inside = hours or (start <= at < end if start <= end else not end <= at < start)
    assert free == (inside and tried < 5)


def test_a_call_outside_the_safe_hours_is_refused_with_the_reason_and_leaves_no_trace(line, sylvie):
    for now in (LATE, NOON.replace(hour=8, minute=59)):
        _refused("safe only from 09:00 to 14:30", _ring, line, sylvie, now=now)
    assert _state(line, sylvie).tried == 0
    _ring(line, sylvie, now=LATE - timedelta(minutes=1))
    assert _state(line, sylvie).tried == 1


def test_the_hours_are_those_of_a_watch_in_london_in_summer_too(database):
    from fellwatch.foundation import clock
    from fellwatch.rules import surveys as rule

    noon = clock.london(datetime(2026, 7, 1, 13, 15, tzinfo=UTC)).time()
    assert noon == time(14, 15)
    assert not rule.why_not_ring(_survey(), 0, noon, time(9), time(14, 30))


def test_there_is_no_sixth_call(line, sylvie):
    for day in range(5):
        _ring(line, sylvie, now=NOON + timedelta(days=day))
    assert _state(line, sylvie).state == "spent"
    _refused("Rung as often as may be", _ring, line, sylvie, now=NOON + timedelta(days=5))


def test_a_call_sent_twice_is_one_call(line, sylvie):
    once = ids.new()
    for _ in range(2):
        _ring(line, sylvie, id=once)
    assert _state(line, sylvie).tried == 1


def test_somebody_who_asks_not_to_be_rung_is_never_chosen_again(line, sylvie, theo, new):
    from dataclasses import replace

    from fellwatch.surveys import actions, queries

    _ring(line, sylvie, "refused")
    _refused("Asked not to be rung", _ring, line, sylvie)
    later = replace(new, id=ids.new(), to_date=NOON.date())
    made = actions.choose(later, by=theo, now=NOON + timedelta(days=60))
    assert set(queries.selection(made, by=theo).reasons) == {"asked_lately", "refused"}


def test_a_wrong_person_stops_the_line_and_the_team_has_it_the_same_day(line, sylvie, gwen, carrier):
    from fellwatch.duties import queries as duties
    from fellwatch.surveys import actions, queries

    _ring(line, sylvie, "wrong_person", words="A man who asked who rings.")
    assert _state(line, sylvie).state == "stopped"
    _refused("Somebody else answered", _ring, line, sylvie)
    (told,) = queries.told(by=gwen)
    assert (told.kind, told.name) == ("wrong_person", "Danielle Hewett")
    assert "A man who asked who rings." in told.words
    for _ in range(2):
        actions.carry(told.id, by=carrier)
    (owed,) = duties.about([told.id], by=gwen)
    assert (owed.rule, owed.person_id, owed.state) == ("survey_told", told.person_id, "open")
    assert owed.due_at == datetime(2026, 11, 24, 0, 0, tzinfo=UTC)


def test_the_number_that_somebody_else_answered_is_never_rung_again(line, sylvie, carrier, gwen, theo, new):
    from dataclasses import replace

    from fellwatch.surveys import actions, queries

    _ring(line, sylvie, "wrong_person")
    actions.carry(queries.told(by=gwen)[0].id, by=carrier)
    later = replace(new, id=ids.new(), to_date=NOON.date())
    made = actions.choose(later, by=theo, now=NOON + timedelta(days=400 - 300))
    assert "unsafe" in queries.selection(made, by=theo).reasons


def test_it_is_put_right_only_by_a_new_way_that_she_has_said_is_safe(line, sylvie, carrier, gwen):
    from fellwatch.duties import queries as duties
    from fellwatch.surveys import actions, queries
    from fellwatch.surveys.values import SafeAgain

    _ring(line, sylvie, "wrong_person")
    told = queries.told(by=gwen)[0]
    actions.carry(told.id, by=carrier)
    for wrong, problem in (
        (SafeAgain(story.NUMBER, None, None, None), "number that somebody else answered"),
        (SafeAgain("", None, None, None), "Give the number"),
        (SafeAgain(story.OTHER, time(9), None, None), "Give both times"),
        (SafeAgain(story.OTHER, None, None, NOON.date()), "still to come"),
    ):
        _refused(problem, actions.put_right, told.id, wrong, HOW, by=gwen, now=NOON)
    again = SafeAgain(story.OTHER, time(11), time(13), None)
    _refused("how you know", actions.put_right, told.id, again, "Done.", by=gwen, now=NOON)
    actions.put_right(told.id, again, HOW, by=gwen, now=NOON + timedelta(hours=1))
    assert [one.state for one in duties.about([told.id], by=gwen)] == ["met"]
    actions.refresh(sylvie.agency, by=carrier, now=NOON + timedelta(hours=1))
    seen = _state(line, sylvie)
    assert (seen.state, seen.number, seen.from_time, seen.tried) == ("waiting", story.OTHER, time(11), 1)
    _refused("has ended this", actions.put_right, told.id, again, HOW, by=gwen, now=NOON)


def test_where_no_safe_way_is_found_nobody_rings_again(line, sylvie, gwen, theo):
    from fellwatch.surveys import actions, queries

    _ring(line, sylvie, "wrong_person")
    told = queries.told(by=gwen)[0]
    actions.put_right(told.id, None, HOW, by=gwen, now=NOON)
    assert _state(line, sylvie).state == "ended"
    assert queries.to_ring(by=sylvie)[1] == ()
    (ended,) = queries.told(by=gwen)
    assert (ended.outcome, ended.settled_by_name) == ("not_again", "Gwen Bield")


def test_whoever_says_that_a_call_is_safe_no_longer_is_off_the_list_before_the_next_call(
    line, danielle, sylvie, alice, carrier
):
    from fellwatch.surveys import actions, queries

    story.safe(alice, danielle.person, NOON, allowed=False)
    assert actions.refresh(sylvie.agency, by=carrier, now=NOON) == 1
    assert queries.to_ring(by=sylvie)[1] == ()
    _refused("A call is no longer safe", _ring, line, sylvie)


def test_new_hours_are_on_the_list_at_once(line, danielle, sylvie, alice, carrier):
    from fellwatch.surveys import actions

    story.safe(alice, danielle.person, NOON, hours=(time(18), time(19)))
    assert actions.refresh(sylvie.agency, by=carrier, now=NOON) == 0
    _refused("safe only from 18:00 to 19:00", _ring, line, sylvie)


def test_answers_are_kept_without_who_said_them_and_the_force_cannot_ask(line, sylvie, gwen, theo, system):
    from fellwatch.foundation import access
    from fellwatch.surveys import actions, queries
    from fellwatch.surveys.models import Answers, Tie

    _ring(line, sylvie, "answered")
    _refused("Choose an answer", actions.answer, line.id, {"better": "x"}, by=sylvie, now=NOON)
    for _ in range(2):
        actions.answer(line.id, story.ANSWERS, by=sylvie, now=NOON)
    (said,) = queries.said("domestic_abuse", by=gwen, now=NOON).shown
    assert said.words == "Ring me before the court does."
    for by in (gwen, theo, system):
        with access.acting(by):
            assert Tie.objects.count() == 0
    with access.acting(gwen):
        row = Answers.objects.get()
        known = {str(line.id), line.reference, line.name}
        assert not known & set(map(str, vars(row).values()))
        assert row.id.version == 4
        assert row.month.isoformat() == "2026-11-01"


def test_consent_that_is_withdrawn_destroys_the_answers(line, sylvie, gwen):
    from fellwatch.surveys import actions, queries

    _ring(line, sylvie, "answered")
    actions.answer(line.id, story.ANSWERS, by=sylvie, now=NOON)
    for _ in range(2):
        actions.withdraw(line.id, by=sylvie, now=NOON)
    assert queries.said("domestic_abuse", by=gwen, now=NOON).shown == ()
    assert _state(line, sylvie).state == "withdrawn"
    _refused("Took their answers back", actions.answer, line.id, story.ANSWERS, by=sylvie, now=NOON)


def test_nobody_answers_before_a_call(line, sylvie):
    from fellwatch.surveys import actions

    _refused("Record the call first", actions.answer, line.id, story.ANSWERS, by=sylvie, now=NOON)
    _refused("nothing to take back", actions.withdraw, line.id, by=sylvie, now=NOON)
    _refused("Nobody has rung them yet", actions.disclose, line.id, RISK, by=sylvie, now=NOON, id=ids.new())


def test_a_risk_that_is_told_reaches_the_team_with_its_clock_and_is_ended_with_what_was_done(
    line, sylvie, gwen, carrier
):
    from fellwatch.duties import queries as duties
    from fellwatch.surveys import actions, queries

    _ring(line, sylvie, "answered")
    once = ids.new()
    _refused("Say what they told you", actions.disclose, line.id, "Help", by=sylvie, now=NOON, id=once)
    for _ in range(2):
        actions.disclose(line.id, RISK, by=sylvie, now=NOON, id=once)
    (told,) = queries.told(by=gwen)
    assert (told.kind, told.words, told.person_id) == ("disclosure", RISK, queries.one_told(told.id, by=gwen).person_id)
    actions.carry(told.id, by=carrier)
    _refused("Choose what came of it", actions.settle, told.id, "ignored", "A unit goes by.", by=gwen, now=NOON)
    actions.settle(told.id, "plan_changed", "The school knows; a unit goes by at three.", by=gwen, now=NOON)
    assert [one.state for one in duties.about([told.id], by=gwen)] == ["met"]
    assert _state(line, sylvie).state == "reached"


def test_each_step_is_in_the_log_under_who_took_it(line, sylvie, theo, gwen, carrier, auditor):
    from fellwatch.foundation.audit import chain
    from fellwatch.surveys import actions, queries

    queries.to_ring(by=sylvie)
    _ring(line, sylvie, "wrong_person")
    told = queries.told(by=gwen)[0]
    actions.carry(told.id, by=carrier)
    actions.put_right(told.id, None, HOW, by=gwen, now=NOON)
    said = {(one.actor_name, one.sentence) for one in chain.lines(by=auditor)}
    assert {
        ("Theo Lonning", "surveys.chosen"),
        ("Sylvie Rowan", "surveys.list_read"),
        ("Sylvie Rowan", "surveys.rung_wrong_person"),
        ("Sylvie Rowan", "surveys.told_wrong_person"),
        ("surveys", "surveys.told_carried"),
        ("Gwen Bield", "surveys.told_read"),
        ("Gwen Bield", "surveys.settled_wrong_person"),
    } <= said


def test_themes_and_what_changed_are_by_a_named_person(line, sylvie, gwen):
    from fellwatch.orders.values import Invalid
    from fellwatch.surveys import actions, queries
    from fellwatch.surveys.actions.changing import NewChange

    _ring(line, sylvie, "answered")
    actions.answer(line.id, story.ANSWERS, by=sylvie, now=NOON)
    (said,) = queries.said("domestic_abuse", by=gwen, now=NOON).shown
    _refused("Choose from the list", actions.mark_themes, said.id, ["weather"], by=gwen, now=NOON)
    actions.mark_themes(said.id, ["informed", "court"], by=gwen, now=NOON)
    (said,) = queries.said("domestic_abuse", by=gwen, now=NOON).shown
    assert (said.themes, said.read_by_name) == (("court", "informed"), "Gwen Bield")
    due = NOON.date() + timedelta(days=30)
    with pytest.raises(Invalid) as told:
        actions.add_change(
            NewChange("domestic_abuse", "weather", "x", "", NOON.date() - timedelta(days=1)), by=gwen, now=NOON
        )
    assert set(told.value.problems) == {"theme", "words", "owner", "due_date"}
    new = NewChange("domestic_abuse", "informed", "A call before each hearing.", "Ivy Wath, witness care", due)
    for _ in range(2):
        actions.add_change(new, by=gwen, now=NOON)
    (change,) = queries.changes(by=gwen)
    assert (change.owner, change.by_name, change.done_at) == ("Ivy Wath, witness care", "Gwen Bield", None)
    _refused("what shows", actions.finish_change, change.id, "Yes", by=gwen, now=NOON)
    actions.finish_change(change.id, "All hearings of October had one.", by=gwen, now=NOON)
    _refused("has said that it is done", actions.finish_change, change.id, "All of them had.", by=gwen, now=NOON)


def test_a_line_that_is_not_there_is_nobodys(agencies, sylvie):
    from fellwatch.records.queries import Missing
    from fellwatch.surveys import queries

    with pytest.raises(Missing):
        queries.call(uuid.UUID(int=5), by=sylvie)
