"""While an installation is being filled nobody is answered, and whoever fills it may die."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.database

WAITING = "from fellwatch.foundation import filled; filled.wait()"
FILLING = """
import time
from fellwatch.foundation import filled
with filled.not_yet():
    print("closed", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def begin(db: None, tmp_path: Path):
    """Start a process of an installation whose files are in a folder of its own."""
    begun: list[subprocess.Popen[bytes]] = []

    def start(code: str) -> subprocess.Popen[bytes]:
        command, environment = [sys.executable, "-c", code], {**os.environ, "FELLWATCH_VAR": str(tmp_path)}
        begun.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE))
        return begun[-1]

    yield start
    for process in begun:
        process.kill()
        process.wait()


def test_nobody_waits_where_nobody_fills(begin):
    assert begin(WAITING).wait(timeout=60) == 0


def test_whoever_starts_meanwhile_waits_until_it_is_filled_or_whoever_filled_it_has_died(begin):
    filling = begin(FILLING)
    assert filling.stdout.readline() == b"closed\n"
    waiting = begin(WAITING)
    time.sleep(3)
    assert waiting.poll() is None
    filling.send_signal(signal.SIGKILL)
    assert waiting.wait(timeout=60) == 0
