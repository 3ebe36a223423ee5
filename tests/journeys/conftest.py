"""The running product, in a real browser: its own processes, its own county, each party signed in as itself."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import chromium as chromium_
from tests import templates
from tests.journeys import axe
from tests.mailbox import Mailbox

ROOT = Path(__file__).resolve().parent.parent.parent
WIDTHS = {"desk": 1280, "phone": 320}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, process: subprocess.Popen, log: Path) -> None:
    for _ in range(9000):
        if process.poll() is not None:
            raise RuntimeError(f"The product stopped:\n{log.read_text()[-4000:]}")
        try:
            urllib.request.urlopen(f"{address}/health", timeout=2).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"Nothing answers:\n{log.read_text()[-4000:]}")


@dataclass(frozen=True)
class Installation:
    """One running product: where it answers, and the surroundings its commands need."""

    address: str
    environment: dict[str, str]

    def command(self, *words: str) -> str:
        """Run one of the operator's commands on it, and return what it prints."""
        run = [sys.executable, "-m", "fellwatch.cli", *words]
        done = subprocess.run(run, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout

    def job(self, module: str, name: str) -> None:
        """Run one of the periodic jobs now instead of at its minute: job("response", "keep_figures")."""
        words = ["from importlib import import_module", "from fellwatch.cli.django_setup import ready", "ready()"]
        run = "; ".join([*words, f"import_module('fellwatch.{module}.jobs').{name}(0)"])
        subprocess.run([sys.executable, "-c", run], env=self.environment, cwd=ROOT, check=True)


@contextmanager
def running(database: str, folder: Path, *, county: bool = True, **more: str) -> Iterator[Installation]:
    """Run the product as an operator would, with the county at a hundredth, or empty as a force begins."""
    port = _free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DATABASE_")}
    environment |= {"FELLWATCH_DATABASE": database, "FELLWATCH_EXCHANGE_KEY": str(folder / "exchange_key.pem")}
    environment |= {"PYTHONWARNINGS": "ignore", **more}
    if not county:
        environment.pop("FELLWATCH_DEMONSTRATION", None)
    if "FELLWATCH_VAR" not in more:
        templates.copy(*_embedded(), database)
    log = folder / "log.txt"
    command = [sys.executable, "-m", "fellwatch.cli", "run"]
    command += ["--demonstration", "--scale", "0.01"] if county else []
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--workers", "1"], env=environment, stdout=out, stderr=out, cwd=ROOT
        )
        try:
            _wait(f"http://127.0.0.1:{port}", process, log)
            yield Installation(f"http://127.0.0.1:{port}", environment)
        finally:
            process.terminate()
            process.wait(timeout=30)
            _drop(database)


@pytest.fixture(scope="session")
def mailbox() -> Iterator[Mailbox]:
    """Run the mail server that the shared product sends by."""
    server = Mailbox()
    yield server
    server.close()


@pytest.fixture(scope="session")
def installation(tmp_path_factory, mailbox) -> Iterator[Installation]:
    """Run the product that every journey shares."""
    post = {"FELLWATCH_SMTP_HOST": mailbox.host, "FELLWATCH_SMTP_PORT": str(mailbox.port)}
    with running(f"fellwatch_journey_{os.getpid()}", tmp_path_factory.mktemp("journey"), **post) as found:
        yield found


@pytest.fixture(scope="session")
def address(installation) -> str:
    """Return where the product answers."""
    return installation.address


def _drop(name: str) -> None:
    from tests.conftest import drop

    drop(_owner("postgres"), name)


def _owner(name: str) -> str:
    _, owner = _embedded()
    return templates.renamed(owner, name)


def _embedded() -> tuple[str, str]:
    """Return the application's and the owner's URLs of the server that every journey shares."""
    from fellwatch.foundation.database import embedded

    return embedded.start(embedded.folder(), "fellwatch_test")


@pytest.fixture(scope="session")
def county(address) -> str:
    """Return where the running product keeps everything, for a test that must count rows."""
    return _owner(f"fellwatch_journey_{os.getpid()}")


@pytest.fixture(scope="module")
def driver() -> Iterator[object]:
    """Drive browsers for one file: while it runs, Django refuses the database to the same process."""
    if chromium_.PATH is None:
        pytest.skip(chromium_.ABSENT)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def chromium(driver) -> Iterator[object]:
    """Start the system's Chromium for one file."""
    browser = driver.chromium.launch(executable_path=chromium_.PATH, args=chromium_.FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def handsets(driver, address, tmp_path):
    """Return a maker of handhelds, each with signal of its own: handsets("rosa")."""
    from tests.journeys.handset import Handset
    from tests.journeys.mast import Mast

    made = []

    def make(name: str) -> Handset:
        mast = Mast(("127.0.0.1", int(address.rsplit(":", 1)[1])))
        made.append(Handset(driver, tmp_path / name, mast))
        return made[-1]

    yield make
    for one in made:
        one.kill()
        one.mast.close()


CUT_SHORT = ("htmx:afterRequest", "htmx:sendAbort", "htmx:sendError")
"""What htmx says of a request that got no answer. An answer that is an error it calls otherwise."""


class Person:
    """Somebody at a screen: a browser of their own, and everything that went wrong in it."""

    def __init__(self, page, address: str) -> None:
        self.page, self.address, self.troubles = page, address, []
        page.on("console", lambda m: self._hear(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.troubles.append(str(e)))

    def _hear(self, text: str) -> None:
        """Keep what a page complained of; not that it was left while it still asked for something."""
        if not text.startswith(CUT_SHORT):
            self.troubles.append(text)

    def open(self, path: str) -> None:
        """Go to a page."""
        self.page.goto(self.address + path)

    def check(self, where: str) -> None:
        """Nobody is kept out of this page: axe finds nothing, and it does not scroll sideways."""
        found = axe.found(self.page)
        assert found == [], f"{where}: {found}"
        wide = self.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{where} scrolls sideways by {wide}px"


@pytest.fixture
def sign_in(chromium, address, request):
    """Return a function that signs somebody in by one click: sign_in("alice") or sign_in("alice", "phone")."""
    people: list[Person] = []

    def enter(username: str, screen: str = "desk", at: str = "", **options) -> Person:
        context = chromium.new_context(viewport={"width": WIDTHS[screen], "height": 900}, bypass_csp=True, **options)
        context.set_default_timeout(30_000)
        person = Person(context.new_page(), at or address)
        people.append(person)
        person.open("/")
        person.page.click(f'form[action="/demonstration/{username}/"] button')
        person.page.wait_for_load_state()
        return person

    yield enter
    for person in people:
        person.page.context.close()
