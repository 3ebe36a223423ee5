"""`fellwatch recognition`: keep the index, search as a named person, measure on a labelled sample."""

import json
import resource
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fellwatch.cli import refusals
from fellwatch.cli.django_setup import ready
from fellwatch.cli.linking import link, publish_weights
from fellwatch.foundation import clock

RULEBOOK = click.option(
    "--rulebook",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(__file__).resolve().parents[2] / "rulebook",
    help="The rulebook whose model is meant.",
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fellwatch.recognition.held import Held
    from fellwatch.recognition.queries import Recognised


@click.group()
def recognition() -> None:
    """Who is this? The index, and how well it does."""


@recognition.command()
def rebuild() -> None:
    """Make the index anew from records. Searches go on meanwhile; changes to people wait."""
    ready()
    from fellwatch.foundation import access, audit
    from fellwatch.foundation.accounts import roles
    from fellwatch.recognition import index, mapped

    def progress(done: int, of: int) -> None:
        click.echo(f"\r{done:,} of {of:,} people", nl=False, err=True)

    count = index.rebuild(progress)
    click.echo("", err=True)
    by = roles.system("recognition-rebuild")
    with mapped.building():
        mapped.write(by=by)
    with access.acting(by):
        audit.record(
            by=by,
            action="alteration",
            sentence="recognition.rebuilt",
            subject=("index", "recognition"),
            detail={"people": count},
        )
    click.echo(f"The index holds {count:,} people.")


@recognition.command()
@click.option("--as", "username", required=True, help="Whose search this is: the log names them.")
@click.option("--name", default="", help="As typed; end it with a space when it is whole.")
@click.option("--born", default="", help="A date of birth, a part of one, or ‘age 35’.")
@click.option("--phone", default="")
@click.option("--address", default="")
def search(username: str, name: str, born: str, phone: str, address: str) -> None:
    """Look somebody up and print the working for each candidate."""
    ready()
    from fellwatch.recognition import queries

    by = refusals.account(username)
    query = queries.Query(name=name, date_of_birth=born, phone=phone, address=address)
    with refusals.logged(by):
        answer = queries.who(query, by=by)
    _print(answer)


def _print(answer: "Recognised") -> None:
    from fellwatch.recognition.queries import RESTRICTED_WORDS

    for trouble in answer.troubles:
        click.echo(f"{trouble.field}: {trouble.message}", err=True)
    for candidate in answer.candidates:
        click.echo(f"{candidate.likelihood:7.1%}  {candidate.name}, {candidate.born}  {candidate.person_id}")
        for step in candidate.why.steps:
            click.echo(f"    {step.weight:+6.1f}  {step.field.replace('_', ' ')}: {step.level_words}")
    if answer.restricted:
        click.echo(RESTRICTED_WORDS)
    if not answer.candidates and not answer.restricted:
        click.echo("Nobody in the records is like that.")


@recognition.command()
@click.argument("people", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("queries", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@RULEBOOK
def evaluate(people: Path, queries: Path, as_json: bool, rulebook: Path) -> None:
    """Measure recognition on PEOPLE.csv and QUERIES.csv, without a database and without live data.

    Columns of both: person_id, forename, surname, sex, date_of_birth, phone, address, postcode. In QUERIES,
    person_id is the truth, empty where the person is not among PEOPLE.
    """
    from fellwatch.recognition import evaluation, model, sample

    today = clock.london_date(clock.now())
    try:
        weights = model.load(rulebook, today).weights
        report = evaluation.run(people, queries, weights, today=today, memory=_peak)
    except (sample.SampleUnreadable, model.ModelUnreadable) as fault:
        raise click.ClickException(str(fault)) from fault
    figures = asdict(report)
    if as_json:
        click.echo(json.dumps(figures))
        return
    for name, value in figures.items():
        shown = f"{value:,.3f}" if isinstance(value, float) else f"{value:,}"
        click.echo(f"{name.replace('_', ' '):28} {shown}")


@recognition.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--people",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Learn from this PEOPLE.csv instead of from the force's records.",
)
@click.option("--from", "applies_from", type=click.DateTime(["%Y-%m-%d"]), help="The day it is to apply from.")
@click.option("--seed", default=1, show_default=True)
@RULEBOOK
def train(out: Path, people: Path | None, applies_from: datetime | None, seed: int, rulebook: Path) -> None:
    """Learn a model from the force's own people and write it to OUT.toml. It changes nothing until published."""
    from fellwatch.recognition import model, sample
    from fellwatch.recognition.training import run, written

    today = clock.london_date(clock.now())
    try:
        standing = model.load(rulebook, today)
        held = run.people_of(sample.held(people, today=today) if people else _records())
        trained = run.train(held, standing.weights, seed=seed, today=today, say=click.echo)
    except (run.TooFew, sample.SampleUnreadable, model.ModelUnreadable) as fault:
        raise click.ClickException(str(fault)) from fault
    told = (
        f"Trained on {today:%-d %B %Y} with seed {seed} from {trained.people:,} people of "
        f"{people.name if people else 'the records'}, {trained.queries:,} queries made of them with faults, and "
        f"{trained.mates:,} pairs who share a home."
    )
    day = applies_from.date() if applies_from else today
    text = written.model(trained.model, number=standing.version + 1, applies_from=day, learned_from=told)
    out.write_text(text, encoding="utf-8")
    click.echo(f"Written to {out}. Try it on a labelled sample: `fellwatch recognition publish {out} PEOPLE QUERIES`.")


def _records() -> "Iterator[Held]":
    """Yield everybody who is in no silent compartment, as the index holds them, and log that they were read."""
    ready()
    from fellwatch.foundation.accounts import roles
    from fellwatch.recognition import queries

    return iter(queries.everybody(by=roles.system("recognition-train")))


@recognition.command()
@click.argument("candidate", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("people", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("queries", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@RULEBOOK
def publish(candidate: Path, people: Path, queries: Path, rulebook: Path) -> None:
    """Put a trained model into the rulebook, if it does well on a labelled sample; refuse it otherwise."""
    from fellwatch.recognition import evaluation, model, sample
    from fellwatch.recognition.training import written

    today = clock.london_date(clock.now())
    try:
        new = evaluation.run(people, queries, model.read(candidate).weights, today=today, memory=_peak)
        old = evaluation.run(people, queries, model.load(rulebook, today).weights, today=today, memory=_peak)
        written.fit(new, old)
        number = written.publish(candidate, rulebook / model.FILE, new)
    except (written.Unfit, sample.SampleUnreadable, model.ModelUnreadable) as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(f"Version {number} is in {model.FILE}. Hold it still: `fellwatch rulebook publish`.")


@recognition.command()
def warm() -> None:
    """Compile the index's code and keep it on disk, so that no server and no test has to."""
    from fellwatch.recognition import model
    from fellwatch.recognition.arrays import engine

    root = Path(__file__).resolve().parents[2] / "rulebook"
    engine.warm(engine.compiled(model.load(root, clock.london_date(clock.now())).weights))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


recognition.add_command(link)
recognition.add_command(publish_weights)
