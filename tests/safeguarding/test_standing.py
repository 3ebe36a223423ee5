"""How an order stands is said alike on the list, on its own page and to whoever meets the person."""

from datetime import timedelta

import pytest

from tests.safeguarding.story import authorised, london, served

pytestmark = pytest.mark.database
MONDAY = london("2026-10-12 08:00")
HEARD_BY = london("2026-10-14 08:00")
MINUTE = timedelta(minutes=1)


def said(case, notice, people, by, now):
    """Return what the list, the page and the next officer's card say of a notice."""
    from fellwatch.orders import bearing
    from fellwatch.orders import queries as orders
    from fellwatch.safeguarding import queries
    from fellwatch.safeguarding.pages import showing

    row = queries.case(case, by=by, now=now).row
    on_card = bearing.on([people[0]], [], by=by, now=now)
    return (
        showing.standing(row),
        showing.how(orders.order(notice, by=by, now=now)),
        [(one.tone, one.text.removeprefix("Marc Oddie: ")) for one in on_card],
    )


def test_made_and_not_served_it_binds_nobody_and_asks_to_be_served(people, nadia, vera):
    case, notice = authorised(people, nadia, vera, MONDAY)
    assert said(case, notice, people, nadia, MONDAY) == (
        "DVPN not served",
        "Not served: binds nobody yet",
        [("warn", "DVPN made, not served: serve it if you meet them")],
    )


def test_served_by_a_watch_that_runs_ahead_it_says_from_when_it_binds(people, nadia, vera):
    from fellwatch.orders import actions, queries
    from fellwatch.orders.values import Served

    case, notice = authorised(people, nadia, vera, MONDAY - MINUTE)
    ahead = MONDAY + 4 * MINUTE
    actions.serve(notice, Served(ahead, True, "in_person", "PC 1234 Pike"), by=nadia, now=MONDAY)
    assert said(case, notice, people, nadia, MONDAY) == (
        "DVPN in force from 08:04",
        "In force from 08:04",
        [("warn", "DVPN in force from 08:04")],
    )
    assert not queries.order(notice, by=nadia, now=ahead - MINUTE).binds
    assert queries.order(notice, by=nadia, now=ahead).binds


def test_in_force_until_the_last_minute_and_lapsed_exactly_at_its_end(people, nadia, vera):
    case, notice = served(people, nadia, vera, MONDAY)
    for now in (MONDAY, HEARD_BY - MINUTE):
        assert said(case, notice, people, nadia, now) == (
            "DVPN in force",
            "In force",
            [("danger", "DVPN until 14 Oct 2026 08:00")],
        )
    assert said(case, notice, people, nadia, HEARD_BY) == (
        "DVPN lapsed: not heard in time",
        "Lapsed: not heard in time",
        [],
    )


def test_what_ran_out_is_said_alike_when_a_job_has_written_it_down(people, nadia, vera, actor):
    from fellwatch.foundation.accounts import roles
    from fellwatch.orders import actions

    case, notice = served(people, nadia, vera, MONDAY)
    before = said(case, notice, people, nadia, HEARD_BY)
    assert actions.run_out(by=roles.system("order-clock"), now=HEARD_BY) == 1
    assert said(case, notice, people, nadia, HEARD_BY) == before


def test_one_that_was_ended_says_how_and_is_nothing_to_whoever_meets_him(people, nadia, vera):
    from fellwatch.orders import actions

    case, notice = served(people, nadia, vera, MONDAY)
    at = MONDAY + timedelta(hours=3)
    actions.end(notice, "withdrawn", "Charged and remanded.", at=at, by=nadia, now=at)
    assert said(case, notice, people, nadia, at) == ("DVPN withdrawn", "Withdrawn", [])


def test_the_end_of_bail_with_its_case_has_words_on_every_page():
    from fellwatch.orders import models, standing

    assert set(standing.ENDS) == set(models.ENDS)
