"""`fellwatch token`: keys for machines that use the API."""

import click

from fellwatch.cli.django_setup import ready


@click.group()
def token() -> None:
    """Keys for machines."""


@token.command()
@click.argument("username")
@click.option("--label", required=True)
@click.option("--scope", "scopes", multiple=True, required=True, help="A permission, such as contact.log.")
@click.option("--days", default=90, show_default=True)
def issue(username: str, label: str, scopes: tuple[str, ...], days: int) -> None:
    """Make a key that acts as a user, within scopes, and print it once."""
    ready()
    from fellwatch.foundation import clock
    from fellwatch.foundation.accounts import roles, tokens
    from fellwatch.foundation.accounts.models import User

    user = User.objects.filter(username=username).first()
    if user is None:
        raise click.BadParameter("There is no such account.", param_hint="USERNAME")
    beyond = sorted(set(scopes) - roles.actor(user).permissions)
    if beyond:
        raise click.BadParameter(f"The role does not include {', '.join(beyond)}.", param_hint="--scope")
    click.echo(tokens.issue(user, label=label, scopes=scopes, now=clock.now(), days=days))
