"""The board with 500 open incidents: how soon it is there, how big it is, how soon it shows somebody else's save."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks import calls, county, still_open
from benchmarks.figures import Figure, single, spread
from benchmarks.serving import Client, serving

GROUP = "board"
BOARD = "/contact/board/"
CHROMIUM = "/usr/bin/chromium"
REST = 1500.0
FLAGS = ["--no-sandbox", "--disable-background-networking"]

_PAINT = """() => new Promise((done) => {
  const first = () => performance.getEntriesByName("first-contentful-paint")[0]
  const look = () => first() ? done(first().startTime) : setTimeout(look, 20)
  look()
})"""
_ASSETS = """() => performance.getEntriesByType("resource")
  .filter((one) => one.name.includes("/static/"))
  .map((one) => [new URL(one.name).pathname.split("/").pop(), one.encodedBodySize])"""
_WATCH = """(id) => {
  window.arrived = new Promise((done) => {
    const look = () => document.querySelector(`[data-row="${id}"]`) && done(Date.now())
    new MutationObserver(look).observe(document.querySelector("[data-rows]"), { childList: true })
  })
}"""
_FILL = """(pairs) => {
  const form = document.querySelector("#call")
  for (const [name, value] of pairs) {
    const fields = [...form.querySelectorAll(`[name="${name}"]`)]
    const tick = fields.find((one) => ["radio", "checkbox"].includes(one.type) && one.value === value)
    if (tick) { tick.checked = true; continue }
    const hidden = Object.assign(document.createElement("input"), { type: "hidden", name })
    const field = fields[0] ?? form.appendChild(hidden)
    field.value = value
  }
  form.addEventListener("submit", () => sessionStorage.setItem("sent", Date.now()))
}"""


def measure(*, scale: float, port: int, paints: int = 20, updates: int = 12) -> Iterator[Figure]:
    """Yield the figures of the board."""
    county.set_up()
    still_open.hold()
    with serving(port=port, scale=scale):
        client = Client(port).sign_in("alice")
        for _ in range(5):
            page = client.get(BOARD)
        took = [client.get(BOARD).ms for _ in range(30)]
        yield spread(GROUP, "HTML with 500 open, server's time", took, note="over HTTP, one reader; the first rows")
        yield single(GROUP, "HTML with 500 open, compressed", len(page.body) / 1000, unit="kB", target=60.0)
        took = [client.get(f"{BOARD}rows/").ms for _ in range(10)]
        yield spread(GROUP, "all 500 rows, server's time", took, note="asked for by the page after its first paint")
        with chromium() as browser:
            yield from _paints(browser, port, client, paints)
            yield from _updates(browser, port, client, updates)


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield the browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def context(browser: Any, port: int, client: Client) -> Any:
    """Return a new window of the browser, signed in as the client is."""
    window = browser.new_context(viewport={"width": 1280, "height": 900})
    window.add_cookies(
        [{"name": name, "value": value, "domain": "127.0.0.1", "path": "/"} for name, value in client.cookies.items()]
    )
    return window


def _paints(browser: Any, port: int, client: Client, count: int) -> Iterator[Figure]:
    """Open the board in a new window with an empty cache, then again in the same one once it has come to rest.

    A window is let come to rest first, since a board is opened in a browser that stands: what Chromium does to open a
    window, and what the board asks for after its own paint, would otherwise be timed with it. What a window costs that
    opens at that moment is told beside it.
    """
    first, later, opening, assets = [], [], [], {}
    for n in range(count + 2):
        window = context(browser, port, client)
        page = window.new_page()
        found = []
        for _ in range(2):
            page.wait_for_timeout(REST)
            found.append(_painted(page, port))
            assets = assets or dict(page.evaluate(_ASSETS))
        window.close()
        window = context(browser, port, client)
        found.append(_painted(window.new_page(), port))
        window.close()
        if n >= 2:
            for several, one in zip((first, later, opening), found, strict=True):
                several.append(one)
    how = f"Chromium, 1280 × 900, first contentful, after {REST / 1000:g} s at rest"
    yield spread(GROUP, "first paint, a new window with an empty cache", first, target=300.0, note=how)
    yield spread(GROUP, "first paint, in a window that has been here", later, target=300.0, note=how)
    how = "the same with no rest: Chromium's own work of opening the window is in it"
    yield spread(GROUP, "first paint, in the moment that a window opens", opening, note=how)
    total = sum(assets.values()) / 1000
    parts = ", ".join(f"{name.split('.')[0]} {size / 1000:.1f}" for name, size in assets.items())
    yield single(GROUP, "assets on a first visit, compressed", total, unit="kB", target=150.0, note=parts)


def _painted(page: Any, port: int) -> float:
    """Open the board and return when it was first painted, ms after it was asked for."""
    page.goto(f"http://127.0.0.1:{port}{BOARD}", wait_until="load")
    return float(page.evaluate(_PAINT))


def _updates(browser: Any, port: int, client: Client, count: int) -> Iterator[Figure]:
    """Save in one browser and wait for the row in another: from the click to the row's arrival."""
    reader, writer = context(browser, port, client), context(browser, port, client)
    board, call = reader.new_page(), writer.new_page()
    board.goto(f"http://127.0.0.1:{port}{BOARD}")
    board.wait_for_selector(".fw-live--live")
    took = []
    for caller in county.residents(count + 1, seed=5):
        call.goto(f"http://127.0.0.1:{port}/contact/calls/new/")
        board.evaluate(_WATCH, call.url.rstrip("/").split("/")[-1])
        call.evaluate(_FILL, [pair for pair in calls.form(caller, calls.suspect(caller)) if pair[0] != "do"])
        call.wait_for_timeout(300)
        call.click("[data-send]")
        call.wait_for_url("**/incidents/**")
        sent = float(call.evaluate("() => sessionStorage.getItem('sent')"))
        took.append(board.evaluate("() => window.arrived") - sent)
    note = f"from the click to the row; slowest {max(took[1:]):.0f} ms, of which 150 are the board's own pause"
    yield spread(GROUP, "update to another browser", took[1:], target=1000.0, note=note)
