"""Who spent the processor: seconds of each part of the product, read from /proc before and after."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks import county

TICK = os.sysconf("SC_CLK_TCK")
PARTS = ("web", "worker", "PostgreSQL for web", "PostgreSQL for the worker", "PostgreSQL itself", "clients")
_NAMED = {"fellwatch web": "PostgreSQL for web", "fellwatch worker": "PostgreSQL for the worker"}


def by_part() -> Mapping[str, float]:
    """Return the processor time each part has used so far; what has ended is counted with whoever started it."""
    spent: Counter[str] = Counter(clients=_seconds(os.getpid()))
    for pid in _below(os.getpid()):
        said = _command(pid)
        if "fellwatch.cli worker" in said:
            spent["worker"] += _seconds(pid)
        elif "granian" in said:
            spent["web"] += _seconds(pid)
    with county.owner() as connection:
        postmaster = _postmaster(connection.execute("select pg_backend_pid()").fetchone())
        names = dict(connection.execute("select pid, application_name from pg_stat_activity").fetchall())
    spent["PostgreSQL itself"] += _seconds(postmaster)
    for pid in _children(postmaster):
        spent[_NAMED.get(names.get(pid, ""), "PostgreSQL itself")] += _seconds(pid)
    return spent


def _postmaster(row: "tuple[object, ...] | None") -> int:
    """Return who started the backend that answered."""
    return _parent(int(str(row[0]))) if row else 0


def _below(pid: int) -> Iterator[int]:
    for child in _children(pid):
        yield child
        yield from _below(child)


def _children(pid: int) -> list[int]:
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit() and _parent(int(one.name)) == pid]


def _parent(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[1]) if fields else 0


def _seconds(pid: int) -> float:
    fields = _stat(pid)
    return sum(int(ticks) for ticks in fields[11:15]) / TICK if fields else 0.0


def _stat(pid: int) -> list[str]:
    """Return the fields after a process's name; none where it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
