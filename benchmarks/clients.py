"""Several clients at once: each on its own connection, sending without pause or on a timetable."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Send = Callable[[], bool]


@dataclass
class Run:
    """What the clients saw together: how long each answer took (ms), how many failed, for how long it went on."""

    took: list[float] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Return answers a second."""
        return len(self.took) / self.seconds if self.seconds else 0.0


def flat_out(senders: Sequence[Send], *, seconds: float) -> Run:
    """Send as fast as answers come back."""
    return _all(senders, lambda send, n, run: _until(send, time.perf_counter() + seconds, run))


def paced(senders: Sequence[Send], *, rate: float, seconds: float) -> Run:
    """Send on a timetable of `rate` a second in all. An answer's time counts from when it was due to be sent, so
    that a slow server cannot hide its queue by slowing its clients."""
    every = len(senders) / rate

    def one(send: Send, n: int, run: Run) -> None:
        began = time.perf_counter()
        for number in range(int(seconds / every)):
            due = began + (n / len(senders) + number) * every
            time.sleep(max(due - time.perf_counter(), 0.0))
            _note(send, due, run)

    return _all(senders, one)


def _until(send: Send, end: float, run: Run) -> None:
    while (now := time.perf_counter()) < end:
        _note(send, now, run)


def _note(send: Send, since: float, run: Run) -> None:
    if send():
        run.took.append((time.perf_counter() - since) * 1000)
    else:
        run.failed += 1


def _all(senders: Sequence[Send], work: Callable[[Send, int, Run], None]) -> Run:
    runs = [Run() for _ in senders]
    threads = [
        threading.Thread(target=work, args=(send, n, run))
        for n, (send, run) in enumerate(zip(senders, runs, strict=True))
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Run([ms for run in runs for ms in run.took], sum(run.failed for run in runs), time.perf_counter() - began)
