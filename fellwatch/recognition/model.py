"""The recognition model that applies on a day, from the rulebook. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from fellwatch.rules import likeness
from fellwatch.rules.condition_data import Fault
from fellwatch.rules.reading import Table

FILE = Path("recognition") / "starting_model.toml"
PARTS = ("number", "applies_from", "body")


class ModelUnreadable(ValueError):
    """The model file cannot be used; the message lists every fault and what to do about it."""


@dataclass(frozen=True)
class Standing:
    """A model with the name and version that a decision keeps."""

    id: str
    version: int
    weights: likeness.Model


@cache
def load(rulebook: Path, on: date) -> Standing:
    """Read the version that applies on a day, alone: a fault in another rule cannot stop a live search."""
    rule = _rule(rulebook / FILE)
    standing = [v for v in rule["version"] if v["applies_from"] <= on < v.get("applies_to", date.max)]
    if not standing:
        raise ModelUnreadable(f"{FILE} has no version that applies on {on}. Add one, or correct applies_from.")
    version = max(standing, key=lambda v: v["number"])
    return _standing(rule["id"], version)


def read(file: Path) -> Standing:
    """Read a file that holds one trained version, before it is published."""
    rule = _rule(file)
    if len(rule["version"]) != 1:
        raise ModelUnreadable(f"{file.name} holds {len(rule['version'])} versions, not one trained one.")
    return _standing(rule["id"], rule["version"][0])


def _rule(file: Path) -> dict[str, Any]:
    try:
        rule = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ModelUnreadable(f"{file.name} cannot be read: {fault}. Restore it from the release.") from fault
    if not _is_rule(rule):
        raise ModelUnreadable(f"{file.name} is no model: a model has an id and versions, each with {', '.join(PARTS)}.")
    return rule


def _is_rule(rule: Mapping[str, Any]) -> bool:
    versions = rule.get("version")
    return (
        "id" in rule
        and isinstance(versions, list)
        and all(isinstance(one, dict) and one.keys() >= set(PARTS) for one in versions)
    )


def _standing(name: str, version: Mapping[str, Any]) -> Standing:
    faults: list[Fault] = []
    weights = likeness.read(Table(version["body"], "body", faults))
    if faults:
        raise ModelUnreadable(f"{FILE}: " + " ".join(f"{f.where} {f.what}: {f.do}." for f in faults))
    return Standing(name, version["number"], weights)
