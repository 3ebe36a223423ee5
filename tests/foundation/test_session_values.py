"""ADR 1: nothing an actor told PostgreSQL is still there for the next."""

import random
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = pytest.mark.database

THREADS, ROUNDS = 12, 60


def _asked() -> tuple[str | None, ...]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select fellwatch_value('actor'), fellwatch_value('permissions'), fellwatch_value('compartments'), "
            "pg_backend_pid()::text"
        )
        row: tuple[str | None, ...] = cursor.fetchone()
    return row


def test_many_actors_through_few_connections_never_see_each_other(committed, actor):
    from django.db import connection

    from fellwatch.foundation import access

    actors = [actor(f"Person {n}", role) for n in range(20) for role in ("call_taker", "auditor", "none")]
    wrong: list[object] = []
    backends: set[str | None] = set()
    lock = threading.Lock()

    def work(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(ROUNDS):
            by = dice.choice(actors)
            try:
                with access.acting(by):
                    seen = _asked()
                    told = str(by.id), ",".join(sorted(by.permissions)) or None
                    if seen[:2] != told:
                        wrong.append((by.name, seen))
                    if dice.random() < 0.3:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                pass
            between = _asked()
            with lock:
                backends.add(between[3])
            if any(between[:3]):
                wrong.append(("between", between))
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))
    assert wrong == []
    assert len(backends) < THREADS * ROUNDS, "connections were not reused, so nothing was proved"


def test_records_are_invisible_where_nobody_acts(db, alice, now):
    from fellwatch.foundation import access
    from fellwatch.records import actions
    from fellwatch.records.models import Person

    with access.acting(alice):
        actions.add_person(actions.NewPerson(forenames="Isla", surname="Hewett"), by=alice, now=now)
        assert Person.objects.count() == 1
    assert Person.objects.count() == 0


def test_a_transaction_cannot_change_hands(db, alice, bob):
    from fellwatch.foundation import access

    with access.acting(alice), pytest.raises(access.NotActing), access.acting(bob):
        pass


def test_a_joined_action_that_fails_undoes_all_of_it(db, alice, now):
    from fellwatch.foundation import access
    from fellwatch.records import actions
    from fellwatch.records.models import Person

    with pytest.raises(ZeroDivisionError), access.acting(alice):
        actions.add_person(actions.NewPerson(surname="Hewett"), by=alice, now=now)
        raise ZeroDivisionError
    with access.acting(alice):
        assert Person.objects.count() == 0


def test_the_role_owns_no_table_and_is_bound_by_policies(database):
    import psycopg

    from fellwatch.foundation.database.roles import UnsafeRole, assert_bound

    with psycopg.connect(database) as owner, pytest.raises(UnsafeRole):
        assert_bound(owner)


def test_ids_made_later_sort_later():
    import time

    from fellwatch.foundation import ids

    first = ids.new()
    time.sleep(0.002)
    assert first < ids.new()
    assert first.version == 7
    assert first.variant == uuid.RFC_4122
