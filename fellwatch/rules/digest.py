"""Hold published versions still: each has a digest, and a version that no longer matches is refused.

The digest covers what decides. Examples may be added later, and an open version may be given its end
once, when the version after it is published.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fellwatch.rules.errors import Problem
from fellwatch.rules.versions import Rule, Version

FILE = "digests.toml"
HEADING = "# Digests of published versions, written by `fellwatch rulebook publish`. Never edit by hand.\n"


@dataclass(frozen=True)
class Published:
    """What a version was when it was published."""

    sha256: str
    applies_to: date | None = None


Register = dict[tuple[str, int], Published]


def digest(rule: Rule, version: Version) -> str:
    """Digest what decides: kind, selector, dates, territory, source, confidence, reason and body."""
    plain = {
        "id": rule.id,
        "kind": rule.kind,
        "selector": rule.selector,
        "number": version.number,
        "applies_from": version.applies_from,
        "territory": version.territory,
        "source": version.source,
        "confidence": version.confidence,
        "reason": version.reason,
        "body": version.body,
        "local": [vars(one) for one in version.local],
    }
    canonical = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def read(folder: Path) -> Register:
    """Read the register of a folder; an absent file means that nothing is published yet."""
    file = folder / FILE
    data = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {
        (rule, int(number)): Published(entry["sha256"], entry.get("applies_to"))
        for rule, entries in data.items()
        for number, entry in entries.items()
    }


def write(folder: Path, register: Mapping[tuple[str, int], Published]) -> None:
    """Write the register of a folder, in order, so that a publication is a small change to read."""
    lines = [HEADING]
    for rule in sorted({rule for rule, _ in register}):
        lines.append(f"\n[{rule}]\n")
        lines += [f"{number} = {_entry(register[rule, number])}\n" for name, number in sorted(register) if name == rule]
    (folder / FILE).write_text("".join(lines), encoding="utf-8")


def publish(rules: Iterable[Rule], register: Register) -> tuple[Register, tuple[tuple[str, int], ...]]:
    """Add every unpublished version, and every end newly given, to a register; also list what is new."""
    now = {
        (rule.id, version.number): Published(digest(rule, version), version.applies_to)
        for rule in rules
        for version in rule.versions
    }
    new = tuple(key for key in now if key not in register)
    return {**register, **now}, new


def breaches(rules: Iterable[Rule], register: Register) -> Iterator[Problem]:
    """Object to every published version that has been altered or taken away."""
    held = {(rule.id, version.number): (rule, version) for rule in rules for version in rule.versions}
    for (name, number), published in register.items():
        if (name, number) not in held:
            yield Problem(
                FILE, f"{name}.{number}", "is published but no longer there", "put the version back as it was"
            )
            continue
        rule, version = held[name, number]
        if digest(rule, version) != published.sha256:
            yield Problem(rule.file, f"version {number}", "was changed after it was published", _remedy(name))
        elif published.applies_to not in (None, version.applies_to):
            yield Problem(rule.file, f"version {number}", "was given another end after it was published", _remedy(name))


def _remedy(name: str) -> str:
    return (
        "put it back as it was and publish a new version with the next number; "
        f"if nothing was ever decided under it: fellwatch rulebook withdraw {name}"
    )


def _entry(published: Published) -> str:
    end = f", applies_to = {published.applies_to}" if published.applies_to else ""
    return f'{{ sha256 = "{published.sha256}"{end} }}'
