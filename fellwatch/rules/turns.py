"""In which order an officer's list shows incidents: the same at a desk and, without signal, on the handheld.

First what the officer attends; then the gravest grade, within it the most danger, of equal danger the nearest. How near
an incident is never sets it above one of a graver grade. `handheld/assets/js/rules/turns.js` says the same.
"""

FAR = float("inf")
"""Stands for how far away something is of which nobody knows where it is."""


def turn(*, mine: bool, place: int | None, danger: float, kilometres: float | None) -> tuple[float, ...]:
    """Return what incidents are sorted by. `place` is the grade's, the gravest being 0; None has no grade."""
    return (0 if mine else 1, FAR if place is None else place, -danger, FAR if kilometres is None else kilometres)
