"""Dates of birth as callers give them: whole, in part, or as an age. Pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from fellwatch.recognition.typed import Trouble
from fellwatch.records.values import PartialDate

OLDEST = 120
_HELP = "Enter a date of birth like 4 3 1991, 3/1991, 1991, 4 Mar 91, or an age like ‘age 35’."
_MONTHS = {name[:3].lower(): n for n, name in enumerate(calendar.month_name) if n}
_AGE = re.compile(r"^(?:aged?|about|approx\.?|around|c\.?)?\s*(\d{1,3})\s*(?:yrs?|years?|yo|y/o)?(?:\s*old)?$")
_SAYS_AGE = re.compile(r"age|about|approx|around|yr|year|yo|y/o|^c")
_PIECES = re.compile(r"[a-z]+|\d+")
_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th)\b")
_WHOLE = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$|^((?:19|20)\d{2})(0[1-9]|1[0-2])(\d{2})$")
_ABOUT = re.compile(r"^(?:about|approx\.?|around|circa|c\.?)\s*(\d{4})$")


@dataclass(frozen=True)
class AboutYear(PartialDate):
    """A year of birth worked out from an age, or given as "about": right to within `slack` years."""

    slack: int = 1


def read(text: str, *, today: date) -> PartialDate | Trouble:
    """Read a date of birth. Day comes before month; a two-digit year falls in the last hundred years."""
    plain = _ORDINAL.sub(r"\1", text.strip().lower())
    if not plain:
        return PartialDate()
    if len(plain) > 40:
        return Trouble("date_of_birth", _HELP)
    if (age := _age(plain)) is not None:
        return AboutYear(today.year - age) if age <= OLDEST else Trouble("date_of_birth", _HELP)
    if about := _ABOUT.match(plain):
        year_read = _checked(int(about[1]), None, None, today)
        return year_read if isinstance(year_read, Trouble) else AboutYear(year_read.year, slack=2)
    if whole := _WHOLE.match(plain):
        year, month, day = (int(part) for part in whole.groups() if part)
        return _checked(year, month, day, today)
    return _from_pieces(_PIECES.findall(plain), today)


def _age(plain: str) -> int | None:
    """Two bare digits are the start of a date or year, so an age must say that it is one."""
    found = _AGE.match(plain)
    return int(found[1]) if found and _SAYS_AGE.search(plain) else None


def _from_pieces(pieces: list[str], today: date) -> PartialDate | Trouble:
    numbers = [_MONTHS.get(p[:3], 0) if p.isalpha() else int(p) for p in pieces[:4]]
    match pieces, numbers:
        case [digits], [_] if digits.isdigit() and len(digits) in (6, 8):
            return _from_pieces([digits[:2], digits[2:4], digits[4:]], today)
        case [year], [_] if year.isdigit() and len(year) in (2, 4):
            return _checked(_century(year, today), None, None, today)
        case [first, _], [day, month] if first.isdigit() and len(first) < 3 and not pieces[1].isdigit():
            return _checked(None, month, day, today)
        case [year, _], [_, month] if year.isdigit() and len(year) == 4:
            return _checked(int(year), month, None, today)
        case [_, year], [month, _] if year.isdigit() and len(year) in (2, 4):
            return _checked(_century(year, today), month, None, today)
        case [word, _, year], [month, day, _] if word.isalpha() and year.isdigit():
            return _checked(_century(year, today), month, day, today)
        case [_, _, year], [day, month, _] if year.isdigit() and len(year) in (2, 4):
            return _checked(_century(year, today), month, day, today)
    return Trouble("date_of_birth", _HELP)


def _century(year: str, today: date) -> int:
    if len(year) == 4:
        return int(year)
    found = today.year // 100 * 100 + int(year)
    return found - 100 if found > today.year else found


def _checked(year: int | None, month: int | None, day: int | None, today: date) -> PartialDate | Trouble:
    """Return the date, with day and month turned round where only that can be meant."""
    if month and day and month > 12 >= day:
        day, month = month, day
    if year is not None and not today.year - OLDEST <= year <= today.year:
        return Trouble("date_of_birth", f"The year must be between {today.year - OLDEST} and {today.year}.")
    if month is not None and not 1 <= month <= 12:
        return Trouble("date_of_birth", "The month must be between 1 and 12. " + _HELP)
    if day is not None and not _is_day(year, month, day):
        return Trouble("date_of_birth", "There is no such day in that month. " + _HELP)
    return PartialDate(year, month, day)


def _is_day(year: int | None, month: int | None, day: int) -> bool:
    try:
        date(year or 2000, month or 1, day)
    except ValueError:
        return False
    return True
