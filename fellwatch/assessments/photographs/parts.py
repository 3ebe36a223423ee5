"""The bytes of a photograph in parts, and which are still wanted."""

from fellwatch.assessments.photographs.models import Photograph, PhotographPart
from fellwatch.assessments.photographs.values import PART, PhotographState
from fellwatch.assessments.sendings.values import spoken


def state_of(row: Photograph) -> PhotographState:
    """Return how far a photograph has come."""
    complete = row.complete_at is not None
    return PhotographState(row.id, () if complete else wanted(row), complete, spoken(row.digest) if complete else "")


def wanted(row: Photograph) -> tuple[int, ...]:
    """Return the parts that are not here yet."""
    here = set(PhotographPart.objects.filter(photograph_id=row.id).values_list("number", flat=True))
    return tuple(number for number in range(-(-row.size // PART)) if number not in here)


def length_of(row: Photograph, number: int) -> int:
    """Return how many bytes a part must have; -1 where there is no such part."""
    if not 0 <= number < -(-row.size // PART):
        return -1
    return min(PART, row.size - number * PART)


def content_of(row: Photograph) -> bytes:
    """Return the bytes of a photograph in their order."""
    parts = PhotographPart.objects.filter(photograph_id=row.id).order_by("number")
    return b"".join(bytes(part) for part in parts.values_list("content", flat=True))
