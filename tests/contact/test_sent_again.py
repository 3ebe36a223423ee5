"""What is sent twice is stored once; what is sent under an id that is taken is told, never dropped."""

import threading
import uuid
from contextlib import suppress
from dataclasses import replace

import pytest

from tests.contact.calls import THRIVE, call, closed_with
from tests.contact.hidden import keep

pytestmark = pytest.mark.database


@pytest.fixture
def logged(db, alice, now):
    from fellwatch.contact import actions

    return actions.log_incident(call(now), by=alice, now=now)


@pytest.fixture
def other(db, alice, now):
    from fellwatch.contact import actions

    return actions.log_incident(call(now), by=alice, now=now)


def _told(step):
    from fellwatch.contact.values import Invalid

    with pytest.raises(Invalid) as told:
        step()
    return told.value.problems


def test_a_question_under_an_id_of_another_incident_is_told_and_keeps_its_words(logged, other, alice, now):
    from fellwatch.contact import actions

    id = actions.ask_advice(other.incident_id, "An order?", by=alice, now=now)
    problems = _told(lambda: actions.ask_advice(logged.incident_id, "Is he bailed?", by=alice, now=now, id=id))
    assert "Send it again" in problems["question"]


def test_a_line_under_an_id_of_another_incident_is_told_and_keeps_its_words(logged, other, alice, now):
    from fellwatch.contact import actions, queries

    id = uuid.uuid4()
    actions.add_line(other.incident_id, "Neighbour rang.", by=alice, now=now, id=id)
    problems = _told(lambda: actions.add_line(logged.incident_id, "He is back.", by=alice, now=now, id=id))
    assert "Send it again" in problems["text"]
    actions.add_line(other.incident_id, "Neighbour rang.", by=alice, now=now, id=id)
    texts = [line.text for line in queries.handled(other.incident_id, by=alice).log]
    assert texts.count("Neighbour rang.") == 1


def test_a_line_under_the_id_of_another_line_here_is_told_when_its_words_differ(logged, alice, now):
    from fellwatch.contact import actions

    id = uuid.uuid4()
    actions.add_line(logged.incident_id, "Neighbour rang.", by=alice, now=now, id=id)
    assert "text" in _told(lambda: actions.add_line(logged.incident_id, "He is back.", by=alice, now=now, id=id))


def test_a_second_look_under_an_id_of_another_incident_is_told(logged, other, alice, now):
    from fellwatch.contact import actions
    from fellwatch.contact.values import Reassessment

    look = Reassessment(incident_id=other.incident_id, seen=1, trigger="repeat_call", thrive=THRIVE)
    actions.reassess(look, by=alice, now=now)
    stray = replace(look, incident_id=logged.incident_id)
    assert "Send it again" in _told(lambda: actions.reassess(stray, by=alice, now=now))["grade"]
    assert actions.reassess(look, by=alice, now=now).again


def test_unasked_advice_sent_twice_is_given_once(logged, other, detective, now):
    from fellwatch.contact import actions, queries

    id = uuid.uuid4()
    for _ in range(2):
        assert actions.advise(logged.incident_id, "Send two.", by=detective, now=now, id=id) == id
    handled = queries.handled(logged.incident_id, by=detective)
    assert [advice.text for advice in handled.advice] == ["Send two."]
    assert [line.text for line in handled.log if line.kind == "advice_given"] == ["Send two."]
    assert "text" in _told(lambda: actions.advise(logged.incident_id, "Send three.", by=detective, now=now, id=id))
    assert "text" in _told(lambda: actions.advise(other.incident_id, "Send two.", by=detective, now=now, id=id))


def test_a_question_of_another_incident_is_not_answered_from_here(logged, other, alice, detective, now):
    from fellwatch.contact import actions, queries
    from fellwatch.records.queries import Missing

    question = actions.ask_advice(other.incident_id, "An order?", by=alice, now=now)
    with pytest.raises(Missing):
        actions.advise(logged.incident_id, "Yes.", by=detective, now=now, advice_id=question)
    assert queries.handled(other.incident_id, by=alice).advice[0].given_at is None


def test_advice_of_another_incident_is_not_settled_from_here(logged, other, alice, detective, now):
    from fellwatch.contact import actions, queries
    from fellwatch.records.queries import Missing

    advice = actions.advise(other.incident_id, "Send two.", by=detective, now=now)
    with pytest.raises(Missing):
        actions.settle_advice(logged.incident_id, advice, "acted_on", by=alice, now=now)
    assert queries.handled(other.incident_id, by=alice).advice[0].outcome == ""


def test_another_answer_to_settled_advice_is_told_who_was_first(logged, alice, bob, detective, now):
    from fellwatch.contact import actions

    advice = actions.advise(logged.incident_id, "Send two.", by=detective, now=now)
    for _ in range(2):
        actions.settle_advice(logged.incident_id, advice, "acted_on", by=alice, now=now)
    late = {"by": bob, "now": now, "reason": "One was inside."}
    problems = _told(lambda: actions.settle_advice(logged.incident_id, advice, "not_acted_on", **late))
    assert "Alice Beck" in problems["outcome"]


def test_a_question_nobody_answered_cannot_be_settled(logged, alice, now):
    from fellwatch.contact import actions

    question = actions.ask_advice(logged.incident_id, "An order?", by=alice, now=now)
    settle = {"by": alice, "now": now}
    assert "outcome" in _told(lambda: actions.settle_advice(logged.incident_id, question, "acted_on", **settle))


def test_arriving_twice_is_harmless(logged, alice, now):
    from fellwatch.contact import actions, queries

    for _ in range(2):
        actions.arrive(logged.incident_id, by=alice, now=now)
    handled = queries.handled(logged.incident_id, by=alice)
    assert [line.kind for line in handled.log].count("on_scene") == 1


