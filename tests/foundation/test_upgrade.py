"""What an upgrade makes of a database that an older version left."""

import psycopg
import pytest

pytestmark = pytest.mark.database


def _replaced():
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader

    return (
        MigrationLoader(connections["owner"], replace_migrations=False)
        .disk_migrations["records", "0001_joined"]
        .replaces
    )


@pytest.fixture
def older(database):
    """Return a function that makes the database say it ran only these migrations of the records, for this test."""
    with psycopg.connect(database, autocommit=True) as owner:
        kept = owner.execute("select app, name, applied from django_migrations where app = 'records'").fetchall()

        def says(ran):
            owner.execute("delete from django_migrations where app = 'records'")
            with owner.cursor() as cursor:
                write = "insert into django_migrations (app, name, applied) values (%s, %s, now())"
                cursor.executemany(write, ran)

        yield says
        owner.execute("delete from django_migrations where app = 'records'")
        with owner.cursor() as cursor:
            cursor.executemany("insert into django_migrations (app, name, applied) values (%s, %s, %s)", kept)


def _says_it_ran(database):
    with psycopg.connect(database) as owner:
        return {name for (name,) in owner.execute("select name from django_migrations where app = 'records'")}


def test_a_database_that_ran_all_that_was_joined_goes_on(database, older):
    from fellwatch.foundation.database import upgrade

    older(_replaced())
    upgrade.run()
    assert "0001_joined" in _says_it_ran(database)


def test_a_database_that_stopped_half_way_is_left_alone_and_the_operator_told_what_to_do(database, older):
    from click.testing import CliRunner

    from fellwatch.cli.main import main

    older(_replaced()[:3])
    said = CliRunner().invoke(main, ["database", "upgrade"])
    assert said.exit_code == 1
    assert "12 have not run on this database, the first records.0004_searched_by_range." in said.output
    assert _says_it_ran(database) == {name for _, name in _replaced()[:3]}


def test_a_new_version_of_the_models_has_its_migration(database):
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
