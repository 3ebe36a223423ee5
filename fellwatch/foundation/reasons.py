"""Reasons that a page gives of several places, each said once."""

from collections.abc import Iterable


def repeated(said: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return each reason that is given of more than one place, with these places in order: it is said once of them.

    `said` are (place, reason); a place without a reason is left out.
    """
    places: dict[str, list[str]] = {}
    for place, reason in said:
        places.setdefault(reason, []).append(place)
    return {reason: tuple(found) for reason, found in places.items() if reason and len(found) > 1}
