"""`fellwatch import`: take a file in, or find out what would happen."""

import getpass
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fellwatch.cli.django_setup import ready

if TYPE_CHECKING:
    from fellwatch.foundation.access import Actor
    from fellwatch.foundation.imports.importers import Unreadable
    from fellwatch.foundation.imports.values import RunView

SHOWN = 20


@click.command("import")
@click.argument("name", required=False)
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--map", "pairs", multiple=True, metavar="THEIRS=OURS", help="Which of its columns is which of ours.")
@click.option("--resume", is_flag=True, help="Go on with an import that stopped, and say where.")
@click.option("--rejected", type=click.Path(path_type=Path), help="Write rows kept aside to this CSV file.")
@click.option("--list", "listing", is_flag=True, help="List the kinds of file and their columns.")
def import_(
    name: str | None,
    file: Path | None,
    dry_run: bool,
    pairs: tuple[str, ...],
    resume: bool,
    rejected: Path | None,
    listing: bool,
) -> None:
    """Take FILE in as NAME. Given again, a stopped import goes on and nothing is stored twice."""
    ready()
    if listing or name is None:
        _list()
        return
    if file is None:
        raise click.UsageError("Give the file: fellwatch import NAME FILE.")
    from fellwatch.foundation.imports.importers import Unreadable

    try:
        found = _run(name, file, dry_run, _columns(pairs), resume)
    except Unreadable as problem:
        _complain(problem)
        sys.exit(2)
    _report(found, rejected)
    sys.exit(1 if found.rejected else 0)


def _columns(pairs: Sequence[str]) -> dict[str, str]:
    columns = {}
    for pair in pairs:
        theirs, sign, ours = pair.rpartition("=")
        if not sign or not theirs or not ours:
            raise click.BadParameter(f"{pair} is not THEIRS=OURS, for example pcds=postcode.", param_hint="--map")
        columns[theirs] = ours
    return columns


def _operator() -> "Actor":
    """Return the person at the keyboard, with the service's permissions, by the name the machine knows."""
    from fellwatch.foundation.accounts import roles

    return roles.system(f"operator {getpass.getuser()}")


def _run(name: str, file: Path, dry_run: bool, columns: dict[str, str], resume: bool) -> "RunView":
    from fellwatch.foundation import clock
    from fellwatch.foundation.imports import runs

    by = _operator()
    run = runs.start(name, file, by=by, now=clock.now(), columns=columns, dry_run=dry_run)
    if resume and run.state == "waiting":
        click.echo("No import of this file stopped half-way; it begins now.", err=True)
    elif run.done and not dry_run:
        click.echo(f"Going on after row {run.done:,}.", err=True)
    with click.progressbar(length=max(run.total, 1), label=run.title, file=sys.stderr, width=30) as bar:
        bar.update(0 if dry_run else min(run.done, bar.length or 0))
        found = runs.advance(
            run.id,
            by=by,
            now=clock.now(),
            tell=lambda seen: bar.update(max(0, min(seen.done, run.total) - bar.pos)),
        )
        bar.update(max(0, (bar.length or 0) - bar.pos))
    return found


def _report(run: "RunView", rejected: Path | None) -> None:
    from fellwatch.foundation import clock
    from fellwatch.foundation.imports import queries

    by = _operator()
    click.echo(("Dry run. " if run.dry_run else "") + run.sentence)
    if run.ignored:
        click.echo(f"Columns not read: {', '.join(run.ignored)}.")
    if not run.dry_run and (earlier := queries.earlier_runs(run.id, by=by)):
        before = earlier[0]
        day = f"{clock.london(before.finished_at):%-d %B %Y}" if before.finished_at else "a day not kept"
        click.echo(f"The same file was imported on {day} by {before.created_by_name}.")
    if run.rejected:
        for row in queries.rejections(run.id, by=by, limit=SHOWN):
            click.echo(f"  line {row.line}: " + " ".join(map(str, row.reasons)))
        if run.rejected > SHOWN:
            click.echo(f"  and {run.rejected - SHOWN:,} more; write them all with --rejected FILE.")
    if rejected:
        rejected.write_text(queries.rejections_csv(run.id, by=by), encoding="utf-8", newline="")
        words = f"Rows kept aside are in {rejected}: correct them and import that file."
        click.echo(words if run.rejected else "No row was kept aside.")


def _complain(problem: "Unreadable") -> None:
    click.echo("Nothing was imported.", err=True)
    for reason in problem.problems:
        click.echo(f"  {reason}", err=True)


def _list() -> None:
    from fellwatch.foundation.imports.importers import importers

    for importer in importers().values():
        click.echo(f"{importer.name}: {importer.help or importer.title}")
        for column in importer.columns:
            needed = " (needed)" if column.required else ""
            also = f"; also {', '.join(column.aliases[:4])}" if column.aliases else ""
            click.echo(f"    {column.name}{needed}{also}")
