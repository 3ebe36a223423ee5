"""A disclosure request by stage: its clocks, its checks, its decision, what may be said to whom."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.safeguarding.story import london
from tests.safeguarding.test_notices import refused

pytestmark = pytest.mark.database
ASKED = london("2026-10-01 10:00")
SEARCHED = ("pnc", "pnd", "visor", "intelligence")


def asked(people, by, at=ASKED, **values):
    from fellwatch.safeguarding import actions
    from fellwatch.safeguarding.values import NewRequest

    new = NewRequest("dvds", "ask", people[0], people[1], at, "Herself", "She was warned.", "At work only.", "no")
    return actions.open_request(replace(new, **values), by=by, now=max(at, ASKED))


def checked(case, by, at=ASKED + timedelta(hours=5), **values):
    from fellwatch.safeguarding import actions
    from fellwatch.safeguarding.values import Checks

    done = Checks(SEARCHED, "Two assaults before.", "", "no", at)
    actions.check(case, replace(done, **values), by=by, now=at)


def decided(outcome="disclose", **values):
    from fellwatch.safeguarding.values import Decided

    tests = {
        "lawful": "Convictions.",
        "necessary": "He was violent twice.",
        "proportionate": "Her safety outweighs it.",
    }
    made = Decided(
        ASKED + timedelta(days=9), "DI Holme", "Health, probation", outcome, wording="He has hurt before.", **tests
    )
    return replace(made, **values)


def told(**values):
    from fellwatch.safeguarding.values import Told

    at = ASKED + timedelta(days=10)
    return replace(Told(at, "at_risk", "Nadia Croft, Ida Crag of health", "signed", "She will stay away."), **values)


def clocks(case, by):
    from fellwatch.duties import queries

    return {duty.rule: duty for duty in queries.about([case], by=by)}


def test_the_whole_request_meets_each_of_its_clocks(people, nadia):
    from fellwatch.safeguarding import actions, queries
    from fellwatch.safeguarding.values import Met

    case = asked(people, nadia)
    assert clocks(case, nadia)["dvds_total"].due_at == london("2026-10-29 00:00")
    checked(case, nadia)
    met = ASKED + timedelta(days=4)
    actions.meet(case, Met(met, "Passport, and a bill with her address", "She fears him."), by=nadia, now=met)
    actions.decide(case, decided(), by=nadia, now=decided().at)
    actions.tell(case, told(), by=nadia, now=told().at)
    actions.plan(case, "Alarm; her sister knows.", "Offered an adviser, taken.", by=nadia, now=told().at)
    assert {d.state for d in clocks(case, nadia).values()} == {"met"}
    assert queries.open_cases(by=nadia, now=told().at).shown == ()


@pytest.mark.parametrize(
    ("scheme", "at", "due"),
    [
        ("dvds", "2026-10-01 10:00", "2026-10-29 00:00"),
        ("dvds", "2018-10-01 10:00", "2018-11-05 00:00"),
        ("csods", "2026-10-01 10:00", "2026-10-29 00:00"),
        ("csods", "2018-10-01 10:00", "2018-11-15 00:00"),
    ],
)
def test_t54_the_limit_is_that_of_the_day_it_was_asked_and_both_readings_are_shown(people, nadia, scheme, at, due):
    case = asked(people, nadia, london(at), scheme=scheme)
    total = clocks(case, nadia)[f"{scheme}_total"]
    assert total.due_at == london(due)
    assert any("Another reading" in line for line in total.working)


def test_t55_in_immediate_danger_they_are_told_before_the_forum_with_the_reason_and_it_goes_on(people, nadia, auditor):
    from fellwatch.foundation.audit import chain
    from fellwatch.safeguarding import actions, queries

    case = asked(people, nadia, in_danger="yes")
    now = told().at
    problems = refused(lambda: actions.tell(case, told(), by=nadia, now=now), "urgent_because")
    assert "danger" in problems["urgent_because"]
    actions.tell(case, told(urgent_because="He waits for her with a knife."), by=nadia, now=now)
    seen = queries.case(case, by=nadia, now=now)
    assert (seen.row.state, seen.events[-1].kind) == ("asked", "disclosed_now")
    assert clocks(case, nadia)["dvds_total"].state in {"open", "late"}
    assert any(line.sentence == "safeguarding.disclosed_now" for line in chain.lines(by=auditor, action="disclosure"))


def test_a_system_not_searched_needs_its_reason(people, nadia):
    case = asked(people, nadia)
    problems = refused(lambda: checked(case, nadia, systems=("pnc",)), "not_searched_because")
    assert "Police National Database" in problems["not_searched_because"]
    checked(case, nadia, systems=("pnc",), not_searched_because="The database is down; asked again at eight.")


def test_checks_a_minute_late_are_told_as_late_and_count_so(people, nadia):
    from fellwatch.safeguarding import queries

    case = asked(people, nadia)
    checked(case, nadia, ASKED + timedelta(hours=24, minutes=1))
    now = ASKED + timedelta(2)
    cases = queries.open_cases(by=nadia, now=now, since=ASKED - timedelta(1)).asked
    found = {s.rule: s for s in queries.stages(cases, by=nadia, now=now)}
    assert (found["dvds_first_checks"].in_time, found["dvds_first_checks"].late) == (0, 1)


def test_disclosing_needs_each_of_the_three_tests_and_nothing_is_ever_called_no_risk(people, nadia):
    from fellwatch.safeguarding import actions

    case = asked(people, nadia)
    checked(case, nadia)
    now = decided().at
    refused(lambda: actions.decide(case, decided(proportionate=" "), by=nadia, now=now), "proportionate")
    nothing = decided("nothing", wording="There is no risk from him.")
    refused(lambda: actions.decide(case, nothing, by=nadia, now=now), "wording")
    actions.decide(case, decided("nothing", wording="There is nothing that we can disclose."), by=nadia, now=now)


def test_whoever_asked_for_somebody_else_cannot_be_told_and_nobody_tells_alone(people, nadia):
    from fellwatch.safeguarding import actions

    case = asked(people, nadia, route="ask_for_other", applicant="Her mother")
    checked(case, nadia)
    actions.decide(case, decided(), by=nadia, now=decided().at)
    refused(lambda: actions.tell(case, told(recipient="applicant"), by=nadia, now=told().at), "recipient")
    refused(lambda: actions.tell(case, told(by_whom="Nadia Croft"), by=nadia, now=told().at), "by_whom")


def test_the_list_by_age_hides_none_and_the_oldest_is_first_due(people, nadia):
    from fellwatch.safeguarding import queries

    old = asked(people, nadia, ASKED - timedelta(days=90))
    new = asked(people, nadia)
    now = ASKED + timedelta(hours=1)
    listed = queries.open_cases(by=nadia, now=now)
    assert [one.row.id for one in listed.shown] == [old, new]
    ages = dict(listed.ages)
    assert (ages["More than 28 days"], ages["Up to 2 days"], sum(ages.values())) == (1, 1, 2)


def test_another_request_of_either_is_shown_with_it(people, nadia):
    from fellwatch.safeguarding import queries

    first, second = asked(people, nadia), asked(people, nadia)
    found = {one.id for one in queries.involving([people[0]], by=nadia, now=ASKED)}
    assert found == {first, second}


def test_the_same_request_sent_twice_stands_once_and_patrol_cannot_read_it(people, nadia, rosa):
    import uuid

    from fellwatch.foundation.access import Refused
    from fellwatch.safeguarding import queries

    id = uuid.uuid4()
    assert asked(people, nadia, id=id) == asked(people, nadia, id=id)
    assert queries.open_cases(by=nadia, now=ASKED).total == 1
    with pytest.raises(Refused):
        queries.case(id, by=rosa, now=ASKED)
