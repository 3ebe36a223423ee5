"""`python -m benchmarks.scale_plan`: a week of partners' files of 43 forces, and how long each waits for its verdicts.

The cost of a run is a line through runs that were measured: so much to start, so much a person of the force, so
much a record of the file. Files arrive as agencies send them, most on Monday mornings; workers take the oldest
first. What is simulated is the waiting; nothing here measures a machine.
"""

import argparse
import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

FORCES = 43
PEOPLE = 60_000_000
WEEK = 7 * 24 * 3600.0
MOST_RECORDS = 2_000_000


@dataclass(frozen=True)
class Cost:
    """Seconds and bytes of a run on one worker of two cores."""

    start: float
    person: float
    record: float
    face_bytes: float

    def seconds(self, people: int, records: int) -> float:
        """Return how long a file of so many records takes against a force of so many people."""
        return self.start + self.person * people + self.record * records


@dataclass(frozen=True)
class Week:
    """What a week came to with so many workers: hours of waiting, and how busy they were."""

    workers: int
    files: int
    median: float
    ninety_fifth: float
    worst: float
    busy: float


def forces(rng: np.random.Generator) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Share the people out as forces are: one has a seventh of them, most a fiftieth."""
    shares = rng.lognormal(0, 0.6, FORCES)
    shares[0] = shares[1:].sum() / 6
    return (shares / shares.sum() * PEOPLE).astype(np.int64)


def arrivals(rng: np.random.Generator, people: Sequence[int], files: float) -> list[tuple[float, int, int]]:
    """Return a week of files as (when, people of the force, records); bigger forces send bigger files."""
    found = []
    for size in people:
        for _ in range(rng.poisson(files)):
            day = rng.choice(7, p=(0.34, 0.18, 0.14, 0.14, 0.14, 0.03, 0.03))
            hour = np.clip(rng.normal(9.5, 3), 0, 23.9)
            records = min(int(rng.lognormal(np.log(size * 0.004), 1.0)) + 50, MOST_RECORDS)
            found.append(((day * 24 + hour) * 3600.0, int(size), records))
    return sorted(found)


def simulate(cost: Cost, files: Sequence[tuple[float, int, int]], workers: int) -> Week:
    """Take every file with so many workers, the oldest first."""
    free = [0.0] * workers
    waits, worked = [], 0.0
    for at, people, records in files:
        begins = max(at, heapq.heappop(free))
        takes = cost.seconds(people, records)
        heapq.heappush(free, begins + takes)
        waits.append(begins + takes - at)
        worked += takes
    hours = np.array(waits) / 3600
    middle, high = np.percentile(hours, [50, 95])
    return Week(workers, len(files), float(middle), float(high), float(hours.max()), worked / (workers * WEEK))


def main() -> None:
    """Print the plan."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.scale_plan", description=__doc__)
    asked.add_argument("--start", type=float, default=2.0, help="seconds to start a run")
    asked.add_argument("--person", type=float, default=2.0e-5, help="seconds a person of the force")
    asked.add_argument("--record", type=float, default=1.0e-4, help="seconds a record of the file")
    asked.add_argument("--face-bytes", type=float, default=700.0, help="bytes of memory a face of somebody")
    asked.add_argument("--files", type=float, default=30.0, help="files a force and week")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    rng = np.random.default_rng(given.seed)
    cost = Cost(given.start, given.person, given.record, given.face_bytes)
    people = forces(rng)
    files = arrivals(rng, people.tolist(), given.files)
    print(f"{FORCES} forces, {people.sum():,} people, the largest {people.max():,}; {len(files):,} files in a week, ")
    print(f"{sum(records for _, _, records in files):,} records. The largest force needs about")
    print(f"{people.max() * 1.6 * cost.face_bytes / 1e9:.1f} GB for a run.")
    print("workers  median h  95 % h  worst h  busy")
    for workers in (1, 2, 4, 8, 16):
        week = simulate(cost, files, workers)
        print(f"{workers:7} {week.median:9.2f} {week.ninety_fifth:7.2f} {week.worst:8.2f} {week.busy:5.0%}")


if __name__ == "__main__":
    main()
