"""Identifiers that are the same for the same seed: version 7 in shape, so that an index grows at its end."""

import random
import uuid
from collections.abc import Callable

NAMESPACE = uuid.UUID("8f0e5d4c-6665-5c6c-8000-736869726521")
EPOCH_MILLISECONDS = 1_600_000_000_000
"""A fixed instant of 2020: the identifier of an invented row tells nothing of when it was loaded."""


def named(name: str) -> str:
    """Return the fixed identifier of something the story or the tests call by name."""
    return str(uuid.uuid5(NAMESPACE, name))


def maker(seed: int, block: int) -> Callable[[], str]:
    """Return a function that gives a new identifier each time, in rising order within a block."""
    rng = random.Random(f"{seed}/{block}/identifiers")
    head = f"{EPOCH_MILLISECONDS + block:012x}"
    head = f"{head[:8]}-{head[8:]}-7"
    number = 0

    def new() -> str:
        nonlocal number
        number += 1
        tail = rng.getrandbits(46)
        return f"{head}{number >> 12:03x}-{0x8000 | (number & 0xFFF) << 2 | tail >> 44:04x}-{tail & 0xFFFFFFFFFFF:012x}"

    return new
