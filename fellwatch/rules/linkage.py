"""When a partner's record is joined to a person, kept for somebody to look at, or nobody known.

Weights say how likely; guards say what a model must never do by itself. Whoever is wrongly joined is handed
another person's risks, and whoever is missed has none: so what is not plain is looked at by a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2

from fellwatch.rules.reading import Table

# The levels of each field, the best first.
LEVELS: Mapping[str, tuple[str, ...]] = {
    field: tuple(names.split())
    for field, names in {
        "forename": "exact variant close sounds initial turned part near differs",
        "surname": "exact close sounds turned part near differs",
        "date_of_birth": "exact first_of_january partly turned one_slip birthday year differs",
        "household": "phone_and_house phone house door postcode slip outcode differs",
        "identifier": "exact one_slip differs",
        "sex": "same differs",
    }.items()
}

# What a guard asks: of each field, any of these levels. The first guard that holds keeps the pair for a person.
Asked = Mapping[str, frozenset[str]]


def _of(**fields: str) -> Asked:
    return {field: frozenset(names.split()) for field, names in fields.items()}


_SAME_HOME = "phone_and_house phone house door"
_NOT_HER_NAME = "near differs unknown"
_NOT_HER_BIRTH = "year differs unknown"

GUARDS: Mapping[str, Asked] = {
    "twin": _of(
        surname="exact close sounds",
        date_of_birth="exact first_of_january",
        household=_SAME_HOME,
        forename="near differs",
    ),
    "household": _of(forename=_NOT_HER_NAME),
    "born": _of(date_of_birth=_NOT_HER_BIRTH),
    "turned": _of(
        forename="turned part",
        surname="turned part",
        household="postcode slip outcode differs unknown",
    ),
}
PLAIN = _of(identifier="exact")  # a number of their own tells twins apart: no guard is needed

CAUTIONS: Mapping[str, str] = {
    "twin": "Same surname, date of birth and home, but a different forename: perhaps a twin.",
    "household": "The forename does not agree, or is not known: it may be somebody else of the same home.",
    "born": "The date of birth does not agree, or is not known: it may be a parent or child of the same name.",
    "turned": "The names agree only the other way round.",
    "two_fit": "Somebody else fits almost as well.",
    "unsure": "Not sure enough to join.",
    "seen": "A person said once that these are two people.",
}


@dataclass(frozen=True)
class Policy:
    """One version. `held` is the share of a file's people who are known; `margin` is in bits.

    `weights` say of each level how often it is seen where it is the same person, and where it is a stranger.
    """

    join: float
    split: float
    margin: float
    held: float
    weights: Mapping[str, Mapping[str, tuple[float, float]]]

    def likelihood(self, levels: Mapping[str, str], population: int) -> float:
        """Return how likely a pair with these levels is one person, in a force of so many people."""
        bits = log2(self.held / population) + sum(
            log2(self.weights[field][name][0] / self.weights[field][name][1]) for field, name in levels.items()
        )
        return float(1 / (1 + 2.0 ** -max(-60.0, min(60.0, bits))))


def caution(levels: Mapping[str, str]) -> str:
    """Return which guard keeps a pair with these levels from being joined by a model, or ""."""
    if _holds(PLAIN, levels):
        return ""
    return next((name for name, asked in GUARDS.items() if _holds(asked, levels)), "")


def _holds(asked: Asked, levels: Mapping[str, str]) -> bool:
    return all(levels.get(field, "unknown") in names for field, names in asked.items())


def outcome(policy: Policy, likelihood: float, cautioned: str) -> str:
    """Return "joined", "review" or "new"."""
    if likelihood < policy.split:
        return "new"
    return "review" if cautioned or likelihood < policy.join else "joined"


def read(table: Table) -> Policy:
    """Read the body of a linkage policy."""
    rows = table.table("weights")
    policy = Policy(
        join=_share(table, "join"),
        split=_share(table, "split"),
        margin=table.number("margin"),
        held=_share(table, "held"),
        weights={field: _weights(rows.table(field), names) for field, names in LEVELS.items()},
    )
    if policy.split >= policy.join:
        table.fault("split", "is not under `join`", "leave something between them for a person to look at")
    table.finish()
    return policy


def _weights(table: Table, names: tuple[str, ...]) -> Mapping[str, tuple[float, float]]:
    return {name: _pair(table.table(name)) for name in names}


def _pair(table: Table) -> tuple[float, float]:
    pair = _share(table, "same"), _share(table, "stranger")
    table.finish()
    return pair


def _share(table: Table, key: str) -> float:
    value = table.number(key)
    if not 0 < value <= 1:
        table.fault(key, f"{value!r} is not a share", "write a number above 0 and at most 1")
        return 0.5
    return float(value)


def check_example(policy: Policy, example: Mapping[str, object]) -> str | None:
    """Try one example: the levels found, in a force of half a million, and what must become of the record."""
    given = example["levels"]
    if not isinstance(given, Mapping):
        return "`levels` must say which level each field has"
    levels = {str(field): str(name) for field, name in given.items()}
    likelihood, guard = policy.likelihood(levels, 500_000), caution(levels)
    came_to = outcome(policy, likelihood, guard)
    if came_to == example.get("outcome") and guard == example.get("guard", guard):
        return None
    return f"it came to {came_to} at {likelihood:.4f} with the guard {guard or 'none'}"
