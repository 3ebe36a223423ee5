"""An officer's handheld: Chromium with a profile of its own, which can be killed outright and started again."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from tests import chromium
from tests.journeys import axe
from tests.journeys.mast import Mast

PASSPHRASE = "tarn beck fell rigg"
PHONE = (360, 740)


class Handset:
    """One handheld. What happens on it happens in the shipped page, by pressing what an officer presses."""

    def __init__(self, playwright, folder: Path, mast: Mast, *, size=PHONE) -> None:
        self.playwright, self.folder, self.mast, self.size = playwright, folder, mast, size
        self.process = self.browser = self.page = None
        self.troubles: list[str] = []
        self.cookies: list[dict] = []
        """Kept over a kill where a test is not about signing in again: a browser writes its own every half minute."""
        self.start()

    def start(self) -> None:
        """Switch it on and open the page."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "DevToolsActivePort").unlink(missing_ok=True)
        options = [*chromium.FLAGS, "--headless", "--no-first-run"]
        options += ["--remote-debugging-port=0", f"--user-data-dir={self.folder}"]
        options += [f"--window-size={self.size[0]},{self.size[1]}", "--disable-features=Translate", "about:blank"]
        self.process = subprocess.Popen(
            [chromium.PATH, *options], start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.browser = self.playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{self._port()}")
        context = self.browser.contexts[0]
        context.set_default_timeout(30_000)
        self.page = context.pages[0] if context.pages else context.new_page()
        self.page.set_viewport_size({"width": self.size[0], "height": self.size[1]})
        if self.cookies:
            context.add_cookies(self.cookies)
        self.page.on("pageerror", lambda trouble: self.troubles.append(str(trouble)))

    def _port(self) -> int:
        for _ in range(600):
            with contextlib.suppress(OSError, IndexError, ValueError):
                return int((self.folder / "DevToolsActivePort").read_text().splitlines()[0])
            time.sleep(0.05)
        raise RuntimeError("Chromium did not start.")

    def kill(self) -> None:
        """Stop it dead: the whole process group at once, as a flat battery would."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)
        with contextlib.suppress(Exception):
            self.browser.close()
        self.process = None

    def again(self) -> None:
        """Kill it, switch it on, and unlock it."""
        self.kill()
        self.start()
        self.open()
        self.unlock()

    def open(self, path: str = "/handheld/") -> None:
        """Go to a page."""
        self.page.goto(self.mast.address + path)

    def sign_in(self, username: str) -> None:
        """Sign in by one click of the demonstration."""
        self.open("/")
        self.page.click(f'form[action="/demonstration/{username}/"] button')
        self.page.wait_for_load_state()

    def enrol(self, name: str) -> None:
        """Set it up, and wait until the day has come and the page is kept for when there is no signal."""
        self.open()
        self.page.fill("#name", name)
        self.page.fill("#passphrase", PASSPHRASE)
        self.page.fill("#again", PASSPHRASE)
        self.page.click("#enrol")
        self.page.wait_for_selector(".hh-card")
        self.page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")

    def unlock(self) -> None:
        """Unlock it."""
        self.page.fill("#passphrase", PASSPHRASE)
        self.page.click("#unlock")
        self.page.wait_for_selector("#unlock", state="detached")

    def incident(self, id: object) -> None:
        """Open an incident."""
        self.page.evaluate("(id) => { location.hash = `#incident/${id}` }", str(id))
        self.page.wait_for_selector(f'.hh-section a[href="#picture/{id}"]')

    def cards(self) -> list[str]:
        """Go to the day, and return the incidents it shows, in its order."""
        self.page.evaluate("() => { location.hash = '' }")
        self.page.wait_for_selector(".hh-card")
        links = self.page.locator(".hh-card").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
        return [link.split("/")[1] for link in links]

    def untouched(self, other: "Handset") -> str:
        """Return the first incident that another handheld holds too and whose checklist nobody has begun."""
        both = self.shared(other)
        untouched = [id for id, said in both.items() if all("Not begun" in one for one in said)]
        assert untouched, f"Somebody has begun a checklist for each of {len(both)} incidents."
        return untouched[0]

    def shared(self, other: "Handset") -> dict[str, list[str]]:
        """Return what is said of the checklists of each incident that another handheld holds too.

        What its officer attends or was sent back comes first, and need not be on a colleague's.
        """
        theirs, said = other.cards(), {}
        for id in self.cards():
            if id in theirs:
                self.incident(id)
                said[id] = self.page.locator('[data-form="dash"]').all_text_contents()
        self.cards()
        return {id: texts for id, texts in said.items() if texts}

    def begin(self, form: str, person: str = "") -> None:
        """Begin or go on with a form."""
        self.page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true })")
        self.page.click(f'[data-form="{form}"]' + (f'[data-person="{person}"]' if person else "") + " >> nth=0")
        self.page.wait_for_selector(".hh-foot")

    def question(self, id: str) -> None:
        """Go to a question of the form that is open."""
        self.page.evaluate("(id) => { location.hash = location.hash.split('/').slice(0, 2).join('/') + '/' + id }", id)
        self.page.wait_for_function("(id) => location.hash.endsWith('/' + id)", arg=id)
        self.page.wait_for_selector("[data-safe]")

    def answer(self, id: str, value: str) -> None:
        """Answer a question by its button, and wait until the handheld says that it is safe."""
        self.question(id)
        self.page.click(f'[data-answer="{value}"]')
        self.safe()

    def safe(self) -> None:
        """Wait until the handheld says that all is safe."""
        self.page.wait_for_function(
            "() => (document.querySelector('[data-safe]')?.textContent ?? 'Safe on this handheld')"
            " === 'Safe on this handheld' || document.querySelector('[data-where]') !== null"
        )

    def send(self) -> None:
        """Look at it all and press Send."""
        self.review()
        self.page.click("#send")
        self.page.wait_for_selector("#send", state="detached")

    def where(self) -> str:
        """Return where the form that is open is, as the handheld says it."""
        return self.page.inner_text("[data-where]")

    def remember_sign_in(self) -> None:
        """Be signed in again after every kill."""
        self.cookies = self.browser.contexts[0].cookies()

    def press(self, id: str, value: str) -> None:
        """Press an answer and wait for nothing."""
        self.question(id)
        self.page.click(f'[data-answer="{value}"]')

    def review(self) -> None:
        """Look at the form as a whole."""
        self.page.evaluate("() => { location.hash = location.hash.split('/').slice(0, 2).join('/') + '/review' }")
        self.page.wait_for_selector("[data-where]")

    def online(self) -> None:
        """Have signal again, and notice it at once."""
        self.mast.up()
        self.page.evaluate("() => dispatchEvent(new Event('online'))")

    def back_to(self, username: str) -> None:
        """Sign in again where the browser lost its session with the battery, and go on at the same place."""
        self.page.wait_for_function("() => /In touch|Sign in/.test(document.querySelector('.hh-status').textContent)")
        if "Sign in" not in self.page.inner_text(".hh-status"):
            return
        here = self.page.evaluate("() => location.hash")
        self.sign_in(username)
        self.open("/handheld/" + here)
        self.unlock()

    def receipt(self) -> str:
        """Wait for the receipt of the form that is open, and return it."""
        sent = "() => document.querySelector('[data-where]')?.textContent.startsWith('Sent')"
        self.page.wait_for_function(sent, timeout=75_000)  # a handheld tries again every 30 seconds
        return self.where().split("receipt ")[1].strip()

    def check(self, where: str) -> None:
        """Nobody is kept out of this screen at any size of phone: axe finds nothing, nothing scrolls sideways."""
        for width in (320, 360):
            self.page.set_viewport_size({"width": width, "height": 740})
            found = axe.found(self.page, axe.handed_over)
            assert found == [], f"{where} at {width}: {found}"
            wide = self.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{where} scrolls sideways by {wide}px at {width}"
        small = self.page.evaluate(
            "() => [...document.querySelectorAll('#app button, #app .hh-foot a')].filter((one) => one.offsetParent)"
            ".filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"
        )
        assert small == [], f"{where}: too small for a thumb: {small}"
