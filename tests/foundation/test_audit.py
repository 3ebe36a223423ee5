"""The log: in the transaction, beyond the application's reach, and verifiable anywhere."""

import json
import subprocess
import sys
import threading
import time

import psycopg
import pytest

pytestmark = pytest.mark.database


def _record(by, sentence="test.read", people=()):
    from fellwatch.foundation import access, audit

    with access.acting(by):
        audit.record(by=by, action="consultation", sentence=sentence, subject=("test", "1"), people=people)


def _seal(expected):
    """Seal until so many entries are under a seal: any transaction on the server, of another test's too, holds
    back what came after it began."""
    from fellwatch.foundation.audit import chain

    sealed, patience = 0, time.monotonic() + 60
    while sealed < expected and time.monotonic() < patience:
        sealed += chain.seal()
        time.sleep(0.02)
    assert sealed == expected


def _exported(auditor):
    from fellwatch.foundation.audit import chain

    return list(chain.export(by=auditor))


def test_an_untouched_log_verifies(committed, alice, auditor):
    from fellwatch.foundation.audit import chain

    for n in range(7):
        _record(alice, f"test.read_{n}")
        _seal(1)
    found = chain.check(by=auditor)
    assert found.holds
    assert (found.sealed, found.seals) == (7, 7)


def test_a_batch_is_sealed_as_one_tree(committed, alice, auditor):
    from fellwatch.foundation.audit import chain

    for n in range(13):
        _record(alice, f"test.read_{n}")
    _seal(13)
    assert chain.check(by=auditor).holds


def test_what_is_rolled_back_leaves_no_entry(committed, alice, auditor):
    from fellwatch.foundation import access, audit
    from fellwatch.foundation.audit import chain

    with pytest.raises(ZeroDivisionError), access.acting(alice):
        audit.record(by=alice, action="collection", sentence="test.gone", subject=("test", "1"))
        raise ZeroDivisionError
    assert [line.sentence for line in chain.lines(by=auditor)] == []


@pytest.mark.parametrize(
    ("tampering", "says"),
    [
        ("update foundation_auditentry set actor_name = 'Somebody' where id = %(middle)s", "not what it was"),
        ("delete from foundation_auditentry where id = %(middle)s", "there now"),
        ("delete from foundation_auditentry where id = %(last)s", "there now"),
        ("delete from foundation_auditseal where n = 2", "missing"),
        ("update foundation_auditseal set entries = entries + 1 where n = 1", "altered"),
        (
            "update foundation_auditentry set people = array[gen_random_uuid()] where id = %(middle)s",
            "not what",
        ),
    ],
)
def test_the_owner_of_the_database_cannot_alter_it_unseen(committed, database, alice, auditor, tampering, says):
    from fellwatch.foundation.audit import chain

    for n in range(6):
        _record(alice, f"test.read_{n}")
        if n % 2:
            _seal(2)
    with psycopg.connect(database, autocommit=True) as owner:
        ids = [i for (i,) in owner.execute("select id from foundation_auditentry order by id")]
        done = owner.execute(tampering, {"middle": ids[2], "last": ids[-1]})
        assert done.rowcount == 1
    found = chain.check(by=auditor)
    assert not found.holds
    assert says in " ".join(found.faults)


CUT_OFF = """
delete from foundation_auditentry where xid >= (select xid_below from foundation_auditseal where n = %(kept)s);
delete from foundation_auditseal where n > %(kept)s
"""
ANEW = """
update foundation_auditentry set actor_name = 'Somebody' where id = (select max(id) from foundation_auditentry);
delete from foundation_auditseal where n > %(kept)s
"""


@pytest.mark.parametrize(
    ("tampering", "says"),
    [
        (CUT_OFF, "Seal 3 was noted and is not there: the log was cut off."),
        (ANEW, "Seal 3 is not the one that was noted"),
    ],
)
def test_a_log_cut_off_or_sealed_anew_by_its_owner_holds_until_a_seal_noted_elsewhere_is_asked_for(
    committed, database, alice, auditor, tampering, says
):
    from fellwatch.foundation import clock, health
    from fellwatch.foundation.audit import chain
    from fellwatch.foundation.audit.verify import noted

    for n in range(3):
        _record(alice, f"test.read_{n}")
        _seal(1)
    seen = health.look(now=clock.now()).last_seal
    expected = dict([noted(seen)])
    assert chain.check(by=auditor, expected=expected).holds
    with psycopg.connect(database, autocommit=True) as owner:
        for statement in tampering.split(";"):
            owner.execute(statement.replace("%(kept)s", "2"))
    while chain.seal():
        pass
    assert chain.check(by=auditor).holds
    found = chain.check(by=auditor, expected=expected)
    assert says in " ".join(found.faults)
    assert found.head != seen


@pytest.mark.parametrize(
    "text", ["", "3", "3:", "3:zz", "x:" + "0" * 64, "-1:" + "0" * 64, "3:" + "g" * 64, "²:" + "0" * 64]
)
def test_what_is_no_noted_seal_is_refused_in_words(text):
    from click.testing import CliRunner

    from fellwatch.cli.audit import verify

    said = CliRunner().invoke(verify, ["--noted", text])
    assert said.exit_code == 2
    assert "A noted seal is its number, a colon and its hash" in said.output


