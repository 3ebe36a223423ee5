"""`fellwatch audit`: verify, seal and export the log."""

import sys
from typing import TextIO

import click

from fellwatch.cli.django_setup import ready
from fellwatch.foundation.access import Actor


@click.group()
def audit() -> None:
    """Check that nothing in the log was altered, removed or put in."""


def _auditor() -> "Actor":
    ready()
    from dataclasses import replace

    from fellwatch.foundation.access.permissions import READ_LOG, VERIFY_LOG
    from fellwatch.foundation.accounts import roles

    return replace(roles.system("audit-command"), permissions=frozenset({READ_LOG, VERIFY_LOG}))


def _noted(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> dict[int, bytes]:
    from fellwatch.foundation.audit.verify import noted

    try:
        return dict(map(noted, values))
    except ValueError as wrong:
        raise click.BadParameter(str(wrong)) from wrong


@audit.command()
@click.option("--noted", metavar="N:HASH", multiple=True, callback=_noted, help="A seal noted before, elsewhere.")
def verify(noted: dict[int, bytes]) -> None:
    """Recompute every seal; exit 1 and name each fault where one does not hold.

    Keep the last seal that it prints where nobody who may write the database can: given back as --noted, it shows that
    the log was not cut off or written anew since.
    """
    by = _auditor()
    from fellwatch.foundation.audit import chain

    found = chain.check(by=by, expected=noted)
    click.echo(f"{found.sealed} entries under {found.seals} seals; {found.waiting} wait for theirs.")
    for fault in found.faults:
        click.echo(f"FAULT: {fault}")
    click.echo("The chain holds." if found.holds else "The chain does not hold.")
    click.echo(f"Last seal: {found.head or 'none'}")
    sys.exit(0 if found.holds else 1)


@audit.command()
def seal() -> None:
    """Close over every entry whose transaction has ended."""
    ready()
    from fellwatch.foundation.audit import chain

    click.echo(f"{chain.seal()} entries sealed.")


@audit.command()
@click.argument("file", type=click.File("w"))
def export(file: TextIO) -> None:
    """Write the log as JSON lines, to be verified anywhere with `python verify.py FILE [N:HASH …]`."""
    by = _auditor()
    from fellwatch.foundation.audit import chain

    for line in chain.export(by=by):
        file.write(line + "\n")
