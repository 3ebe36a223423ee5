"""A rule and its versions: which of them holds on a day in a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import combinations, pairwise

from fellwatch.rules import territory as territories
from fellwatch.rules.errors import NoVersion


class Confidence(StrEnum):
    """How surely the rule is what its source says."""

    VERIFIED = "verified"
    DERIVED = "derived"
    BACKGROUND = "background"
    UNCERTAIN = "uncertain"
    LOCAL = "local"

    @property
    def words(self) -> str:
        return _CONFIDENCE_WORDS[self]


_CONFIDENCE_WORDS = {
    Confidence.VERIFIED: "read in the source",
    Confidence.DERIVED: "worked out from the source",
    Confidence.BACKGROUND: "professional knowledge, not read in the source",
    Confidence.UNCERTAIN: "to be checked by a lawyer or policy lead before it is relied on",
    Confidence.LOCAL: "the force's own choice",
}


@dataclass(frozen=True)
class Local:
    """One value of a version that a force may choose: from options, or between two bounds."""

    path: str
    reason: str
    options: tuple[object, ...] = ()
    at_least: float | None = None
    at_most: float | None = None

    def allows(self, value: object) -> bool:
        if self.options:
            return any(value == option and type(value) is type(option) for option in self.options)
        if not isinstance(value, int | float) or isinstance(value, bool):
            return False
        above = self.at_least is None or self.at_least <= value
        return above and (self.at_most is None or value <= self.at_most)

    @property
    def words(self) -> str:
        if self.options:
            return "one of " + ", ".join(map(_say, self.options))
        return f"from {self.at_least:g} to {self.at_most:g}"


def _say(option: object) -> str:
    return f"[{', '.join(map(_say, option))}]" if isinstance(option, list) else str(option)


@dataclass(frozen=True)
class Chosen:
    """What a force set, in which version of the core, and who decided."""

    of: int
    settings: Mapping[str, object]
    decided_by: str


@dataclass(frozen=True)
class Version:
    """A rule as it stood from one day to another. `body` is as written, `parsed` is what decides."""

    number: int
    applies_from: date
    applies_to: date | None
    territory: tuple[str, ...]
    source: str
    confidence: Confidence
    reason: str
    body: Mapping[str, object]
    parsed: object = None
    examples: tuple[Mapping[str, object], ...] = ()
    local: tuple[Local, ...] = ()
    chosen: Chosen | None = None

    def holds_on(self, day: date) -> bool:
        return self.applies_from <= day and (self.applies_to is None or day < self.applies_to)

    def overlaps(self, other: Version) -> bool:
        ends_before = self.applies_to is not None and self.applies_to <= other.applies_from
        begins_after = other.applies_to is not None and other.applies_to <= self.applies_from
        return bool(set(self.territory) & set(other.territory)) and not ends_before and not begins_after

    @property
    def dates(self) -> str:
        end = f"to {self.applies_to:%-d %B %Y}, not included" if self.applies_to else "with no end"
        return f"from {self.applies_from:%-d %B %Y} {end}"


@dataclass(frozen=True)
class Rule:
    """A rule and all its versions. `selector` names the event whose date picks the version."""

    id: str
    kind: str
    title: str
    selector: str
    purpose: str
    file: str
    contiguous: bool = False
    versions: tuple[Version, ...] = field(default=())

    def version(self, number: int) -> Version:
        """Find a version by its number, for a record that was decided under it."""
        found = next((one for one in self.versions if one.number == number), None)
        if found is None:
            raise NoVersion(f"Rule {self.id} has no version {number}.")
        return found

    def version_on(self, day: date, territory: str = territories.ENGLAND_AND_WALES) -> Version:
        """Find the version that holds on the selector's day in a place; the narrower territory wins."""
        ranked = [
            (rank, one)
            for one in self.versions
            if one.holds_on(day) and (rank := territories.narrowness(one.territory, territory)) is not None
        ]
        if not ranked:
            raise NoVersion(self._nothing_for(day, territory))
        return min(ranked, key=lambda pair: pair[0])[1]

    def _nothing_for(self, day: date, territory: str) -> str:
        held = "; ".join(f"version {v.number} in {', '.join(v.territory)} {v.dates}" for v in self.versions)
        return f"Rule {self.id} has no version for {day:%-d %B %Y} in {territory}. It has {held}."


def overlapping(rule: Rule) -> Iterator[tuple[Version, Version]]:
    """Pair the versions that would both hold on some day in some territory."""
    return (pair for pair in combinations(rule.versions, 2) if pair[0].overlaps(pair[1]))


def gaps(rule: Rule) -> Iterator[tuple[str, Version, Version]]:
    """Find each territory in which a version ends before the next begins."""
    for place in sorted({one for version in rule.versions for one in version.territory}):
        here = sorted((v for v in rule.versions if place in v.territory), key=lambda v: v.applies_from)
        for earlier, later in pairwise(here):
            if earlier.applies_to is not None and earlier.applies_to < later.applies_from:
                yield place, earlier, later
