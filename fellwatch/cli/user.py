"""`fellwatch user`: who has an account, in which role, and until when."""

import click

from fellwatch.cli import refusals
from fellwatch.cli.django_setup import ready

HINTS = {"username": "USERNAME", "role": "--role", "email": "--mail", "password": "--password"}


@click.group()
def user() -> None:
    """Accounts of people."""


@user.command()
@click.argument("username")
@click.option("--name", required=True, help="Full name, as it stands in the log.")
@click.option("--role", required=True)
@click.option("--team", required=True)
@click.option("--mail", default="", help="Where a forgotten password is put right.")
@click.option("--without-password", is_flag=True, help="They come in by the force's own sign-in alone.")
@click.option("--password", default="", help="At least 14 characters. Asked for where it is not given.")
def add(username: str, name: str, role: str, team: str, mail: str, without_password: bool, password: str) -> None:
    """Make an account. Until its holder has added a passkey or an authenticator app, nothing else opens to them."""
    ready()
    from django.conf import settings

    from fellwatch.foundation.accounts import actions, roles

    if not (password or without_password):
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    values = {"full_name": name, "role": role, "team": team, "email": mail}
    if password:
        values["password"] = password
    with refusals.beside(HINTS):
        actions.make(username, agency=settings.FELLWATCH_FORCE, by=roles.system("operator"), **values)
    click.echo(f"{name} may sign in as {username}, {roles.roles()[role].title}.")


@user.command(name="list")
@click.option("--role", default="", help="Only those in this role.")
@click.option("--ended", is_flag=True, help="Those that have ended, in place of those that may sign in.")
def listed(role: str, ended: bool) -> None:
    """Print the accounts: name, role, team, how each proves itself, when it last came in."""
    ready()
    from fellwatch.foundation.accounts import queries, roles

    for one in queries.accounts(by=roles.system("operator"), role=role, ended=ended):
        click.echo("\t".join((one.username, one.name, one.role, one.team, one.agency, ", ".join(one.proofs), one.last)))


@user.command()
@click.argument("username")
@click.option("--name", "full_name")
@click.option("--role")
@click.option("--team")
@click.option("--mail", "email")
@click.option("--password")
def change(username: str, **values: str | None) -> None:
    """Change an account. It counts from its holder's next click."""
    given = {name: value for name, value in values.items() if value is not None}
    if not given:
        raise click.UsageError("Say what to change: --name, --role, --team, --mail or --password.")
    ready()
    from fellwatch.foundation.accounts import actions, roles

    with refusals.beside(HINTS):
        found = actions.change(username, by=roles.system("operator"), **given)
    role = roles.roles().get(found.role)
    click.echo(f"{found}: {role.title if role else 'no role'}, {found.team}.")


@user.command()
@click.argument("username")
def end(username: str) -> None:
    """End an account at once, whatever is open, with its machines' keys. What it did stays in the log."""
    ready()
    from fellwatch.foundation import clock
    from fellwatch.foundation.accounts import actions, roles

    with refusals.beside(HINTS):
        keys = actions.end(username, by=roles.system("operator"), now=clock.now())
    click.echo(f"{username} can no longer sign in. Keys of machines ended with it: {keys}.")


@user.command()
@click.argument("username")
def restore(username: str) -> None:
    """Open an ended account again."""
    ready()
    from fellwatch.foundation.accounts import actions, roles

    with refusals.beside(HINTS):
        actions.restore(username, by=roles.system("operator"))
    click.echo(f"{username} may sign in again.")


@user.command()
@click.argument("username")
def forget(username: str) -> None:
    """Forget a lost telephone or key, and the tie to the force's own sign-in: both are set up anew."""
    ready()
    from fellwatch.foundation.accounts import actions, roles

    with refusals.beside(HINTS):
        gone = actions.forget(username, by=roles.system("operator"))
    click.echo(f"Forgotten: {gone}. {username} sets up another at the next sign-in.")
