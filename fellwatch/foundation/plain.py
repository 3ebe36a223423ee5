"""Words that can be kept and mean what they show.

PostgreSQL takes neither NUL nor half a surrogate pair. A character that is not seen, or that turns the direction of
others, can make a page show another name. What is wrong is said once, here.
"""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

DEEPEST = 40
"""How deep texts are looked for; nothing that is read is nested so far."""
REFUSED = "This holds a character that cannot be stored. Paste it again as plain text."
HIDDEN = "This holds a character that is not seen and can make a page show other words. Type it again."
_STRANGE = re.compile("[\x00\ud800-\udfff]")
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""Controls, marks and overrides of direction, blanks without width, tags and fillers; no line break, tab or joiner."""
_JOINERS = re.compile("[\u200c\u200d]+")
_JOINED = (
    ("\u0600", "\u08ff"), ("\u0900", "\u109f"), ("\u1780", "\u18af"), ("\u1900", "\u1cff"), ("\ua800", "\uabff"),
    ("\ufb50", "\ufdff"), ("\ufe70", "\ufefc"), ("\U00010a00", "\U00011fff"), ("\U0001e900", "\U0001e95f"),
)  # fmt: skip
"""Scripts whose letters are joined or kept apart by characters of no width: Persian and its kin, those of India."""


def visible(text: str) -> str:
    """Return text without what is not seen. Joiners stay where a script or a picture needs them, one at a time."""
    if text.isascii() and text.isprintable():
        return text
    seen = _UNSEEN.sub("", _BREAKS.sub("\n", text))
    return _JOINERS.sub(_joiner, seen)


def all_visible(value: Any, depth: int = DEEPEST) -> Any:
    """Return what was read from JSON with every text of it `visible`; names of fields stay as they are."""
    match value:
        case str():
            return visible(value)
        case list() if depth:
            return [all_visible(one, depth - 1) for one in value]
        case dict() if depth:
            return {name: all_visible(one, depth - 1) for name, one in value.items()}
        case _:
            return value


def storable(text: str) -> bool:
    """Whether the text can be kept as it is."""
    return not _STRANGE.search(text)


def marked(text: str) -> str:
    """Return visible text with a mark in place of each character that cannot be stored."""
    return _STRANGE.sub("\ufffd", visible(text))


def problem(text: str, longest: int) -> str:
    """Say what is wrong with words that may be left out: too long, or not to be stored; "" where nothing is."""
    if len(text) > longest:
        return f"This is {len(text):,} characters; keep it to {longest:,}."
    if not storable(text):
        return REFUSED
    return HIDDEN if visible(text) != text else ""


def is_mailbox(text: str) -> bool:
    """Say whether mail can be sent to this, by its form."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def needed(text: str, ask: str, longest: int, shortest: int = 1) -> str:
    """Say what is wrong with words that are needed: `ask` where they are too few; "" where nothing is."""
    return ask if len(text.strip()) < shortest else problem(text, longest)


def _joiner(found: re.Match[str]) -> str:
    """Return the one joiner that stands here, or nothing where neither script nor picture needs it."""
    text, one = found.string, found[0][0]
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    if _is_joined(before) and (one == "\u200d" or _is_joined(after)):
        return one
    return one if one == "\u200d" and _is_picture(before) and _is_picture(after) else ""


def _is_joined(letter: str) -> bool:
    """Whether this is a letter, or a mark on one, of a script that joins."""
    return unicodedata.category(letter)[0] in "LM" and any(a <= letter <= z for a, z in _JOINED) if letter else False


def _is_picture(sign: str) -> bool:
    return sign == "\ufe0f" or (unicodedata.category(sign) in ("So", "Sk") if sign else False)
