"""Read a postcode as people type it: any spacing or case, whole or only its beginning."""

import re
from dataclasses import dataclass

_OUTCODE = r"[A-Z]{1,2}[0-9](?:[0-9]|[A-HJKMNPR-Y])?"
_UNIT = r"[ABD-HJLNP-UW-Z]{2}"
_WHOLE = re.compile(rf"({_OUTCODE}|GIR)([0-9])({_UNIT})")
_SECTOR = re.compile(rf"({_OUTCODE})([0-9])")
_SPACED_SECTOR = re.compile(rf"({_OUTCODE})\s+([0-9])")
_OUT = re.compile(_OUTCODE)
_NOISE = re.compile(r"[\s.,\-]+")
_DIGIT_FOR = str.maketrans("OILSZ", "01152")
_LETTER_FOR = str.maketrans("015", "OIS")
LONGEST = 12


@dataclass(frozen=True)
class Postcode:
    """A whole postcode, or as much of its beginning as is known: "CA1", "CA1 1" or "CA1 1AA"."""

    outcode: str
    digit: str = ""
    unit: str = ""

    @property
    def sector(self) -> str:
        """The outcode and the first digit after the space, or "" when that digit is not known."""
        return f"{self.outcode} {self.digit}" if self.digit else ""

    @property
    def whole(self) -> bool:
        """Whether nothing of it is missing."""
        return bool(self.unit)

    @property
    def area(self) -> str:
        """The letters it begins with."""
        return re.match("[A-Z]*", self.outcode).group()  # type: ignore[union-attr]

    def __str__(self) -> str:
        return f"{self.outcode} {self.digit}{self.unit}".strip()


@dataclass(frozen=True)
class Problem:
    """Why a text is no postcode, and what to type instead."""

    wrong: str
    do: str

    def __str__(self) -> str:
        return f"{self.wrong} {self.do}"


def parse(text: str) -> Postcode | Problem:
    """Read a postcode. An outcode or a sector alone is accepted as such."""
    folded = text.strip().upper()
    if not folded:
        return Problem("There is no postcode.", "Type as much of it as is known, for example CA1 or CA1 1AA.")
    if len(folded) > LONGEST:
        return Problem("This is too long for a postcode.", "Type the postcode alone, without the address.")
    squeezed = _NOISE.sub("", folded)
    return _read(folded, squeezed) or _explain(squeezed)


def _read(folded: str, squeezed: str) -> Postcode | None:
    if whole := _WHOLE.fullmatch(squeezed):
        return Postcode(*whole.groups())
    if spaced := _SPACED_SECTOR.fullmatch(folded):
        return Postcode(*spaced.groups())
    if _OUT.fullmatch(squeezed):
        return Postcode(squeezed)
    if sector := _SECTOR.fullmatch(squeezed):
        return Postcode(*sector.groups())
    return None


def _explain(squeezed: str) -> Problem:
    if not re.search("[0-9]", squeezed):
        return Problem("A postcode has digits as well as letters.", "Type it as on a letter, for example CA1 1AA.")
    if meant := _meant(squeezed):
        return Problem(f"{_short(squeezed)} is not how a postcode is written.", f"Did you mean {meant}?")
    if not squeezed[0].isalpha():
        return Problem("A postcode begins with one or two letters.", "Type it as on a letter, for example CA1 1AA.")
    return Problem(
        f"{_short(squeezed)} is not how a postcode is written.",
        "Type it as on a letter (CA1 1AA), or only its beginning (CA1).",
    )


def _short(squeezed: str) -> str:
    return squeezed if len(squeezed) <= 8 else squeezed[:8] + "…"


def _meant(squeezed: str) -> Postcode | None:
    """Return the postcode that somebody meant who typed O for 0, I for 1 and the like, or None."""
    out, last = squeezed[:-3], squeezed[-3:]
    inward = last[:1].translate(_DIGIT_FOR) + last[1:].translate(_LETTER_FOR)
    for letters in (2, 1):
        outward = out[:letters].translate(_LETTER_FOR) + out[letters:].translate(_DIGIT_FOR)
        if whole := _WHOLE.fullmatch(outward + inward):
            return Postcode(*whole.groups())
    return None
