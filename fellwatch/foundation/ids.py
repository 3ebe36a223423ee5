"""Identifiers that a client may make before the server has heard of the record."""

import os
import time
import uuid


def new() -> uuid.UUID:
    """Make a version 7 UUID (RFC 9562): 48 bits of milliseconds, then 74 random bits."""
    millis = time.time_ns() // 1_000_000
    bits = int.from_bytes(os.urandom(10), "big")
    value = (millis & 0xFFFFFFFFFFFF) << 80
    value |= 0x7 << 76 | (bits >> 68 & 0xFFF) << 64
    value |= 0b10 << 62 | bits & 0x3FFFFFFFFFFFFFFF
    return uuid.UUID(int=value)
