"""What a room says about one kind of file: its columns, what a row means, and how rows are stored."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.utils.module_loading import import_string

from fellwatch.foundation.access import Actor


@dataclass(frozen=True)
class Reason:
    """Why a row or a file cannot be taken: where, what is wrong, what to do."""

    field: str
    wrong: str
    do: str

    def __str__(self) -> str:
        return f"{self.field}: {self.wrong} {self.do}".strip(": ")


@dataclass(frozen=True)
class Wrong:
    """What a cell's parser says of a text it cannot read."""

    wrong: str
    do: str


class Unreadable(Exception):
    """The file as a whole cannot be taken; nothing of it was. Every problem found is in `problems`."""

    def __init__(self, *problems: Reason) -> None:
        super().__init__(" ".join(str(problem) for problem in problems))
        self.problems = problems


Cells = Mapping[str, Any]


def _as_is(text: str) -> object:
    return text


@dataclass(frozen=True)
class Column:
    """One of our columns, with the names that publishers give it (best first) and how its text is read.

    A file must have every `required` column, and its cells may be empty only where `may_be_blank` says so.
    An empty cell becomes `empty`, without asking `parse`, which returns a value or `Wrong`.
    What a file has no column for stays as it stands, unless it has one of the columns that ours `follows`.
    """

    name: str
    required: bool = False
    aliases: tuple[str, ...] = ()
    parse: Callable[[str], object] = _as_is
    empty: object = ""
    may_be_blank: bool = False
    follows: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True)
class Written:
    """What storing a batch did: whose data was touched, and rows that could not be stored, by their key.

    `stood` are the keys of rows found to stand already where nobody here may see them: they count as unchanged.
    """

    people: frozenset[uuid.UUID] = frozenset()
    refused: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)
    stood: frozenset[str] = frozenset()


T = TypeVar("T")


@dataclass(frozen=True)
class Importer(Generic[T]):
    """One kind of file.

    `build` turns parsed cells (and `ordinal`, how many alike came before) into a row or the reasons why not.
    `stored` returns rows as they stand now, by key, so that equal ones are left alone.
    `write` stores new and changed rows in the transaction it is called in.
    `alike` groups raw rows whose only difference is their order, for files without an identifier.
    """

    name: str
    title: str
    permission: str
    columns: tuple[Column, ...]
    build: Callable[[Cells], T | tuple[Reason, ...]]
    key: Callable[[T], str]
    stored: Callable[[Sequence[T], Actor], Mapping[str, T]]
    write: Callable[[Sequence[T], Sequence[T], Actor, datetime], Written]
    alike: Callable[[Mapping[str, str]], str] | None = None
    batch: int = 500
    help: str = ""


@cache
def importers() -> Mapping[str, Importer[Any]]:
    """Return every importer of this installation by its name."""
    declared: Iterable[Importer[Any]] = import_string(settings.FELLWATCH_IMPORTERS)
    return {importer.name: importer for importer in declared}


def find(name: str) -> Importer[Any]:
    """Return the importer of this name, or raise Unreadable with the names there are."""
    found = importers().get(name)
    if found is None:
        known = ", ".join(sorted(importers()))
        raise Unreadable(Reason("importer", f"There is no importer named {name}.", f"Choose one of: {known}."))
    return found
