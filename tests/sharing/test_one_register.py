"""Whose record an account's holder has is kept once: what was kept beside it is moved, and the log is held to it."""

import uuid
from datetime import UTC, datetime

import psycopg
import pytest

from tests.shell.browsers import household

pytestmark = pytest.mark.database
NOTED = datetime(2026, 11, 1, tzinfo=UTC)


def _back_to(name):
    from django.core.management import call_command

    call_command("migrate", "sharing", name, database="owner", verbosity=0)


def test_what_sharing_kept_of_its_own_is_moved_under_the_same_id_and_followed_by_merges(committed, database, system):
    from fellwatch.foundation import ids
    from fellwatch.foundation.accounts.models import User
    from fellwatch.foundation.database import upgrade
    from fellwatch.records import actions as records
    from fellwatch.records.actions import NewPerson

    user = User.objects.create(id=ids.new(), username="dana", full_name="Dana Crag", role="partner")
    one, other = NewPerson("Dana", "Crag"), NewPerson("Dan", "Crag")
    for person in (one, other):
        records.add_person(person, by=system, now=NOTED)
    link, gone, merge = ids.new(), ids.new(), ids.new()
    _back_to("0004")
    try:
        with psycopg.connect(database, autocommit=True) as owner:
            kept = "insert into sharing_identity (id, user_id, person_id, because, noted_at, noted_by_name) values "
            for id, whose in ((link, user.id), (gone, uuid.uuid4())):
                owner.execute(kept + "(%s, %s, %s, 'As she said.', %s, 'Maya')", [id, whose, one.id, NOTED])
            owner.execute(
                "insert into records_merge (id, survivor_id, absorbed_id, because, moved, own, filled, merged_at, "
                "merged_by, merged_by_name, undone_by_name, undone_because) values (%s, %s, %s, 'One.', "
                "jsonb_build_object('sharing_identity.person_id', jsonb_build_array(%s::text)), '{}', '[]', %s, %s, "
                "'Rita', '', '')",
                [merge, one.id, other.id, str(link), NOTED, uuid.uuid4()],
            )
    finally:
        upgrade.run()
    with psycopg.connect(database, autocommit=True) as owner:
        found = owner.execute("select id, user_id, person_id, noted_by_name from records_accountholder").fetchall()
        moved = owner.execute("select moved from records_merge where id = %s", [merge]).fetchone()[0]
        left = owner.execute("select to_regclass('sharing_identity')").fetchone()[0]
    assert found == [(link, user.id, one.id, "Maya")], "an account that is gone has no link"
    assert moved == {"records_accountholder.person_id": [str(link)]}
    assert left is None


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
