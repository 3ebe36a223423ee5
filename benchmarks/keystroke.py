"""From a keystroke in the call to the repainted panel of what is known, in Chromium on the running product."""

from collections.abc import Iterator
from typing import Any

from benchmarks import county
from benchmarks.board import chromium, context
from benchmarks.figures import Figure, spread
from benchmarks.serving import Client, serving

GROUP = "keystroke"
TARGET = 100.0
NO_CHANGE_AFTER = 700

_WATCH = """() => {
  const panel = document.querySelector("#known")
  window.keystrokes = { at: 0, took: [] }
  document.querySelector("#who").addEventListener("input", () => { keystrokes.at = performance.now() }, true)
  const painted = (began) => requestAnimationFrame(() => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => keystrokes.took.push(performance.now() - began)
    channel.port2.postMessage(0)
  })
  new MutationObserver(() => painted(keystrokes.at)).observe(panel, { childList: true })
}"""

_SETTLED = """([before, most]) => new Promise((done) => {
  const until = performance.now() + most
  const over = () => keystrokes.took.length > before || performance.now() > until
  const look = () => over() ? done() : setTimeout(look, 5)
  look()
})"""


def measure(*, scale: float, port: int, callers: int = 16) -> Iterator[Figure]:
    """Yield the time of every keystroke that changed the panel, letters of names as callers say them."""
    county.set_up()
    people = county.residents(callers, seed=11)
    took: list[float] = []
    with serving(port=port, scale=scale):
        client = Client(port).sign_in("alice")
        with chromium() as browser:
            page = context(browser, port, client).new_page()
            for number, person in enumerate(people):
                page.goto(f"http://127.0.0.1:{port}/contact/calls/new/")
                page.evaluate(_WATCH)
                typed = _type(page, f"{person.forename} {person.surname}")
                took += typed if number else []
    note = "Chromium, letter by letter"
    yield spread(GROUP, f"keystroke to repainted panel, {scale:g}×", took, target=TARGET, note=note)


def _type(page: Any, name: str) -> list[float]:
    """Type a name, each letter when the panel has answered the one before or nothing changed."""
    page.click("#caller_name")
    for letter in name:
        before = page.evaluate("() => keystrokes.took.length")
        page.keyboard.press("Space" if letter == " " else letter)
        page.evaluate(_SETTLED, [before, NO_CHANGE_AFTER])
    found: list[float] = page.evaluate("() => keystrokes.took")
    return found
