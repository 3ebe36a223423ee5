"""Whoever a case must be kept from, or is around them, sees nothing of it: generated, for each tie, role and table."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.safeguarding import marac_story as story
from tests.safeguarding.story import pair

pytestmark = pytest.mark.database
NOW = story.MONDAY
ROLES = ("partner", "marac_coordinator", "marac_chair", "safeguarding_officer", "system")
TIES = (
    "self",
    "merged",
    "named_alike",
    "relative",
    "their_relative",
    "housemate",
    "left_lately",
    "ruled",
    "partner_of",
)
OTHER_TIES = ("none", "named_alike_but_cleared", "left_long_ago", "relative_of_victims_friend", "ended_link")
TABLES = (
    *("meetings_matter", "meetings_kept", "meetings_ruling", "meetings_item", "meetings_minute", "meetings_research"),
    *("meetings_action", "safeguarding_maracreferral", "safeguarding_maraccontact", "safeguarding_maracevent"),
)


@pytest.fixture(scope="module")
def case(request, database):
    """One case with a row in every table, kept for the whole file in a transaction that is rolled back."""
    from django.db import transaction

    from fellwatch.foundation.accounts import roles

    with transaction.atomic():
        yield _case(roles.system("tests"))
        transaction.set_rollback(True)


def _case(system):
    from fellwatch.foundation.accounts.roles import roles
    from fellwatch.meetings import actions as meetings
    from fellwatch.meetings import queries
    from fellwatch.meetings.values import Promised, Said
    from fellwatch.safeguarding.marac import actions
    from fellwatch.safeguarding.marac.values import Placed, Reached

    assert set(ROLES) <= set(roles())
    people = pair(system)
    story.agencies(system)
    cora, ida = story.user("Cora Birk", "marac_coordinator"), story.user("Ida Fleet", "partner", "harbour-advocates")
    id = actions.refer(story.new(), by=ida, now=NOW)
    actions.place(id, Placed(people[1], (people[0],)), by=cora, now=NOW)
    actions.reached(
        id, Reached(NOW + timedelta(hours=1), True, "Met her.", "yes"), by=ida, now=NOW + timedelta(hours=1)
    )
    meeting = story.meeting(cora)
    actions.list_on(id, meeting, by=cora, now=NOW)
    meetings.rule_on(id, ida.id, "She advises the victim, and is nobody's namesake.", kept=False, by=cora, now=NOW)
    at = NOW + timedelta(days=14)
    meetings.begin(meeting, by=cora, now=at)
    (line,) = queries.agenda(meeting, by=cora)
    meetings.write(line.id, Said("Facts.", "Meaning.", "Decision."), seen=0, by=cora, now=at)
    meetings.promise(line.id, Promised("tarn-homes", "Fit a door.", at.date()), by=cora, now=at)
    return {"id": id, "marc": people[0], "danielle": people[1], "place": people[2], "cora": cora, "meeting": meeting}


def _rows(by):
    """Count what somebody may read in each table, asking PostgreSQL itself."""
    from django.db import connection

    from fellwatch.foundation import access

    with access.acting(by), connection.cursor() as cursor:
        counts = {}
        for table in TABLES:
            cursor.execute(f"select count(*) from {table}")
            counts[table] = cursor.fetchone()[0]
    return counts


def _somebody(case, role, tie, system):
    """Make an account of a role whose holder is tied so to the perpetrator."""
    from fellwatch.foundation import access, ids
    from fellwatch.meetings import actions as meetings
    from fellwatch.records import actions as records
    from fellwatch.records import clusters

    alike = tie.startswith("named_alike")
    agency = "tarn-homes" if role == "partner" else "X23000099"
    by = story.user("Marc Oddie" if alike else f"Jo {ids.new().hex[-6:]}", role, agency)
    holder = records.NewPerson("Jo", "Fold")
    with access.acting(system):
        records.add_person(holder, by=system, now=NOW)
        today = NOW.date()
        if tie in {"relative", "relative_of_victims_friend"}:
            friend = records.NewPerson("Kit", "Fold")
            records.add_person(friend, by=system, now=NOW)
            target = case["marc"] if tie == "relative" else friend.id
            records.relate(holder.id, target, kind="brother", source="test", by=system)
        if tie == "their_relative":
            records.relate(case["marc"], holder.id, kind="mother", source="test", by=system)
        if tie == "partner_of":
            records.relate(case["marc"], holder.id, kind="partner", source="test", by=system)
        if tie in {"housemate", "left_lately", "left_long_ago"}:
            records.live_at(
                holder.id, case["place"], by=system, kind="home", source="t", from_date=today - timedelta(days=2000)
            )
        days = {"left_lately": 300, "left_long_ago": 900}.get(tie)
        if days:
            from django.utils import timezone

            records.leave(holder.id, case["place"], by=system, on=timezone.now().date() - timedelta(days=days))
    identified = replace(case["cora"])
    if tie in {"self", "merged"}:
        meetings.identify(
            by.id, holder.id if tie == "merged" else case["marc"], "Known by sight.", by=identified, now=NOW
        )
        if tie == "merged":
            from tests.conftest import _actor

            clusters.merge(
                case["marc"], holder.id, because="One man.", by=_actor("Rita Holme", "records_reviewer"), now=NOW
            )
    elif not alike and tie not in {"none", "ruled"}:
        meetings.identify(by.id, holder.id, "Known by sight.", by=identified, now=NOW)
    if tie == "ended_link":
        meetings.identify(by.id, case["marc"], "Taken for him.", by=identified, now=NOW)
        for link, name, *_ in _holders(case):
            if name == by.name:
                meetings.end_holder(link, "It is not him: another birthday.", by=identified, now=NOW)
    if tie == "ruled":
        meetings.rule_on(case["id"], by.id, "Plays football with him.", kept=True, by=identified, now=NOW)
    if tie == "named_alike_but_cleared":
        meetings.rule_on(case["id"], by.id, "Another man, of 61 years.", kept=False, by=identified, now=NOW)
    return by


def _holders(case):
    from fellwatch.meetings import queries

    return queries.holders(by=case["cora"])


def _tried(case, role, tie):
    """Return what somebody so tied may read, in a savepoint that is undone."""
    from django.db import transaction

    from fellwatch.foundation.accounts import roles

    with transaction.atomic():
        found = _rows(_somebody(case, role, tie, roles.system("tests")))
        transaction.set_rollback(True)
    return found


_SETTINGS = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@_SETTINGS
@given(role=st.sampled_from(ROLES), tie=st.sampled_from(TIES))
def test_whoever_is_the_perpetrator_or_around_them_reads_no_row_of_it(case, role, tie):
    assert _tried(case, role, tie) == dict.fromkeys(TABLES, 0) | _carried(case, role)


def _carried(case, role):
    """The service's own process reminds and keeps names: it alone reads these three without the matter."""
    if role != "system":
        return {}
    return {"meetings_kept": 2, "meetings_research": len(story.AGENCIES), "meetings_action": 1}


