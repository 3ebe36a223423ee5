"""What ends a command in one plain line: a wrong value, an account that may not, what is not there to be used."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fellwatch.foundation.access import Actor


@contextmanager
def beside(hints: Mapping[str, str]) -> Iterator[None]:
    """Say beside which value of an account or a key something is wrong; `hints` are the values as they are typed."""
    from fellwatch.foundation.accounts.actions import Invalid

    try:
        yield
    except Invalid as wrong:
        name, words = next(iter(wrong.problems.items()))
        raise click.BadParameter(words, param_hint=hints[name]) from wrong


def account(username: str) -> "Actor":
    """Return whoever signs in by that name, or end the command where nobody does."""
    from fellwatch.foundation.accounts import roles
    from fellwatch.foundation.accounts.models import User

    user = User.objects.filter(username=username).first()
    if user is None:
        raise click.ClickException(f"Nobody signs in as {username}. List accounts with `fellwatch user list`.")
    if not user.is_active:
        raise click.ClickException(f"The account {username} has ended: nothing is done in its name.")
    return roles.actor(user)


@contextmanager
def logged(by: "Actor") -> Iterator[None]:
    """Log what somebody is refused, as behind a page, and end the command with the reasons."""
    from fellwatch.foundation import audit
    from fellwatch.foundation.access import Refused

    try:
        yield
    except Refused as refused:
        audit.refusal(by=by, refused=refused)
        raise click.ClickException(" ".join(refused.because)) from refused


def words(wrong: Exception) -> str:
    """Say which file cannot be used, what is not set up right or that no database answers; "" for a fault of ours."""
    if isinstance(wrong, OSError):
        return f"{wrong.filename} cannot be used: {wrong.strerror}." if wrong.filename is not None else ""
    import psycopg
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    if isinstance(wrong, ImproperlyConfigured):
        return str(wrong)
    told = wrong.__cause__ if isinstance(wrong, OperationalError) else wrong
    # The server gives everything it says a code; without one nothing was said.
    if isinstance(told, psycopg.OperationalError) and told.sqlstate is None:
        return f"The database does not answer: {' '.join(str(told).split())}"
    return ""
