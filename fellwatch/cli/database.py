"""`fellwatch database`: prepare a server, upgrade it, check its role."""

from typing import TYPE_CHECKING

import click

from fellwatch.cli.django_setup import ready

if TYPE_CHECKING:
    import psycopg


@click.group()
def database() -> None:
    """Prepare and upgrade PostgreSQL."""


@database.command()
@click.argument("admin_url")
@click.option("--name", default="fellwatch", show_default=True)
def prepare(admin_url: str, name: str) -> None:
    """Create the two roles and the database on a real server. Set their passwords yourself afterwards."""
    import psycopg

    from fellwatch.foundation.database.roles import prepare_cluster

    try:
        prepare_cluster(admin_url, name)
    except psycopg.Error as wrong:
        raise click.ClickException(_words(wrong)) from wrong
    click.echo(f"Roles fellwatch_owner and fellwatch_app, and the database {name}, are there.")


def _words(wrong: "psycopg.Error") -> str:
    """Say what the server says. What is said of an address that cannot be read may hold its password."""
    import psycopg

    if isinstance(wrong, psycopg.ProgrammingError) and wrong.sqlstate is None:
        return "ADMIN_URL cannot be read. Write it as postgresql://NAME:PASSWORD@HOST:PORT/postgres."
    return f"The server cannot be prepared: {' '.join(str(wrong).split())}"


@database.command()
def upgrade() -> None:
    """Bring tables, functions and row policies to this version. Safe to run again."""
    ready(for_a_force=False)
    from fellwatch.foundation.database import upgrade as steps

    steps.run(verbosity=1)
    click.echo("The database is up to date.")
