"""What bail asks is seen by everybody who meets the person: made, lengthened, varied, broken, ended with the case."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.response.answering import soon

pytestmark = pytest.mark.database

ARRESTED = datetime(2026, 3, 2, 14, tzinfo=UTC)
RELEASED = ARRESTED + timedelta(hours=20)
ENDS = datetime(2026, 6, 2, 23, tzinfo=UTC)
CONDITIONS = (("no_contact", "Danielle Hewett and Isla"), ("keep_away", "Tarn Row"))


def _refused(step):
    from fellwatch.assessments.values import Invalid

    with pytest.raises(Invalid) as wrong:
        step()
    return wrong.value.problems


@pytest.fixture
def bailed(house, rosa):
    """Arrest and bail Marc on conditions; return the release."""
    from fellwatch.response import actions

    actions.arrest(
        house.incident_id, house.suspect, arrested_at=ARRESTED, offence="Threats to kill", by=rosa, now=ARRESTED
    )
    return _release(house, rosa)


def _release(house, by, **more):
    from fellwatch.response import actions, queries
    from fellwatch.response.values import NewRelease

    said = {
        "kind": "bail",
        "released_at": RELEASED,
        "rank": "custody_officer",
        "authorised_by": "PS 1 Lee Scar",
        "because": "To safeguard the victim.",
        "conditions": CONDITIONS,
        "victim_view": "Wants him kept away.",
        "here": True,
        "answer": soon(RELEASED),
    }
    (suspect,) = queries.scene(house.incident_id, by=by, now=RELEASED).suspects
    actions.release(suspect.id, NewRelease(**{**said, **more}), by=by, now=RELEASED)
    return _shown(house, by).id


def _shown(house, by):
    from fellwatch.response import queries

    (suspect,) = queries.scene(house.incident_id, by=by, now=RELEASED).suspects
    return suspect.releases[-1]


def _orders(house, by, now=RELEASED):
    from fellwatch.orders import queries

    return queries.about_person(house.suspect, by=by, now=now)


def _asks(order):
    return [one.words for one in order.conditions if one.ended_at is None]


def _vary(release, conditions, by, at, **more):
    from fellwatch.response import actions
    from fellwatch.response.values import NewVariation

    said = {"authorised_by": "PS 1 Lee Scar", "because": "He works in Tarn Row.", "victim_view": "Agrees."}
    actions.vary(release, NewVariation(at, conditions=conditions, **{**said, **more}), by=by, now=at)


def test_conditions_of_bail_are_an_order_that_binds_protects_and_names_the_address(house, bailed, rosa):
    from fellwatch.orders import queries

    (order,) = _orders(house, rosa)
    assert order.binds
    assert order.ends_at == ENDS
    assert order.made_by == "Custody officer PS 1 Lee Scar"
    assert [person for person, _ in order.protected] == [house.victim]
    assert _asks(order) == [
        "Must not contact, directly or through others: Danielle Hewett and Isla",
        "Must not go to or near a place: Tarn Row",
    ]
    assert {one.address for one in order.conditions} == {"14 Tarn Row, FZ1 1AA"}
    place = order.conditions[0].place_id
    assert [one.id for one in queries.at_place(place, by=rosa, now=RELEASED)] == [order.id]


def test_the_next_officers_card_says_what_bail_asks(house, bailed, rosa):
    from fellwatch.cards import composing

    lines = [one for one in composing.of_person(house.suspect, by=rosa, now=RELEASED).lines if "Bail" in one.text]
    assert len(lines) == 1
    assert lines[0].tone == "danger"
    assert "Danielle Hewett and Isla" in lines[0].detail
    (hers,) = [one for one in composing.of_person(house.victim, by=rosa, now=RELEASED).lines if "Bail" in one.text]
    assert "Marc Oddie" in hers.text


def test_under_the_earlier_regime_no_word_of_a_condition_is_lost(house, rosa):
    from fellwatch.response import actions, queries
    from fellwatch.response.values import NewRelease

    at = datetime(2018, 11, 5, 14, tzinfo=UTC)
    actions.arrest(house.incident_id, house.suspect, arrested_at=at, offence="Assault", by=rosa, now=at)
    (suspect,) = queries.scene(house.incident_id, by=rosa, now=at).suspects
    new = NewRelease(
        "bail", at, "inspector", "Insp 2 Jo Pass", "To safeguard her.", CONDITIONS, "Agrees.", answer=soon(at)
    )
    actions.release(suspect.id, new, by=rosa, now=at)
    (order,) = _orders(house, rosa, at)
    assert _asks(order)[0] == "Another condition: Not to contact, directly or through others: Danielle Hewett and Isla"


def test_bail_without_conditions_asks_nothing_and_is_no_order(house, rosa):
    from fellwatch.cards import composing
    from fellwatch.response import actions

    actions.arrest(house.incident_id, house.suspect, arrested_at=ARRESTED, offence="Assault", by=rosa, now=ARRESTED)
    _release(house, rosa, conditions=())
    assert _orders(house, rosa) == ()
    texts = [one.text for one in composing.of_person(house.suspect, by=rosa, now=RELEASED).lines]
    assert any("on bail" in text for text in texts)


def test_an_extension_lengthens_what_binds(house, bailed, rosa):
    from fellwatch.response import actions
    from fellwatch.response.values import NewExtension

    at = datetime(2026, 6, 2, 20, tzinfo=UTC)
    actions.extend(
        bailed,
        NewExtension("6_months", at, "inspector", "Insp 2 Jo Pass", "Phone.", "None made.", soon(at)),
        by=rosa,
        now=at,
    )
    (order,) = _orders(house, rosa, at)
    assert order.ends_at == datetime(2026, 9, 2, 23, tzinfo=UTC)


def test_a_variation_asks_the_victim_keeps_what_stood_before_and_she_must_hear(house, bailed, rosa, owed):
    at = RELEASED + timedelta(days=3)
    fewer = CONDITIONS[:1]
    assert set(_refused(lambda: _vary(bailed, fewer, rosa, at, victim_view=""))) == {"victim_view"}
    assert set(_refused(lambda: _vary(bailed, CONDITIONS, rosa, at))) == {"condition-0"}
    before = owed(house.incident_id, "victim_update").count("open")
    _vary(bailed, fewer, rosa, at)
    assert owed(house.incident_id, "victim_update").count("open") == before + 1
    (order,) = _orders(house, rosa, at)
    assert len(_asks(order)) == 1
    assert [len(one.before) for one in _shown(house, rosa).variations] == [2]
    _vary(bailed, (), rosa, at + timedelta(days=1))
    (order,) = _orders(house, rosa, at + timedelta(days=1))
    assert not order.binds
    _vary(bailed, CONDITIONS, rosa, at + timedelta(days=2))
    assert [one.binds for one in _orders(house, rosa, at + timedelta(days=2))] == [True, False]


def test_while_the_prosecutor_decides_no_time_runs_but_what_bail_asks_still_holds(house, bailed, rosa, owed):
    from fellwatch.response import actions
    from fellwatch.response.values import NewExtension

    sent, answered = datetime(2026, 5, 1, 9, tzinfo=UTC), datetime(2026, 5, 11, 9, tzinfo=UTC)
    for _ in range(2):
        actions.send_to_prosecutor(bailed, sent_at=sent, by=rosa, now=sent)
    (order,) = _orders(house, rosa, datetime(2026, 7, 1, tzinfo=UTC))
    assert (order.binds, order.ends_at) == (True, None)
    assert owed(house.incident_id, "pre_charge_bail") == ["replaced"]
    assert _shown(house, rosa).stands_still
    longer = NewExtension("6_months", sent, "inspector", "Insp 2 Jo Pass", "Phone.", "None made.", soon(sent))
    assert "stands still" in _refused(lambda: actions.extend(bailed, longer, by=rosa, now=sent))["stage"]

    def answer(at, code="more_work"):
        actions.prosecutor_answered(bailed, code, answered_at=at, words="The recording.", by=rosa, now=answered)

    assert set(_refused(lambda: answer(sent))) == {"answered_at"}
    assert set(_refused(lambda: answer(answered, "acquitted"))) == {"answer"}
    for _ in range(2):
        answer(answered)
    shown = _shown(house, rosa)
    assert (shown.ends_at - ENDS).days == 10
    assert any("1 May 2026 10:00 to Mon 11 May 2026 10:00 does not count" in line for line in shown.working)
    assert _orders(house, rosa, answered)[0].ends_at == shown.ends_at
    assert sorted(owed(house.incident_id, "pre_charge_bail")) == ["open", "replaced"]


def test_nothing_stands_still_that_has_run_out(house, bailed, rosa):
    from fellwatch.response import actions

    late = ENDS + timedelta(hours=1)
    problems = _refused(lambda: actions.send_to_prosecutor(bailed, sent_at=late, by=rosa, now=late))
    assert "run out" in problems["sent_at"]


def test_a_breach_that_a_constable_reports_starts_three_hours_to_decide(house, bailed, rosa):
    from fellwatch.duties import queries as duties
    from fellwatch.orders import actions as orders
    from fellwatch.orders.values import NewBreach

    (order,) = _orders(house, rosa)
    at = RELEASED + timedelta(days=2)
    breach = NewBreach(at, "At her door; filmed.", arrested_at=at)
    orders.report_breach(order.id, breach, by=rosa, now=at)
    (clock,) = duties.about([breach.id], by=rosa)
    assert (clock.rule, clock.due_at, clock.confidence) == (
        "bail_breach_decision",
        at + timedelta(hours=3),
        "uncertain",
    )


def test_a_charge_ends_what_bail_asked(house, bailed, rosa):
    from fellwatch.response import actions, queries

    (suspect,) = queries.scene(house.incident_id, by=rosa, now=RELEASED).suspects
    at = RELEASED + timedelta(days=3)
    actions.charge(suspect.id, charged_at=at, by=rosa, now=at)
    (order,) = _orders(house, rosa, at)
    assert (order.binds, order.ended_as, order.ended_because) == (False, "case_over", "Charged.")


def test_an_officer_makes_bail_and_no_other_order(house, rosa, charlie, now):
    from fellwatch.foundation.access import Refused
    from fellwatch.orders import actions as orders
    from fellwatch.orders.values import NewOrder
    from fellwatch.rules.legal_orders import Chosen

    def make(kind, by):
        orders.make(NewOrder(kind, house.suspect, (), (Chosen("no_contact", "Her"),), "A court", now), by=by, now=now)

    make("police_bail", rosa)
    for kind, by in (("dvpo", rosa), ("police_bail", charlie)):
        with pytest.raises(Refused):
            make(kind, by)
