"""Find out how a file is to be read, and read it as rows of named text from any of them."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal, assert_never

from fellwatch.foundation import plain
from fellwatch.foundation.imports import delimited, documents, files
from fellwatch.foundation.imports.files import MOST_LINE
from fellwatch.foundation.imports.importers import Importer, Reason, Unreadable

Format = Literal["csv", "json", "json_lines"]
LOOK_AHEAD = 1000  # objects of JSON lines whose names are gathered before the first is taken


@dataclass(frozen=True)
class Shape:
    """How a file is read: its format, encoding, delimiter, and its columns in order."""

    format: Format
    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    total: int
    digest: str

    def as_json(self) -> dict[str, object]:
        """Return what a run keeps to read the file again."""
        return {
            "format": self.format,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "headers": list(self.headers),
        }


def shape_from(kept: Mapping[str, Any], *, total: int, digest: str) -> Shape:
    """Return the shape that a run kept."""
    return Shape(kept["format"], kept["encoding"], kept["delimiter"], tuple(kept["headers"]), total, digest)


@dataclass(frozen=True)
class Raw:
    """One row as it came, by the file's own column names, and why it cannot be read where that is so."""

    line: int
    cells: Mapping[str, str]
    fault: Reason | None = None


def look(path: Path, importer: Importer[Any]) -> Shape:
    """Pass over the file once and return how to read it. Raises Unreadable before any row is taken."""
    scan = files.scan(path)
    with files.text(path, scan.encoding) as stream:
        head = _head(stream)
    if head.lstrip()[:1] in ("[", "{"):
        return _json_shape(path, scan, _json_format(head, scan.lines))
    return _csv_shape(path, scan, head, importer)


def _head(stream: io.TextIOWrapper) -> str:
    """Return the first line that is not blank."""
    for _ in range(1000):
        line = stream.readline(MOST_LINE)
        if line.strip():
            return line
        if not line:
            break
    raise Unreadable(Reason("file", "The file has no rows.", "Choose another."))


def _json_format(head: str, lines: int) -> Format:
    return "json_lines" if lines > 1 and documents.is_line(head) else "json"


def _csv_shape(path: Path, scan: files.Scan, head: str, importer: Importer[Any]) -> Shape:
    names = frozenset(
        delimited.plain_name(name) for column in importer.columns for name in (column.name, *column.aliases)
    )
    delimiter = delimited.delimiter_of(head, names)
    with files.text(path, scan.encoding) as stream:
        first = next(delimited.records(stream, delimiter), None)
    if first is None or first.fault:
        raise Unreadable(first.fault if first and first.fault else Reason("file", "It has no rows.", "Choose another."))
    headers = tuple(" ".join(cell.split()) for cell in first.cells)
    _refuse_twins(headers)
    return Shape("csv", scan.encoding, delimiter, headers, max(scan.lines - first.line, 0), scan.digest)


def _refuse_twins(headers: tuple[str, ...]) -> None:
    twins = sorted({name for name in headers if name and headers.count(name) > 1})
    if twins:
        raise Unreadable(*(Reason(name, "Two columns have this name.", "Rename one of them.") for name in twins))


def _json_shape(path: Path, scan: files.Scan, form: Format) -> Shape:
    if form == "json" and scan.size > documents.MOST_DOCUMENT:
        raise Unreadable(Reason("file", "This JSON document is too large.", "Export it as JSON lines or CSV."))
    shape = Shape(form, scan.encoding, "", (), scan.lines, scan.digest)
    found = list(islice(rows(path, shape), LOOK_AHEAD if form == "json_lines" else None))
    headers = tuple(dict.fromkeys(name for row in found for name in row.cells))
    total = scan.lines if form == "json_lines" else len(found)
    return Shape(form, scan.encoding, "", headers, total, scan.digest)


def rows(path: Path, shape: Shape) -> Iterator[Raw]:
    """Yield every row of the file, those that cannot be read too."""
    with files.text(path, shape.encoding) as stream:
        match shape.format:
            case "csv":
                yield from _csv_rows(stream, shape)
            case "json":
                yield from map(_from_item, documents.document(stream))
            case "json_lines":
                yield from map(_from_item, documents.lines(stream))
            case _:
                assert_never(shape.format)


def _from_item(item: documents.Item) -> Raw:
    cells = item.cells or ({"line": item.raw} if item.raw else {})
    return Raw(item.line, _visible(cells), item.fault or _unreadable(cells))


def _csv_rows(stream: io.TextIOWrapper, shape: Shape) -> Iterator[Raw]:
    found = delimited.records(stream, shape.delimiter)
    next(found, None)
    for record in found:
        if record.fault:
            yield Raw(record.line, {"line": record.raw}, record.fault)
            continue
        cells = {name: _unguarded(cell) for name, cell in zip(shape.headers, record.cells, strict=False) if name}
        yield Raw(record.line, _visible(cells), _wrong_width(record.cells, shape.headers) or _unreadable(cells))


def _visible(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: plain.visible(cell) for name, cell in cells.items()}


def _wrong_width(cells: tuple[str, ...], headers: tuple[str, ...]) -> Reason | None:
    extra = any(cell.strip() for cell in cells[len(headers) :])
    if len(cells) >= len(headers) and not extra:
        return None
    return Reason(
        "line",
        f"It has {len(cells)} values; the heading has {len(headers)}.",
        "Check its commas and quotation marks.",
    )


def _unreadable(cells: Mapping[str, str]) -> Reason | None:
    for name, cell in cells.items():
        if "\x00" in cell:
            return Reason(name, "It holds a null character.", "Export the row again without it.")
        if "\ufffd" in cell:
            return Reason(name, "Some letters cannot be read.", "Save the file as UTF-8.")
    return None


def _unguarded(cell: str) -> str:
    """Take away the apostrophe that our own export of rejected rows puts before a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t", "\r") else cell
