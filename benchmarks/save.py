"""Save an incident with two people and THRIVE: alone, and from eight clients against the running server."""

import itertools
import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks import calls, clients, county, spent, still_open
from benchmarks.county import Resident
from benchmarks.figures import Figure, single, spread
from benchmarks.serving import Client, serving

GROUP = "save"
CLIENTS = 8
RATE = 40.0
MOST_MS = 150.0


def measure(*, scale: float, port: int, seconds: float = 30.0, alone: int = 300) -> Iterator[Figure]:
    """Yield the figures of saving."""
    county.set_up()
    people = county.residents(4000)
    yield from _alone(people[:alone])
    yield from _floor(people[0], alone)
    with serving(port=port, scale=scale):
        yield from _together("page", [_page_sender(port, share) for share in _shares(people)], seconds)
        key = _key()
        if Client(port).get("/api/v1/openapi.json").status == 200:
            yield from _together("API", [_api_sender(port, share, key) for share in _shares(people[::-1])], seconds)
    still_open.hold()


def _alone(people: Sequence[Resident]) -> Iterator[Figure]:
    from fellwatch.contact import actions
    from fellwatch.foundation import clock

    by, took, worked = county.actor(), [], []
    for caller in people[:20]:
        actions.log_incident(calls.call(caller, calls.suspect(caller)), by=by, now=clock.now())
    before = _written()
    for caller in people:
        call = calls.call(caller, calls.suspect(caller))
        began, busy = time.perf_counter(), time.thread_time()
        actions.log_incident(call, by=by, now=clock.now())
        took.append((time.perf_counter() - began) * 1000)
        worked.append((time.thread_time() - busy) * 1000)
    written = (_written() - before) / len(people) / 1024
    yield spread(GROUP, "log_incident alone", took, target=MOST_MS, note="in process, audited, fsync on")
    yield spread(
        GROUP, "log_incident alone, our own processor time", worked, note="the rest is PostgreSQL and the disk"
    )
    yield single(GROUP, "statements of one save", _statements(people[0], by), unit="statements")
    yield single(GROUP, "write-ahead log for one save", written, unit="kB", n=len(people))


def _statements(caller: Resident, by: Any) -> float:
    from django.db import connection

    from fellwatch.contact import actions
    from fellwatch.foundation import clock

    seen: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        actions.log_incident(calls.call(caller, calls.suspect(caller)), by=by, now=clock.now())
    return float(len(seen))


def _written() -> float:
    with county.owner() as connection:
        row = connection.execute("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn").fetchone()
    return float(row[0]) if row else 0.0


def _floor(caller: Resident, times: int) -> Iterator[Figure]:
    """Insert the same words as one row: what the disk alone costs."""
    body, took = json.dumps(dict(calls.form(caller, "Marc Oddie"))), []
    with county.owner() as connection:
        connection.execute("create table if not exists bench_floor (id bigserial primary key, body jsonb)")
        for _ in range(times):
            began = time.perf_counter()
            connection.execute("insert into bench_floor (body) values (%s)", [body])
            took.append((time.perf_counter() - began) * 1000)
        connection.execute("drop table bench_floor")
    yield spread(GROUP, "floor: bare INSERT of the same words", took, note="psycopg, one row, one commit")


def _together(door: str, senders: list[clients.Send], seconds: float) -> Iterator[Figure]:
    for send in senders:
        send()
    before = spent.by_part()
    fast = clients.flat_out(senders, seconds=seconds)
    after = spent.by_part()
    name = f"{CLIENTS} clients through the {door}"
    yield single(
        GROUP,
        f"{name}, flat out",
        fast.rate,
        unit="saves/s",
        target=RATE,
        more_is_better=True,
        n=len(fast.took),
        note=f"for {fast.seconds:.0f} s, {fast.failed} failed",
    )
    yield spread(GROUP, f"{name}, flat out", fast.took or [0.0], note="each client sends as soon as it is answered")
    each = {part: (after[part] - before[part]) * 1000 / max(len(fast.took), 1) for part in spent.PARTS}
    said = ", ".join(f"{part} {ms:.1f}" for part, ms in each.items())
    yield single(GROUP, f"{name}, processor time of one save", sum(each.values()), unit="ms", note=said)
    calm = clients.paced(senders, rate=RATE, seconds=seconds)
    note = f"for {calm.seconds:.0f} s, {calm.rate:.1f}/s, {calm.failed} failed"
    yield spread(GROUP, f"{name}, at {RATE:.0f}/s", calm.took or [0.0], target=MOST_MS, note=note)


def _shares(people: Sequence[Resident]) -> list[Iterator[Resident]]:
    return [itertools.cycle(people[n::CLIENTS]) for n in range(CLIENTS)]


def _page_sender(port: int, people: Iterator[Resident]) -> clients.Send:
    client = Client(port).sign_in("alice")

    def send() -> bool:
        caller = next(people)
        answer = client.post(f"/contact/calls/{calls.new_id()}/", calls.form(caller, calls.suspect(caller)))
        return answer.status == 302 and "/incidents/" in answer.headers["location"]

    return send


def _api_sender(port: int, people: Iterator[Resident], key: str) -> clients.Send:
    client = Client(port)

    def send() -> bool:
        caller = next(people)
        body = json.dumps(calls.document(caller)).encode()
        return client.put(f"/api/v1/incidents/{calls.new_id()}", body, key).status == 201

    return send


def _key() -> str:
    from fellwatch.foundation import clock
    from fellwatch.foundation.accounts import actions, roles

    scopes = sorted(county.actor().permissions)
    return actions.issue_key(
        "alice", label="benchmark", scopes=scopes, days=1, by=roles.system("benchmark"), now=clock.now()
    )
