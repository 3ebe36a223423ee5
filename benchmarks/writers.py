"""Does the log hold writers up? Throughput with one, two, four and eight clients, with it and without.

Each client is a process with a connection of its own that adds lines to an incident of its own, while the sealer runs
as always. For comparison, two ways that do hold writers up: a NOTIFY in each transaction, whose commits PostgreSQL
takes one at a time, and a log chained entry by entry, where each writer waits for the one before (ADR 2).
"""

import multiprocessing
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import county, picture
from benchmarks.figures import Figure, single

GROUP = "writers"
COUNTS = (1, 2, 4, 8)
ROUNDS = 15
BARE = "without the log"
Act = Callable[[uuid.UUID], None]
Rates = dict[str, list[float]]
FIGURE = Path("docs/figures/writers.svg")
CHAIN = "update bench_chain set hash = sha256(hash || convert_to(%s, 'UTF8'))"


def measure(*, scale: float, port: int, seconds: float = 0.8) -> Iterator[Figure]:
    """Yield the throughput of each way with each number of clients, and draw them."""
    county.set_up()
    with county.owner() as connection:
        connection.execute("create table if not exists bench_chain as select sha256('') as hash")
        connection.execute("grant select, update on bench_chain to fellwatch_app")
    sealer = subprocess.Popen([sys.executable, "-m", "fellwatch.cli", "worker"], stderr=subprocess.DEVNULL)
    rounds: dict[int, Rates] = {}
    try:
        for count in COUNTS:
            rounds[count] = _together(count, seconds)
            for way, rates in rounds[count].items():
                yield single(GROUP, f"{way}, {count} clients", median(rates), unit="actions/s", n=len(rates))
    finally:
        sealer.terminate()
        sealer.wait()
        with county.owner() as connection:
            connection.execute("drop table bench_chain")
    yield from _shares(rounds)
    FIGURE.parent.mkdir(parents=True, exist_ok=True)
    lines = {way: [median(rounds[count][way]) for count in COUNTS] for way in WAYS}
    FIGURE.write_text(picture.lines("Actions a second, by clients", COUNTS, lines), encoding="utf-8")


def _shares(rounds: Mapping[int, Rates]) -> Iterator[Figure]:
    """The log costs each writer something; it must not cost a larger share the more of them there are."""
    for way in list(WAYS)[1:]:
        shares = [median(_share(rounds[count], way)) for count in COUNTS]
        said = ", ".join(f"{share:.2f} with {count}" for count, share in zip(COUNTS, shares, strict=True))
        yield single(GROUP, f"{way}: share of the rate without the log", shares[-1], unit="×", n=ROUNDS, note=said)


def _share(rates: Rates, way: str) -> list[float]:
    """Compare within each round, so that what else the machine does meets both alike."""
    return [with_it / bare for with_it, bare in zip(rates[way], rates[BARE], strict=True)]


def _together(count: int, seconds: float) -> Rates:
    context = multiprocessing.get_context("spawn")
    ready, done = context.Barrier(count), context.Queue()
    running = [context.Process(target=_work, args=(seconds, ready, done)) for _ in range(count)]
    for process in running:
        process.start()
    each: list[Rates] = [done.get(timeout=300) for _ in running]
    for process in running:
        process.join()
    return {way: [sum(rates[way][n] for rates in each) for n in range(ROUNDS)] for way in WAYS}


def _work(seconds: float, ready: Any, done: Any) -> None:
    """Go through every way, again and again, each time together with the other clients."""
    county.set_up()
    incident = _own_incident()
    rates: Rates = {way: [] for way in WAYS}
    for act in WAYS.values():
        for _ in range(20):
            act(incident)
    for _ in range(ROUNDS):
        for way, act in WAYS.items():
            ready.wait(120)
            rates[way].append(_rate(act, incident, seconds))
    done.put(rates)


def _rate(act: Act, incident: uuid.UUID, seconds: float) -> float:
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        act(incident)
        count += 1
    return count / (time.perf_counter() - began)


def _own_incident() -> uuid.UUID:
    from fellwatch.contact import actions
    from fellwatch.contact.values import Call
    from fellwatch.foundation import clock

    call = Call(channel="101", opening_code="domestic_incident", received_at=clock.now())
    return actions.log_incident(call, by=county.actor("bob"), now=clock.now()).incident_id


def _line(incident: uuid.UUID, *, log: bool, notify: bool, chain: bool = False) -> None:
    """Add a line as `contact.actions.add_line` does, with the parts in question left in or out."""
    from django.db import connection

    from fellwatch.contact.actions import steps
    from fellwatch.foundation import access, audit, clock

    by = _by()
    with access.acting(by):
        steps.line(incident, by=by, now=clock.now(), kind="note", text="Unit asks for the gate code; given.")
        if log:
            audit.record(by=by, action="alteration", sentence="contact.line_added", subject=("incident", incident))
        if notify:
            steps.tell_boards(incident, "line")
        if chain:
            with connection.cursor() as cursor:
                cursor.execute(CHAIN, [str(incident)])


@cache
def _by() -> Any:
    return county.actor("bob")


WAYS: dict[str, Act] = {
    BARE: lambda incident: _line(incident, log=False, notify=False),
    "with the log": lambda incident: _line(incident, log=True, notify=False),
    "with NOTIFY, no log": lambda incident: _line(incident, log=False, notify=True),
    "with log and NOTIFY": lambda incident: _line(incident, log=True, notify=True),
    "with one hash chain instead": lambda incident: _line(incident, log=True, notify=False, chain=True),
}
