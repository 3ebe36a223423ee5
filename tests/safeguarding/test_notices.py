"""A protection notice from its test to its order, each case of the domain rules that needs more than a clock."""

from datetime import UTC, timedelta

import pytest

from tests.safeguarding.story import (
    GROUNDS,
    authorised,
    hearing_clock,
    london,
    pair,
    served,
    terms,
    written,
)

pytestmark = pytest.mark.database
MONDAY = london("2026-10-12 08:00")


def refused(call, *fields):
    """Return the problems an action was refused with, which name these fields."""
    from fellwatch.orders.values import Invalid

    with pytest.raises(Invalid) as told:
        call()
    assert set(fields) <= set(told.value.problems), told.value.problems
    return told.value.problems


def test_the_whole_path_from_the_test_to_the_court(people, nadia, vera, rosa):
    from fellwatch.orders import actions as orders
    from fellwatch.orders import queries
    from fellwatch.orders.values import Heard, NewBreach

    case, notice = served(people, nadia, vera, MONDAY)
    orders.list_hearing(
        notice, london("2026-10-13 10:00"), "Skelmoss Magistrates", "Given to him", by=nadia, now=MONDAY
    )
    heard = Heard("granted", london("2026-10-13 10:20"), "Made by consent.", days=28, chosen=terms())
    order = orders.hear(notice, heard, by=nadia, now=london("2026-10-13 11:00"))
    assert orders.hear(notice, heard, by=nadia, now=london("2026-10-13 11:00")) == order
    shown = queries.order(order, by=rosa, now=london("2026-10-13 12:00"))
    assert (shown.short, shown.binds, shown.follows) == ("DVPO", True, notice)
    assert shown.ends_at == london("2026-11-10 00:00")
    assert hearing_clock(case, nadia).state == "met"
    breach = NewBreach(london("2026-10-17 12:40"), "At her door.", arrested_at=london("2026-10-17 13:00"))
    orders.report_breach(order, breach, by=rosa, now=london("2026-10-17 14:00"))
    from fellwatch.duties import queries as duties

    (to_court,) = duties.about([breach.id], by=nadia)
    assert to_court.due_at == london("2026-10-19 13:00")
    orders.before_court(breach.id, london("2026-10-19 10:00"), "28 days.", by=nadia, now=london("2026-10-19 15:00"))
    assert duties.about([breach.id], by=nadia)[0].state == "met"


def test_she_is_against_it_and_it_is_given_all_the_same(people, nadia, vera):
    assert "does not want" in GROUNDS["victim_opinion"]
    assert authorised(people, nadia, vera, MONDAY)


def test_a_test_that_is_not_met_says_which_line_and_is_put_right(people, nadia):
    from fellwatch.safeguarding import actions

    gap = {**GROUNDS, "violence": "not_known", "child_welfare": ""}
    case, seen = written(people, nadia, MONDAY, answers=gap)
    problems = refused(
        lambda: actions.send(case, seen=seen, by=nadia, now=MONDAY), "line-violence", "line-child_welfare"
    )
    assert "Not known yet" in problems["line-violence"]
    actions.ground(case, GROUNDS, seen=seen, by=nadia, now=MONDAY)
    actions.send(case, seen=seen + 1, by=nadia, now=MONDAY)


@pytest.mark.parametrize(("born", "words"), [(2009, "under 18"), (None, "How old")])
def test_nobody_under_18_or_of_unknown_age_is_given_one(db, system, nadia, born, words):
    from fellwatch.safeguarding import actions

    case, seen = written(pair(system, born=born), nadia, MONDAY)
    problems = refused(lambda: actions.send(case, seen=seen, by=nadia, now=MONDAY), "line-adult")
    assert words in problems["line-adult"]


