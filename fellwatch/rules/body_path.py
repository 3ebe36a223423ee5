"""Find and replace one value deep in a rule's body: "clocks.rural.minutes".

In a list an entry is found by its `id`, so that a path keeps its meaning when entries move.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MISSING = object()


def find(body: object, path: str) -> object:
    """Return the value at a path, or MISSING."""
    for step in path.split("."):
        key = _key(body, step)
        if key is MISSING:
            return MISSING
        body = body[key]  # type: ignore[index]
    return body


def replaced(body: object, path: str, value: object) -> object:
    """Copy a body with the value at a path, which must exist, replaced."""
    step, _, rest = path.partition(".")
    key = _key(body, step)
    inner = replaced(body[key], rest, value) if rest else value  # type: ignore[index]
    if isinstance(body, Mapping):
        return {**body, step: inner}
    assert isinstance(body, Sequence)
    return [inner if index == key else entry for index, entry in enumerate(body)]


def _key(body: object, step: str) -> object:
    if isinstance(body, Mapping):
        return step if step in body else MISSING
    if isinstance(body, list | tuple):
        named = (index for index, entry in enumerate(body) if isinstance(entry, Mapping) and entry.get("id") == step)
        return next(named, MISSING)
    return MISSING
