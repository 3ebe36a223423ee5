"""Days of a MARAC are days in London: in summer they begin while UTC has the day before."""

from datetime import date, timedelta

import pytest

from tests.safeguarding import marac_story as story
from tests.safeguarding.story import london

pytestmark = pytest.mark.database


def _called(people, by, *times):
    from fellwatch.contact import actions as contact
    from fellwatch.contact.values import Call, DraftPerson

    for at in times:
        victim = DraftPerson("victim", person_id=people[1])
        call = Call(
            "999", "domestic_incident", london(at), "He is back.", qualifiers=("domestic_abuse",), people=(victim,)
        )
        contact.log_incident(call, by=by, now=london(at))


@pytest.mark.parametrize(("first", "often"), [("2025-05-20 00:30", True), ("2025-05-19 23:30", False)])
def test_a_call_in_the_first_hour_of_the_year_before_a_referral_counts_towards_escalation(
    people, alice, nadia, first, often
):
    from fellwatch.safeguarding.marac import actions, queries

    _called(people, alice, first, "2026-01-10 20:00", "2026-05-18 20:00")
    now = london("2026-05-20 10:00")
    referral = actions.refer(story.new(people, happened_date=date(2026, 5, 18)), by=nadia, now=now)
    assert queries.referral(referral, by=nadia).escalates is often


def test_what_a_panel_decides_in_the_first_hour_of_a_quarter_counts_in_that_quarter(people, system):
    from fellwatch.safeguarding.marac import actions, counting
    from fellwatch.safeguarding.marac.values import Triaged

    story.agencies(system)
    nadia, cora = story.user("Nadia Croft", "safeguarding_officer"), story.user("Cora Birk", "marac_coordinator")
    at = london("2026-07-01 00:30")
    new = story.new(people, happened_date=date(2026, 6, 29))
    referral = actions.refer(new, by=nadia, now=at - timedelta(hours=9))
    because = "Both have moved apart, he is in custody until May, and her adviser sees her weekly."
    panel = Triaged("single_agency", because, ["fell-health", "tarn-homes"])
    actions.triage(referral, panel, by=cora, now=at)

    def turned_down(day):
        found = counting.quarter(*counting.quarter_of(day), by=cora)
        return {code: value for code, _, value in found.lines}["turned_down"]

    assert (turned_down(date(2026, 6, 30)), turned_down(date(2026, 7, 1))) == (0, 1)
