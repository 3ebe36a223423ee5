"""Who may see a person's record, in words, and what the reader may change about that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fellwatch.foundation import clock, policy
from fellwatch.foundation.access import Actor, can
from fellwatch.recognition import restricting
from fellwatch.records.access import RESTRICT
from fellwatch.records.values import RestrictionView
from fellwatch.rules.vocabulary import Vocabulary, find


@dataclass(frozen=True)
class Shown:
    """The record's compartment ("" for none) in words, its story, and the reader's choices (none: may not)."""

    label: str
    guidance: str
    story: tuple[RestrictionView, ...]
    options: tuple[dict[str, str], ...]
    may_lift: bool


def shown(compartment: str, kept: Sequence[RestrictionView], *, by: Actor, now: datetime) -> Shown:
    """Return what the person's page says about who may see it."""
    known = find(policy.parsed(restricting.COMPARTMENTS, clock.london_date(now), Vocabulary), compartment)
    may = can(by, RESTRICT).allowed
    options = restricting.open_to(by, now) if may and not compartment else ()
    return Shown(
        label=known.label if known else compartment,
        guidance=known.guidance if known else "",
        story=tuple(kept),
        options=tuple({"code": code.code, "text": f"{code.label}: {code.guidance}"} for code in options),
        may_lift=may and bool(compartment),
    )
