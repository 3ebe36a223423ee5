"""Read the body of a rule field by field, collecting every fault with its place.

A reader asks for what it needs and always gets a value of the right type to go on with, so that one
slip does not hide the next. `finish` names the keys that nobody asked for: most are misspelt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from fellwatch.rules import condition_data, facts
from fellwatch.rules.condition_data import Fault, LeafCheck
from fellwatch.rules.expressions import AnyOf, Expression

NEVER: Expression = AnyOf(())
"""Stands in for a condition that could not be read, so that reading can go on."""


Choice = TypeVar("Choice", bound=StrEnum)


@dataclass
class Table:
    """One table of a rule's body, the place it stands, and the faults found in the whole body."""

    data: Mapping[str, object]
    where: str = ""
    faults: list[Fault] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def place(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def fault(self, key: str, what: str, do: str) -> None:
        self.faults.append(Fault(self.place(key), what, do))

    def has(self, key: str) -> bool:
        return key in self.data

    def text(self, key: str, default: str | None = None) -> str:
        value = self._take(key, default)
        if isinstance(value, str) and (value.strip() or default is not None):
            return value
        self.fault(key, f"needs words, not {value!r}", "write a sentence or a code in quotation marks")
        return ""

    def number(self, key: str, default: float | None = None) -> float:
        value = self._take(key, default)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        self.fault(key, f"needs a number, not {value!r}", "write a number without quotation marks")
        return 0

    def whole(self, key: str, default: int | None = None) -> int:
        value = self._take(key, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.fault(key, f"needs a whole number, not {value!r}", "write a whole number")
        return 0

    def flag(self, key: str, default: bool = False) -> bool:
        value = self._take(key, default)
        if isinstance(value, bool):
            return value
        self.fault(key, f"needs true or false, not {value!r}", "write true or false")
        return default

    def day(self, key: str) -> date | None:
        value = self._take(key, None)
        if value is None or type(value) is date:
            return value
        self.fault(key, f"needs a date, not {value!r}", "write a date such as 2026-10-16")
        return None

    def words(self, key: str, default: Iterable[str] | None = None) -> tuple[str, ...]:
        value = self._take(key, None if default is None else list(default))
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.fault(key, f"needs a list of words, not {value!r}", 'write a list such as ["one", "two"]')
        return ()

    def one_of(self, key: str, choices: Iterable[str], default: str | None = None) -> str:
        value, known = self.text(key, default), tuple(choices)
        if value not in known:
            self.fault(key, f"{value!r} is not a choice here", f"write one of {', '.join(known)}")
        return value

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """Read a member of an enumeration; its first member stands in for one that is wrong."""
        value = self.one_of(key, list(kind), default)
        return kind(value) if value in list(kind) else next(iter(kind))

    def tables(self, key: str, *, optional: bool = False) -> list[Table]:
        value = self._take(key, [] if optional else None)
        if not isinstance(value, list) or not (value or optional):
            self.fault(key, "needs at least one table", f"write [[version.body.{self.place(key)}]]")
            return []
        return [self._inner(f"{key}.{number}", item) for number, item in enumerate(value)]

    def table(self, key: str) -> Table:
        return self._inner(key, self._take(key, {}))

    def condition(self, key: str, check: LeafCheck = facts.check_leaf) -> Expression:
        """Read a condition; the facts of an incident are the ones it may ask about unless told."""
        expression, faults = condition_data.parse(self._take(key, None), check=check)
        for fault in faults:
            place = f"{key}.{fault.where}" if fault.where else key
            self.fault(place, fault.what, fault.do)
        return NEVER if expression is None else expression

    def sentence(self, key: str) -> str:
        """Read a reason sentence whose blanks are facts of an incident."""
        text = self.text(key)
        for blank in facts.blanks(text):
            if blank not in facts.INCIDENT_FACTS:
                self.fault(key, f"no fact is called {blank!r}", "use a name from fellwatch/rules/facts.py")
        return text

    def distinct(self, key: str, ids: Iterable[str]) -> None:
        """Object to an id used twice."""
        seen: set[str] = set()
        for one in ids:
            if one in seen:
                self.fault(key, f"{one!r} stands twice", "give each its own id")
            seen.add(one)

    def finish(self) -> None:
        for key in sorted(set(self.data) - self.asked):
            self.fault(key, "means nothing here", "correct its spelling or take it out")

    def _take(self, key: str, default: object) -> object:
        self.asked.add(key)
        return self.data.get(key, default)

    def _inner(self, key: str, value: object) -> Table:
        if not isinstance(value, Mapping):
            self.fault(key, f"needs a table, not {value!r}", "write it as a table")
            value = {}
        return Table(value, self.place(key), self.faults)
