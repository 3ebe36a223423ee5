"""axe-core in a page: what keeps somebody out of it."""

import functools
import threading
from collections.abc import Callable
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core"
RUN = """async () => (await axe.run({ resultTypes: ["violations"], preload: false }))
  .violations.map((one) => one.id + ": " + one.nodes[0].html)"""


class _Shelf(SimpleHTTPRequestHandler):
    """Serves the folder, and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@cache
def _address() -> str:
    """Serve axe-core for the whole run: a browser reads it in a third of the time that it takes to be handed over."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Shelf, directory=str(FOLDER)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/axe.min.js"


def fetched(page) -> None:
    """Let a page fetch axe, where its policy is bypassed."""
    page.add_script_tag(url=_address())


def handed_over(page) -> None:
    """Hand axe over to a page that may fetch nothing."""
    page.evaluate((FOLDER / "axe.min.js").read_text())


def found(page, bring: Callable[[object], None] = fetched) -> list[str]:
    """Return what axe finds wrong in a page as it stands now, one line each."""
    if not page.evaluate("() => 'axe' in window"):
        bring(page)
    return page.evaluate(RUN)
