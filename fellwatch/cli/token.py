"""`fellwatch token`: keys for machines that use the API."""

import click

from fellwatch.cli import refusals
from fellwatch.cli.django_setup import ready

HINTS = {"username": "USERNAME", "scope": "--scope", "id": "ID"}
LONGEST_DAYS = 3660


@click.group()
def token() -> None:
    """Keys for machines."""


@token.command()
@click.argument("username")
@click.option("--label", required=True, help="What the key is for, as the log says it.")
@click.option("--scope", "scopes", multiple=True, required=True, help="A permission, such as contact.log.")
@click.option("--days", type=click.IntRange(1, LONGEST_DAYS), default=90, show_default=True)
def issue(username: str, label: str, scopes: tuple[str, ...], days: int) -> None:
    """Make a key that acts as a user, within scopes, and print it once."""
    ready()
    from fellwatch.foundation import clock
    from fellwatch.foundation.accounts import actions, roles

    by, now = roles.system("operator"), clock.now()
    with refusals.beside(HINTS):
        key = actions.issue_key(username, label=label, scopes=scopes, days=days, by=by, now=now)
    click.echo(key)


@token.command(name="list")
def listed() -> None:
    """Print the keys, never what opens: id, account, label, scopes, when issued, and whether it is still good."""
    ready()
    from fellwatch.foundation import clock
    from fellwatch.foundation.accounts import queries, roles

    for one in queries.keys(by=roles.system("operator"), now=clock.now()):
        click.echo("\t".join((one.id, one.username, one.label, ", ".join(one.scopes), one.issued, one.state)))


@token.command()
@click.argument("id")
def revoke(id: str) -> None:
    """End the key of that ID at once. The list tells the ID; what the key did stays in the log."""
    ready()
    from fellwatch.foundation import clock
    from fellwatch.foundation.accounts import actions, roles

    with refusals.beside(HINTS):
        key = actions.revoke_key(id, by=roles.system("operator"), now=clock.now())
    click.echo(f"{key.id}, {key.label} of {key.username}: {key.state}. It opens nothing any more.")
