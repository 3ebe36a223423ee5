"""What a process of its own makes while this one does something else: the county's next rows, half of its scenes."""

import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import TypeVar

Piece = TypeVar("Piece")
MOST = 64
"""Pieces made and not yet taken. A block of the county is some four thousand rows: more would fill the memory."""


@contextmanager
def made(pieces: Iterable[Piece], *, most: int = MOST) -> Iterator[Iterator[Piece]]:
    """Give the pieces in their order, as a forked process makes them. What went wrong there is raised here.

    It ends with the block, or with this process. No connection to the database may be open when it begins.
    """
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    maker = fork.Process(target=_make, args=(pieces, there, most), daemon=True)
    maker.start()
    there.close()
    try:
        yield _received(here)
    finally:
        maker.terminate()
        maker.join()
        here.close()


def _received(here: Connection) -> Iterator[Piece]:
    while (piece := here.recv()) is not None:
        if isinstance(piece, Exception):
            raise piece
        yield piece


def _make(pieces: Iterable[Piece], there: Connection, most: int) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Whoever asked hears it too, and ends this.
    threading.Thread(target=_end_with_parent, daemon=True).start()
    waiting: queue.Queue[object] = queue.Queue(most)
    sender = threading.Thread(target=_send, args=(waiting, there), daemon=True)
    sender.start()
    try:
        for piece in pieces:
            waiting.put(piece)
        waiting.put(None)
    except Exception as wrong:
        waiting.put(wrong)
    sender.join()


def _send(waiting: queue.Queue[object], there: Connection) -> None:
    while True:
        piece = waiting.get()
        there.send(piece)
        if piece is None or isinstance(piece, Exception):
            return


def _end_with_parent() -> None:
    """Whoever is killed at once tells nobody, and its half must not go on writing."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)
