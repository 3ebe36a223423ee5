"""`fellwatch run`: everything on one machine, for a first look or a small force."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import nullcontext, suppress
from pathlib import Path

import click

from fellwatch.cli.django_setup import ready

SLOW = 60.0
"""Seconds after which whoever waits is told why."""


@click.command()
@click.option("--host", default="localhost", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Web processes.")
@click.option("--demonstration/--no-demonstration", default=False, help="Load the invented county.")
@click.option("--scale", default=0.1, show_default=True, help="Size of the county; 1 is Cumbria in 2018.")
@click.option("--seed", default=1, show_default=True)
def run(host: str, port: int, workers: int, demonstration: bool, scale: float, seed: int) -> None:
    """Start PostgreSQL where needed, upgrade it, and serve pages and jobs until stopped."""
    started = time.monotonic()
    _refuse_taken(host, port)
    _environment(demonstration)
    ready()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    children: list[subprocess.Popen[bytes]] = []
    try:
        _open(children, _server(host, port, workers), (scale, seed) if demonstration else None)
        _wait_until_up(f"http://{host}:{port}/health", children)
        click.echo(f"\nReady after {time.monotonic() - started:.0f} s:  http://{host}:{port}/\n")
        if demonstration:
            _print_signins(f"http://{host}:{port}")
        click.echo("Stop with Ctrl+C.")
        _watch(children)
    finally:
        _stop(children)


def _refuse_taken(host: str, port: int) -> None:
    """Two servers can share a port, and each would get some of the other's pages."""
    with suppress(OSError), socket.create_connection((host, port), timeout=2):
        raise click.ClickException(f"Something answers at {host}:{port} already. Stop it, or choose another --port.")


def _environment(demonstration: bool) -> None:
    if demonstration:
        os.environ["FELLWATCH_DEMONSTRATION"] = "1"
    key = Path(os.environ.get("FELLWATCH_VAR", "var")).resolve() / "secret_key"
    if not os.environ.get("FELLWATCH_SECRET_KEY"):
        key.parent.mkdir(parents=True, exist_ok=True)
        if not key.exists():
            key.touch(mode=0o600)
            key.write_text(secrets.token_urlsafe(48))
        os.environ["FELLWATCH_SECRET_KEY"] = key.read_text()
    if demonstration:
        _recovery_key(key.parent)


def _recovery_key(folder: Path) -> None:
    """Make the demonstration's recovery key. A force makes its own, elsewhere, and keeps the private half away."""
    from fellwatch.foundation import sealed

    if not (folder / "recovery_public.pem").exists():
        sealed.make_key(folder / "recovery_private.pem", folder / "recovery_public.pem", "")


def _start(command: list[str], name: str) -> subprocess.Popen[bytes]:
    """Start a process of ours with a group of its own. PostgreSQL says of its connections whose they are."""
    return subprocess.Popen(command, env={**os.environ, "PGAPPNAME": name}, process_group=0)


def _open(children: list[subprocess.Popen[bytes]], server: list[str], county: tuple[float, int] | None) -> None:
    """Make the database ready, fill it where it is to be, and start what works on it, which waits until it is full."""
    from fellwatch.cli import demonstration
    from fellwatch.foundation import filled
    from fellwatch.foundation.database import upgrade

    scale, seed = county or (0.0, 0)
    with demonstration.begin(scale=scale, seed=seed) if county else nullcontext() as begun:
        upgrade.run()
        with filled.not_yet():
            children.append(_start([sys.executable, "-m", "fellwatch.cli", "worker"], "fellwatch worker"))
            children.append(_start(server, "fellwatch web"))
            if county:
                demonstration.load_if_empty(scale=scale, seed=seed, begun=begun)


def _server(host: str, port: int, workers: int) -> list[str]:
    address = "127.0.0.1" if host == "localhost" else host
    options = ["--interface", "asginl", "--host", address, "--port", str(port), "--workers", str(workers)]
    return [
        sys.executable,
        "-m",
        "granian",
        *options,
        "--log-level",
        "warning",
        "fellwatch.config.asgi:application",
    ]


def _wait_until_up(url: str, children: list[subprocess.Popen[bytes]]) -> None:
    """Wait until /health answers, however long: a new version's index of a million people takes minutes."""
    began, told = time.monotonic(), False
    while not _answers(url):
        if any(child.poll() is not None for child in children):
            raise click.ClickException("A process stopped while starting; its message is above.")
        if time.monotonic() - began > SLOW and not told:
            click.echo("Still starting. A new version makes the index of people anew: minutes, for a million people.")
            told = True
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=2).close()
    except OSError:
        return False
    return True


def _print_signins(address: str) -> None:
    from fellwatch.demonstration.signins import SIGN_INS

    click.echo(f"Demonstration sign-ins, one click each at {address}/ (everybody in the county is invented):")
    for name, role in SIGN_INS:
        click.echo(f"  {name:<22} {role}")


def _watch(children: list[subprocess.Popen[bytes]]) -> None:
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
    except KeyboardInterrupt:
        return
    raise click.ClickException("A process stopped; its message is above.")


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask each to end, and end what is left of its group: a web process that is only starting hears nothing yet."""
    for child in children:
        child.terminate()
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=10)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
