"""Which forms an incident asks for, about whom, and why; and which risk tool the force uses on the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fellwatch.rules import expressions, facts
from fellwatch.rules.expressions import Expression, Facts
from fellwatch.rules.reading import Table

TOOL = "risk_tool"
"""Stands in a line for the instrument that the force has chosen as its risk tool."""


@dataclass(frozen=True)
class Line:
    """A form asked for about everyone in one of the roles. `required` is owed; another is offered."""

    id: str
    instrument: str
    roles: tuple[str, ...]
    required: bool
    reason: str
    when: Expression


@dataclass(frozen=True)
class Forms:
    tool: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Asked:
    """One form that an incident asks for about one person."""

    instrument: str
    person: str
    role: str
    required: bool
    reason: str


def asked(forms: Forms, known: Facts, people: tuple[tuple[str, str], ...]) -> tuple[Asked, ...]:
    """List the forms that an incident with these facts asks for; `people` are (id, role)."""
    found: dict[tuple[str, str], Asked] = {}
    for line in forms.lines:
        if not expressions.holds(line.when, known):
            continue
        instrument = forms.tool if line.instrument == TOOL else line.instrument
        for person, role in people:
            if role in line.roles:
                found.setdefault((instrument, person), Asked(instrument, person, role, line.required, line.reason))
    return tuple(found.values())


def read(body: Table) -> Forms:
    """Read the force's tool and the lines, finding every fault."""
    forms = Forms(body.text("tool"), tuple(_read_line(entry) for entry in body.tables("lines")))
    body.distinct("lines", (line.id for line in forms.lines))
    body.finish()
    return forms


def _read_line(entry: Table) -> Line:
    line = Line(
        entry.text("id"),
        entry.text("instrument"),
        entry.words("roles"),
        entry.flag("required"),
        entry.text("reason"),
        entry.condition("when"),
    )
    entry.finish()
    return line


def check_example(forms: Forms, example: Mapping[str, object]) -> str | None:
    """Try one worked example: facts, `people` as a list of roles, and the forms asked for as "instrument:role"."""
    known, roles, expected = example.get("facts"), example.get("people"), example.get("forms")
    if not isinstance(known, Mapping) or not isinstance(roles, list) or not isinstance(expected, list):
        return "an example needs `facts`, `people` and `forms`"
    if faults := facts.faults_in(known):
        return "; ".join(faults)
    found = asked(forms, known, tuple((f"{n}", str(role)) for n, role in enumerate(roles)))
    came = [f"{one.instrument}:{one.role}{'' if one.required else ' (offered)'}" for one in found]
    return None if came == expected else f"it asks for {came!r}"
