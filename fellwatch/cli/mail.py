"""`fellwatch mail`: what a mail server hands back."""

import sys

import click

from fellwatch.cli.django_setup import ready


@click.group()
def mail() -> None:
    """Outgoing messages."""


@mail.command()
def bounce() -> None:
    """Read a delivery report (RFC 3464) from the standard input and mark the message that it is about.

    A mail server pipes here what comes to the address that messages are sent from.
    """
    report = sys.stdin.buffer.read()
    ready()
    from fellwatch.foundation import clock
    from fellwatch.foundation.accounts import roles
    from fellwatch.sharing import delivering

    marked = delivering.take_bounce(report, by=roles.system("post"), now=clock.now())
    click.echo("One message is marked as come back." if marked else "Nothing of ours failed in this mail.")
