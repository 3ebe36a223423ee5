"""Read JSON, JSON lines and GeoJSON as rows of text, nested parts under dotted names ("people.1.surname")."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from fellwatch.foundation.imports.files import MOST_LINE
from fellwatch.foundation.imports.importers import Reason, Unreadable

MOST_DOCUMENT = 128 * 1024**2
DEEPEST = 6
WRAPPERS = frozenset({"features", "incidents", "rows", "records", "items", "data", "results"})


@dataclass(frozen=True)
class Item:
    """One object of a document, flattened; or what stood there, with the reason why it is none."""

    line: int
    cells: Mapping[str, str]
    fault: Reason | None = None
    raw: str = ""


def is_line(head: str) -> bool:
    """Whether a line is an object of its own: JSON lines begin so, and so does a document of one line."""
    try:
        return isinstance(json.loads(head), dict)
    except (ValueError, RecursionError):
        return False


def document(stream: TextIO) -> Iterator[Item]:
    """Yield the items of one JSON document: an array, or an object that holds one array."""
    try:
        found = json.load(stream, parse_constant=str)
    except (ValueError, RecursionError) as error:
        near = f" near line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise Unreadable(Reason("file", f"This is not valid JSON{near}.", "Correct it or export it again.")) from error
    for at, item in enumerate(_items(found), start=1):
        yield _item(at, item)


def lines(stream: TextIO) -> Iterator[Item]:
    """Yield the objects of JSON lines, one a line."""
    number = 0
    while line := stream.readline(MOST_LINE + 1):
        number += 1
        if len(line) > MOST_LINE:
            while line and not line.endswith("\n"):
                line = stream.readline(MOST_LINE + 1)
            yield Item(
                number,
                {},
                Reason("line", f"It has more than {MOST_LINE:,} characters.", "Shorten its texts."),
            )
        elif line.strip():
            yield _line(number, line)


def _line(number: int, line: str) -> Item:
    try:
        return _item(number, json.loads(line, parse_constant=str))
    except (ValueError, RecursionError):
        return Item(number, {}, Reason("line", "This line is not valid JSON.", "Correct it."), line)


def _items(found: object) -> list[object]:
    if isinstance(found, list):
        return found
    if not isinstance(found, dict):
        raise Unreadable(
            Reason(
                "file",
                "There are no rows in this JSON.",
                'Give an array, or one under a name: {"rows": […]}.',
            )
        )
    for name, part in found.items():
        if isinstance(part, list) and (name in WRAPPERS or len(found) == 1):
            return part
    return [found]


def _item(line: int, item: object) -> Item:
    if not isinstance(item, dict):
        return Item(
            line,
            {},
            Reason("line", "This is not an object.", 'Write it as {"name": value}.'),
            json.dumps(item),
        )
    if item.get("type") == "Feature":
        return Item(line, _feature(item))
    return Item(line, dict(_flat(item, "", 0)))


def _feature(item: Mapping[str, object]) -> dict[str, str]:
    properties = item.get("properties")
    cells = dict(_flat(properties, "", 0)) if isinstance(properties, dict) else {}
    return {**cells, "geometry": json.dumps(item.get("geometry"), separators=(",", ":"))}


def _flat(item: object, name: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > DEEPEST:
        yield name, json.dumps(item)
    elif isinstance(item, dict):
        for key, value in item.items():
            yield from _flat(value, f"{name}.{key}" if name else str(key), depth + 1)
    elif isinstance(item, list):
        if all(isinstance(value, str) for value in item):
            yield name, "; ".join(item)
        else:
            for at, value in enumerate(item, start=1):
                yield from _flat(value, f"{name}.{at}", depth + 1)
    else:
        yield name, _text(item)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
