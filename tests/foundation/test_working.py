"""What a job asks for is written in that job's own transaction: not before it commits, and not if it does not."""

import pytest

pytestmark = pytest.mark.database

ASKED = "select id from procrastinate_jobs where task_name = %s"


@pytest.fixture
def task(committed):
    """Ask for a job that asks for another and then does something; it is known for this test alone."""
    from django.db import transaction
    from procrastinate.contrib.django import app

    made = []

    def make(name, then):
        def ask():
            with transaction.atomic():
                app.configure_task("test.asked", allow_unknown=True).defer()
                then()

        made.append(name)
        app.tasks[name] = app.task(name=name, pass_context=False)(ask)
        app.configure_task(name).defer()

    yield make
    for name in made:
        del app.tasks[name]


def _undo():
    raise ZeroDivisionError


def test_a_job_that_fails_leaves_nothing_behind_of_what_it_asked_for(committed, task):
    import psycopg

    from fellwatch.foundation.jobs import working

    task("test.fails", _undo)
    working.run(wait=False)
    with psycopg.connect(committed) as other:
        assert other.execute(ASKED, ["test.asked"]).fetchall() == []


def test_what_a_job_asks_for_waits_until_the_job_has_committed(committed, task):
    import psycopg

    from fellwatch.foundation.jobs import working

    seen = []

    def look():
        with psycopg.connect(committed) as other:
            seen.append(other.execute(ASKED, ["test.asked"]).fetchall())

    task("test.asks", look)
    working.run(wait=False)
    assert seen == [[]]