def test_it_says_only_what_the_law_allows_and_always_forbids_molesting(people, nadia):
    from fellwatch.safeguarding import actions

    case, seen = written(people, nadia, MONDAY, said=())
    refused(lambda: actions.say(case, terms("leave"), seen=seen, by=nadia, now=MONDAY), "term-molest")
    refused(lambda: actions.say(case, terms("molest", "tag"), seen=seen, by=nadia, now=MONDAY), "term-tag")
    refused(lambda: actions.say(case, terms("molest", "distance"), seen=seen, by=nadia, now=MONDAY), "term-distance")
    actions.ground(case, {**GROUNDS, "lives_with": "no"}, seen=seen, by=nadia, now=MONDAY)
    refused(lambda: actions.say(case, terms(), seen=seen + 1, by=nadia, now=MONDAY), "term-leave")


def test_only_a_superintendent_authorises_and_never_his_own(people, nadia, vera, rosa, actor):
    from dataclasses import replace

    from fellwatch.foundation.access import Refused
    from fellwatch.safeguarding import access, actions

    case, seen = written(people, nadia, MONDAY)
    actions.send(case, seen=seen, by=nadia, now=MONDAY)
    inspector = replace(vera, permissions=vera.permissions - {access.SUPERINTENDENT})
    for by in (nadia, rosa, inspector):
        with pytest.raises(Refused):
            actions.authorise(case, "Necessary.", seen=seen + 1, by=by, now=MONDAY)
    both = replace(nadia, permissions=nadia.permissions | vera.permissions)
    refused(lambda: actions.authorise(case, "Necessary.", seen=seen + 1, by=both, now=MONDAY), "words")
    refused(lambda: actions.authorise(case, " ", seen=seen + 1, by=vera, now=MONDAY), "words")
    assert actions.authorise(case, "Necessary.", seen=seen + 1, by=vera, now=MONDAY)


def test_a_refusal_goes_back_with_its_reason_and_can_be_sent_again(people, nadia, vera):
    from fellwatch.safeguarding import actions, queries

    case, seen = written(people, nadia, MONDAY)
    actions.send(case, seen=seen, by=nadia, now=MONDAY)
    actions.refuse(case, "Nothing on why bail is not enough.", seen=seen + 1, by=vera, now=MONDAY)
    shown = queries.case(case, by=nadia, now=MONDAY)
    assert shown.row.state == "considered"
    assert shown.events[-1].words == "Nothing on why bail is not enough."
    actions.send(case, seen=seen + 2, by=nadia, now=MONDAY)


def test_two_who_write_at_once_are_told_and_nothing_is_overwritten(people, nadia, actor):
    from fellwatch.safeguarding import actions, queries

    case, seen = written(people, nadia, MONDAY)
    other = actor("Ivo Syke", "safeguarding_officer")
    actions.ground(case, {**GROUNDS, "grounds": "First."}, seen=seen, by=nadia, now=MONDAY)
    again = {**GROUNDS, "grounds": "Second."}
    refused(lambda: actions.ground(case, again, seen=seen, by=other, now=MONDAY), "seen")
    assert queries.case(case, by=nadia, now=MONDAY).answers["grounds"] == "First."


def test_t9_authorised_at_eight_and_served_at_one_runs_from_one(people, nadia, vera, rosa):
    from fellwatch.duties import queries as duties
    from fellwatch.orders import actions as orders
    from fellwatch.orders.values import Served

    case, notice = authorised(people, nadia, vera, MONDAY)
    assert {d.rule for d in duties.about([case], by=nadia)} == {"notice_service"}
    failed = Served(london("2026-10-12 10:00"), False, "", "PC 1234 Pike", "Nobody answered at either address.")
    orders.serve(notice, failed, by=rosa, now=london("2026-10-12 10:05"))
    assert {d.rule for d in duties.about([case], by=nadia)} == {"notice_service"}
    at = london("2026-10-12 13:00")
    orders.serve(notice, Served(at, True, "in_person", "PC 1234 Pike"), by=rosa, now=at)
    assert hearing_clock(case, nadia).due_at == london("2026-10-14 13:00")
    assert hearing_clock(case, nadia, "notice_service").state == "met"


