"""Returns are counted once an hour for everybody: no figure differs by it, and nobody learns of what is restricted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

pytestmark = pytest.mark.database

REASONS = {"rationale": {"code": "rationale", "words": "Which threat, and when?"}}
DAYS = (-400, -365, -120, -80, -31, -30, -2, -1)


@pytest.fixture
def figures(database):
    """Return whoever counts."""
    from fellwatch.foundation.accounts import roles

    return roles.system("figures")


@pytest.fixture
def reviewed(db, alice, rosa, sam, gwen):
    """Return a maker of a form that its supervisor accepted and Gwen sent back an hour later."""
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Filled
    from fellwatch.response import actions as response
    from tests.assessments.story import WHOLE, house

    def make(at, team="south response"):
        here, officer = house(alice, at), replace(rosa, team=team)
        form = actions.save(Filled(here.incident_id, "dash", WHOLE, here.victim), by=officer, now=at)
        response.hand_in(form, seen=1, by=officer, now=at)
        actions.review(form, "accepted", seen=1, by=sam, now=at)
        looked = actions.Looked("returned", 1, reasons=REASONS)
        actions.look_at(form, looked, by=gwen, now=at + timedelta(hours=1))
        return here

    return make


@pytest.fixture
def year(reviewed, theo, now):
    """A prompt of ten days, one that was taken away, one of half a year, and reviews on all sides of them."""
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import NewPrompt

    for days, team in zip(DAYS, ("south response", "north response") * 4, strict=True):
        reviewed(now + timedelta(days=days), team)
    for question, days, taken in (("rationale", -10, None), ("grade", -40, -20), ("victims_view", -180, None)):
        new = NewPrompt("dash", question, "Say what happened, and when.", "Reasons that fit any form.")
        actions.add_prompt(new, by=theo, now=now + timedelta(days=days))
        if taken:
            actions.end_prompt(new.id, "It did not help.", by=theo, now=now + timedelta(days=taken))


def _found(by, now):
    from fellwatch.safeguarding.review import figures

    found = figures.returns(by=by, now=now)
    return replace(found, kept=None), found.kept


@pytest.mark.parametrize("later", [timedelta(), timedelta(hours=3), timedelta(days=9), timedelta(days=100)])
def test_every_figure_is_the_same_whether_an_hour_counted_before_or_not(year, reviewed, theo, figures, now, later):
    from fellwatch.safeguarding.review import counting

    at = now + later
    for ago in (timedelta(days=5), timedelta(hours=5), timedelta(minutes=70)):
        reviewed(at - ago)
    live, none = _found(theo, at)
    assert none is None
    counting.keep(by=figures, now=now)
    found, kept = _found(theo, at)
    assert found == live
    assert (kept.counted_at, kept.until_at) == (now, now.replace(minute=0) - timedelta(hours=1))
    assert found.whole is not None
    assert sum(one.after is not None for one in found.effects) == 3
    counting.keep(by=figures, now=at)
    assert _found(theo, at)[0] == live, "counted again, nothing is counted twice"


def test_a_prompt_that_was_added_or_taken_away_since_the_hour_is_judged_by_its_own_days(
    year, reviewed, theo, figures, now
):
    from fellwatch.assessments import actions, queries
    from fellwatch.assessments.values import NewPrompt
    from fellwatch.safeguarding.review import counting

    counting.keep(by=figures, now=now)
    standing = {one.question: one.id for one in queries.prompts(by=theo)}
    actions.end_prompt(standing["rationale"], "It did not help.", by=theo, now=now + timedelta(days=3))
    new = NewPrompt("dash", "grade", "Say what happened, and when.", "Reasons that fit any form.")
    actions.add_prompt(new, by=theo, now=now + timedelta(days=4))
    for days in (2, 5, 6):
        reviewed(now + timedelta(days=days))
    at = now + timedelta(days=20)
    found, _ = _found(theo, at)
    counting.keep(by=figures, now=at)
    assert found == _found(theo, at)[0]
    assert {one.prompt.id: one.days for one in found.effects}[standing["rationale"]] == 13


def test_a_month_that_is_no_longer_of_the_last_twelve_falls_away_before_the_next_hour_counts(
    reviewed, theo, figures, now
):
    from fellwatch.foundation import clock
    from fellwatch.safeguarding.review import counting

    reviewed(clock.midnight(date(2025, 11, 20)))
    counting.keep(by=figures, now=now)
    november, december = _found(theo, now)[0], _found(theo, clock.midnight(date(2026, 12, 1)))[0]
    assert (november.whole.part, november.whole.whole) == (1, 2)
    assert (december.whole, december.reasons, december.questions, december.teams) == (None, (), (), ())


def test_what_is_restricted_is_in_nobody_s_count_whatever_they_are_cleared_for(reviewed, theo, figures, system, now):
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident, Person
    from fellwatch.safeguarding.review import counting

    here, there = reviewed(now - timedelta(days=3)), reviewed(now - timedelta(days=2))
    reviewed(now - timedelta(minutes=80))
    cleared = replace(system, compartments=frozenset({"operation_tarn"}))
    with access.acting(cleared):
        Incident.objects.filter(id=here.incident_id).update(compartment="operation_tarn")
        Person.objects.filter(id=there.victim).update(compartment="operation_tarn")
    for _ in range(2):
        counts = {_found(by, now)[0].whole.whole for by in (theo, replace(theo, compartments=cleared.compartments))}
        assert counts == {2}
        counting.keep(by=figures, now=now)


def test_the_backlog_counts_what_is_restricted_for_nobody_and_is_told_only_to_who_may_see_figures(
    db, alice, rosa, theo, system, now
):
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Filled
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident, Person
    from fellwatch.safeguarding.review import figures
    from tests.assessments.story import WHOLE, house

    made = []
    for days in (0, 1, 3, 7, 28, 29):
        at = now - timedelta(days=days)
        here = house(alice, at)
        actions.save(Filled(here.incident_id, "dash", WHOLE, here.victim), by=rosa, now=at)
        made.append(here)
    counts = figures.backlog(by=theo, now=now)
    assert [sum(risks.values()) for risks in counts.values()] == [2, 1, 1, 1, 1]
    assert [risks["high"] for risks in counts.values()] == [2, 1, 1, 1, 1]
    cleared = replace(system, compartments=frozenset({"operation_tarn"}))
    with access.acting(cleared):
        Incident.objects.filter(id=made[0].incident_id).update(compartment="operation_tarn")
        Person.objects.filter(id=made[2].victim).update(compartment="operation_tarn")
    for by in (theo, replace(theo, compartments=cleared.compartments)):
        found = figures.backlog(by=by, now=now)
        assert [sum(risks.values()) for risks in found.values()] == [1, 0, 1, 1, 1]
    with pytest.raises(access.Refused):
        figures.backlog(by=rosa, now=now)


def test_a_reader_s_clearance_comes_back_after_the_counting(reviewed, theo, system, now):
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident
    from fellwatch.safeguarding.review import figures

    here, cleared = reviewed(now), frozenset({"operation_tarn"})
    with access.acting(replace(system, compartments=cleared)):
        Incident.objects.filter(id=here.incident_id).update(compartment="operation_tarn")
    by = replace(theo, compartments=cleared)
    with access.acting(by):
        figures.returns(by=by, now=now)
        assert Incident.objects.filter(id=here.incident_id).exists()


def test_only_the_service_counts_and_only_whoever_may_see_the_figures_reads_what_is_kept(
    reviewed, theo, rosa, figures, auditor, now
):
    from fellwatch.foundation import access, counts
    from fellwatch.foundation.audit import chain
    from fellwatch.safeguarding.review import counting

    reviewed(now - timedelta(days=3))
    with pytest.raises(access.Refused):
        counting.keep(by=theo, now=now)
    assert counting.keep(by=figures, now=now) > 0
    for by, may in ((theo, True), (rosa, False), (auditor, False)):
        with access.acting(by):
            assert (counts.read(counting.KEPT, by=by) is not None) is may
    assert "safeguarding.returns_kept" in {line.sentence for line in chain.lines(by=auditor)}


def test_the_page_says_until_when_reviews_were_counted_before(db, figures):
    from fellwatch.foundation import clock
    from fellwatch.safeguarding.review import counting
    from tests.shell.browsers import browser

    client = browser("safeguarding_supervisor")
    assert "stand as they did at" not in client.get("/safeguarding/returns/").content.decode()
    counting.keep(by=figures, now=clock.now())
    assert "stand as they did at" in client.get("/safeguarding/returns/").content.decode()
