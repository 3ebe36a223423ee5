"""`fellwatch rulebook`: check what law and policy say, publish it, and write it out for readers."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import click

from fellwatch.duties import calendar
from fellwatch.rules import digest, render
from fellwatch.rules import rulebook as rules
from fellwatch.rules.errors import Problem, RulebookErrors
from fellwatch.rules.rulebook import Rulebook

ROOT = Path(__file__).resolve().parents[2]

folder_option: Callable[[click.decorators.FC], click.decorators.FC] = click.option(
    "--rulebook",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=lambda: Path(os.environ.get("FELLWATCH_RULEBOOK", str(ROOT / "rulebook"))),
    help="Folder of the rulebook; FELLWATCH_RULEBOOK where not given.",
)


def opened(folder: Path, force: str | None) -> Rulebook:
    """Load the rulebook, or stop with everything that is wrong with it."""
    try:
        return rules.load(folder, force)
    except RulebookErrors as errors:
        raise click.ClickException(str(errors)) from errors


@click.group()
def rulebook() -> None:
    """What law and policy say, as dated rules."""


@rulebook.command()
@folder_option
def check(folder: Path) -> None:
    """Read every rule, every force's choices and every example; tell all that is wrong at once."""
    problems: dict[Problem, None] = {}
    counted = (0, 0)
    for force in (None, *rules.force_names(folder)):
        try:
            book = rules.load(folder, force)
        except RulebookErrors as errors:
            problems.update(dict.fromkeys(errors.problems))
            continue
        problems.update(dict.fromkeys(rules.failed_examples(book, calendar.england_and_wales())))
        versions = [version for rule in book.rules.values() for version in rule.versions]
        counted = max(counted, (len(book.rules), sum(len(version.examples) for version in versions)))
    if problems:
        raise click.ClickException(str(RulebookErrors(problems)))
    click.echo(f"{counted[0]} rules are in order and their {counted[1]} examples hold.")


@rulebook.command()
@folder_option
@click.argument("only", metavar="[RULE]...", nargs=-1)
@click.option("--force", help="Publish this force's choices instead of the core.")
def publish(folder: Path, only: tuple[str, ...], force: str | None) -> None:
    """Publish new versions, of every RULE where none is named: from then on they never change.

    Refused while an example fails.
    """
    book = opened(folder, force)
    failed = list(rules.failed_examples(book, calendar.england_and_wales()))
    if failed:
        raise click.ClickException(str(RulebookErrors(failed)))
    place = folder / rules.FORCES / book.force.id if book.force else folder
    mine = rules.own_rules(book) if book.force else rules.core_rules(book)
    if unknown := set(only) - {rule.id for rule in mine}:
        raise click.BadParameter(f"Nothing to publish is called {', '.join(sorted(unknown))}.", param_hint="RULE")
    chosen = [rule for rule in mine if not only or rule.id in only]
    register, new = digest.publish(chosen, digest.read(place))
    digest.write(place, register)
    for name, number in new:
        click.echo(f"published {name} version {number}")
    click.echo(f"{len(new)} new; {len(register)} versions are published in {place / digest.FILE}.")


@rulebook.command()
@folder_option
@click.argument("named", metavar="RULE...", nargs=-1, required=True)
@click.option("--force", help="The folder of the force whose version it is.")
def withdraw(folder: Path, named: tuple[str, ...], force: str | None) -> None:
    """Take back the publication of every version of RULE, so that it can be corrected.

    Only for a rule under which nothing was ever decided: records keep the version they were decided under.
    """
    place = folder / rules.FORCES / force if force else folder
    register = _register(place)
    kept = {key: published for key, published in register.items() if key[0] not in named}
    if len(kept) == len(register):
        raise click.BadParameter(f"None of {', '.join(named)} is published.", param_hint="RULE")
    digest.write(place, kept)
    click.echo(f"Withdrawn: {len(register) - len(kept)}. Publish again when the rule is right.")


def _register(place: Path) -> digest.Register:
    """Read what is published, or stop where that cannot be told."""
    try:
        return digest.read(place)
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise click.ClickException(f"{place / digest.FILE} cannot be read: put back the last good one.") from wrong


@rulebook.command(name="render")
@folder_option
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), default=ROOT / "docs" / "rulebook")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail where a page is out of date.")
def render_(folder: Path, to: Path, only_check: bool) -> None:
    """Write the rulebook as Markdown pages, one for each folder and force."""
    core = opened(folder, None)
    forces = [opened(folder, name) for name in rules.force_names(folder)]
    pages = render.pages(core, forces, calendar.england_and_wales())
    there = {file.name: file.read_text(encoding="utf-8") for file in to.glob("*.md")}
    stale = sorted(name for name in pages.keys() | there.keys() if pages.get(name) != there.get(name))
    if only_check and stale:
        raise click.ClickException(f"Out of date: {', '.join(stale)}. Run fellwatch rulebook render.")
    foreign = [name for name in stale if name in there and render.NOTE not in there[name]]
    if foreign:
        raise click.ClickException(f"{to} holds pages written by hand: {', '.join(foreign)}. Name another folder.")
    if not only_check:
        to.mkdir(parents=True, exist_ok=True)
        for name in stale:
            _write(to / name, pages.get(name))
    click.echo(f"{len(pages)} pages in {to} are up to date.")


def _write(file: Path, text: str | None) -> None:
    if text is None:
        file.unlink()
    else:
        file.write_text(text, encoding="utf-8")
