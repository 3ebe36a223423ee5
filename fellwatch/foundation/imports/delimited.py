"""Read delimited text record by record, so that one broken row costs one row and not the rest of the file."""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from fellwatch.foundation.imports.files import MOST_LINE
from fellwatch.foundation.imports.importers import Reason

MOST_LINES = 200  # in one record: a quoted text may have line breaks, but a stray quote must not eat the file
DELIMITERS = (",", "\t", ";", "|")


@dataclass(frozen=True)
class Record:
    """The cells of one record, or its first line as it stands with the reason why it could not be read."""

    line: int
    cells: tuple[str, ...] = ()
    fault: Reason | None = None
    raw: str = ""


class _Spread(Exception):
    """A record went on over more lines than a record does."""


class _Overlong(Exception):
    """A line is longer than any honest one."""


class _Lines:
    """The file's lines with the power to take some back."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.waiting: deque[tuple[str, bool]] = deque()
        self.taken: list[tuple[str, bool]] = []
        self.before = 0

    def begin(self) -> None:
        """Start a record: what was taken so far is settled."""
        self.before += len(self.taken)
        self.taken = []

    def give_back(self) -> str:
        """Keep only the record's first line, put the others back, and return that line."""
        self.waiting.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]
        return self.taken[0][0]

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES:
            raise _Spread
        line, whole = self.waiting.popleft() if self.waiting else self._read()
        if not line:
            raise StopIteration
        self.taken.append((line, whole))
        if not whole:
            raise _Overlong
        return line

    def _read(self) -> tuple[str, bool]:
        line = self.stream.readline(MOST_LINE + 1)
        rest = line
        while len(rest) > MOST_LINE and not rest.endswith(("\n", "\r")):
            rest = self.stream.readline(MOST_LINE + 1)
        return line, rest is line


def records(stream: TextIO, delimiter: str) -> Iterator[Record]:
    """Yield every record with the number of its first line, counted from 1; blank lines are left out."""
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _Spread, _Overlong) as error:
            yield Record(lines.before + 1, fault=_reason(error), raw=lines.give_back()[:MOST_LINE])
            continue
        if any(cell.strip() for cell in cells):
            yield Record(lines.before + 1, tuple(cells))


def _reason(error: Exception) -> Reason:
    if isinstance(error, _Overlong):
        return Reason("line", f"The line has more than {MOST_LINE:,} characters.", "Shorten its texts.")
    if isinstance(error, _Spread) or "unexpected end" in str(error):
        return Reason("line", "A quotation mark is opened and never closed.", 'Close it, or write it twice ("").')
    if "field larger" in str(error):
        return Reason("line", f"A value has more than {MOST_LINE:,} characters.", "Shorten it.")
    return Reason("line", "A quotation mark stands where none may.", 'Write it twice ("") inside a quoted value.')


def delimiter_of(head: str, known: frozenset[str]) -> str:
    """Return the delimiter under which the header has most names that are known; a comma when none helps."""

    def worth(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([head], delimiter=delimiter), [])
        return sum(plain_name(cell) in known for cell in cells), len(cells)

    return max(DELIMITERS, key=worth)


def plain_name(name: str) -> str:
    """Return a column's name without case, spaces and signs: "Crime ID" and "crime_id" are one."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
