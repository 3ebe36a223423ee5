"""What can be wrong with a rulebook, always told with the place and the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Problem:
    """One thing wrong: which file, where in it, what, and what to do about it."""

    file: str
    where: str
    what: str
    do: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.where}" if self.where else self.file
        return f"{place}: {self.what}; {self.do}"


class RulebookErrors(Exception):
    """Everything wrong with a rulebook, from all of its files at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda one: (one.file, one.where)))
        count = len(self.problems)
        things = "thing is" if count == 1 else "things are"
        super().__init__(f"{count} {things} wrong with the rulebook:\n" + "\n".join(map(str, self.problems)))


class NoSuchRule(LookupError):
    """A rule was asked for that the rulebook does not hold."""

    def __init__(self, asked: str, known: Iterable[str]) -> None:
        known = sorted(known)
        self.asked, self.near = asked, tuple(get_close_matches(asked, known, n=3, cutoff=0.5))
        super().__init__(f"There is no rule {asked!r}.{did_you_mean(asked, known)}")


class NoVersion(LookupError):
    """The rulebook holds the rule, but no version of it for that day and place."""


def did_you_mean(asked: str, known: Iterable[str]) -> str:
    """Offer the names nearest to a misspelt one, as a sentence; nothing where none is near."""
    near = get_close_matches(asked, sorted(known), n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(near)}?" if near else ""
