"""The rulebook as this force has it, read once and shared."""

from datetime import date
from functools import cache
from typing import TypeVar

from django.conf import settings

from fellwatch.rules.rulebook import Rulebook, load
from fellwatch.rules.versions import Version

T = TypeVar("T")


@cache
def rulebook() -> Rulebook:
    """Return the rulebook with the force's own choices, or raise with every error in it."""
    return load(settings.FELLWATCH_RULEBOOK, settings.FELLWATCH_FORCE_FOLDER or None)


@cache
def version(rule_id: str, on: date) -> Version:
    """Return the version of a rule that governs a day, in this force's territory."""
    return rulebook().rule(rule_id).version_on(on, settings.FELLWATCH_FORCE)


def parsed(rule_id: str, on: date, shape: type[T]) -> T:
    """Return what a rule says on a day, as its kind reads it."""
    found = version(rule_id, on).parsed
    if not isinstance(found, shape):
        raise TypeError(f"The rule {rule_id} is not of the kind that is asked for.")
    return found


@cache
def of_kind(kind: str) -> tuple[str, ...]:
    """Return the ids of every rule of a kind."""
    return tuple(rule.id for rule in rulebook().of_kind(kind))
