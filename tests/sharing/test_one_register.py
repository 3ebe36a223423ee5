"""Whose record an account's holder has is kept once: what was kept beside it is moved, and the log is held to it."""

from datetime import UTC, datetime

import pytest

from tests.shell.browsers import household

pytestmark = pytest.mark.database
NOTED = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize("tie", ["subject", "suspect", "relative", "stranger"])
def test_the_log_shows_no_line_about_somebody_to_whoever_must_be_kept_from_them(
    db, alice, auditor, account, actor, now, tie
):
    from fellwatch.foundation import access
    from fellwatch.foundation.audit import chain
    from fellwatch.records import actions as records
    from fellwatch.records.actions import NewPerson
    from fellwatch.sharing import actions
    from fellwatch.sharing.reach import queries

    home = household(alice)
    other = NewPerson("Una", "Fell")
    with access.acting(alice):
        records.add_person(other, by=alice, now=now)
        if tie == "relative":
            records.relate(home.danielle, other.id, kind="sister", source="call", by=alice)
    queries.of(home.danielle, by=alice)
    about = ("incident", str(home.incidents[0]))
    assert chain.lines(by=auditor, person=home.danielle)
    whose = {"subject": home.danielle, "suspect": home.marc}.get(tie, other.id)
    steward = actor("Maya Grange", "mash_coordinator")
    actions.identify(account(auditor).id, whose, "Seen on the staff record by his manager.", by=steward, now=now)
    kept = tie != "stranger"
    for asked in ({"person": home.danielle}, {"subject": about}, {"subject": ("person", str(home.danielle))}):
        assert bool(chain.lines(by=auditor, **asked)) is not kept, asked
    shown = {line.sentence for line in chain.lines(by=auditor, limit=500)}
    assert ("sharing.reach_read" in shown) is not kept
    assert "audit.read" in shown, "other lines stay"
    assert chain.lines(by=actor("Olga Fold", "auditor"), person=home.danielle), "another auditor reads them"


def test_the_proof_of_the_log_covers_also_what_its_reader_is_kept_from(committed, alice, auditor, account, actor, now):
    from fellwatch.foundation.audit import chain
    from fellwatch.sharing import actions

    home = household(alice)
    steward = actor("Maya Grange", "mash_coordinator")
    actions.identify(account(auditor).id, home.marc, "Seen on the staff record by his manager.", by=steward, now=now)
    chain.seal()
    assert chain.lines(by=auditor, person=home.danielle) == ()
    found, whole = (chain.check(by=one) for one in (auditor, actor("Olga Fold", "auditor")))
    assert found.holds, found.faults
    assert found.sealed == whole.sealed
