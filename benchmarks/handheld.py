"""The officer's handheld: the first sync, the next one, the page on a slow phone with nothing cached, and every tap."""

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
        with _handset(playwright, Path(folder) / "two", port) as two:
            pages = [_cold(two) for _ in range(RUNS)]
    slow = f"CPU {SLOWER}× slower"
    return [
        single(GROUP, "first sync of an officer", first / 1000, unit="s", target=10),
        spread(GROUP, "sync when little has changed", [one / 1000 for one in later], unit="s", target=2),
        spread(GROUP, f"page to interactive, nothing cached, {slow}", pages, target=1000),
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
    slow = one.page.context.new_cdp_session(one.page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    card = one.page.get_attribute(".hh-card >> nth=0", "href").split("/")[1]
    one.incident(card)
    one.begin("dash")
    for number in range(TAPS):
        one.question(f"q{number % 27 + 1}")
        yield one.page.evaluate(TAPPED, "yes" if number % 2 else "no")
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})


def _cold(one: Any) -> float:
    """Open the page with nothing cached and no worker, and wait until its first field takes a letter."""
    slow = one.page.context.new_cdp_session(one.page)
    origin = one.mast.address
    slow.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    slow.send("Network.clearBrowserCache")
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    one.page.goto("about:blank")
    began = time.perf_counter()
    one.page.goto(f"{origin}/handheld/", wait_until="commit")
    one.page.wait_for_selector("#name")
    one.page.fill("#name", "H")
    took = (time.perf_counter() - began) * 1000
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return took
