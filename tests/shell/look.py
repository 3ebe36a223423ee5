"""Photograph the gallery and try it with axe: `python -m tests.shell.look FOLDER [name …]`."""

import argparse
import functools
import http.server
import threading
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules/axe-core/axe.min.js"
POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'"
RUN = "() => axe.run({runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})"


class Handler(http.server.SimpleHTTPRequestHandler):
    """The gallery under the product's own content security policy."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def serve(folder: Path) -> tuple[http.server.ThreadingHTTPServer, str]:
    """Serve the folder on a free port of this machine."""
    handler = functools.partial(Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong, one line each."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(RUN)["violations"]
    return [
        f"{one['id']}: {node['target']} {node['any'][0]['message'] if node['any'] else node['html'][:160]}"
        for one in found
        for node in one["nodes"]
    ]


def look(browser: Browser, address: str, name: str, width: int, theme: str, pictures: Path) -> list[str]:
    """Photograph one page and return everything wrong with it."""
    context = browser.new_context(
        viewport={"width": width, "height": 860},
        color_scheme="dark" if theme == "dark" else "light",
        bypass_csp=False,
        reduced_motion="reduce",
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(f"console: {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.goto(f"{address}/{name}.html")
    page.wait_for_timeout(150)
    page.screenshot(path=pictures / f"{name}-{width}-{theme}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        wrong.append(f"scrolls sideways by {wide} px")
    wrong += violations(page)
    context.close()
    return [f"{name} {width} {theme}: {line}" for line in wrong]


def main() -> int:
    """Look at every page, wide and narrow, by day and by night."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    names = given.names or sorted(file.stem for file in given.folder.glob("*.html"))
    pictures = given.folder / "pictures"
    pictures.mkdir(exist_ok=True)
    server, address = serve(given.folder)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        wrong = [
            line
            for name in names
            for width in (1280, 320)
            for theme in ("light", "dark")
            for line in look(browser, address, name, width, theme, pictures)
        ]
        browser.close()
    server.shutdown()
    print("\n".join(wrong) or "Nothing wrong found.")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
