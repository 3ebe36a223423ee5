"""`fellwatch demonstration`: load the invented county, or say how big it is."""

import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fellwatch.cli.django_setup import ready

if TYPE_CHECKING:
    from fellwatch.demonstration.loader import Begun

SCALE = click.option("--scale", default=0.1, show_default=True, help="Size; 1 is Cumbria in 2018.")

SELDOM = (50_000, 20, 50)
"""When the garbage collector looks: rows are made by the hundred thousand, and none of them is garbage."""


@click.group()
def demonstration() -> None:
    """Fellshire, a county that is not there."""


@demonstration.command()
@SCALE
@click.option("--seed", default=1, show_default=True)
def load(scale: float, seed: int) -> None:
    """Load the county with its sign-ins. Broken off, it goes on; run again, it changes nothing."""
    os.environ["FELLWATCH_DEMONSTRATION"] = "1"
    ready()
    load_if_empty(scale=scale, seed=seed)


@demonstration.command()
@SCALE
@click.option("--seed", default=1, show_default=True)
def describe(scale: float, seed: int) -> None:
    """Print how many of everything there are at a scale, without a database."""
    from fellwatch.demonstration.description import describe as lines

    try:
        for line in lines(scale, seed):
            click.echo(line)
    except ValueError as refusal:
        raise click.ClickException(str(refusal)) from refusal


@contextmanager
def begin(*, scale: float, seed: int) -> "Iterator[Begun | None]":
    """Begin to make the county's rows where none was loaded from here, before there is a database to put them in."""
    from fellwatch.demonstration import opening

    if _mark().exists():
        yield None
        return
    gc.set_threshold(*SELDOM)
    with opening.begin(scale=scale, seed=seed) as begun:
        yield begun


def load_if_empty(*, scale: float, seed: int, begun: "Begun | None" = None) -> None:
    """Load the county unless it is there, and say when each step was done; or say why it cannot be loaded.

    A mark among the installation's files tells commands beside it whose it is.
    """
    from fellwatch.demonstration.loader import NotEmpty

    try:
        for step, seconds in _steps(scale, seed, begun):
            click.echo(f"\r{step:<60} {seconds:6.1f} s", err=True)
    except (NotEmpty, ValueError) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    _mark().parent.mkdir(parents=True, exist_ok=True)
    _mark().touch()


def _mark() -> Path:
    from django.conf import settings

    return Path(settings.VAR) / "demonstration"


def _steps(scale: float, seed: int, begun: "Begun | None") -> Iterator[tuple[str, float]]:
    """Yield what each step did, with the seconds since the first began: some are done at once."""
    from fellwatch.demonstration import opening

    gc.set_threshold(*SELDOM)
    began = time.monotonic()
    for step in opening.steps(scale=scale, seed=seed, begun=begun, progress=_progress):
        yield step, time.monotonic() - began


def _progress(done: int, total: int) -> None:
    click.echo(f"\r  {done} of {total}", nl=False, err=True)
