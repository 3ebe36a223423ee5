"""A database of its own for each run: migrated as the owner, used as the application role, policies on.

Alice may take calls, Bob supervises, Charlie is outside (no role), Dana is a partner without access.
"""

import os
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from tests import templates

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fellwatch.config.settings")
os.environ.setdefault("FELLWATCH_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("FELLWATCH_VAR", str(ROOT / "build" / "test"))
os.environ.setdefault("FELLWATCH_DEMONSTRATION", "1")

# The same examples each time, and none is failed for being slow; `make soak` draws new ones, and more of them.
settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "soak", deadline=None, max_examples=5000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("soak" if os.environ.get("FELLWATCH_SOAK") else "house")

NAME = f"fellwatch_test_{os.getpid()}"


def shared(path: str) -> Path:
    """Return a file of the reference data, or skip the test with the reason."""
    found = Path(os.environ.get("FELLWATCH_SHARED", ROOT.parent / "shared")) / "data" / path
    if not found.exists():
        pytest.skip(f"reference data is absent: {path}")
    return found


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """Copy a migrated database and lay its floor; yield its owner URL; drop it at the end."""
    if os.environ.get("DATABASE_URL"):
        application, owner = os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"]
    else:
        from fellwatch.foundation.database import embedded

        application, owner = embedded.start(embedded.folder(), "fellwatch_test")
    templates.copy(application, owner, NAME)
    os.environ["DATABASE_URL"] = templates.renamed(application, NAME)
    os.environ["DATABASE_OWNER_URL"] = templates.renamed(owner, NAME)
    import django

    django.setup()
    from fellwatch.foundation.database import letting_go, upgrade

    upgrade.run()
    yield os.environ["DATABASE_OWNER_URL"]
    letting_go.everything()
    drop(templates.renamed(owner, "postgres"), NAME)


def drop(admin_url: str, name: str) -> None:
    """Drop a database; a vacuum worker may be in it for a moment, and only a superuser may send it away."""
    with psycopg.connect(admin_url, autocommit=True) as admin:
        for _ in range(60):
            try:
                admin.execute(f'drop database if exists "{name}" with (force)'.encode())
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
                time.sleep(0.5)
            else:
                return


@pytest.fixture
def db(database: str) -> Iterator[None]:
    """Run the test in a transaction that is rolled back, as the application role."""
    from django.db import connection, transaction

    from fellwatch.foundation.database.roles import assert_bound

    with transaction.atomic():
        connection.ensure_connection()
        assert_bound(connection.connection)
        yield
        transaction.set_rollback(True)


EMPTY = """
do $$
declare
  one regclass;
  written text[] := '{}';
  has boolean;
begin
  for one in select c.oid from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    and c.relname not in ('django_migrations', 'django_content_type', 'auth_permission') loop
    execute format('select exists (select from %s)', one) into has;
    if has then written := written || one::text; end if;
  end loop;
  if written <> '{}' then
    execute format('truncate %s restart identity cascade', array_to_string(written, ', '));
  end if;
end $$
"""
"""Empties every table that has rows: emptying all of them each time took four times as long."""


@pytest.fixture
def committed(database: str) -> Iterator[str]:
    """Let the test commit; every table is emptied afterwards by the owner. Yields the application URL."""
    yield os.environ["DATABASE_URL"]
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute(EMPTY)


@pytest.fixture
def now() -> datetime:
    """Return 23:40 on Saturday 21 November 2026, when the story begins."""
    return datetime(2026, 11, 21, 23, 40, tzinfo=UTC)


def _actor(name: str, role: str, team: str = "control room") -> object:
    from fellwatch.foundation.access import Actor
    from fellwatch.foundation.accounts.roles import roles

    found = roles().get(role)
    return Actor(
        id=uuid.uuid5(uuid.NAMESPACE_DNS, f"{name}.{role}.example.com"),
        name=name,
        role=role,
        team=team,
        agency="X23000099",
        purpose="Protecting people from harm",
        permissions=found.permissions if found else frozenset(),
    )


@pytest.fixture
def actor(database: str) -> Callable[..., object]:
    """Return a maker of actors: actor("Erin", "auditor")."""
    return _actor


@pytest.fixture
def alice(database: str) -> object:
    """Alice takes calls."""
    return _actor("Alice Beck", "call_taker")


@pytest.fixture
def bob(database: str) -> object:
    """Bob supervises the control room."""
    return _actor("Bob Tarn", "control_supervisor")


@pytest.fixture
def detective(database: str) -> object:
    """Hugh is a detective on the safeguarding help desk."""
    return _actor("Hugh Garth", "help_desk", "safeguarding help desk")


@pytest.fixture
def rosa(database: str) -> object:
    """Rosa is a response officer."""
    return _actor("Rosa Pike", "response_officer", "south response")


@pytest.fixture
def sam(database: str) -> object:
    """Sam supervises her."""
    return _actor("Sam Force", "response_supervisor", "south response")


@pytest.fixture
def account(database: str) -> Callable[..., object]:
    """Return a function that gives an actor an account of their own: account(bob)."""

    def give(by: object) -> object:
        from fellwatch.foundation.accounts.models import User

        name = f"account-{by.id.hex[:12]}"
        User.objects.get_or_create(
            id=by.id, defaults={"username": name, "full_name": by.name, "role": by.role, "agency": by.agency}
        )
        return by

    return give


@pytest.fixture
def house(db: None, alice: object, now: datetime) -> object:
    """Danielle, Marc and Isla at 14 Tarn Row, in one incident."""
    from tests.assessments.story import house

    return house(alice, now)


@pytest.fixture
def auditor(database: str) -> object:
    """Erin audits the log."""
    return _actor("Erin Howe", "auditor", "audit")


@pytest.fixture
def manager(database: str) -> object:
    """Mina loads files."""
    return _actor("Mina Fold", "data_manager", "information management")


@pytest.fixture
def charlie(database: str) -> object:
    """Charlie is outside: signed in, with no role."""
    return _actor("Charlie Moss", "none", "outside")


@pytest.fixture
def system(database: str) -> object:
    """The service itself."""
    from fellwatch.foundation.accounts import roles

    return roles.system("tests")
