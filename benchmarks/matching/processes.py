"""Memory and processes of a measurement."""

import os
import resource
from pathlib import Path


def memory_mb(pid: int | None = None) -> float:
    """Return what a process holds now, in megabytes; shared pages are counted once by their share."""
    file = Path(f"/proc/{pid or os.getpid()}/smaps_rollup")
    try:
        for line in file.read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
