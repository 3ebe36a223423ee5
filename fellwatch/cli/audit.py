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


@audit.command()
def verify() -> None:
    """Recompute every seal; exit 1 and name each fault where one does not hold."""
    by = _auditor()
    from fellwatch.foundation.audit import chain

    chain.seal()
    found = chain.check(by=by)
    click.echo(f"{found.sealed} entries under {found.seals} seals; {found.waiting} wait for theirs.")
    for fault in found.faults:
        click.echo(f"FAULT: {fault}")
    click.echo("The chain holds." if found.holds else "The chain does not hold.")
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
    """Write the log as JSON lines, to be verified anywhere with `python verify.py FILE`."""
    by = _auditor()
    from fellwatch.foundation.audit import chain

    for line in chain.export(by=by):
        file.write(line + "\n")
