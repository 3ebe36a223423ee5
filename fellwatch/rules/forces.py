"""What one force chooses: values that the core leaves to it, and rules of its own. Never anything else.

`rulebook/forces/<force>/force.toml` says who it is. Every other file there either has `chooses`, the id
of a core rule, with its [[choice]] tables, or is a rule that the core does not have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from fellwatch.rules import body_path, envelope, territory
from fellwatch.rules.envelope import File
from fellwatch.rules.errors import did_you_mean
from fellwatch.rules.reading import Table
from fellwatch.rules.versions import Chosen, Confidence, Rule, Version

FIRST_NUMBER = 1001
"""A force's versions are numbered from here, so that a record's version number names one thing."""


@dataclass(frozen=True)
class Force:
    """A force that the rulebook knows by name. `code` is its area's code."""

    id: str
    code: str
    name: str


def read_force(file: File, folder: str) -> Force:
    """Read who a force is."""
    top = Table(file.data, "", file.faults)
    force = Force(id=folder, code=top.text("code"), name=top.text("name"))
    if not territory.CODE.fullmatch(force.code):
        top.fault("code", f"{force.code!r} is not an area's code", "write a code such as E23000002")
    top.finish()
    return force


def with_choices(rules: Mapping[str, Rule], file: File, force: Force) -> dict[str, Rule]:
    """Add the versions a file of choices makes to the rule they belong to."""
    top = Table(file.data, "", file.faults)
    name = top.text("chooses")
    tables = top.tables("choice")
    top.finish()
    if name not in rules:
        top.fault(
            "chooses",
            f"the core has no rule {name!r}",
            "name a rule of the core." + did_you_mean(name, rules),
        )
        return dict(rules)
    rule = rules[name]
    made = [version for table in tables if (version := _choice(table, rule, force)) is not None]
    return {**rules, name: replace(rule, versions=(*rule.versions, *made))}


def with_own_rule(rules: Mapping[str, Rule], file: File, force: Force) -> dict[str, Rule]:
    """Add a rule of the force's own: of confidence local, for its own area, not standing in the core."""
    rule = envelope.read(file)
    top = Table(file.data, "", file.faults)
    if rule.id in rules:
        top.fault("id", f"the core already has {rule.id!r}", "write `chooses` to set what it leaves open, or rename")
        return dict(rules)
    for version in rule.versions:
        where = f"version {version.number}"
        if version.confidence is not Confidence.LOCAL:
            top.fault(where, "a force's own rule cannot claim to be law", 'write confidence = "local"')
        if version.territory != (force.code,):
            top.fault(where, "a force's own rule holds only in its area", f'write territory = ["{force.code}"]')
    return {**rules, rule.id: rule}


def _choice(table: Table, rule: Rule, force: Force) -> Version | None:
    number, of = table.whole("number"), table.whole("of")
    applies_from, applies_to = envelope.needed_day(table, "applies_from"), table.day("applies_to")
    reason, decided_by = table.text("reason"), table.text("decided_by")
    settings = dict(table.table("set").data)
    worked = envelope.examples(table, 1)
    table.finish()
    core = next((version for version in rule.versions if version.number == of and version.chosen is None), None)
    if core is None:
        table.fault("of", f"{rule.id} has no version {of}", "name the number of a core version")
        return None
    if number < FIRST_NUMBER or any(version.number == number for version in rule.versions):
        table.fault("number", f"{number} cannot be used", f"take the next free number from {FIRST_NUMBER} up")
    if _forbidden(table, core, settings) or not _within(table, core, applies_from, applies_to):
        return None
    body: object = core.body
    for path, value in settings.items():
        body = body_path.replaced(body, path, value)
    assert isinstance(body, Mapping)
    return replace(
        core,
        number=number,
        applies_from=applies_from,
        applies_to=applies_to if applies_to is not None else core.applies_to,
        territory=(force.code,),
        confidence=Confidence.LOCAL,
        reason=reason,
        body=body,
        parsed=envelope.parsed(body, rule.kind, table),
        examples=worked,
        chosen=Chosen(of, settings, decided_by),
    )


def _forbidden(table: Table, core: Version, settings: Mapping[str, object]) -> bool:
    open_to_choice = {one.path: one for one in core.local}
    before = len(table.faults)
    if not settings:
        table.fault("set", "chooses nothing", "write [choice.set] with at least one value")
    for path, value in settings.items():
        if path not in open_to_choice:
            may = ", ".join(open_to_choice) or "nothing"
            table.fault(f"set.{path}", "is not the force's to choose", f"version {core.number} leaves open: {may}")
        elif not open_to_choice[path].allows(value):
            table.fault(f"set.{path}", f"{value!r} is not allowed", f"choose {open_to_choice[path].words}")
    return len(table.faults) > before


def _within(table: Table, core: Version, applies_from: date, applies_to: date | None) -> bool:
    late = core.applies_to is not None and applies_to is not None and applies_to > core.applies_to
    if applies_from >= core.applies_from and not late and (core.applies_to is None or applies_from < core.applies_to):
        return True
    table.fault("applies_from", "reaches outside the core version", f"stay within {core.dates}")
    return False
