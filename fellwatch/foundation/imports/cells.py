"""Read the text of a cell into a value, or say what is wrong with it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

from fellwatch.foundation.clock import LONDON
from fellwatch.foundation.imports.importers import Wrong

DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%d %b %y", "%Y%m%d")
MOMENT_FORMS = (
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d-%m-%Y %H:%M",
    "%d %b %Y %H:%M",
    "%d %B %Y %H:%M",
    "%Y-%m-%d %H:%M",
)
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
EARLIEST = date(1850, 1, 1)


def text(limit: int) -> Callable[[str], str | Wrong]:
    """Return a parser of at most `limit` characters, runs of spaces made one."""

    def parse(given: str) -> str | Wrong:
        tidy = " ".join(given.split())
        if len(tidy) > limit:
            return Wrong(f"This has {len(tidy):,} characters.", f"Shorten it to {limit:,}.")
        return tidy

    return parse


def prose(limit: int) -> Callable[[str], str | Wrong]:
    """Return a parser of at most `limit` characters that keeps line breaks."""

    def parse(given: str) -> str | Wrong:
        tidy = given.replace("\r\n", "\n").replace("\r", "\n").strip()
        if len(tidy) > limit:
            return Wrong(f"This has {len(tidy):,} characters.", f"Shorten it to {limit:,}.")
        return tidy

    return parse


def whole_number(least: int, most: int) -> Callable[[str], int | Wrong]:
    """Return a parser of a whole number within bounds, both included."""

    def parse(given: str) -> int | Wrong:
        squeezed = given.strip().replace(",", "")
        if not _WHOLE_NUMBER.fullmatch(squeezed) or not least <= int(squeezed) <= most:
            return Wrong(f"{short(given)} is not a whole number from {least} to {most}.", "Correct it.")
        return int(squeezed)

    return parse


def number(least: float, most: float) -> Callable[[str], float | Wrong]:
    """Return a parser of a decimal number within bounds, both included."""

    def parse(given: str) -> float | Wrong:
        if not _NUMBER.fullmatch(given.strip()) or not least <= float(given) <= most:
            return Wrong(f"{short(given)} is not a number from {least:g} to {most:g}.", "Correct it.")
        return float(given)

    return parse


def one_of(*choices: str) -> Callable[[str], str | Wrong]:
    """Return a parser of a word from a list, in any case, that gives the word as listed."""
    known = {choice.casefold(): choice for choice in choices}

    def parse(given: str) -> str | Wrong:
        found = known.get(" ".join(given.split()).casefold())
        return (
            found
            if found is not None
            else Wrong(f"{short(given)} is not one of the known values.", f"Use one of: {', '.join(choices)}.")
        )

    return parse


def day(given: str) -> date | Wrong:
    """Read a date as written in Britain or in ISO 8601; a time after it is left out."""
    tidy = " ".join(given.split())
    for candidate in (tidy, re.split(r"[T ]\d{1,2}:", tidy)[0]):
        for form in DAY_FORMS:
            try:
                found = datetime.strptime(candidate, form).date()  # noqa: DTZ007 a day has no zone
            except ValueError:
                continue
            return found if found >= EARLIEST else Wrong(f"{short(given)} is too long ago.", "Correct the year.")
    return Wrong(f"{short(given)} is not a date.", "Write it as 2026-10-16 or 16/10/2026.")


def month(given: str) -> date | Wrong:
    """Read a month written 2018-10 as its first day."""
    found = _MONTH.fullmatch(given.strip())
    if not found or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[1]) <= 2200:
        return Wrong(f"{short(given)} is not a month.", "Write it as 2018-10.")
    return date(int(found[1]), int(found[2]), 1)


def moment(given: str) -> datetime | Wrong:
    """Read an instant: ISO 8601, or a British date and time. One without a zone is London time."""
    tidy = " ".join(given.split())
    found = _iso(tidy) or _british(tidy)
    if found is None:
        return Wrong(f"{short(given)} is not a date and time.", "Write it as 2026-10-16T22:15+01:00.")
    if found.date() < EARLIEST or found.year > 9990:
        return Wrong(f"{short(given)} is not a year that can be.", "Correct the year.")
    if found.tzinfo is not None:
        return found.astimezone(UTC)
    return _london(found, given)


def _london(found: datetime, given: str) -> datetime | Wrong:
    """Place a clock reading in London time; in the hour that comes twice in October, the first of the two."""
    placed = found.replace(tzinfo=LONDON).astimezone(UTC)
    if placed.astimezone(LONDON).replace(tzinfo=None) != found:
        return Wrong(f"{short(given)} did not exist: the clocks went forward over it.", "Give the time with its zone.")
    return placed


def _iso(tidy: str) -> datetime | None:
    if len(tidy) < 12:
        return None
    try:
        return datetime.fromisoformat(tidy)
    except ValueError:
        return None


def _british(tidy: str) -> datetime | None:
    for form in MOMENT_FORMS:
        try:
            return datetime.strptime(tidy, form)  # noqa: DTZ007 placed in London by the caller
        except ValueError:
            continue
    return None


def short(given: str) -> str:
    """Return a text for a message: quoted, and cut where it is long."""
    tidy = " ".join(given.split())
    return f"“{tidy}”" if len(tidy) <= 40 else f"“{tidy[:40]}…”"
