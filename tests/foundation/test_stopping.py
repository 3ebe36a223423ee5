"""Whoever stops an installation stops all of it: nothing is left that answers at its address."""

import os
import select
import sys
from pathlib import Path

from fellwatch.cli import run

PARENT = """
import os, signal, sys
if os.fork() == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with open(sys.argv[1], "w") as heard:
        heard.write("up")
        heard.flush()
        while True:
            signal.pause()
signal.pause()
"""
"""A web server whose one process is only starting: it hears no request to end yet."""


def test_a_process_that_hears_nothing_yet_ends_with_the_one_that_started_it(tmp_path: Path):
    line = tmp_path / "line"
    os.mkfifo(line)
    child = run._start([sys.executable, "-c", PARENT, str(line)], "fellwatch test")
    with line.open("rb", buffering=0) as heard:
        assert heard.read(2) == b"up"
        run._stop([child])
        assert select.select([heard], [], [], 20)[0], "the other end is closed: whoever held it has ended"
        assert heard.read(1) == b""
    assert child.returncode == -15
