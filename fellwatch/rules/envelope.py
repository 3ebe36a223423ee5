"""Read what every rule has around its body: who it is, and each version's dates, source and examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from fellwatch.rules import body_path, territory, versions
from fellwatch.rules.condition_data import Fault
from fellwatch.rules.errors import Problem, did_you_mean
from fellwatch.rules.kinds import KINDS
from fellwatch.rules.reading import Table
from fellwatch.rules.versions import Confidence, Local, Rule, Version

FEWEST_EXAMPLES = 3
ID = re.compile(r"[a-z][a-z0-9_]*")


@dataclass
class File:
    """One parsed file of the rulebook and what was found wrong in it."""

    name: str
    data: Mapping[str, object]
    faults: list[Fault] = field(default_factory=list)

    @property
    def stem(self) -> str:
        return Path(self.name).stem

    def problems(self) -> tuple[Problem, ...]:
        return tuple(Problem(self.name, one.where, one.what, one.do) for one in self.faults)


def read(file: File) -> Rule:
    """Read one rule, finding every fault; the rule is only to be used where there was none."""
    top = Table(file.data, "", file.faults)
    rule = Rule(
        id=_id(top, file),
        kind=_kind(top),
        title=top.text("title"),
        selector=top.text("selector"),
        purpose=top.text("purpose"),
        file=file.name,
        contiguous=top.flag("contiguous"),
    )
    rule = replace(rule, versions=tuple(_version(table, rule.kind) for table in top.tables("version")))
    top.distinct("version", (str(version.number) for version in rule.versions))
    top.finish()
    _object_to_dates(rule, top)
    return rule


def needed_day(table: Table, key: str) -> date:
    """Read a date that must be there."""
    day = table.day(key)
    if day is None:
        if key not in table.data:
            table.fault(key, "is missing", "write the first day it applies, such as 2026-10-16")
        return date.min
    return day


def examples(table: Table, fewest: int) -> tuple[Mapping[str, object], ...]:
    """Read worked examples as they are written; what they mean is for the kind."""
    found = tuple(entry.data for entry in table.tables("example", optional=True))
    if len(found) < fewest:
        table.fault("example", f"has {len(found)}", f"work at least {fewest}, on both sides of each threshold")
    return found


def parsed(body: Mapping[str, object], kind: str, table: Table) -> object:
    """Let the kind read a body, and put its faults where the body stands."""
    faults: list[Fault] = []
    value = KINDS[kind].parse(body, faults) if kind in KINDS else None
    table.faults.extend(replace(one, where=table.place(f"body.{one.where}")) for one in faults)
    return value


def _id(top: Table, file: File) -> str:
    name = top.text("id")
    if name and (name != file.stem or not ID.fullmatch(name)):
        top.fault("id", f"{name!r} is not the file's name", "use small letters, digits and _, the same in both")
    return name


def _kind(top: Table) -> str:
    kind = top.text("kind")
    if kind and kind not in KINDS:
        top.fault(
            "kind",
            f"no kind is called {kind!r}",
            f"write one of {', '.join(KINDS)}." + did_you_mean(kind, KINDS),
        )
    return kind


def _version(table: Table, kind: str) -> Version:
    body = table.table("body").data
    if not body:
        table.fault("body", "is missing", "write [version.body] with what the rule decides")
    version = Version(
        number=table.whole("number"),
        applies_from=needed_day(table, "applies_from"),
        applies_to=table.day("applies_to"),
        territory=_territory(table),
        source=table.text("source"),
        confidence=_confidence(table),
        reason=table.text("reason"),
        body=body,
        parsed=parsed(body, kind, table) if body else None,
        examples=examples(table, FEWEST_EXAMPLES),
        local=tuple(_local(entry, body) for entry in table.tables("local", optional=True)),
    )
    if version.applies_to is not None and version.applies_to <= version.applies_from:
        table.fault(
            "applies_to",
            "is not after applies_from",
            "correct one; applies_to is the first day it no longer holds",
        )
    table.finish()
    return version


def _confidence(table: Table) -> Confidence:
    word = table.one_of("confidence", Confidence)
    return Confidence(word) if word in set(Confidence) else Confidence.UNCERTAIN


def _territory(table: Table) -> tuple[str, ...]:
    places = table.words("territory")
    if not places and not table.faults:
        table.fault("territory", "is empty", 'write a list such as ["england_and_wales"]')
    for place in places:
        if not territory.is_known(place):
            table.fault(
                "territory",
                f"{place!r} is not a territory",
                "write england_and_wales, england, wales or a code such as E23000002",
            )
    return places


def _local(table: Table, body: Mapping[str, object]) -> Local:
    options = table.data.get("options", ())
    table.asked.add("options")
    local = Local(
        path=table.text("path"),
        reason=table.text("reason"),
        options=tuple(options) if isinstance(options, list) else (),
        at_least=table.number("at_least") if table.has("at_least") else None,
        at_most=table.number("at_most") if table.has("at_most") else None,
    )
    _object_to_local(local, table, body)
    table.finish()
    return local


def _object_to_local(local: Local, table: Table, body: Mapping[str, object]) -> None:
    bounded = local.at_least is not None and local.at_most is not None
    if bool(local.options) == bounded:
        table.fault("options", "what may be chosen is not plain", "write either options, or both at_least and at_most")
        return
    present = body_path.find(body, local.path)
    if present is body_path.MISSING:
        table.fault(
            "path",
            f"the body has nothing at {local.path!r}",
            "name keys with dots between, list entries by id",
        )
    elif not local.allows(present):
        table.fault("path", f"the body's own {present!r} is not allowed", f"make it {local.words}")


def _object_to_dates(rule: Rule, top: Table) -> None:
    for one, other in versions.overlapping(rule):
        top.fault(
            "version",
            f"versions {one.number} and {other.number} both hold {other.dates} in the same territory",
            "give the earlier an applies_to, or take the territory out of one",
        )
    for place, earlier, later in versions.gaps(rule) if rule.contiguous else ():
        top.fault(
            "version",
            f"nothing holds in {place} between version {earlier.number} and version {later.number}",
            f"end version {earlier.number} on {later.applies_from}, or drop `contiguous`",
        )
