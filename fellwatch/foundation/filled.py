"""While an installation is still being filled, its processes start, and wait before they answer or work."""

from contextlib import AbstractContextManager
from pathlib import Path

from django.conf import settings

from fellwatch.foundation import locks


def not_yet() -> AbstractContextManager[None]:
    """Keep every process of this installation waiting until the block ends, or whoever is in it has died."""
    return locks.alone(_lock())


def wait() -> None:
    """Return once nobody fills the installation."""
    locks.wait(_lock())


def _lock() -> Path:
    return Path(settings.VAR) / "filling.lock"
