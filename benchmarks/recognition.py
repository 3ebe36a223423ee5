"""Who is this? How soon, of how many people, with row policies and the log."""

import random
import time
from collections.abc import Iterator
from typing import Any

from benchmarks import county
from benchmarks.figures import Figure, spread
from benchmarks.recognition_first import Somebody, spoil

GROUP = "recognition"


def measure(*, scale: float, port: int, queries: int = 400) -> Iterator[Figure]:
    """Yield how long `who` takes for callers misheard in the usual ways."""
    county.set_up()
    by, rng = county.actor(), random.Random(7)
    people = [_somebody(resident) for resident in county.residents(queries)]
    spoken = [spoil(person, rng, phone=True) for person in people]
    typed = [{"name": f"{person.forename} {person.surname[:3]}"} for person in people]
    for _ in range(2):
        _ask(spoken[:30] + typed[:30], by)
    target = 100.0 if scale <= 0.1 else 10.0
    yield spread(GROUP, f"who, as a caller says it, {scale:g}×", _ask(spoken, by), target=target)
    yield spread(GROUP, f"who, half typed, {scale:g}×", _ask(typed, by), target=target)


def _somebody(found: county.Resident) -> Somebody:
    home = (found.house, found.street, found.postcode)
    return Somebody(found.id, found.forename, found.surname, found.sex, found.born, found.phone, home, found.place_id)


def _ask(asked: list[dict[str, Any]], by: Any) -> list[float]:
    from fellwatch.foundation import clock
    from fellwatch.recognition import queries

    took = []
    for query in asked:
        began = time.perf_counter()
        queries.who(queries.Query(**query), by=by, now=clock.now())
        took.append((time.perf_counter() - began) * 1000)
    return took
