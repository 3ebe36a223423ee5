"""Every queue, board and list that somebody works from, and one case opened from it, with a year of work behind."""

import re
from collections.abc import Iterator

from benchmarks import county
from benchmarks.figures import Figure, spread
from benchmarks.pages import arrive
from benchmarks.serving import Client, links, serving, text

GROUP = "queues"
MOST_MS = 300.0
A_CASE = re.compile(r"/[0-9a-f-]{36}/$")
NOT_LISTS = frozenset({"/handheld/", "/contact/calls/new/"})
"""The handheld is measured on its own, and a new call is a form."""


def measure(*, scale: float, port: int, times: int = 20) -> Iterator[Figure]:
    """Yield the server's time for each page that the navigation offers anybody, as its own sign-in sees it."""
    from fellwatch.demonstration.signins import ACCOUNTS

    county.set_up()
    county.hold_open()
    seen: set[tuple[str, str]] = set()
    with serving(port=port, scale=scale):
        for account in ACCOUNTS:
            client = Client(port).sign_in(account.username)
            for path in _ways(client):
                if (account.role, path) not in seen and path not in NOT_LISTS:
                    seen.add((account.role, path))
                    yield from _time(client, account.username, path, times)


def _ways(client: Client) -> list[str]:
    home = client.get("/")
    page = client.get(home.headers["location"]) if home.status == 302 else home
    return list(dict.fromkeys(links(page)))


def _time(client: Client, who: str, path: str, times: int) -> Iterator[Figure]:
    """Time the page, then the first case that it leads to."""
    page = arrive(client, path)
    if page is None:
        return
    yield _spread(client, f"{path}, {who}", path, times)
    inside = re.findall(r'href="([^"]+)"', text(page).partition("<main")[2])
    case = next((found for found in inside if A_CASE.search(found)), "")
    if case and arrive(client, case):
        yield _spread(client, f"{path} › a case, {who}", case, times)


def _spread(client: Client, name: str, path: str, times: int) -> Figure:
    took = [client.get(path).ms for _ in range(times)]
    return spread(GROUP, name, took, target=MOST_MS)
