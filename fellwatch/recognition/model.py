"""The recognition model that applies on a day, from the rulebook. Pure."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from fellwatch.rules import likeness
from fellwatch.rules.condition_data import Fault
from fellwatch.rules.reading import Table

FILE = Path("recognition") / "starting_model.toml"


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
    file = rulebook / FILE
    try:
        rule = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ModelUnreadable(f"{FILE} cannot be read: {fault}. Restore it from the release.") from fault
    standing = [v for v in rule["version"] if v["applies_from"] <= on < v.get("applies_to", date.max)]
    if not standing:
        raise ModelUnreadable(f"{FILE} has no version that applies on {on}. Add one, or correct applies_from.")
    version = max(standing, key=lambda v: v["number"])
    faults: list[Fault] = []
    weights = likeness.read(Table(version["body"], "body", faults))
    if faults:
        raise ModelUnreadable(f"{FILE}: " + " ".join(f"{f.where} {f.what}: {f.do}." for f in faults))
    return Standing(rule["id"], version["number"], weights)
