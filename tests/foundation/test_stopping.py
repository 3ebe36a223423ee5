"""Whoever stops an installation stops all of it: nothing is left that answers at its address."""

import os
import select
import socket
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

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


def test_a_port_that_is_taken_is_told_before_anything_is_started():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        told = CliRunner().invoke(run.run, ["--host", "127.0.0.1", "--port", str(port)])
    assert told.exit_code == 1
    assert told.output == f"Error: Something answers at 127.0.0.1:{port} already. Stop it, or choose another --port.\n"


def test_whoever_waits_for_it_is_told_why_and_when_a_process_has_stopped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(run, "SLOW", 0.2)
    child = run._start([sys.executable, "-c", "import time; time.sleep(2)"], "fellwatch test")
    with pytest.raises(click.ClickException, match="stopped while starting"):
        run._wait_until_up("http://127.0.0.1:9/health", [child])
    assert capsys.readouterr().out.count("Still starting.") == 1