def test_service_by_letter_is_no_service_and_a_failure_says_why(people, nadia, vera, rosa):
    from fellwatch.orders import actions as orders
    from fellwatch.orders.values import Served

    _, notice = authorised(people, nadia, vera, MONDAY)
    later = MONDAY + timedelta(hours=1)
    for attempt, field in (
        (Served(later, True, "post", "PC 1"), "means"),
        (Served(later, False, "", "PC 1"), "words"),
        (Served(MONDAY - timedelta(minutes=1), True, "in_person", "PC 1"), "at"),
        (Served(later + timedelta(days=1), True, "in_person", "PC 1"), "at"),
        (Served(later, True, "in_person", " "), "officer"),
    ):
        refused(lambda attempt=attempt: orders.serve(notice, attempt, by=rosa, now=later), field)
    first = Served(later, True, "in_person", "PC 1")
    orders.serve(notice, first, by=rosa, now=later)
    orders.serve(notice, first, by=rosa, now=later)
    refused(lambda: orders.serve(notice, Served(later, True, "in_person", "PC 2"), by=nadia, now=later), "at")


def test_t8_on_boxing_day_both_readings_are_shown_and_protection_is_planned_for_the_earlier(people, nadia, vera):
    from fellwatch.orders import queries

    case, notice = served(people, nadia, vera, london("2026-12-23 18:00"))
    clock = hearing_clock(case, nadia)
    assert clock.due_at == london("2026-12-26 18:00")
    assert any("29 Dec" in line for line in clock.working)
    assert queries.order(notice, by=nadia, now=london("2026-12-24 09:00")).ends_at == london("2026-12-26 18:00")


def test_t10_heard_one_minute_late_it_has_lapsed_and_nothing_is_made_of_it(people, nadia, vera, system):
    from fellwatch.orders import actions as orders
    from fellwatch.orders import queries
    from fellwatch.orders.values import Heard

    _, notice = served(people, nadia, vera, london("2026-10-14 09:30"))
    late = refused(
        lambda: orders.list_hearing(
            notice, london("2026-10-16 09:31"), "Court", "Left", by=nadia, now=london("2026-10-15 09:00")
        ),
        "listed_at",
    )
    assert "earlier sitting" in late["listed_at"]
    orders.list_hearing(notice, london("2026-10-16 09:30"), "Court", "Left", by=nadia, now=london("2026-10-15 09:00"))
    heard = Heard("granted", london("2026-10-16 09:31"), days=28, chosen=terms())
    assert "lapsed" in refused(lambda: orders.hear(notice, heard, by=nadia, now=heard.heard_at), "heard_at")["heard_at"]
    assert not queries.order(notice, by=nadia, now=heard.heard_at).binds
    assert orders.run_out(by=system, now=heard.heard_at) == 1
    shown = queries.order(notice, by=nadia, now=heard.heard_at)
    assert (shown.ended_as, shown.story[-1][1]) == ("lapsed", "lapsed")
    assert "National Computer" in shown.ended_because


def test_an_adjourned_hearing_lets_the_notice_go_on(people, nadia, vera, system):
    from fellwatch.orders import actions as orders
    from fellwatch.orders import queries
    from fellwatch.orders.values import Heard

    _, notice = served(people, nadia, vera, london("2026-10-14 09:30"))
    now = london("2026-10-15 12:00")
    orders.list_hearing(notice, london("2026-10-15 10:00"), "Court", "Given", by=nadia, now=london("2026-10-14 12:00"))
    orders.hear(notice, Heard("adjourned", london("2026-10-15 10:10"), "His solicitor is ill."), by=nadia, now=now)
    later = london("2026-10-20 10:00")
    assert orders.run_out(by=system, now=later) == 0
    assert queries.order(notice, by=nadia, now=later).binds
    orders.list_hearing(notice, later, "Court", "Told in court", by=nadia, now=now)
    made = orders.hear(notice, Heard("granted", later, days=14, chosen=terms()), by=nadia, now=later)
    assert queries.order(made, by=nadia, now=later).ends_at == london("2026-11-03 00:00")


