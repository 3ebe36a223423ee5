"""What logging a read costs: the same query with and without its entry, turn about."""

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks import county, still_open
from benchmarks.figures import Figure, single, spread

GROUP = "log cost"
Read = Callable[[], object]


def measure(*, scale: float, port: int, times: int = 200) -> Iterator[Figure]:
    """Yield the audited read, the bare one, and the ratio."""
    county.set_up()
    still_open.hold()
    for name, reads in _reads(times).items():
        audited, bare = _turn_about(reads)
        with_log, without = spread(GROUP, f"{name}, logged", audited), spread(GROUP, f"{name}, bare", bare)
        yield from (with_log, without)
        yield single(GROUP, f"{name}, ratio", with_log.median / without.median, unit="×", target=2.0, n=len(reads))


def _reads(times: int) -> dict[str, list[Read]]:
    from fellwatch.contact import queries as contact
    from fellwatch.foundation import clock
    from fellwatch.recognition import queries as recognition
    from fellwatch.records import queries as records

    by, now = county.actor(), clock.now()
    callers = county.residents(times)
    incidents = _incidents(times)
    return {
        "person": [lambda c=c: records.person(c.id, by=by, now=now) for c in callers],
        "incident": [lambda i=i: records.incident(i, by=by, now=now) for i in incidents],
        "who is this": [
            lambda c=c: recognition.who(recognition.Query(name=f"{c.forename} {c.surname}"), by=by, now=now)
            for c in callers
        ],
        "board of 500": [lambda: contact.board(by=by, now=now)] * (times // 5),
    }


def _incidents(count: int) -> list[uuid.UUID]:
    query = "select incident_id from contact_handling where state <> 'closed' order by md5(incident_id::text) limit %s"
    with county.owner() as connection:
        return [row[0] for row in connection.execute(query, [count]).fetchall()]


def _turn_about(reads: list[Read]) -> tuple[list[float], list[float]]:
    audited, bare = [], []
    for number, read in enumerate([*reads[:10], *reads]):
        logged = _took(read)
        with unlogged():
            plain = _took(read)
        if number >= 10:
            audited.append(logged)
            bare.append(plain)
    return audited, bare


def _took(read: Read) -> float:
    began = time.perf_counter()
    read()
    return (time.perf_counter() - began) * 1000


@contextmanager
def unlogged() -> Iterator[None]:
    """Leave the log out, here and nowhere else: the product has no such switch."""
    from fellwatch.foundation import audit

    kept = audit.record
    audit.record = _nothing  # type: ignore[assignment]
    try:
        yield
    finally:
        audit.record = kept


def _nothing(**_: Any) -> None:
    return None
