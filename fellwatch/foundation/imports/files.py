"""Open a file from outside without trusting it: packed or plain, bounded in size, its encoding found."""

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from fellwatch.foundation.imports.importers import Reason, Unreadable

MOST_PLAIN = 4 * 1024**3
MOST_TIMES = 200  # a table packs 5 to 30 times; only a file made to fill a disk packs thousands of times
FREE = 16 * 1024**2
MOST_LINE = 100_000
_PIECE = 4 * MOST_LINE


@dataclass(frozen=True)
class Scan:
    """What one pass over the whole file found. The digest is of the plain content, however it was packed."""

    digest: str
    size: int
    lines: int
    encoding: str


class _Bounded(io.RawIOBase):
    """A stream that stops with a reason when more comes out of it than a real file would hold."""

    def __init__(self, source: BinaryIO, most: int) -> None:
        self.source, self.most, self.seen = source, most, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self.source.read(len(view))
        view[: len(data)] = data
        self.seen += len(data)
        if self.seen > self.most:
            raise Unreadable(
                Reason(
                    "file",
                    "It unpacks to far more than it should.",
                    "Unpack it, look at it, and import a part.",
                )
            )
        return len(data)


@contextmanager
def plain(path: Path) -> Iterator[io.BufferedReader]:
    """Open the file's plain content, unpacking gzip. Raises Unreadable for archives and damaged files."""
    with path.open("rb") as raw:
        head = raw.read(4)
        raw.seek(0)
        _refuse_archives(head)
        packed = head[:2] == b"\x1f\x8b"
        most = min(MOST_PLAIN, FREE + MOST_TIMES * path.stat().st_size) if packed else MOST_PLAIN
        source = cast(BinaryIO, gzip.GzipFile(fileobj=raw) if packed else raw)
        try:
            yield io.BufferedReader(_Bounded(source, most), 1 << 16)
        except (gzip.BadGzipFile, EOFError, zlib.error) as damage:
            raise Unreadable(
                Reason("file", "The compressed file is damaged or cut short.", "Fetch it again.")
            ) from damage


PICTURES = (b"\x89PNG", b"GIF8", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1")


def _refuse_archives(head: bytes) -> None:
    if not head:
        raise Unreadable(Reason("file", "The file is empty.", "Choose another."))
    if head[:2] == b"PK":
        raise Unreadable(
            Reason("file", "This is a zip archive or a spreadsheet.", "Unzip it, or save the sheet as CSV.")
        )
    if head[:4] in (b"%PDF", b"\xd0\xcf\x11\xe0", b"PAR1", b"<?xm", b"<htm", b"<!DO", *PICTURES):
        raise Unreadable(Reason("file", "This is not a table of text.", "Export it as CSV or JSON."))


def scan(path: Path) -> Scan:
    """Pass once over the file: its digest, size, lines, and whether it is UTF-8 or Windows-1252."""
    digest = hashlib.sha256()
    size = lines = good = bad = 0
    with plain(path) as stream:
        utf16 = stream.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff")
        while piece := stream.readline(_PIECE):
            digest.update(piece)
            size += len(piece)
            lines += 1
            if not piece.isascii():
                readable = _is_utf8(piece)
                good, bad = good + readable, bad + (not readable)
    encoding = "utf-16" if utf16 else "utf-8-sig" if good >= bad else "cp1252"
    return Scan(digest.hexdigest(), size, lines, encoding)


def _is_utf8(piece: bytes) -> bool:
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def text(path: Path, encoding: str) -> Iterator[io.TextIOWrapper]:
    """Open the file as text. What cannot be decoded becomes U+FFFD, which the row's reader refuses."""
    with plain(path) as stream:
        yield io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
