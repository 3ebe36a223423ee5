"""A process killed in the middle of an import leaves whole batches, and another goes on from there."""

import os
import subprocess
import sys
import threading
import time

import pytest

pytestmark = pytest.mark.database

WORKER = """
import sys, uuid
from dataclasses import replace
import django
django.setup()
from fellwatch.foundation import clock
from fellwatch.foundation.accounts import roles
from fellwatch.foundation.imports import importers, runs
known = dict(importers.importers())
known["postcodes"] = replace(known["postcodes"], batch=20)
importers.importers = lambda: known
def tell(run):
    print(run.done, flush=True)
runs.advance(uuid.UUID(sys.argv[1]), by=roles.system("importer"), now=clock.now(), tell=tell)
"""


def _file(tmp_path, rows):
    path = tmp_path / "postcodes.csv"
    units = (f"{a}{b}" for a in "ABDEFGHJLN" for b in "ABDEFGHJLNPQRSTUWXYZ")
    codes = [f"FZ{out} {digit}{unit}" for unit in units for out in range(1, 4) for digit in range(10)]
    path.write_text("postcode,district\n" + "".join(f"{code},Tarnside\n" for code in codes[:rows]))
    return path


def _process(run_id):
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(run_id)], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )


def _count(manager):
    from fellwatch.foundation import access
    from fellwatch.records.models import Postcode

    with access.acting(manager):
        return Postcode.objects.count()


def test_killed_half_way_it_holds_whole_batches_and_then_goes_on_to_the_same_end(committed, manager, now, tmp_path):
    from fellwatch.foundation.imports import queries, runs

    run = runs.start("postcodes", _file(tmp_path, 2000), by=manager, now=now)
    process = _process(run.id)
    assert process.stdout is not None
    while int(process.stdout.readline()) < 200:
        time.sleep(0)
    process.kill()
    process.wait()

    left = queries.run_detail(run.id, by=manager)
    assert left.state == "running"
    assert 200 <= left.done < 2000
    assert _count(manager) == left.done == left.added

    finished = runs.advance(run.id, by=manager, now=now)
    assert (finished.state, finished.done, finished.added, finished.unchanged) == ("finished", 2000, 2000, 0)
    assert _count(manager) == 2000


def _command(path, *more):
    words = [sys.executable, "-m", "fellwatch.cli", "import", "postcodes", str(path), *more]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))


def test_the_command_killed_half_way_and_given_again_goes_on_and_stores_nothing_twice(committed, manager, tmp_path):
    path = _file(tmp_path, 5700)
    process = _command(path)
    while not _count(manager) and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    left = _count(manager)
    assert 0 < left < 5700

    again = _command(path, "--resume")
    said, progress = again.communicate(timeout=300)
    assert again.returncode == 0, progress
    assert f"Going on after row {left:,}." in progress
    assert "5,700 rows: 5,700 added, 0 changed, 0 already as they are" in said
    assert _count(manager) == 5700


def test_two_processes_on_one_run_store_each_row_once(committed, manager, now, tmp_path):
    from fellwatch.foundation.imports import queries, runs

    run = runs.start("postcodes", _file(tmp_path, 600), by=manager, now=now)
    processes = [_process(run.id) for _ in range(2)]
    for process in processes:
        process.communicate(timeout=60)
    runs.advance(run.id, by=manager, now=now)
    end = queries.run_detail(run.id, by=manager)
    assert (end.state, end.done, end.added, _count(manager)) == ("finished", 600, 600, 600)


def test_a_failure_outlives_its_batch_and_shows_without_anybodys_data(committed, manager, now, tmp_path, monkeypatch):
    from fellwatch.foundation.imports import queries, runs
    from fellwatch.records.models import Postcode

    run = runs.start("postcodes", _file(tmp_path, 30), by=manager, now=now)

    def breaks(*args, **kwargs):
        raise ConnectionError("a secret about somebody")

    monkeypatch.setattr(Postcode.objects, "bulk_create", breaks)
    with pytest.raises(ConnectionError):
        runs.advance(run.id, by=manager, now=now)
    monkeypatch.undo()
    failed = queries.run_detail(run.id, by=manager)
    assert (failed.state, failed.done) == ("failed", 0)
    assert "ConnectionError" in failed.failure
    assert "secret" not in failed.failure
    assert runs.advance(run.id, by=manager, now=now).state == "finished"


def test_two_files_with_the_same_rows_at_once_store_each_row_once(committed, manager, now, tmp_path):
    from django.db import connection

    from fellwatch.foundation.imports import runs

    one = _file(tmp_path, 400)
    two = tmp_path / "other.csv"
    two.write_text(one.read_text() + "FZ9 9ZZ,Ghyll\n")
    started = [runs.start("postcodes", path, by=manager, now=now).id for path in (one, two)]
    faults = []

    def take(run_id):
        try:
            runs.advance(run_id, by=manager, now=now)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(run_id,)) for run_id in started]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert _count(manager) == 401


def test_a_queued_run_is_taken_in_by_the_worker_as_the_named_actor(committed, manager, auditor, now, tmp_path):
    from django.core.management import call_command

    from fellwatch.foundation import access
    from fellwatch.foundation.audit.models import AuditEntry
    from fellwatch.foundation.imports import jobs, queries, runs

    run = runs.start("postcodes", _file(tmp_path, 50), by=manager, now=now, then=jobs.queue)
    call_command("procrastinate", "worker", "--one-shot", "--queues=imports")
    assert queries.run_detail(run.id, by=manager).state == "finished"
    with access.acting(auditor):
        assert AuditEntry.objects.filter(sentence="imports.batch_settled", actor_name="importer").count() == 1
