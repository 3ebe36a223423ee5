"""What a process of its own makes arrives in order, with what went wrong there, and never outlives who asked."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fellwatch.demonstration import ahead

ASKING = """
import os, time
from fellwatch.demonstration import ahead

def pieces():
    yield os.getpid()
    time.sleep(60)

with ahead.made(pieces()) as coming:
    print(next(coming), flush=True)
    next(coming)
"""


def test_pieces_come_in_their_order_however_far_ahead_they_are() -> None:
    with ahead.made(range(500), most=3) as coming:
        assert list(coming) == list(range(500))
    assert not multiprocessing.active_children()


def test_they_are_made_while_this_process_does_something_else(tmp_path: Path) -> None:
    def pieces() -> Iterator[int]:
        (tmp_path / "begun").touch()
        yield os.getpid()

    with ahead.made(pieces()) as coming:
        until = time.monotonic() + 20
        while not (tmp_path / "begun").exists() and time.monotonic() < until:
            time.sleep(0.01)
        assert (tmp_path / "begun").exists()
        assert next(coming) != os.getpid()


def test_what_goes_wrong_there_is_raised_here_in_its_own_words() -> None:
    def pieces() -> Iterator[str]:
        yield "land"
        raise ValueError("There is no such street.")

    with ahead.made(pieces()) as coming:
        assert next(coming) == "land"
        with pytest.raises(ValueError, match="no such street"):
            next(coming)
    assert not multiprocessing.active_children()


def test_nothing_is_left_of_it_when_this_side_breaks_off() -> None:
    with pytest.raises(KeyboardInterrupt), ahead.made(iter(int, 1), most=2) as coming:
        next(coming)
        raise KeyboardInterrupt
    assert not multiprocessing.active_children()


def test_it_does_not_go_on_when_its_parent_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", ASKING], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        maker = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    until = time.monotonic() + 20
    while _lives(maker) and time.monotonic() < until:
        time.sleep(0.02)
    assert not _lives(maker)


def _lives(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and ") Z" not in stat.read_text()
