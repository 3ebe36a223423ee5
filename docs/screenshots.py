"""Take the README's pictures from the running product: `make screenshots`."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PORT = 8765
ADDRESS = f"http://127.0.0.1:{PORT}"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"


def _up() -> bool:
    try:
        urllib.request.urlopen(f"{ADDRESS}/health", timeout=2).close()
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
    return True


def _sign_in(page: Page, username: str) -> None:
    page.goto(ADDRESS)
    page.click(f'form[action="/demonstration/{username}/"] button')
    page.wait_for_load_state()


def _take_a_call(page: Page) -> None:
    page.goto(f"{ADDRESS}/contact/calls/new/")
    page.fill("#caller_number", "07700 900142")
    page.locator("#caller_name").press_sequentially("Danyel Hewitt", delay=30)
    page.wait_for_selector("#known .fw-candidate--sure")
    page.select_option("#opening_code", "domestic_incident")
    page.fill("#summary", "He is back and hammering on the door.")
    for question in ("in_progress", "suspect_present_or_returning", "domestic"):
        page.locator(f"#danger-{question}-1").press("Space")
    page.fill("#thrive-threat", "Former partner outside, hammering.")
    page.wait_for_selector(".fw-proposal--emergency")
    page.wait_for_timeout(800)


def take() -> None:
    """Run the county at a tenth and photograph the call and the board."""
    IMAGES.mkdir(exist_ok=True)
    environment = {**os.environ, "FELLWATCH_VAR": str(ROOT / "build" / "screenshots"), "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "fellwatch.cli", "run", "--demonstration", "--port", str(PORT)]
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        while not _up():
            if process.poll() is not None:
                raise SystemExit("The product stopped; its message is above.")
            time.sleep(0.5)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
            )
            page = browser.new_page(viewport={"width": 1440, "height": 1000})
            _sign_in(page, "alice")
            page.screenshot(path=IMAGES / "board.png")
            _take_a_call(page)
            page.screenshot(path=IMAGES / "call.png")
            browser.close()
    finally:
        process.terminate()
        process.wait(timeout=30)


if __name__ == "__main__":
    take()
