"""Who may grant or extend bail before charge, in which order, and by when; the law of the arrest's date decides.

The stages are data: `rulebook/vocabularies/bail_stages.toml`, one version for each regime. When a stage ends is the
clock `pre_charge_bail`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fellwatch.rules.vocabulary import Code, Vocabulary

RANKS = ("custody_officer", "inspector", "superintendent", "chief_officer")
"""Lowest first. A court stands outside the order: only a court may do what is a court's."""
COURT = "court"


@dataclass(frozen=True)
class Asked:
    """What somebody wants to do: a stage, on whose authority, when, after which stage that ends when."""

    stage: str
    rank: str
    at: datetime
    before: str = ""
    before_ends_at: datetime | None = None


def first(stages: Vocabulary) -> Code:
    """Return the stage that bail begins with."""
    return next(code for code in stages.codes if not code.attributes.get("after"))


def objections(stages: Vocabulary, asked: Asked) -> tuple[tuple[str, str], ...]:
    """Say, field by field, why bail may not be granted or extended so; nothing where it may."""
    stage = next((code for code in stages.codes if code.code == asked.stage), None)
    if stage is None:
        known = ", ".join(code.label for code in stages.codes)
        return (("stage", f"The law of the arrest's date has no such stage. It has: {known}."),)
    found = (("rank", _rank(stage, asked)), ("stage", _order(stage, stages, asked)), ("at", _late(asked)))
    return tuple((field, words) for field, words in found if words)


def _rank(stage: Code, asked: Asked) -> str:
    allowed = str(stage.attributes.get("rank", "")).split()
    if asked.rank in allowed or any(_at_least(asked.rank, one) for one in allowed):
        return ""
    words = " or ".join(one.replace("_", " ") for one in allowed)
    return f"{stage.label} needs the authority of {words}{'' if allowed == [COURT] else ' or above'}."


def _at_least(rank: str, needed: str) -> bool:
    return rank in RANKS and needed in RANKS and RANKS.index(rank) >= RANKS.index(needed)


def _order(stage: Code, stages: Vocabulary, asked: Asked) -> str:
    after = str(stage.attributes.get("after", "")).split()
    if asked.before in after or (not after and not asked.before):
        return ""
    if not after:
        return f"{stage.label} is how bail begins. It has begun."
    labels = {code.code: code.label for code in stages.codes}
    return f"{stage.label} may only follow {_either([labels[one] for one in after])}."


def _either(labels: Sequence[str]) -> str:
    return " or ".join(label[:1].lower() + label[1:] for label in labels)


def _late(asked: Asked) -> str:
    if asked.before_ends_at is None or asked.at < asked.before_ends_at:
        return ""
    return "The period ended before this was authorised: an extension must come while it still runs."
