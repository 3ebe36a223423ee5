"""Where a file waits while it is taken in: under its digest, for the service alone, then destroyed."""

import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """Return the folder of waiting files, made when it is missing."""
    found = Path(settings.MEDIA_ROOT) / "imports"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def keep(source: Path, digest: str) -> Path:
    """Copy a file to where a later run finds it; the same content is kept once."""
    target = folder() / digest
    if target.exists():
        return target
    with tempfile.NamedTemporaryFile(dir=folder(), delete=False) as half, source.open("rb") as original:
        shutil.copyfileobj(original, half, 1 << 20)
        half.flush()
        os.fsync(half.fileno())
    Path(half.name).replace(target)
    return target


def destroy(path: str) -> None:
    """Remove a file that no run needs any more."""
    Path(path).unlink(missing_ok=True)
