"""Put weights that a run learned into the rulebook as a new version of the linkage policy, if its examples hold."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fellwatch.recognition.linkage.model import Weights
from fellwatch.rules import linkage
from fellwatch.rules.condition_data import Fault
from fellwatch.rules.reading import Table

FILE = Path("recognition") / "partner_linkage.toml"
_SECTION = re.compile(r"^\[version\.body\.weights\.(\w+)\]$")
_LEVEL = re.compile(r"^(\w+) = \{ same = .* \}$")
LEAST = 1e-9


class Unfit(ValueError):
    """The weights may not be published; the message says why."""


def publish(weights: Weights, file: Path, *, applies_from: date, learned_from: str) -> int:
    """Append a version with these weights, the thresholds and examples as they stand; return its number.

    A level that was never seen keeps the weight it has. Raises Unfit where an example comes out otherwise.
    """
    text = file.read_text(encoding="utf-8")
    last: Mapping[str, Any] = tomllib.loads(text)["version"][-1]
    if applies_from <= last["applies_from"]:
        raise Unfit(f"It must apply from a day after {last['applies_from']}, when version {last['number']} began.")
    at = text.rindex("[[version]]")
    block = _dated(_weighed(text[at:], weights), last, applies_from, learned_from)
    _check(tomllib.loads(block)["version"][0])
    begun = f"applies_from = {last['applies_from']}\n"
    standing = (
        text
        if "applies_to" in last
        else text[:at] + text[at:].replace(begun, f"{begun}applies_to = {applies_from}\n", 1)
    )
    file.write_text(f"{standing.rstrip()}\n\n{block}", encoding="utf-8")
    return int(last["number"]) + 1


def _weighed(block: str, weights: Weights) -> str:
    lines, field = [], ""
    for line in block.splitlines(keepends=True):
        if section := _SECTION.match(line.rstrip()):
            field = section[1]
        elif line.startswith("["):
            field = ""
        level = _LEVEL.match(line.rstrip())
        if field and level and (pair := weights.get(field, {}).get(level[1])):
            same, stranger = (f"{min(max(share, LEAST), 1.0):.9f}" for share in pair)
            line = f"{level[1]} = {{ same = {same}, stranger = {stranger} }}\n"
        lines.append(line)
    return "".join(lines)


def _dated(block: str, last: Mapping[str, Any], applies_from: date, learned_from: str) -> str:
    block = block.replace(f"number = {last['number']}\n", f"number = {last['number'] + 1}\n", 1)
    block = re.sub(r"^applies_to = .*\n", "", block, count=1, flags=re.MULTILINE)
    block = re.sub(r"^applies_from = .*$", f"applies_from = {applies_from}", block, count=1, flags=re.MULTILINE)
    source = f"Fellegi and Sunter 1969: two thresholds. Weights trained by Splink 5 on {learned_from}."
    return re.sub(r"^source = .*$", f'source = "{source}"', block, count=1, flags=re.MULTILINE)


def _check(version: Mapping[str, Any]) -> None:
    faults: list[Fault] = []
    policy = linkage.read(Table(version["body"], "body", faults))
    wrong = [f"{f.where} {f.what}" for f in faults]
    wrong += [f"“{e['name']}”: {said}" for e in version["example"] if (said := linkage.check_example(policy, e))]
    if wrong:
        raise Unfit("The weights break what the policy promises. " + "; ".join(wrong) + ".")
