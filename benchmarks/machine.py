"""What it ran on: a figure without its machine says nothing."""

import os
import platform
import subprocess
import time

from benchmarks import county

TURNS = 5_000_000


def describe() -> dict[str, str]:
    """Return the processor, cores, memory, disk and PostgreSQL with the settings that matter here."""
    return {**hardware(), **_database()}


def hardware() -> dict[str, str]:
    """Return the processor, cores, memory and how busy the machine is."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{_memory() / 2**30:.1f} GiB",
        "load before": f"{os.getloadavg()[0]:.2f}",
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        f"a loop of {TURNS:,} turns in Python": f"{_loop():.2f} s of processor time, the least of three",
    }


def _loop() -> float:
    """Return how long a fixed loop of the interpreter takes, so that figures of two machines can be compared."""
    took = []
    for _ in range(3):
        began, total = time.process_time(), 0
        for number in range(TURNS):
            total += number & 7
        took.append(time.process_time() - began)
    return min(took)


def _processor() -> str:
    said = subprocess.run(["lscpu"], capture_output=True, text=True, check=False).stdout
    found = [line.split(":", 1)[1].strip() for line in said.splitlines() if line.startswith("Model name")]
    return found[0] if found else platform.processor() or "unknown"


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _database() -> dict[str, str]:
    settings = ("server_version", "fsync", "synchronous_commit", "shared_buffers", "wal_sync_method")
    with county.owner() as connection:
        found = {name: connection.execute(f"show {name}".encode()).fetchone() for name in settings}
        size = connection.execute("select pg_size_pretty(pg_database_size(current_database()))").fetchone()
        people = connection.execute("select count(*) from records_person").fetchone()
    said = {name.replace("_", " "): str(row[0]) for name, row in found.items() if row}
    said["server version"] = f"PostgreSQL {said['server version']}"
    return {**said, "database": str(size[0]) if size else "", "people": f"{people[0]:,}" if people else ""}
