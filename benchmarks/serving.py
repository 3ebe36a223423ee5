"""The real product, started as an operator starts it, and a small client that keeps its connection and cookies."""

import contextlib
import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

UP_WITHIN = 3600.0


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers, the body as sent, and how long until its last byte (ms)."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    ms: float


class Client:
    """One browser's worth of HTTP: one kept connection, cookies, the token that forms need."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """Fetch a page as a browser would: compressed."""
        return self._ask("GET", path)

    def post(self, path: str, form: Iterable[tuple[str, str]]) -> Answer:
        """Send a form with its token."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
        }
        return self._ask("POST", path, urlencode(list(form)).encode(), headers)

    def put(self, path: str, body: bytes, key: str) -> Answer:
        """Send a document to the API under a key."""
        return self._ask("PUT", path, body, {"Content-Type": "application/json", "Authorization": f"Bearer {key}"})

    def sign_in(self, username: str) -> "Client":
        """Become one of the demonstration's people."""
        page = self.get("/accounts/login/")
        if "csrftoken" not in self.cookies:
            raise RuntimeError(f"The sign-in page gave no token (status {page.status}).")
        answer = self.post(f"/demonstration/{username}/", [])
        if answer.status != 302:
            raise RuntimeError(f"Nobody could be signed in as {username} (status {answer.status}).")
        return self

    def _ask(self, method: str, path: str, body: bytes | None = None, more: Mapping[str, str] | None = None) -> Answer:
        headers = {"Accept-Encoding": "gzip", **(more or {})}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        began = time.perf_counter()
        try:
            self.line.request(method, path, body, headers)
            answer = self.line.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self.line.close()
            self.line.request(method, path, body, headers)
            answer = self.line.getresponse()
        found = answer.read()
        took = (time.perf_counter() - began) * 1000
        for value in answer.headers.get_all("Set-Cookie", ()):
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(value).items()})
        return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, found, took)


@contextmanager
def serving(
    *, port: int, scale: float, workers: int = 2, environment: Mapping[str, str] | None = None
) -> Iterator[int]:
    """Run `fellwatch run --demonstration` until the block ends; yield its port once it answers."""
    folder = Path((environment or os.environ)["FELLWATCH_VAR"])
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "fellwatch.cli", "run", "--demonstration", "--scale", str(scale)]
    command += ["--port", str(port), "--workers", str(workers)]
    with open(folder / "server.log", "wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **(environment or {})})
        try:
            wait_until_up(port, process)
            yield port
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=40)
            if process.poll() is None:
                process.kill()
                process.wait()


def wait_until_up(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until /health answers."""
    began = time.monotonic()
    while time.monotonic() - began < UP_WITHIN:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with {process.returncode}; see server.log in FELLWATCH_VAR.")
        try:
            if Client(port).get("/health").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"Nothing answers on port {port}.")


def links(page: Answer) -> list[str]:
    """Return the ways in the frame's navigation."""
    return re.findall(r'class="fw-navigation__link" href="([^"]+)"', text(page))


def text(page: Answer) -> str:
    """Return a page's words, unpacked."""
    import gzip

    body = gzip.decompress(page.body) if page.headers.get("content-encoding") == "gzip" else page.body
    return body.decode()
