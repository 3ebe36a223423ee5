"""The safeguarding hub: its clocks, what each agency is asked and answers, what is decided and who is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from tests.safeguarding import hub
from tests.shell.browsers import browser, household

pytestmark = pytest.mark.database


@pytest.fixture
def rosa(actor):
    return actor("Rosa Pike", "response_officer", "south response")


@pytest.fixture
def otis(actor):
    return replace(actor("Otis Wath", "partner", "social care"), agency="fellshire-adults")


@pytest.fixture
def home(db, system, alice, now):
    from fellwatch.demonstration import agencies

    agencies.fill(by=system, now=now)
    return household(alice, now=now)


@pytest.fixture
def contact(home, rosa, now):
    return hub.raised(home, rosa, now)


def _seen(contact, by, now):
    from fellwatch.safeguarding.mash import queries

    return queries.contact(contact, by=by, now=now)


def test_a_contacts_clock_runs_from_when_it_came_by_the_hours_of_its_colour(contact, maya, now):
    from fellwatch.safeguarding.mash import queries

    (row,) = queries.board(by=maya, now=now).shown
    assert row.clock.due_at == now + timedelta(hours=24)
    (duty,) = _seen(contact, maya, now).duties
    assert duty.confidence == "local", "the page says that the hours are the partnership's own"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"colour": "black"}, "colour"),
        ({"concern": "Worried."}, "concern"),
        ({"concern": "x" * 2001}, "concern"),
        ({"immediate": " "}, "immediate"),
        ({"basis": ""}, "basis"),
        ({"basis_because": ""}, "basis_because"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(home, rosa, maya, now, change, field):
    from fellwatch.safeguarding.mash import queries
    from fellwatch.safeguarding.values import Invalid

    with pytest.raises(Invalid) as told:
        hub.raised(home, rosa, now, **change)
    assert field in told.value.problems
    assert queries.board(by=maya, now=now).shown == ()


def test_what_is_late_comes_first_then_red_that_nobody_has_looked_at(home, contact, rosa, maya, now):
    from fellwatch.safeguarding.mash import queries

    red = hub.raised(home, rosa, now, person_id=home.danielle, kind="adult", colour="red")
    green = hub.raised(home, rosa, now - timedelta(hours=80), person_id=home.marc, kind="adult", colour="green")
    order = [row.id for row in queries.board(by=maya, now=now).shown]
    assert order == [green, red, contact]


def test_every_open_contact_stands_on_one_page_also_of_a_colour_and_the_counts_are_of_all(
    home, contact, rosa, maya, now, monkeypatch
):
    from fellwatch.safeguarding.mash import queries

    monkeypatch.setattr(queries, "PAGE", 2)
    red = hub.raised(home, rosa, now, person_id=home.danielle, kind="adult", colour="red")
    green = hub.raised(home, rosa, now - timedelta(hours=80), person_id=home.marc, kind="adult", colour="green")
    found = [queries.board(by=maya, now=now, page=page) for page in range(3)]
    assert [[row.id for row in page.shown] for page in found] == [[green, red], [contact], []]
    for page in found:
        assert (page.total, page.open, page.new, page.overdue, sum(page.colours.values())) == (3, 3, 3, 0, 3)
    only = queries.board(by=maya, now=now, colour="red")
    assert ([row.id for row in only.shown], only.total, only.open) == ([red], 1, 3)
    shown = browser("mash_coordinator").get("/safeguarding/hub/").content.decode()
    assert "3 open, 3 not looked at yet, 0 with an answer overdue; the 2 most urgent are shown" in shown
    assert 'href="/safeguarding/hub/?page=1"' in shown


def test_told_twice_it_is_one_contact_and_told_again_by_another_it_is_refused(home, contact, rosa, maya, now):
    from fellwatch.safeguarding.mash import queries
    from fellwatch.safeguarding.values import Invalid

    assert hub.raised(home, rosa, now, id=contact) == contact
    with pytest.raises(Invalid) as told:
        hub.raised(home, rosa, now)
    assert "Rosa Pike" in told.value.problems["person"]
    assert queries.board(by=maya, now=now).open == 1


@pytest.mark.parametrize(("colour", "due"), [("red", timedelta(hours=2 + 4)), ("green", timedelta(hours=72))])
def test_a_worse_colour_starts_its_own_clock_and_a_milder_one_goes_on(contact, maya, now, colour, due):
    from fellwatch.duties import queries as duties
    from fellwatch.safeguarding.mash import actions
    from fellwatch.safeguarding.values import Invalid

    later = now + timedelta(hours=2)
    with pytest.raises(Invalid):
        actions.screen(contact, colour, "", "", by=maya, now=later)
    actions.screen(contact, colour, "The school rang: she did not come in.", "Una Moss", by=maya, now=later)
    seen = _seen(contact, maya, later)
    assert seen.row.clock.due_at == now + due
    assert [duty.state for duty in seen.duties] == ["open"]
    assert [duty.state for duty in duties.about([contact], by=maya)] == ["replaced"]
    assert seen.open_to == "Una Moss"


def test_each_agency_is_told_only_what_it_may_have_and_sees_just_that(contact, maya, cora, otis, now):
    from fellwatch.safeguarding.mash import sharing
    from fellwatch.sharing import actions, queries

    told = {**hub.TOLD, "suspect": "Marc Oddie"}
    what = hub.sending(contents=told)
    shown = {one.agency: one for one in sharing.preview(contact, what, by=maya, now=now)}
    assert shown["fellshire-children"].contents["suspect"] == "Marc Oddie"
    assert shown["fellshire-adults"].left_out == ("suspect",)
    receipts = {sharing.send(contact, what, by=maya, now=now) for _ in range(2)}
    assert len(receipts) == 1, "sent twice it is sent once"
    for by, code in ((cora, "fellshire-children"), (otis, "fellshire-adults")):
        (row,) = queries.inbox(by=by)["waiting"].rows
        actions.open_referral(row.id, by=by, now=now)
        assert dict(queries.received(row.id, by=by).contents) == dict(shown[code].contents)


def test_one_agency_that_may_not_be_told_stops_all_of_it_and_says_which(contact, maya, system, now):
    from fellwatch.foundation import access
    from fellwatch.safeguarding.mash import sharing
    from fellwatch.safeguarding.values import Invalid
    from fellwatch.sharing.models import Agreement

    with access.acting(system):
        Agreement.objects.filter(agency="fellshire-adults").update(to_date=now.date())
    with pytest.raises(Invalid) as told:
        sharing.send(contact, hub.sending(), by=maya, now=now)
    assert "Fellshire adult social care" in told.value.problems["agencies"]
    assert _seen(contact, maya, now).sent == ()


def test_an_agency_outside_the_hub_has_a_clock_and_a_path_of_its_own(contact, maya, cora, otis, now):
    from fellwatch.safeguarding.mash import actions, queries
    from fellwatch.safeguarding.values import Invalid

    sent = hub.asked(contact, maya, now)
    due = {duty.about: duty.due_at for duty in _seen(contact, maya, now).duties}
    assert due[sent["fellshire-children"]] == now + timedelta(hours=6)
    assert due[sent["fellshire-adults"]] == now + timedelta(hours=18)
    hub.answer(sent["fellshire-children"], cora, now)

    late = now + timedelta(hours=19)
    (row,) = queries.board(by=maya, now=late).shown
    assert row.late_from == ("Fellshire adult social care",)
    assert (row.asked, row.answered) == (2, 1)
    absent = sent["fellshire-adults"]
    actions.chase(contact, absent, by=maya, now=late)
    with pytest.raises(Invalid):
        actions.escalate(contact, absent, "Duty manager", "Rang.", by=maya, now=late)
    words = "Told that the answer is an hour late; she finds somebody who looks."
    actions.escalate(contact, absent, "Pat Rigg, duty manager", words, by=maya, now=late)
    seen = _seen(contact, maya, late)
    (running,) = [duty for duty in seen.duties if duty.about == absent and duty.state == "open"]
    assert (running.rule, running.due_at) == ("mash_absent", late + timedelta(hours=1))
    hub.answer(absent, otis, late, code="not_known", words="Both systems searched.")
    with pytest.raises(Invalid):
        actions.escalate(contact, absent, "Pat Rigg, duty manager", words, by=maya, now=late + timedelta(hours=1))
    seen = _seen(contact, maya, late + timedelta(hours=1))
    assert {duty.state for duty in seen.duties if duty.about == absent} == {"replaced", "met"}
    assert [event.kind for event in seen.events] == ["received", "asked", "asked", "chased", "escalated"]


def test_a_decision_without_an_answer_says_why_and_protection_needs_a_discussion(contact, maya, rosa, now):
    from fellwatch.safeguarding.mash import actions
    from fellwatch.safeguarding.values import Invalid

    hub.asked(contact, maya, now)
    because = "A bruise that nobody explains, and a child who hides."

    def decide(decision, without=""):
        seen = _seen(contact, maya, now)
        actions.decide(contact, "4", decision, because, without, seen=seen.version, by=maya, now=now)

    with pytest.raises(Invalid) as told:
        decide("assessment")
    assert "Fellshire adult social care" in told.value.problems["without_because"]
    with pytest.raises(Invalid) as told:
        actions.decide(contact, "5", "noted", "No.", "", seen=1, by=maya, now=now)
    assert {"level", "decision", "because"} <= set(told.value.problems)
    decide("protection", "Nobody there answers at night and she is not safe until somebody acts.")
    seen = _seen(contact, maya, now)
    assert (seen.row.state, set(seen.without)) == ("decided", {"fellshire-children", "fellshire-adults"})
    assert {duty.state for duty in seen.duties} == {"met", "replaced"}
    with pytest.raises(Invalid):
        decide("early_help", "Somebody sends the form a second time, with another answer.")


def test_two_who_decide_at_once_do_not_overwrite_each_other(contact, maya, now):
    from fellwatch.safeguarding.mash import actions
    from fellwatch.safeguarding.values import Invalid

    actions.screen(contact, "amber", "", "Una Moss", by=maya, now=now)
    with pytest.raises(Invalid) as told:
        actions.decide(contact, "2", "early_help", hub.CONCERN, "", seen=1, by=maya, now=now)
    assert "seen" in told.value.problems


def test_a_discussion_is_called_held_and_leads_to_protection(contact, maya, now):
    from fellwatch.foundation import ids
    from fellwatch.safeguarding.mash import actions
    from fellwatch.safeguarding.values import Invalid

    id = ids.new()
    with pytest.raises(Invalid):
        actions.call_discussion(contact, now - timedelta(hours=1), "Room 2", by=maya, now=now, id=id)
    for _ in range(2):
        actions.call_discussion(contact, now + timedelta(hours=3), "Room 2", by=maya, now=now, id=id)
    agreed = "A joint visit tonight: Rosa Pike and Una Moss, by nine."
    with pytest.raises(Invalid) as told:
        actions.hold_discussion(id, contact, ("fellshire-children",), agreed, "", by=maya, now=now)
    assert "took_part" in told.value.problems
    both = ("fellshire-children", "fellshire-health")
    later = now + timedelta(hours=3)
    actions.hold_discussion(id, contact, both, agreed, "", by=maya, now=later)
    seen = _seen(contact, maya, later)
    assert [(d.rule, d.state, d.confidence) for d in seen.duties if d.about == id] == [
        ("strategy_discussion", "met", "uncertain")
    ]
    actions.decide(contact, "4", "protection", hub.CONCERN, "", seen=seen.version, by=maya, now=later)
    assert _seen(contact, maya, later).decision == "protection"


def test_whoever_raised_it_is_told_once_on_their_page_and_in_the_incidents_log(home, contact, rosa, maya, bob, now):
    from fellwatch.contact import jobs
    from fellwatch.contact import queries as contact_queries
    from fellwatch.foundation import access
    from fellwatch.safeguarding.mash import actions, queries
    from fellwatch.sharing import queries as sharing
    from fellwatch.sharing.models import Feedback

    actions.decide(contact, "3", "assessment", hub.CONCERN, "", seen=1, by=maya, now=now)
    (row,) = queries.raised(by=rosa)
    assert (row.decision, row.because) == ("assessment", hub.CONCERN)
    (told,) = sharing.told_back(by=rosa)
    assert "An assessment by social care" in told.words
    assert sharing.told_back(by=bob) == ()
    with access.acting(maya):
        id = Feedback.objects.get().id
    for _ in range(2):
        jobs.carry_feedback(feedback=str(id))
    lines = [line.text for line in contact_queries.handled(home.incidents[-1], by=bob).log if line.kind == "referral"]
    assert len(lines) == 1
    assert "The hub decided" in lines[0]


def test_what_an_agency_did_in_the_end_reaches_the_officer_as_well(contact, maya, rosa, cora, now):
    from fellwatch.safeguarding import jobs
    from fellwatch.safeguarding.mash import sharing
    from fellwatch.sharing import actions, queries

    sharing.send(contact, hub.sending("referral", ("fellshire-children",)), by=maya, now=now)
    (sent,) = _seen(contact, maya, now).sent
    actions.open_referral(sent.id, by=cora, now=now)
    actions.answer_referral(sent.id, "accepted", "A worker goes tomorrow.", by=cora, now=now)
    actions.complete_referral(sent.id, "assessment", "Assessed; help at home from Monday on.", by=cora, now=now)
    for _ in range(2):
        jobs.carry_answer(referral=str(sent.id))
    (told,) = queries.told_back(by=rosa)
    assert "help at home from Monday" in told.words
    assert {duty.state for duty in _seen(contact, maya, now).duties if duty.about == sent.id} == {"met"}


def test_a_decided_contact_leaves_the_board_and_comes_back_when_something_is_new(contact, maya, now):
    from fellwatch.safeguarding.mash import actions, queries

    actions.decide(contact, "1", "no_action", hub.CONCERN, "", seen=1, by=maya, now=now)
    assert queries.board(by=maya, now=now).shown == ()
    later = now + timedelta(days=3)
    actions.reopen(contact, "Her school has seen another bruise today.", by=maya, now=later)
    (row,) = queries.board(by=maya, now=later).shown
    assert row.clock.due_at == later + timedelta(hours=24)


@pytest.mark.parametrize(
    ("agency", "rule"), [("fellshire-children", "mash_next_step"), ("larch-refuge", "mash_service_answer")]
)
def test_what_is_passed_on_is_chased_after_one_working_day(contact, maya, now, agency, rule):
    """It is Saturday night: one working day ends with Monday."""
    from fellwatch.foundation import clock
    from fellwatch.safeguarding.mash import sharing

    sharing.send(contact, hub.sending("referral", (agency,)), by=maya, now=now)
    seen = _seen(contact, maya, now)
    (duty,) = [duty for duty in seen.duties if duty.about == seen.sent[0].id]
    assert duty.rule == rule
    assert clock.london(duty.due_at - timedelta(seconds=1)).strftime("%a %H:%M") == "Mon 23:59"


def test_what_went_to_the_wrong_agency_is_taken_back_and_asked_of_the_right_one(contact, maya, now):
    from fellwatch.safeguarding.mash import sharing

    sent = hub.asked(contact, maya, now, agencies=("larch-refuge",))
    words = "It was meant for children's social care; the refuge was rung."
    sharing.take_back(contact, sent["larch-refuge"], "wrong_agency", words, by=maya, now=now)
    hub.asked(contact, maya, now, agencies=("fellshire-children",))
    seen = _seen(contact, maya, now)
    assert {one.agency_code: one.state for one in seen.sent} == {
        "larch-refuge": "recalled",
        "fellshire-children": "sent",
    }
    assert {duty.state for duty in seen.duties if duty.about == sent["larch-refuge"]} == {"replaced"}
    assert seen.row.waits_for == ("Fellshire children's social care",)


def test_the_fortnight_counts_what_each_partner_did(contact, maya, cora, otis, now):
    from fellwatch.foundation import clock
    from fellwatch.safeguarding.mash import actions, figures

    first = figures.begins(clock.london_date(now))
    before = figures.fortnight(first, by=maya)
    assert sum(one.came for one in before.colours) == 1
    assert before.agencies == ()
    sent = hub.asked(contact, maya, now)
    hub.answer(sent["fellshire-children"], cora, now, minutes=60)
    hub.answer(sent["fellshire-adults"], otis, now, minutes=19 * 60)
    done = now + timedelta(hours=20)
    seen = _seen(contact, maya, done)
    actions.decide(contact, "3", "assessment", hub.CONCERN, "", seen=seen.version, by=maya, now=done)
    pack = figures.fortnight(first, by=maya)
    shares = {one.code: (one.asked, one.answered, one.in_time, one.hours) for one in pack.agencies}
    assert shares == {"fellshire-children": (1, 1, 1, 1.0), "fellshire-adults": (1, 1, 0, 19.0)}
    (amber,) = [one for one in pack.colours if one.came]
    assert (amber.code, amber.in_time, amber.late) == ("amber", 1, 0)
    assert pack.decisions == (("assessment", 1),)
    assert (pack.trend[-1].asked, pack.trend[-1].asked_in_time, pack.trend[-1].decided_share) == (2, 1, 100.0)


def test_nobody_but_the_hub_sees_contacts_and_whoever_is_feared_sees_none(
    contact, home, maya, rosa, nadia, bob, account, now
):
    from fellwatch.foundation import access
    from fellwatch.records.queries import Missing
    from fellwatch.safeguarding.mash import queries
    from fellwatch.safeguarding.mash.models import HubContact, HubEvent
    from fellwatch.sharing import actions as sharing

    for by, many in ((maya, 1), (rosa, 1), (nadia, 0), (bob, 0)):
        with access.acting(by):
            assert HubContact.objects.count() == many, by.name
    with access.acting(rosa):
        assert not HubEvent.objects.exists(), "whoever raised it sees its outcome, not the hub's work"
    sharing.identify(account(maya).id, home.marc, "She is his sister, as she told her inspector.", by=maya, now=now)
    assert queries.board(by=maya, now=now).shown == ()
    with pytest.raises(Missing):
        queries.contact(contact, by=maya, now=now)


def test_every_read_of_a_contact_names_whom_it_shows(contact, maya, auditor, now):
    from fellwatch.foundation.audit import chain
    from fellwatch.safeguarding.mash import queries

    queries.board(by=maya, now=now)
    _seen(contact, maya, now)
    lines = chain.lines(by=auditor, action="consultation")
    shown = {line.sentence: line.people for line in lines if line.sentence.startswith("safeguarding.")}
    assert shown == {"safeguarding.hub_board_read": 1, "safeguarding.hub_contact_read": 1}


def test_a_partner_is_told_when_to_meet_as_on_its_own_watch(monkeypatch, alice, now):
    from fellwatch.safeguarding.pages import hub_steps

    monkeypatch.setattr(hub_steps.gathering, "suggested", lambda *_, **__: {})
    talk = SimpleNamespace(held_at=None, meet_at=datetime(2027, 6, 16, 8, 0, tzinfo=UTC), how="by telephone")
    found = hub_steps.suggested(SimpleNamespace(discussions=[talk]), by=alice, now=now)
    assert found == {"meeting": "Wed 16 Jun 09:00, by telephone"}
