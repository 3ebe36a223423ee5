"""`fellwatch user`: give somebody an account and a role."""

import click

from fellwatch.cli.django_setup import ready


@click.group()
def user() -> None:
    """Accounts of people."""


@user.command()
@click.argument("username")
@click.option("--name", required=True, help="Full name, as it stands in the log.")
@click.option("--role", required=True)
@click.option("--team", required=True)
@click.password_option(help="At least 14 characters.")
def add(username: str, name: str, role: str, team: str, password: str) -> None:
    """Make an account. The person adds a passkey or an authenticator app at first sign-in."""
    ready()
    from django.conf import settings
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from fellwatch.foundation.accounts.models import User
    from fellwatch.foundation.accounts.roles import roles

    if role not in roles():
        raise click.BadParameter(f"Choose one of: {', '.join(roles())}.", param_hint="--role")
    person = User(username=username, full_name=name, role=role, team=team, agency=settings.FELLWATCH_FORCE)
    try:
        validate_password(password, person)
    except ValidationError as problem:
        raise click.BadParameter(" ".join(problem.messages), param_hint="--password") from problem
    person.set_password(password)
    person.save()
    click.echo(f"{name} may sign in as {username}, {roles()[role].title}.")