@pytest.mark.parametrize("days", [0, 13, 29])
def test_t16_the_court_cannot_give_13_or_29_days(people, nadia, vera, days):
    from fellwatch.orders import actions as orders
    from fellwatch.orders import queries
    from fellwatch.orders.values import Heard

    _, notice = served(people, nadia, vera, MONDAY)
    orders.list_hearing(notice, london("2026-10-13 10:00"), "Court", "Given", by=nadia, now=MONDAY)
    at = london("2026-10-13 10:20")
    refused(lambda: orders.hear(notice, Heard("granted", at, days=days, chosen=terms()), by=nadia, now=at), "days")
    assert queries.order(notice, by=nadia, now=at).binds, "nothing was decided, so the notice goes on"


def test_t15_a_hearing_before_the_24_hours_are_over_governs_a_breach_of_the_notice(people, nadia, vera, rosa):
    from fellwatch.duties import queries as duties
    from fellwatch.orders import actions as orders
    from fellwatch.orders.values import NewBreach

    _, notice = served(people, nadia, vera, london("2026-10-12 09:30"))
    orders.list_hearing(notice, london("2026-10-13 10:00"), "Court", "Given", by=nadia, now=london("2026-10-12 10:00"))
    at = london("2026-10-13 03:20")
    breach = NewBreach(at, "At her door.", arrested_at=at)
    orders.report_breach(notice, breach, by=rosa, now=at)
    orders.report_breach(notice, breach, by=rosa, now=at)
    (clock,) = duties.about([breach.id], by=nadia)
    assert clock.due_at == london("2026-10-13 10:00")


def test_a_breach_needs_an_arrest_or_why_not_and_only_while_it_binds(people, nadia, vera, rosa):
    from fellwatch.orders import actions as orders
    from fellwatch.orders.values import NewBreach

    _, notice = authorised(people, nadia, vera, MONDAY)
    now = MONDAY + timedelta(hours=2)
    early = NewBreach(now, "At her door.", arrested_at=now)
    assert (
        "served" in refused(lambda: orders.report_breach(notice, early, by=rosa, now=now), "happened_at")["happened_at"]
    )
    _, other = served(people, nadia, vera, now)
    silent = NewBreach(now, "He rang her.")
    refused(lambda: orders.report_breach(other, silent, by=rosa, now=now), "not_arrested_because")
    orders.report_breach(
        other, NewBreach(now, "He rang her.", not_arrested_because="Not found; circulated."), by=rosa, now=now
    )


def test_a_case_closes_only_when_nothing_binds_and_nothing_is_owed(people, nadia, vera, system):
    from fellwatch.orders import actions as orders
    from fellwatch.orders.values import Heard
    from fellwatch.safeguarding import actions, queries

    case, notice = served(people, nadia, vera, MONDAY)
    orders.list_hearing(notice, london("2026-10-13 10:00"), "Court", "Given", by=nadia, now=MONDAY)
    at = london("2026-10-13 10:20")
    order = orders.hear(notice, Heard("granted", at, days=14, chosen=terms()), by=nadia, now=at)
    refused(lambda: actions.close(case, "Over.", by=nadia, now=at), "words")
    over = london("2026-10-27 09:00")
    orders.run_out(by=system, now=over)
    assert "Still owed" in refused(lambda: actions.close(case, "Over.", by=nadia, now=over), "words")["words"]
    orders.reviewed(order, "Locks changed, alarm fitted.", by=nadia, now=over)
    actions.close(case, "No breach; she has moved.", by=nadia, now=over)
    assert queries.open_cases(by=nadia, now=over).shown == ()