def test_an_export_made_while_the_log_is_written_and_sealed_holds(committed, alice, auditor):
    from fellwatch.foundation.audit import chain, verify

    _record(alice)
    _seal(1)
    lines = []
    for line in chain.export(by=auditor):
        lines.append(line)
        if len(lines) == 1:
            _in_another_connection(lambda: _record(alice, "test.meanwhile"))
    found = verify.read(lines)
    assert found.holds
    assert (found.sealed, found.seals) == (1, 1)


def _in_another_connection(do):
    """Do something that commits by itself, and seal it, while this thread's transaction goes on."""

    def write():
        from django.db import connection

        from fellwatch.foundation.audit import chain

        do()
        chain.seal()
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()


def test_the_application_can_neither_change_nor_remove_entries(committed, alice):
    _record(alice)
    with psycopg.connect(committed, autocommit=True) as app:
        for attempt in (
            "update foundation_auditentry set actor_name = 'x'",
            "delete from foundation_auditentry",
            "truncate foundation_auditentry",
            "insert into foundation_auditseal values (1, 1, 1, '', '', '', now())",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(attempt)


def test_nobody_writes_the_log_in_another_name(committed, alice, bob):
    from dataclasses import replace

    from django.db import ProgrammingError

    from fellwatch.foundation import access, audit

    with pytest.raises((ProgrammingError, access.NotActing)), access.acting(alice):
        audit.record(by=replace(alice, id=bob.id), action="consultation", sentence="x", subject=("test", "1"))


def test_a_transaction_still_running_is_left_for_the_next_seal(committed, alice, auditor):
    from fellwatch.foundation.audit import chain

    with psycopg.connect(committed) as slow:
        slow.execute("select set_config('fellwatch.actor', %s, true)", [str(alice.id)])
        slow.execute(
            "insert into foundation_auditentry (actor, actor_name, role, team, agency, purpose, action, sentence, "
            "subject_kind, subject_id, people, detail) values (%s, 'Alice', '', '', '', '', 'consultation', "
            "'test.slow', 'test', '1', '{}', '{}')",
            [alice.id],
        )
        _record(alice, "test.quick")
        held_back = 2 - chain.seal()
        slow.commit()
    _seal(held_back)
    found = chain.check(by=auditor)
    assert found.holds
    assert found.sealed == 2


def test_an_export_is_verified_without_the_product(committed, alice, auditor, tmp_path):
    from fellwatch.foundation.audit import verify

    for n in range(5):
        _record(alice, f"test.read_{n}")
    _seal(5)
    file = tmp_path / "log.jsonl"
    file.write_text("\n".join(_exported(auditor)))
    command = [sys.executable, "-I", verify.__file__, str(file)]
    said = subprocess.run(command, capture_output=True, text=True)
    assert said.returncode == 0
    head = said.stdout.partition("Last seal: ")[2].strip()
    assert subprocess.run([*command, head], capture_output=True, text=True).returncode == 0
    elsewhere = f"{head.partition(':')[0]}:{'0' * 64}"
    assert (
        "is not the one that was noted" in subprocess.run([*command, elsewhere], capture_output=True, text=True).stdout
    )
    seal, *lines = file.read_text().splitlines()
    entry = json.loads(lines[1])
    lines[1] = json.dumps({**entry, "entry": entry["entry"].replace("test.read_1", "test.read_9")})
    file.write_text("\n".join([seal, *lines]))
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "FAULT" in done.stdout


def test_an_auditor_finds_who_looked_at_somebody(committed, alice, bob, auditor):
    from fellwatch.foundation import ids
    from fellwatch.foundation.audit import chain

    isla, marc = ids.new(), ids.new()
    _record(alice, people=[isla, marc])
    _record(bob, people=[marc])
    assert [line.actor_name for line in chain.lines(by=auditor, person=isla)] == ["Alice Beck"]
    assert [line.actor_name for line in chain.lines(by=auditor, person=marc)] == ["Bob Tarn", "Alice Beck"]


def test_only_an_auditor_reads_the_log(committed, alice):
    from fellwatch.foundation import access
    from fellwatch.foundation.audit import chain

    with pytest.raises(access.Refused):
        chain.lines(by=alice)


def test_reading_the_log_is_logged(committed, auditor):
    from fellwatch.foundation.audit import chain

    chain.lines(by=auditor)
    assert chain.lines(by=auditor)[0].sentence == "audit.read"


def test_who_saw_somebody_is_found_by_index_and_only_by_a_reader_of_the_log(db, alice, auditor):
    import uuid

    from django.db import connection

    from fellwatch.foundation import access, audit

    person = uuid.uuid4()
    with access.acting(alice):
        audit.record(by=alice, action="consultation", sentence="x", subject=("test", "1"), people=[person])
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from audit_naming(%s)", [person])
            assert cursor.fetchone() == (0,)
    with access.acting(auditor), connection.cursor() as cursor:
        cursor.execute("select count(*) from audit_naming(%s)", [person])
        assert cursor.fetchone() == (1,)
