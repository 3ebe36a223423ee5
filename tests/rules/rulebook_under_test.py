"""The shipped rulebook for tests of the rules in it: bodies read once, without the loader's other checks."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from fellwatch.rules import (
    definitions,
    grading,
    instrument_data,
    linkage,
    queues,
    regrading,
    urgency,
    vocabulary,
)
from fellwatch.rules.condition_data import Fault
from fellwatch.rules.instruments import Instrument
from fellwatch.rules.reading import Table
from fellwatch.rules.vocabulary import Vocabulary

ROOT = Path(__file__).parents[2] / "rulebook"

READ: dict[str, Any] = {
    "definition": definitions.read,
    "grading": grading.read,
    "instrument": instrument_data.read,
    "linkage_policy": linkage.read,
    "queue": queues.read,
    "regrading": regrading.read,
    "urgency": urgency.read,
    "vocabulary": vocabulary.read,
}


@cache
def written() -> dict[str, dict[str, Any]]:
    """Every rule of these kinds as it is written, by id."""
    files = (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(ROOT.glob("*/*.toml")))
    return {data["id"]: data for data in files if data.get("kind") in READ}


@cache
def raw(id: str) -> dict[str, Any]:
    """A rule of any kind as it is written."""
    return tomllib.loads(next(ROOT.glob(f"*/{id}.toml")).read_text(encoding="utf-8"))


@cache
def parsed(id: str) -> Any:
    """The first version of a rule as its kind reads it."""
    data = written()[id]
    return READ[data["kind"]](Table(data["version"][0]["body"]))


def faults(kind: str, body: dict[str, Any]) -> list[Fault]:
    """What a kind finds wrong with a body."""
    table = Table(body)
    READ[kind](table)
    return table.faults


def of_kind(kind: str) -> list[str]:
    return [id for id, data in written().items() if data["kind"] == kind]


def examples(kind: str) -> list[tuple[str, int]]:
    """Every worked example of a kind: the rule's id and the example's place."""
    return [(id, place) for id in of_kind(kind) for place in range(len(written()[id]["version"][0]["example"]))]


def example(id: str, place: int) -> dict[str, Any]:
    found: dict[str, Any] = written()[id]["version"][0]["example"][place]
    return found


def thrive() -> Instrument:
    found: Instrument = parsed("thrive")
    return found


def words(id: str) -> Vocabulary:
    found: Vocabulary = parsed(id)
    return found
