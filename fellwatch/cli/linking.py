"""`fellwatch recognition link`: link a partner's file to people and write what would become of each record."""

import csv
import json
import tempfile
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from fellwatch.cli.django_setup import ready

if TYPE_CHECKING:
    from fellwatch.recognition.linkage.model import Settings
    from fellwatch.recognition.linkage.run import Linked

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
ROW = ("record_id", "outcome", "person_id", "likelihood", "caution", "because")


@click.command()
@click.argument("file", type=FILE)
@click.option("--people", type=FILE, help="Link to this file instead of the force's own people.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write every verdict to this CSV file.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@click.option("--train", is_flag=True, help="Learn the weights from these files instead of the rulebook's.")
@click.option("--weights", type=click.Path(dir_okay=False, path_type=Path), help="Keep the weights used as JSON.")
def link(
    file: Path, people: Path | None, out: Path | None, engine: Literal["duckdb", "spark"], train: bool,
    weights: Path | None,
) -> None:  # fmt: skip
    """Link FILE (person_id, forename, surname, sex, date_of_birth, phone, address, postcode, identifier).

    Nothing is stored: the pages of Communities store. The same settings run on DuckDB and on Spark.
    """
    ready()
    from fellwatch.recognition.linkage import engines, run, tables

    with tempfile.TemporaryDirectory() as folder:
        force = people or _force(Path(folder) / "people.csv")
        try:
            with run.link(file, force, _settings(train=train), engine=engine) as done:
                _tell(done, out)
        except (tables.Unreadable, engines.EngineMissing) as fault:
            raise click.ClickException(str(fault)) from fault
    if weights:
        weights.write_text(json.dumps(done.weights, indent=1), encoding="utf-8")


@click.command("publish-weights")
@click.argument("weights", type=FILE)
@click.option(
    "--from", "applies_from", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day they apply from."
)
@click.option("--learned-from", required=True, help="What they were learned from, such as “4,500 records of housing”.")
@click.option("--rulebook", type=FOLDER, default=Path(__file__).resolve().parents[2] / "rulebook")
def publish_weights(weights: Path, applies_from: datetime, learned_from: str, rulebook: Path) -> None:
    """Put the WEIGHTS.json that `link --train --weights` kept into the rulebook as a new version of the policy."""
    from fellwatch.recognition.linkage import published

    try:
        told = json.loads(weights.read_text(encoding="utf-8"))
        number = published.publish(
            told, rulebook / published.FILE, applies_from=applies_from.date(), learned_from=learned_from
        )
    except (published.Unfit, OSError, ValueError) as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(f"Version {number} is in {published.FILE}. Hold it still: `fellwatch rulebook publish`.")


def _settings(*, train: bool) -> "Settings":
    from fellwatch.foundation import clock, policy
    from fellwatch.recognition.linkage import model
    from fellwatch.rules.linkage import Policy

    return model.of(policy.parsed("partner_linkage", clock.london_date(clock.now()), Policy), train=train)


def _force(path: Path) -> Path:
    from fellwatch.foundation.accounts import roles
    from fellwatch.recognition.linkage import people

    count = people.write(path, by=roles.system("linkage"), identifier="nhs")
    click.echo(f"{count:,} faces of the force's own people.", err=True)
    return path


def _tell(done: "Linked", out: Path | None) -> None:
    counted: Counter[str] = Counter()
    with out.open("w", newline="", encoding="utf-8") if out else tempfile.TemporaryFile("w+", newline="") as target:
        rows = csv.writer(target)
        rows.writerow(ROW)
        for verdict in done.verdicts():
            counted[verdict.outcome] += 1
            best = verdict.candidates[0] if verdict.candidates else None
            told = (best.person_id, f"{best.likelihood:.6f}", best.caution, best.steps) if best else ("",) * 4
            rows.writerow((verdict.record_id, verdict.outcome, *told))
    click.echo(
        f"{done.records:,} records against {done.people:,} faces: {counted['joined']:,} joined, "
        f"{counted['review']:,} to look at, {counted['new']:,} new."
    )
    click.echo("Seconds: " + ", ".join(f"{what} {seconds:.1f}" for what, seconds in done.seconds.items()))
