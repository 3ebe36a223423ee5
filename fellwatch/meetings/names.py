"""Names as keys, the same way in Python and in `kept.sql`: the first word and the last."""

import re
from collections.abc import Iterable

_APART = re.compile(r"[,;\n/]|\band\b|\bor\b")


def key(name: str) -> str:
    """Return the key of a full name, or nothing where there are not two words: one word alone names too many."""
    words = name.lower().split()
    return f"{words[0]} {words[-1]}" if len(words) > 1 else ""


def keys(names: Iterable[str]) -> list[str]:
    """Return the keys of names, each once."""
    return sorted({found for name in names if (found := key(name))})


def written(text: str) -> list[str]:
    """Return the keys of the names in free words: "Carl Oddie, his brother; Jo Tarn"."""
    return keys(part.strip(" .()") for part in _APART.split(text) if 1 < len(part.split()) <= 4)
