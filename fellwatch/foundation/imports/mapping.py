"""Which of the file's columns is which of ours: as given, else by the names that publishers use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from fellwatch.foundation.imports.delimited import plain_name
from fellwatch.foundation.imports.importers import Column, Importer, Reason, Unreadable


@dataclass(frozen=True)
class Matched:
    """The file's column for each of ours, and the file's columns that will not be read."""

    columns: Mapping[str, str]
    ignored: tuple[str, ...]


def match(importer: Importer[Any], headers: Iterable[str], given: Mapping[str, str]) -> Matched:
    """Match the file's columns to ours. `given` is theirs → ours. Raises Unreadable with every problem."""
    present = tuple(header for header in headers if header)
    problems = [*_wrong_choices(importer, present, given)]
    columns = _matched(importer, present, given) if not problems else {}
    if not problems:
        problems = [*_missing(importer, present, columns)]
    if problems:
        raise Unreadable(*problems)
    return Matched(columns, tuple(header for header in present if header not in columns.values()))


def guess(importer: Importer[Any], headers: Iterable[str]) -> Mapping[str, str]:
    """Return ours → theirs for every column whose name says which it is; a person corrects the rest."""
    return _matched(importer, tuple(header for header in headers if header), {})


def _matched(importer: Importer[Any], present: tuple[str, ...], given: Mapping[str, str]) -> dict[str, str]:
    by_plain = {plain_name(header): header for header in reversed(present)}
    columns = {ours: _header(theirs, present) or theirs for theirs, ours in given.items()}
    for column in importer.columns:
        names = (by_plain.get(plain_name(name)) for name in (column.name, *column.aliases))
        found = next((name for name in names if name and name not in columns.values()), None)
        if found and column.name not in columns:
            columns[column.name] = found
    return columns


def _header(theirs: str, present: tuple[str, ...]) -> str | None:
    return next((header for header in present if plain_name(header) == plain_name(theirs)), None)


def _wrong_choices(importer: Importer[Any], present: tuple[str, ...], given: Mapping[str, str]) -> Iterable[Reason]:
    ours = {column.name for column in importer.columns}
    for theirs, mine in given.items():
        if not _header(theirs, present):
            yield Reason(theirs, "The file has no such column.", _did_you_mean(theirs, present))
        if mine not in ours:
            yield Reason(mine, f"{importer.title} has no such column.", _did_you_mean(mine, sorted(ours)))
    chosen = list(given.values())
    for twice in sorted({mine for mine in chosen if chosen.count(mine) > 1}):
        yield Reason(twice, "Two of the file's columns are given to it.", "Choose one.")


def _missing(importer: Importer[Any], present: tuple[str, ...], columns: Mapping[str, str]) -> Iterable[Reason]:
    free = [header for header in present if header not in columns.values()]
    missing = [column for column in importer.columns if column.required and column.name not in columns]
    for column in missing:
        yield Reason(column.name, "The file has no such column.", _suggest(column, free))
    if missing:
        shown = ", ".join(present[:20]) + (f" and {len(present) - 20} more" if len(present) > 20 else "")
        yield Reason("file", f"Its columns are: {shown or 'none'}.", "Say which of them is which of ours.")


def _suggest(column: Column, free: list[str]) -> str:
    close = _close((column.name, *column.aliases), free)
    if close:
        return f"Did you mean {close}? Then map {close}={column.name}."
    return f"Name it {' or '.join((column.name, *column.aliases[:2]))}, or map another to it."


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    listed = list(known)
    close = _close((name,), listed)
    return f"Did you mean {close}?" if close else f"Choose one of: {', '.join(listed[:20])}."


def _close(names: Iterable[str], known: Iterable[str]) -> str | None:
    by_plain = {plain_name(one): one for one in known}
    for name in names:
        if found := get_close_matches(plain_name(name), by_plain, n=1):
            return by_plain[found[0]]
    return None
