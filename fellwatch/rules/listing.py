"""Who of those found by a search is listed at once, and who only when somebody asks to see the unlikely ones too.

What is hidden here is hidden from whoever must decide in seconds: a warning, the same number or the same house always
keeps somebody in the list, however the name was spelt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fellwatch.rules.reading import Table

KEEPS = ("warning", "phone", "address", "identifier")
"""What keeps somebody in the list: a marker in force, the same number, the same house, the same document."""


@dataclass(frozen=True)
class Listing:
    unlikely_under: float
    """Under this likelihood nobody is listed at once unless something keeps them."""
    keeps: frozenset[str]


def listed(listing: Listing, likelihood: float, speaks: frozenset[str] = frozenset()) -> bool:
    """Say whether somebody is listed at once. `speaks` are those of `KEEPS` that are true of them."""
    return likelihood >= listing.unlikely_under or bool(speaks & listing.keeps)


def read(body: Table) -> Listing:
    """Read the floor and what keeps somebody above it, finding every fault."""
    listing = Listing(body.number("unlikely_under"), frozenset(body.words("keeps", KEEPS)))
    if not 0 <= listing.unlikely_under < 1:
        body.fault("unlikely_under", "a likelihood is from 0 to less than 1", "write a share such as 0.02")
    body.finish()
    return listing


def check_example(listing: Listing, example: Mapping[str, object]) -> str | None:
    """Try one worked example: a likelihood, what speaks for the person, and whether they are listed."""
    likelihood, speaks = example.get("likelihood"), example.get("speaks", [])
    if not isinstance(likelihood, int | float) or not isinstance(speaks, list) or set(map(str, speaks)) - set(KEEPS):
        return f"an example needs `likelihood`, `listed` and perhaps `speaks` of {', '.join(KEEPS)}"
    found = listed(listing, likelihood, frozenset(map(str, speaks)))
    return None if found is example.get("listed") else "is listed" if found else "is not listed"
