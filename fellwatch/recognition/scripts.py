"""Other scripts into Latin letters, as far as the standard library and one table of letters allow.

Cyrillic, Greek, Arabic and Hebrew are in `data/letters.txt`. Indic scripts, kana and hangul are read from the
names of their characters. A script that cannot be read (Chinese) stays as it is and is matched exactly.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

_LETTERS = Path(__file__).parent / "data" / "letters.txt"
_PLAIN = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ı": "i",
    "ħ": "h",
    "ŋ": "ng",
    "ə": "a",
    "ʻ": "",
    "ʼ": "'",
    "’": "'",
    "‘": "'",
    "`": "'",
    "´": "'",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
}
_SIGNS = {"ANUSVARA": "n", "VISARGA": "h"}
_VOWELS = frozenset("aeiouwy")


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    lines = [line for line in _LETTERS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {
        title.strip("[]"): dict(zip(letters, sounds.replace("-", "_").split(), strict=True))
        for title, letters, sounds in zip(lines[::3], lines[1::3], lines[2::3], strict=True)
    }


@cache
def _spelled() -> Mapping[str, str]:
    return {k: v.replace("_", "") for table in _tables().values() for k, v in table.items()}


@cache
def _unvowelled() -> frozenset[str]:
    return frozenset(_tables()["arabic"]) | frozenset(_tables()["hebrew"])


@lru_cache(maxsize=65536)
def latin(text: str) -> str:
    """Return the text in lower-case Latin letters where it can be read, without accents or control marks."""
    if text.isascii():
        return text.lower()
    folded = "".join(_PLAIN.get(c, c) for c in text.casefold())
    return "".join(_word(list(word)) for word in _split(unicodedata.normalize("NFC", folded)))


def _split(text: str) -> list[str]:
    words = [""]
    for char in text:
        if char.isspace() or char in "-'.,":
            words += [char, ""]
        else:
            words[-1] += char
    return words


def _word(chars: list[str]) -> str:
    pieces = [(char, _letter(char)) for char in chars]
    out = ""
    for n, (char, piece) in enumerate(pieces):
        after = pieces[n + 1][1] if n + 1 < len(pieces) else ""
        out = _inherent(out, char) + piece
        if char in _unvowelled() and after and piece[-1:] not in _VOWELS and after[0] not in _VOWELS:
            out += "a"
    return out


def _inherent(so_far: str, char: str) -> str:
    """Drop the vowel that an Indic consonant carries when a vowel sign or a virama follows it."""
    name = unicodedata.name(char, "")
    return so_far[:-1] if so_far.endswith("a") and (" VOWEL SIGN " in name or "VIRAMA" in name) else so_far


def _letter(char: str) -> str:
    if char in _spelled():
        return _spelled()[char]
    plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    if plain.isascii() or plain in _spelled():
        return _spelled().get(plain, plain)
    return _by_name(char, unicodedata.name(char, ""))


def _by_name(char: str, name: str) -> str:
    """Read a letter from the last word of its name in Unicode ("DEVANAGARI LETTER KA")."""
    last = name.rsplit(" ", 1)[-1]
    if any(word in name for word in ("VIRAMA", "NUKTA", "VARIATION", "MODIFIER")):
        return ""
    if any(word in name for word in (" LETTER ", " VOWEL SIGN ", "HANGUL SYLLABLE")):
        return last.lower()
    return _SIGNS.get(last, "" if unicodedata.combining(char) else char)
