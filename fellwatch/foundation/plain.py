"""Words that can be kept: PostgreSQL takes neither NUL nor half a surrogate pair. What is wrong is said once, here."""

import re

REFUSED = "This holds a character that cannot be stored. Paste it again as plain text."
_STRANGE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> bool:
    """Whether the text can be kept as it is."""
    return not _STRANGE.search(text)


def marked(text: str) -> str:
    """Return text with a visible mark in place of each character that cannot be stored."""
    return _STRANGE.sub("\ufffd", text)


def problem(text: str, longest: int) -> str:
    """Say what is wrong with words that may be left out: too long, or not to be stored; "" where nothing is."""
    if len(text) > longest:
        return f"This is {len(text):,} characters; keep it to {longest:,}."
    return "" if storable(text) else REFUSED


def needed(text: str, ask: str, longest: int, shortest: int = 1) -> str:
    """Say what is wrong with words that are needed: `ask` where they are too few; "" where nothing is."""
    return ask if len(text.strip()) < shortest else problem(text, longest)
