"""While an installation is still being filled, its processes start, and wait before they answer or work."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings


@contextmanager
def closed() -> Iterator[None]:
    """Keep every process of this installation waiting until the block ends, or whoever is in it has died."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR / "opening.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def wait() -> None:
    """Return once nobody keeps the installation closed."""
    with suppress(FileNotFoundError), (settings.VAR / "opening.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
