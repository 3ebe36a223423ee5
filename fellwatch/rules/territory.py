"""Where a rule holds: England and Wales, one of the two, or named areas; the narrower rule wins."""

from __future__ import annotations

import re
from collections.abc import Iterable

ENGLAND_AND_WALES = "england_and_wales"
NATIONS = {"E": "england", "W": "wales", "X": "england"}
"""The letter an area's code begins with. X is an invented area, which lives under the law of England."""

NAMED = frozenset({ENGLAND_AND_WALES, "england", "wales", "british_transport_police"})
CODE = re.compile(r"[EWX][0-9]{8}")


def is_known(territory: str) -> bool:
    """Say whether this names a territory or is shaped like the code of an area."""
    return territory in NAMED or CODE.fullmatch(territory) is not None


def widening(territory: str) -> tuple[str, ...]:
    """List the territories whose rules reach a place, narrowest first."""
    if CODE.fullmatch(territory):
        return (territory, NATIONS[territory[0]], ENGLAND_AND_WALES)
    return (territory,) if territory == ENGLAND_AND_WALES else (territory, ENGLAND_AND_WALES)


def narrowness(reach: Iterable[str], territory: str) -> int | None:
    """Rank how closely a rule's reach fits a place: 0 is closest; None where it does not reach it."""
    reach = set(reach)
    return next((rank for rank, one in enumerate(widening(territory)) if one in reach), None)
