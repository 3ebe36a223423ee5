"""The officer's handheld: the first sync, the next one, the page on a slow phone with nothing cached, and every tap."""

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, single, spread
from benchmarks.serving import serving

GROUP = "handheld"
SLOWER, RUNS, TAPS = 4, 5, 40
TAPPED = """(value) => new Promise((answered) => {
  const began = performance.now()
  document.querySelector(`[data-answer="${value}"]`).click()
  requestAnimationFrame(() => setTimeout(() => answered(performance.now() - began)))
})"""
READY = """(() => {
  const wanted = %s
  new MutationObserver(() => {
    const found = wanted.length && document.querySelector(wanted[0])
    if (!found) return
    wanted.shift()
    requestAnimationFrame(() => setTimeout(() => {
      found.focus()
      document.execCommand("insertText", false, "%s")
      if (wanted.length) document.getElementById("unlock").click()
      else window.ready = performance.now()
    }))
  }).observe(document, { childList: true, subtree: true })
})()"""
SYNCED = "() => performance.getEntriesByType('resource').filter((one) => one.name.endsWith('/handheld/sync/'))"


def measure(scale: float, port: int) -> list[Figure]:
    """Set up a handheld in Chromium and time what its officer waits for."""
    from playwright.sync_api import sync_playwright

    with serving(port=port, scale=scale), sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        with _handset(playwright, Path(folder) / "one", port) as one:
            one.sign_in("rosa")
            one.enrol("HH-BENCH")
            first = _last_sync(one)
            later = [_sync_again(one) for _ in range(RUNS)]
            taps = list(_taps(one))
            forms = [_cold(one, ["#passphrase", "[data-answer]"], "cache_storage,service_workers") for _ in range(RUNS)]
        with _handset(playwright, Path(folder) / "two", port) as two:
            pages = [_cold(two, ["#name"], "all") for _ in range(RUNS)]
    slow = f"CPU {SLOWER}× slower"
    return [
        single(GROUP, "first sync of an officer", first / 1000, unit="s", target=10),
        spread(GROUP, "sync when little has changed", [one / 1000 for one in later], unit="s", target=2),
        spread(GROUP, f"page to interactive, nothing cached, {slow}", pages, target=1000),
        spread(GROUP, f"locked, nothing cached: page, unlock, question, {slow}", forms, target=1000),
        spread(GROUP, f"a tap on an answer until the next question is painted, {slow}", taps, target=100),
    ]


@contextmanager
def _handset(playwright: Any, folder: Path, port: int) -> Iterator[Any]:
    from tests.journeys.handset import Handset
    from tests.journeys.mast import Mast

    made = Handset(playwright, folder, Mast(("127.0.0.1", port)))
    try:
        yield made
    finally:
        made.kill()
        made.mast.close()


def _last_sync(one: Any) -> float:
    one.page.wait_for_function(f"() => ({SYNCED})().length > 0")
    return float(one.page.evaluate(f"() => Math.max(0, ...({SYNCED})().slice(-1).map((one) => one.duration))"))


def _sync_again(one: Any) -> float:
    before = one.page.evaluate(f"() => ({SYNCED})().length")
    one.page.evaluate("() => dispatchEvent(new Event('online'))")
    one.page.wait_for_function(f"(before) => ({SYNCED})().length > before", arg=before)
    return _last_sync(one)


def _taps(one: Any) -> Iterator[float]:
    """Answer the checklist question by question, as fast as a thumb may, on a slow phone."""
    for card in one.cards():
        one.incident(card)
        if one.page.query_selector('[data-form="dash"]'):
            break
    one.begin("dash")
    with _slow(one):
        for number in range(TAPS):
            one.question(f"q{number % 27 + 1}")
            yield one.page.evaluate(TAPPED, "yes" if number % 2 else "no")


def _cold(one: Any, wanted: list[str], cleared: str) -> float:
    """Open the page it is at with nothing cached and no worker; return when the last of what is wanted takes a press.

    The page says so itself, from the start of its navigation: a driver's own looking is slowed as well.
    """
    from tests.journeys.handset import PASSPHRASE

    address = one.page.url if one.page.url.startswith(one.mast.address) else f"{one.mast.address}/handheld/"
    one.page.goto("about:blank")
    phone = one.page.context.new_cdp_session(one.page)
    phone.send("Storage.clearDataForOrigin", {"origin": one.mast.address, "storageTypes": cleared})
    phone.send("Network.clearBrowserCache")
    script = READY % (json.dumps(wanted), PASSPHRASE)
    phone.send("Page.enable")
    phone.send("Page.addScriptToEvaluateOnNewDocument", {"source": script})
    with _slow(one):
        one.page.goto(address, wait_until="commit")
        for _ in range(600):
            ready = phone.send("Runtime.evaluate", {"expression": "window.ready"})["result"].get("value")
            if ready:
                break
            time.sleep(0.1)
    phone.detach()
    return float(ready)


@contextmanager
def _slow(one: Any) -> Iterator[None]:
    phone = one.page.context.new_cdp_session(one.page)
    phone.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    yield
    phone.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    phone.detach()
