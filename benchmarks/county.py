"""The invented county of a benchmark: loaded once, kept under build/bench, made equal before each measurement."""

import os
import random
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg

from benchmarks import year

SEED = 1


@dataclass(frozen=True)
class Resident:
    """Somebody of the county who can call, with what they would say."""

    id: uuid.UUID
    forename: str
    surname: str
    born: date
    sex: str
    phone: str
    place_id: uuid.UUID
    house: str
    street: str
    postcode: str


def set_up() -> None:
    """Make Django ready against the database that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fellwatch.config.settings")
    import django

    django.setup()


def load(scale: float) -> None:
    """Upgrade the database and load the county, with a year of the safeguarding team's work, unless it is there."""
    set_up()
    from fellwatch.cli.demonstration import load_if_empty
    from fellwatch.foundation.database import upgrade

    upgrade.run()
    load_if_empty(scale=scale, seed=SEED)
    with owner() as connection:
        year.fill(connection, scale)
    _keep_figures()
    with owner() as connection:
        connection.execute("vacuum analyze")


def _keep_figures() -> None:
    """Do what every hour does, so that pages of figures are those of an installation that has stood an hour."""
    from fellwatch.foundation import clock
    from fellwatch.foundation.accounts import roles
    from fellwatch.response import figures
    from fellwatch.safeguarding.review import counting

    for keep in (figures.keep, counting.keep):
        keep(by=roles.system("figures"), now=clock.now())


def settle(*, quiet: float = 3.0, most: float = 1800.0) -> None:
    """Wait until the worker has had nothing to do for some seconds; raise RuntimeError where it never has.

    A county that another version loaded is indexed anew when it is first served: what is timed beside that is not its
    pages. Both times are in seconds.
    """
    began = last = time.monotonic()
    while time.monotonic() - last < quiet:
        with owner() as connection:
            row = connection.execute("select exists (select from procrastinate_jobs where status = 'doing')").fetchone()
        last = time.monotonic() if row and row[0] else last
        if time.monotonic() - began > most:
            raise RuntimeError(f"The worker was still busy after {most:.0f} s.")
        time.sleep(0.2)


@contextmanager
def owner() -> Iterator[psycopg.Connection]:
    """Yield a connection of the tables' owner, in autocommit."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        yield connection


def actor(username: str = "alice") -> Any:
    """Return one of the demonstration's people as an actor."""
    from fellwatch.foundation.accounts import roles
    from fellwatch.foundation.accounts.models import User

    return roles.actor(User.objects.get(username=username))


def residents(count: int, seed: int = SEED) -> list[Resident]:
    """Return people with a whole date of birth, a telephone and a home, drawn evenly and always the same."""
    with owner() as connection:
        rows = connection.execute(
            """
            select p.id, split_part(n.forenames, ' ', 1), n.surname,
                   make_date(p.birth_year, p.birth_month, p.birth_day), p.sex,
                   f.number, l.id, l.house, l.street, l.postcode
            from (select * from records_person where compartment = '' and birth_day is not null
                  order by md5(id::text) limit %s) p
            join lateral (select * from records_personname n where n.person_id = p.id and n.kind = 'current' limit 1) n
              on true
            join lateral (select number from records_personphone f where f.person_id = p.id limit 1) f on true
            join lateral (select l.* from records_residence r join records_place l on l.id = r.place_id
                          where r.person_id = p.id and r.to_date is null and l.house <> '' limit 1) l on true
            """,
            [count * 4],
        ).fetchall()
    random.Random(seed).shuffle(rows)
    return [Resident(*row) for row in rows[:count]]