def test_a_notice_withdrawn_before_service_binds_nobody_and_owes_nothing(people, nadia, vera):
    from fellwatch.duties import queries as duties
    from fellwatch.orders import queries as orders
    from fellwatch.safeguarding import actions

    case, notice = authorised(people, nadia, vera, MONDAY)
    actions.withdraw(case, "He was charged and remanded.", by=nadia, now=MONDAY)
    shown = orders.order(notice, by=nadia, now=MONDAY)
    assert (shown.binds, shown.ended_as) == (False, "withdrawn")
    assert [d.state for d in duties.about([case], by=nadia)] == ["replaced"]


def test_the_order_is_seen_by_patrol_though_the_victims_record_is_restricted(people, nadia, vera, rosa, system):
    from dataclasses import replace

    from fellwatch.foundation import access
    from fellwatch.orders import queries
    from fellwatch.records.models import Person

    _, notice = served(people, nadia, vera, MONDAY)
    cleared = replace(system, compartments=frozenset({"restricted"}))
    with access.acting(cleared):
        Person.objects.filter(id=people[1]).update(compartment="restricted")
    (shown,) = queries.about_person(people[0], by=rosa, now=MONDAY)
    assert (shown.id, shown.binds, shown.protected, shown.hidden) == (notice, True, (), 1)
    assert "Danielle" not in repr(shown)
    (here,) = queries.at_place(people[2], by=rosa, now=MONDAY)
    assert here.conditions


def test_every_step_is_in_the_log_with_who_took_it(people, nadia, vera, auditor):
    from fellwatch.foundation.audit import chain

    served(people, nadia, vera, MONDAY)
    lines = {(line.actor_name, line.sentence) for line in chain.lines(by=auditor, limit=200)}
    assert ("Nadia Croft", "safeguarding.opened") in lines
    assert ("Nadia Croft", "safeguarding.sent") in lines
    assert ("Vera Stang", "safeguarding.authorised") in lines
    assert ("Vera Stang", "orders.made") in lines
    assert ("Nadia Croft", "orders.served") in lines


def test_the_measure_counts_each_stage_in_time_or_late(people, nadia, vera):
    from fellwatch.safeguarding import queries

    served(people, nadia, vera, MONDAY, before=timedelta(hours=5))
    now = london("2026-10-15 08:00")
    listed = queries.open_cases(by=nadia, now=now, since=MONDAY - timedelta(days=1))
    found = {one.rule: one for one in queries.stages(listed.asked, by=nadia, now=now)}
    assert (found["notice_service"].in_time, found["notice_service"].late) == (0, 1)
    assert found["dvpn_hearing"].overdue == 1
    assert sum(count for _, count in listed.ages) == listed.total == len(listed.shown) == 1


def test_a_notice_under_the_act_of_2021_is_given_only_where_and_when_it_was_in_force(people, nadia, settings_of):
    from fellwatch.orders import law
    from fellwatch.safeguarding import actions
    from fellwatch.safeguarding.values import NewNotice

    here = {one.kind: one for one in law.regimes(MONDAY.date())}
    assert (here["dvpn"].available, here["dapn"].available) == (True, False)
    assert here["dapn"].confidence == "uncertain"
    new = NewNotice("dapn", people[0], people[1])
    refused(lambda: actions.open_notice(new, by=nadia, now=MONDAY), "scheme")
    settings_of("E23000013")
    days = {"2025-03-10": False, "2025-03-11": True, "2026-03-31": True, "2026-04-01": False}
    for day, given in days.items():
        on = london(f"{day} 12:00").date()
        assert {one.kind: one.available for one in law.regimes(on)} == {"dvpn": True, "dapn": given}, day


