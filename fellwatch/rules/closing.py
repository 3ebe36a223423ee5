"""What the closing of an incident must carry: each piece there, or the honest reason why it is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fellwatch.rules import expressions, facts
from fellwatch.rules.expressions import Expression, Facts
from fellwatch.rules.reading import Table


class Evidence(StrEnum):
    """What shows that a piece is there."""

    CRIME = "crime"
    """Every crime disclosed is decided about, or a crime reference is given."""
    FORM = "form"
    """The form that is required about everybody in one of the roles is handed in."""
    NOTICE = "notice"
    """One of the named forms is handed in, about anybody."""
    SCHOOL = "school"
    """It is decided whether a child's school is told."""


ABOUT_PEOPLE = (Evidence.FORM, Evidence.SCHOOL)


@dataclass(frozen=True)
class Reason:
    """An honest reason why a piece is not there."""

    id: str
    label: str


@dataclass(frozen=True)
class Need:
    """One piece. `why` says what asks for it, `do` what to do next."""

    id: str
    title: str
    evidence: Evidence
    roles: tuple[str, ...]
    forms: tuple[str, ...]
    why: str
    do: str
    when: Expression
    reasons: tuple[Reason, ...]

    def reason(self, id: str) -> Reason | None:
        return next((one for one in self.reasons if one.id == id), None)


@dataclass(frozen=True)
class Closing:
    shortest_words: int
    """With how many characters a reason must at least be explained."""
    needs: tuple[Need, ...]


def needed(closing: Closing, known: Facts) -> tuple[Need, ...]:
    """List the pieces that a closing with these facts must carry. What is not known asks for nothing."""
    return tuple(need for need in closing.needs if expressions.holds(need.when, known))


def reason_wrong(need: Need, reason: str) -> str:
    """Say what is wrong with the reason chosen, and what to do; "" where it stands."""
    if need.reason(reason):
        return ""
    return "Choose why it is not there." if not reason else "Choose one of the reasons in the list."


def words_wrong(closing: Closing, words: str) -> str:
    """Say what is wrong with the words that explain a reason, and what to do; "" where they stand."""
    if len(words.strip()) >= closing.shortest_words:
        return ""
    return f"Say in at least {closing.shortest_words} characters how you know this, or what was tried."


def read(body: Table) -> Closing:
    """Read what a closing must carry, finding every fault."""
    closing = Closing(body.whole("shortest_words"), tuple(_read_need(entry) for entry in body.tables("needs")))
    body.distinct("needs", (need.id for need in closing.needs))
    body.finish()
    return closing


def check_example(closing: Closing, example: Mapping[str, object]) -> str | None:
    """Try one worked example: facts and the pieces asked for, or a reason for one piece and whether it stands."""
    if "need" in example:
        return _check_reason(closing, example)
    known, expected = example.get("facts"), example.get("needs")
    if not isinstance(known, Mapping) or not isinstance(expected, list):
        return "an example needs `facts` and `needs`, or `need`, `reason`, `words` and `stands`"
    if faults := facts.faults_in(known):
        return "; ".join(faults)
    found = [need.id for need in needed(closing, known)]
    return None if found == expected else f"it must carry {', '.join(found) or 'nothing'}"


def _check_reason(closing: Closing, example: Mapping[str, object]) -> str | None:
    need = next((one for one in closing.needs if one.id == example["need"]), None)
    if need is None:
        return f"no piece is called {example['need']!r}"
    reason, words = str(example.get("reason", "")), str(example.get("words", ""))
    wrong = reason_wrong(need, reason) or words_wrong(closing, words)
    return None if (not wrong) is example.get("stands") else wrong or "it stands"


def _read_need(entry: Table) -> Need:
    evidence = entry.choice("evidence", Evidence)
    reasons = tuple(_read_reason(one) for one in entry.tables("reasons"))
    need = Need(
        entry.text("id"),
        entry.text("title"),
        evidence,
        entry.words("roles", None if evidence in ABOUT_PEOPLE else ()),
        entry.words("forms", None if evidence is Evidence.NOTICE else ()),
        entry.text("why"),
        entry.text("do"),
        entry.condition("when"),
        reasons,
    )
    entry.distinct("reasons", (one.id for one in reasons))
    entry.finish()
    return need


def _read_reason(entry: Table) -> Reason:
    reason = Reason(entry.text("id"), entry.text("label"))
    entry.finish()
    return reason
