"""What the queue could not do, what is late, and what a supervisor may do about either."""

from datetime import timedelta

import pytest

from tests.shell.browsers import browser, household

pytestmark = pytest.mark.database

FAILED = """
insert into procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, status, attempts)
values ('imports', 'imports.advance', 0, null, null, '{"run_id": "x"}', 'failed', 4) returning id
"""


def _failed():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(FAILED)
        return cursor.fetchone()[0]


def _late(alice, system):
    """Return the household with its duties flipped late."""
    from fellwatch.duties import actions
    from fellwatch.foundation import clock

    home = household(alice, now=clock.now() - timedelta(days=3))
    actions.flip_late(by=system, now=clock.now())
    return home


def test_nothing_failed_says_what_would_be_here(db):
    page = browser("control_supervisor").get("/jobs/").content.decode()
    assert "Nothing has failed" in page


def test_a_failed_job_is_shown_and_tried_again_once(db):
    job, client = _failed(), browser("control_supervisor")
    assert "Take a file further" in client.get("/jobs/").content.decode()
    assert "waits to be tried again" in client.post(f"/jobs/{job}/retry/", follow=True).content.decode()
    again = client.post(f"/jobs/{job}/retry/", follow=True).content.decode()
    assert "no longer failed" in again
    assert "Nothing has failed" in again


def test_every_task_is_said_in_words():
    import importlib

    from procrastinate.contrib.django import app

    from fellwatch.config.jobs import IMPORT_PATHS
    from fellwatch.shell.pages.jobs import DOES

    for path in IMPORT_PATHS:
        importlib.import_module(path)
    ours = {name for name in app.tasks if not name.startswith("builtin:")}
    assert ours == set(DOES)


def test_a_late_duty_is_listed_with_its_working_and_its_incident(db, alice, system):
    home = _late(alice, system)
    page = browser("control_supervisor").get("/duties/").content.decode()
    assert home.references[0] in page
    assert "Why is this due then?" in page
    assert "Became late" in page


def test_only_whoever_may_waive_is_offered_it(db, alice, system):
    _late(alice, system)
    assert "Waive this" in browser("control_supervisor").get("/duties/").content.decode()
    assert "Waive this" not in browser("call_taker").get("/duties/").content.decode()


def _first_duty(by):
    from fellwatch.duties import queries

    return queries.troubled(by=by)[0].id


@pytest.mark.parametrize("reason", ["", "   ", "no need", "\x00" * 20])
def test_a_waiver_without_a_reason_is_refused_beside_the_field_and_keeps_what_was_typed(db, alice, system, reason):
    _late(alice, system)
    duty = _first_duty(alice)
    answer = browser("control_supervisor").post(f"/duties/{duty}/waive/", {"reason": reason})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert f'id="reason-{duty}-error"' in page
    assert reason.strip("\x00 ") in page


def test_a_waived_duty_leaves_the_list_and_a_second_click_changes_nothing(db, alice, system):
    _late(alice, system)
    duty, client = _first_duty(alice), browser("control_supervisor")
    reason = {"reason": "He was arrested on the way there by another unit."}
    first = client.post(f"/duties/{duty}/waive/", reason, follow=True).content.decode()
    assert "Waived. The reason stays" in first
    assert str(duty) not in first
    assert "already settled" in client.post(f"/duties/{duty}/waive/", reason, follow=True).content.decode()


def test_a_call_taker_cannot_waive(db, alice, system):
    _late(alice, system)
    answer = browser("call_taker").post(f"/duties/{_first_duty(alice)}/waive/", {"reason": "It need not be done."})
    assert answer.status_code == 403
