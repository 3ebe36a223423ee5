"""Counts that are kept are the service's to write, and for whoever holds the permission that they name."""

from datetime import timedelta

import pytest

pytestmark = pytest.mark.database


@pytest.fixture
def figures(database):
    """Return whoever counts."""
    from fellwatch.foundation.accounts import roles

    return roles.system("figures")


def _keep(name, counts, permission, *, by, now):
    from fellwatch.foundation import access
    from fellwatch.foundation import counts as kept

    with access.acting(by):
        kept.keep(name, counts, permission=permission, sentence="response.figures_kept", by=by, now=now)


def _read(name, by):
    from fellwatch.foundation import access, counts

    with access.acting(by):
        return counts.read(name, by=by)


def test_both_floors_give_every_role_the_same_counts(db, actor, figures, now):
    from fellwatch.config.roles import ROLES
    from fellwatch.foundation.access.conditions import evaluate
    from fellwatch.foundation.tables import TABLES

    (rule,) = (table.read for table in TABLES if table.name == "foundation_keptcounts")
    readers = set()
    for permission in ("safeguarding.figures", "response.read", "nobody.holds_this"):
        _keep(permission, [1, 2], permission, by=figures, now=now)
        for role in (*(one.code for one in ROLES), "none"):
            by = actor("Somebody", role)
            may = evaluate(rule, by, {"permission": permission}, {})
            assert (_read(permission, by) is not None) is may, (role, permission)
            readers |= {(role, permission)} if may else set()
    assert ("superintendent", "safeguarding.figures") in readers
    assert ("response_officer", "safeguarding.figures") not in readers
    assert {role for role, permission in readers if permission == "nobody.holds_this"} == {"system"}


def test_counts_of_a_name_stand_once_and_say_until_when_they_reach(db, figures, now):
    for hours in (0, 1):
        _keep("tests.one", [hours], "response.read", by=figures, now=now + timedelta(hours=hours))
    kept = _read("tests.one", figures)
    assert (kept.counts, kept.counted_at) == ([1], now + timedelta(hours=1))
    assert (kept.until_at.minute, kept.counted_at - kept.until_at) == (0, timedelta(hours=1, minutes=now.minute))
    assert _read("tests.two", figures) is None


def test_nobody_but_the_service_keeps_counts(db, bob, now):
    from fellwatch.foundation.access import Refused

    with pytest.raises(Refused):
        _keep("tests.one", [], "response.read", by=bob, now=now)