@_SETTINGS
@given(role=st.sampled_from(ROLES), tie=st.sampled_from(OTHER_TIES))
def test_whoever_is_not_reads_what_their_role_may(case, role, tie):
    found = _tried(case, role, tie)
    assert found["meetings_matter"] == found["safeguarding_maracreferral"] == found["meetings_item"] == 1
    assert found["meetings_action"] == found["meetings_minute"] == found["safeguarding_maraccontact"] == 1


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("tie", TIES)
def test_every_tie_in_every_role_is_kept_out(case, role, tie):
    assert _tried(case, role, tie)["safeguarding_maracreferral"] == 0


def test_python_and_postgresql_agree_whom_a_matter_is_kept_from(case):
    from django.db import connection, transaction

    from fellwatch.config.tables import TABLES as DECLARED
    from fellwatch.foundation import access
    from fellwatch.foundation.access.conditions import evaluate
    from fellwatch.foundation.accounts import roles
    from fellwatch.meetings.models import Matter

    (rule,) = (table.read for table in DECLARED if table.name == "meetings_matter")
    with access.acting(case["cora"]):
        row = Matter.objects.filter(id=case["id"]).values().get()
    for tie in ("self", "none"):
        for role in ROLES:
            with transaction.atomic():
                by = _somebody(case, role, tie, roles.system("tests"))
                with access.acting(by), connection.cursor() as cursor:
                    cursor.execute("select meetings_kept_from()")
                    kept = {"meetings_kept_from": set(cursor.fetchone()[0])}
                    assert Matter.objects.exists() == evaluate(rule, by, row, {}, kept), (role, tie)
                transaction.set_rollback(True)


def test_the_marker_on_both_records_is_hidden_from_an_officer_who_is_the_perpetrator(case):
    from django.db import transaction

    from fellwatch.foundation.accounts import roles
    from fellwatch.records import queries

    for tie, kinds in (("self", 0), ("partner_of", 0), ("none", 2)):
        with transaction.atomic():
            by = _somebody(case, "safeguarding_officer", tie, roles.system("tests"))
            found = queries.markers_of([case["marc"], case["danielle"]], by=by, now=NOW + timedelta(days=1))
            seen = sum(len(markers) for person, markers in found.items())
            assert seen == kinds if tie != "partner_of" else seen < 2, tie
            transaction.set_rollback(True)


def test_a_new_name_of_the_perpetrator_keeps_out_whoever_bears_it(case):
    from django.db import transaction

    from fellwatch.foundation import access
    from fellwatch.foundation.accounts import roles
    from fellwatch.meetings import actions
    from fellwatch.records import actions as records

    system = roles.system("tests")
    with transaction.atomic():
        by = story.user("Mark Oddy", "partner", "tarn-homes")
        assert _rows(by)["meetings_matter"] == 1
        with access.acting(system):
            records.add_name(case["marc"], forenames="Mark", surname="Oddy", kind="alias", source="test", by=system)
        assert actions.refresh_names(by=system) > 0
        assert actions.refresh_names(by=system) == 0
        assert _rows(by)["meetings_matter"] == 0
        transaction.set_rollback(True)


def test_a_referral_is_kept_from_the_names_in_it_before_anybody_has_said_who_is_meant(case):
    from django.db import transaction

    from fellwatch.safeguarding.marac import actions, queries
    from fellwatch.safeguarding.marac.values import Invalid

    with transaction.atomic():
        ida = story.user("Ina Rigg", "partner", "harbour-advocates")
        said = story.said(perpetrator_name="Lee Scar", not_safe="Pat Scar, his sister; Joan Mire")
        id = actions.refer(story.new(said=said), by=ida, now=NOW)

        def ids_of(by):
            return {row.id for row in queries.waiting(by=by, cuts={"to_place": slice(50)})[0]["to_place"]}

        coordinators = {name: story.user(name, "marac_coordinator") for name in ("Lee Scar", "Joan Mire", "Ann Crook")}
        seen = {name: ids_of(by) for name, by in coordinators.items()}
        assert {name for name, ids in seen.items() if id in ids} == {"Ann Crook"}
        lee = story.user("Lee Scar", "partner", "harbour-advocates")
        with pytest.raises(Invalid, match="same name"):
            actions.refer(story.new(said=said), by=lee, now=NOW)
        transaction.set_rollback(True)
