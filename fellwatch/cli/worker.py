"""`fellwatch worker`: background jobs, and the sealing of the log twice a second."""

import os
import threading

import click

from fellwatch.cli.django_setup import ready

SEAL_EVERY = 0.5
BEHIND = 5
"""How far the worker gives way to whoever waits for a page, on a machine that has both: a third of an equal share."""


@click.command()
def worker() -> None:
    """Run jobs and seal the log until stopped."""
    ready()
    from fellwatch.foundation import filled
    from fellwatch.foundation.jobs import working

    filled.wait()
    os.nice(BEHIND)
    stop = threading.Event()
    thread = threading.Thread(target=_seal_until, args=(stop,), name="sealer")
    thread.start()
    try:
        working.run()
    finally:
        stop.set()
        thread.join()


def _seal_until(stop: threading.Event) -> None:
    """Seal until told to stop. A lost connection is reported and tried again: entries wait, none is lost."""
    import logging

    from django.db import DatabaseError, connection

    from fellwatch.foundation.audit import chain

    while not stop.wait(SEAL_EVERY):
        try:
            chain.seal()
        except DatabaseError:
            logging.getLogger("fellwatch.sealer").exception("The log could not be sealed; trying again.")
            connection.close()
