"""What a machine is told of the rulebook: rules, lists of codes, instruments."""

from datetime import date
from typing import Any

from fellwatch.api.fields import Shown


class RuleRow(Shown):
    """A rule by its name."""

    id: str
    kind: str
    title: str
    selector: str
    purpose: str


class Rules(Shown):
    """A page of rules. `next` leads to the following page."""

    items: list[RuleRow]
    total: int
    next: str | None


class Version(Shown):
    """A rule as it stood from one day to another."""

    number: int
    applies_from: date
    applies_to: date | None
    territory: list[str]
    source: str
    confidence: str
    reason: str
    body: dict[str, Any]


class Rule(RuleRow):
    """A rule with all its versions."""

    versions: list[Version]


class Code(Shown):
    """One choice of a list."""

    code: str
    label: str
    group: str
    guidance: str
    attributes: dict[str, str | bool | int | float]


class Vocabulary(Shown):
    """A list of codes as it may be chosen from on a day."""

    id: str
    title: str
    on: date
    version: int
    definition: str
    groups: dict[str, str]
    codes: list[Code]


class Vocabularies(Shown):
    """Every list of codes."""

    items: list[RuleRow]


class Option(Shown):
    """One answer that may be chosen."""

    value: str
    label: str


class Question(Shown):
    """One question; `longest` is in characters."""

    id: str
    section: str
    label: str
    help: str
    do: str
    kind: str
    options: list[Option]
    required: bool
    risk_order: list[str]
    longest: int


class Section(Shown):
    """A part of a form."""

    id: str
    title: str


class Instrument(Shown):
    """The edition of a form that this force uses on a day."""

    id: str
    title: str
    number: int
    variant: str
    source: str
    confidence: str
    sections: list[Section]
    questions: list[Question]
