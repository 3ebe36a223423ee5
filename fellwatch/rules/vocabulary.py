"""Lists of codes that people choose from: each with its words, its group and the days it is in use.

A code that has been used is never taken away, only closed, so that old records keep their meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from fellwatch.rules.expressions import Scalar
from fellwatch.rules.reading import Table

CODE = re.compile(r"[a-z0-9][a-z0-9_.]*")


@dataclass(frozen=True)
class Code:
    """One choice. In use from `first_date`, until but not on `end_date`; None means no bound."""

    code: str
    label: str
    group: str
    guidance: str
    first_date: date | None
    end_date: date | None
    attributes: Mapping[str, Scalar]

    def in_use(self, on: date) -> bool:
        begun = self.first_date is None or self.first_date <= on
        return begun and (self.end_date is None or on < self.end_date)

    def says(self, attribute: str) -> bool:
        """Say whether a yes-or-no attribute is set."""
        return self.attributes.get(attribute) is True


@dataclass(frozen=True)
class Vocabulary:
    definition: str
    """The one definition that every code of the list falls under, where there is one."""
    groups: Mapping[str, str]
    codes: tuple[Code, ...]


def read(body: Table) -> Vocabulary:
    """Read a list of codes, finding every fault."""
    groups = _read_groups(body)
    attributes = body.words("attributes", ())
    codes = tuple(_read_code(entry, groups, attributes) for entry in body.tables("codes"))
    body.distinct("codes", (code.code for code in codes))
    vocabulary = Vocabulary(body.text("definition", ""), groups, codes)
    body.finish()
    return vocabulary


def find(vocabulary: Vocabulary, code: str) -> Code | None:
    """Find a code, in use or not."""
    return next((entry for entry in vocabulary.codes if entry.code == code), None)


def label(vocabulary: Vocabulary, code: str) -> str:
    """Give a code's words; a code nobody knows is shown as it was stored."""
    entry = find(vocabulary, code)
    return entry.label if entry else code


def choices(vocabulary: Vocabulary, on: date) -> tuple[Code, ...]:
    """List the codes in use on a day, in the order they are written."""
    return tuple(entry for entry in vocabulary.codes if entry.in_use(on))


def choices_by_group(vocabulary: Vocabulary, on: date) -> tuple[tuple[str, tuple[Code, ...]], ...]:
    """List the codes in use on a day under the words of their group."""
    order = list(vocabulary.groups)
    entries = sorted(choices(vocabulary, on), key=lambda entry: order.index(entry.group))
    grouped = groupby(entries, key=lambda entry: entry.group)
    return tuple((vocabulary.groups[group], tuple(members)) for group, members in grouped)


def with_attribute(vocabulary: Vocabulary, attribute: str) -> frozenset[str]:
    """List the codes whose yes-or-no attribute is set."""
    return frozenset(entry.code for entry in vocabulary.codes if entry.says(attribute))


def implied(vocabulary: Vocabulary, codes: Iterable[str]) -> frozenset[str]:
    """Name the facts that choosing these codes says yes to, by their attribute `implies`."""
    entries = (find(vocabulary, code) for code in codes)
    said = (str(entry.attributes.get("implies", "")).split() for entry in entries if entry)
    return frozenset(fact for facts in said for fact in facts)


def refused(vocabulary: Vocabulary, codes: Iterable[str], on: date) -> tuple[str, ...]:
    """Say, one sentence each, which codes may not be chosen on a day and why."""
    return tuple(reason for code in codes if (reason := _refusal(vocabulary, code, on)))


def check_example(vocabulary: Vocabulary, example: Mapping[str, object]) -> str | None:
    """Try one worked example; None when it comes out as written, else what came out instead."""
    code, on = str(example.get("code")), example.get("on")
    if type(on) is not date:
        return "an example needs `code`, `on` (a date) and `valid`"
    refusal = _refusal(vocabulary, code, on)
    if (refusal == "") is not example.get("valid"):
        return refusal or f"{code!r} may be chosen on {on:%d %B %Y}"
    entry = find(vocabulary, code)
    found = {**entry.attributes, "label": entry.label, "group": entry.group} if entry else {}
    expected = {key: value for key, value in example.items() if key not in {"code", "on", "valid", "why"}}
    wrong = [f"{key} is {found.get(key)!r}" for key in expected if expected[key] != found.get(key)]
    return ", ".join(wrong) or None


def _refusal(vocabulary: Vocabulary, code: str, on: date) -> str:
    entry = find(vocabulary, code)
    if entry is None:
        return f"{code!r} is not on this list: choose one that is"
    if entry.in_use(on):
        return ""
    return f"{entry.label!r} was not in use on {on:%d %B %Y}: choose one that was"


def _read_groups(body: Table) -> dict[str, str]:
    groups = {}
    for entry in body.tables("groups", optional=True):
        groups[entry.text("id")] = entry.text("label")
        entry.finish()
    return groups or {"": ""}


def _read_code(entry: Table, groups: Mapping[str, str], attributes: tuple[str, ...]) -> Code:
    code = Code(
        code=entry.text("id"),
        label=entry.text("label"),
        group=entry.one_of("group", groups, next(iter(groups)) if "" in groups else None),
        guidance=entry.text("guidance", ""),
        first_date=entry.day("first_date"),
        end_date=entry.day("end_date"),
        attributes={name: _attribute(entry, name) for name in attributes if entry.has(name)},
    )
    if not CODE.fullmatch(code.code):
        entry.fault("id", f"{code.code!r} is not a code", "use small letters, digits, _ and .")
    if code.first_date and code.end_date and code.end_date <= code.first_date:
        entry.fault("end_date", "ends before it begins", "correct one of the dates")
    entry.finish()
    return code


def _attribute(entry: Table, name: str) -> Scalar:
    entry.asked.add(name)
    value = entry.data[name]
    if isinstance(value, str | bool | int | float):
        return value
    entry.fault(name, f"cannot be {value!r}", "write one word, number, true or false")
    return ""
