"""From nothing to a working installation: no database, no files, one command."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, single
from benchmarks.serving import serving

MOST_SECONDS = 60.0


def measure(*, scale: float, port: int) -> Iterator[Figure]:
    """Yield how long `fellwatch run --demonstration` takes until /health answers, database made and county loaded."""
    folder = Path(os.environ["FELLWATCH_VAR"])
    shutil.rmtree(folder, ignore_errors=True)
    environment = {**os.environ}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        environment.pop(name, None)
    began = time.monotonic()
    with serving(port=port, scale=scale, environment=environment):
        took = time.monotonic() - began
    shutil.rmtree(folder, ignore_errors=True)
    yield single("cold start", f"run --demonstration --scale {scale:g}", took, unit="s", target=MOST_SECONDS)