def test_an_inspector_gives_one_in_a_pilot_area_and_the_hearing_is_counted_alike(people, nadia, vera, settings_of):
    from dataclasses import replace

    from fellwatch.orders import actions as orders
    from fellwatch.orders.values import Served
    from fellwatch.safeguarding import access, actions

    settings_of("E23000013")
    at = london("2025-10-17 20:00")
    case, seen = written(people, nadia, at, scheme="dapn", said=("no_contact", "leave"))
    actions.send(case, seen=seen, by=nadia, now=at)
    inspector = replace(vera, name="Inspector Holme", permissions=vera.permissions - {access.SUPERINTENDENT})
    notice = actions.authorise(case, "Necessary.", seen=seen + 1, by=inspector, now=at)
    given = london("2025-10-17 22:15")
    orders.serve(notice, Served(given, True, "in_person", "PC 1"), by=nadia, now=given)
    assert hearing_clock(case, nadia, "dapn_hearing").due_at == london("2025-10-20 22:15")


def test_t17_an_order_of_another_court_is_recorded_tagged_no_longer_than_a_year_and_notified(people, nadia):
    from fellwatch.duties import queries as duties
    from fellwatch.orders import actions as orders
    from fellwatch.orders import queries
    from fellwatch.orders.values import NewOrder
    from fellwatch.rules.legal_orders import Chosen

    made = london("2026-10-16 15:00")
    all_yes = frozenset({"present", "consent", "arranged"})

    def tagged(**values):
        chosen = [Chosen("no_contact"), Chosen("tag", **values)]
        return NewOrder("dapo", people[0], [people[1]], chosen, "Manchester Crown Court", made)

    refused(lambda: orders.make(tagged(yes=all_yes, months=13), by=nadia, now=made), "term-tag")
    refused(lambda: orders.make(tagged(yes=frozenset({"present"}), months=6), by=nadia, now=made), "term-tag")
    order = orders.make(tagged(yes=all_yes, months=12), by=nadia, now=made)
    (owed,) = duties.about([order], by=nadia)
    assert owed.due_at == london("2026-10-19 00:00").astimezone(UTC)
    told = london("2026-10-18 18:00")
    assert orders.notified(order, "Both names and 14 Tarn Row.", at=told, by=nadia, now=told) == 1
    moved = london("2026-11-02 12:00")
    orders.changed(order, "Moved to Furnholm.", at=moved, by=nadia, now=moved)
    assert duties.about([order], by=nadia, running=True)[0].due_at == london("2026-11-05 00:00")
    orders.vary(order, terms("no_contact"), "The court took off the tag.", at=moved, by=nadia, now=moved)
    shown = queries.order(order, by=nadia, now=moved)
    assert [c.term for c in shown.conditions if c.ended_at is None] == ["no_contact"]


def test_a_notice_may_be_served_in_the_minute_it_was_authorised(people, nadia, vera):
    """A watch shows no seconds."""
    from fellwatch.orders import actions as orders
    from fellwatch.orders.values import Served

    at = london("2026-10-14 09:30").replace(second=40)
    _, notice = authorised(people, nadia, vera, at)
    served = Served(at.replace(second=0), True, "in_person", "PC 1234 Pike")
    orders.serve(notice, served, by=nadia, now=at)


def test_each_line_not_met_says_what_is_missing_and_the_notice_speaks_for_itself(people, nadia, vera):
    """Under the second version of the rule, from 26 November 2026."""
    from fellwatch.safeguarding import actions, writing
    from fellwatch.safeguarding.values import Invalid

    at = london("2026-11-27 09:30")
    bare = {**GROUNDS, "child_welfare": "", "subject_view": ""}
    case, seen = written(people, nadia, at, answers=bare)
    with pytest.raises(Invalid) as wrong:
        actions.send(case, seen=seen, by=nadia, now=at)
    said = wrong.value.problems
    assert set(said) == {"line-child_welfare", "line-subject_view"}
    assert all("Not considered yet" not in words for words in said.values())
    assert said["line-child_welfare"] != said["line-subject_view"]
    _, notice = authorised(people, nadia, vera, at)
    states = writing.notice(notice, by=nadia, now=at)["states"]
    assert states[0] == "This notice is given on the grounds written above."
    assert not any(words.startswith("It states") for words in states)