def test_closing_twice_is_harmless_and_closing_otherwise_is_told_who_was_first(logged, alice, bob, now):
    from fellwatch.contact import actions, queries

    closing = {"closing_codes": ["domestic_incident"], "closing_qualifiers": ["domestic_abuse"], "now": now}
    closing |= closed_with()
    for _ in range(2):
        actions.close(logged.incident_id, by=bob, result="Arrested.", **closing)
    problems = _told(lambda: actions.close(logged.incident_id, by=alice, result="All quiet.", **closing))
    assert "closed this" in problems["result"]
    handled = queries.handled(logged.incident_id, by=alice)
    assert [line.text for line in handled.log if line.kind == "closed"] == ["Arrested."]


def test_a_call_under_the_id_of_a_colleagues_call_is_told_and_not_answered_as_stored(logged, alice, bob, now):
    from fellwatch.contact import actions

    mine = call(now, id=logged.incident_id, summary="Another caller altogether.")
    problems = _told(lambda: actions.log_incident(mine, by=bob, now=now))
    assert list(problems) == ["id"]
    assert actions.log_incident(mine, by=alice, now=now).again


def test_a_draft_under_the_id_of_a_colleagues_draft_is_told(db, alice, bob, now):
    from fellwatch.contact import actions, queries

    id = uuid.uuid4()
    actions.keep_draft(id, {"summary": ["mine"]}, by=alice, now=now)
    assert list(_told(lambda: actions.keep_draft(id, {"summary": ["his"]}, by=bob, now=now))) == ["id"]
    assert queries.draft(id, by=alice) == {"summary": ["mine"]}


def test_an_id_that_something_hidden_has_is_told_like_one_of_another_incident(
    logged, other, alice, bob, detective, now
):
    from fellwatch.contact import actions
    from fellwatch.contact.values import Reassessment

    kept = keep(bob, now)
    line, look = uuid.uuid4(), Reassessment(incident_id=kept.incident, seen=1, trigger="repeat_call", thrive=THRIVE)
    actions.add_line(kept.incident, "Kestrel words", by=kept.insider, now=now, id=line)
    actions.reassess(look, by=kept.insider, now=now)
    question = actions.ask_advice(other.incident_id, "An order?", by=alice, now=now)
    here, mine = logged.incident_id, {"by": alice, "now": now}
    seen = _told(lambda: actions.ask_advice(here, "x", id=question, **mine))
    assert _told(lambda: actions.ask_advice(here, "x", id=kept.question, **mine)) == seen
    assert "text" in _told(lambda: actions.add_line(here, "x", id=line, **mine))
    assert "grade" in _told(lambda: actions.reassess(replace(look, incident_id=here), **mine))
    assert "text" in _told(lambda: actions.advise(here, "x", by=detective, now=now, id=kept.question))
    assert list(_told(lambda: actions.log_incident(call(now, id=kept.incident), **mine))) == ["id"]


def _at_once(step, count=4):
    """Do one thing from several connections at the same moment; return what went wrong."""
    from django.db import connection

    ready, wrong = threading.Barrier(count), []

    def work():
        try:
            ready.wait()
            step()
        except Exception as problem:
            wrong.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_double_clicks_from_several_connections_do_each_thing_once(committed, alice, detective, now):
    from fellwatch.contact import actions, queries
    from fellwatch.contact.values import Reassessment

    id = actions.log_incident(call(now), by=alice, now=now).incident_id
    line, question, advice = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    look = Reassessment(incident_id=id, seen=1, trigger="repeat_call", thrive=THRIVE)
    mine = {"by": alice, "now": now}
    closing = {"closing_codes": ["domestic_incident"], "closing_qualifiers": ["domestic_abuse"], **closed_with()}
    for step in (
        lambda: actions.add_line(id, "Neighbour rang.", id=line, **mine),
        lambda: actions.ask_advice(id, "An order?", id=question, **mine),
        lambda: actions.advise(id, "Yes.", by=detective, now=now, advice_id=question),
        lambda: actions.advise(id, "Send two.", by=detective, now=now, id=advice),
        lambda: actions.settle_advice(id, advice, "acted_on", **mine),
        lambda: actions.reassess(look, **mine),
        lambda: actions.assign(id, "FN21", **mine),
        lambda: actions.record_delay(id, "no_unit", **mine),
        lambda: actions.arrive(id, **mine),
        lambda: actions.close(id, result="Arrested.", **closing, **mine),
    ):
        assert _at_once(step) == []
    handled = queries.handled(id, by=alice)
    kinds = [line.kind for line in handled.log]
    once = ("logged", "note", "advice_asked", "advice_outcome", "regraded", "assigned", "delay", "on_scene", "closed")
    assert {kind: kinds.count(kind) for kind in once} == dict.fromkeys(once, 1)
    assert kinds.count("advice_given") == 2
    assert (handled.number, handled.state) == (2, "closed")


def test_a_question_asked_while_the_desk_is_settled_is_still_on_the_desk(committed, alice, detective, now):
    from fellwatch.contact import actions, queries
    from fellwatch.contact.values import Invalid

    id = actions.log_incident(call(now), by=alice, now=now).incident_id
    turn = iter([lambda: actions.ask_advice(id, "An order?", by=alice, now=now)] + [None] * 3)
    lock = threading.Lock()

    def work():
        with lock:
            mine = next(turn)
        with suppress(Invalid):
            (mine or (lambda: actions.settle_desk(id, by=detective, now=now)))()

    assert _at_once(work) == []
    assert queries.desk(by=detective, now=now)[0].questions == 1
