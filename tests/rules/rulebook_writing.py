"""Small rulebooks written to a folder, for tests of the loader."""

from __future__ import annotations

from pathlib import Path

import pytest

from fellwatch.rules import rulebook
from fellwatch.rules.errors import RulebookErrors

EXAMPLE = """
[[version.example]]
at = {day}T10:00:00Z
due = {day}T{hour}:00:00Z
"""


def version(
    number: int = 1,
    applies_from: str = "2020-01-01",
    applies_to: str = "",
    territory: str = "england_and_wales",
    hours: int = 4,
    extra: str = "",
) -> str:
    day, end = applies_from, f"applies_to = {applies_to}" if applies_to else ""
    return (
        f"""
[[version]]
number = {number}
applies_from = {applies_from}
{end}
territory = ["{territory}"]
source = "An Act of 2020 s1"
confidence = "verified"
reason = "It says so."
[version.body]
starts_on = "thing.happened"
owner = "team"
duty = "Do it."
[[version.body.clocks]]
id = "only"
clock = "elapsed"
hours = {hours}
{extra}
"""
        + 3 * EXAMPLE.format(day=day, hour=10 + hours)
    )


def rule(id: str = "act", *versions: str, top: str = "") -> str:
    head = f"""id = "{id}"
kind = "clock"
title = "It is done"
selector = "It happens"
purpose = "Says by when."
{top}
"""
    return head + "".join(versions or (version(),))


def written(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / (name.replace("__", "/") + ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def faults(root: Path, force: str | None = None) -> list[str]:
    with pytest.raises(RulebookErrors) as caught:
        rulebook.load(root, force)
    return [str(problem) for problem in caught.value.problems]
