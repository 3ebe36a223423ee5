"""Identifiers that a client may make before the server has heard of the record."""

import os
import time
import uuid


def new() -> uuid.UUID:
    """Make a version 7 UUID (RFC 9562, method 3): 48 bits of milliseconds, 12 of their fraction, 62 random bits.

    The fraction keeps what one process makes within a millisecond in its order: people in a call, lines of a log.
    """
    millis, rest = divmod(time.time_ns(), 1_000_000)
    value = (millis & 0xFFFFFFFFFFFF) << 80
    value |= 0x7 << 76 | (rest * 4096 // 1_000_000) << 64
    value |= 0b10 << 62 | int.from_bytes(os.urandom(8), "big") & 0x3FFFFFFFFFFFFFFF
    return uuid.UUID(int=value)
