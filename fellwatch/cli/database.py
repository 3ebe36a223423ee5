"""`fellwatch database`: prepare a server, upgrade it, check its role."""

import click

from fellwatch.cli.django_setup import ready


@click.group()
def database() -> None:
    """Prepare and upgrade PostgreSQL."""


@database.command()
@click.argument("admin_url")
@click.option("--name", default="fellwatch", show_default=True)
def prepare(admin_url: str, name: str) -> None:
    """Create the two roles and the database on a real server. Set their passwords yourself afterwards."""
    from fellwatch.foundation.database.roles import prepare_cluster

    prepare_cluster(admin_url, name)
    click.echo(f"Roles fellwatch_owner and fellwatch_app, and the database {name}, are there.")


@database.command()
def upgrade() -> None:
    """Bring tables, functions and row policies to this version. Safe to run again."""
    ready(for_a_force=False)
    bring_up_to_date(verbosity=1)
    click.echo("The database is up to date.")


def bring_up_to_date(*, verbosity: int = 0) -> None:
    """Upgrade, or end the command with what the operator has to do first."""
    from fellwatch.foundation.database import upgrade as steps

    try:
        steps.run(verbosity=verbosity)
    except steps.TooOld as refused:
        raise click.ClickException(str(refused)) from refused
