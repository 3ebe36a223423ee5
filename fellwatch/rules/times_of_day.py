"""Times of day."""

from datetime import time


def between(at: time, start: time, end: time) -> bool:
    """Say whether a time of day lies between two others, the second not included; a span may go over midnight."""
    return start <= at < end if start <= end else at >= start or at < end
