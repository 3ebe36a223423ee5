"""Every queue, board and list that somebody works from, one case opened from it and its packs, with a year behind."""

import re
from collections.abc import Iterator

from benchmarks import county
from benchmarks.figures import Figure, spread
from benchmarks.pages import arrive
from benchmarks.serving import Answer, Client, links, serving, text

GROUP = "queues"
MOST_MS, MOST_PACK_MS = 300.0, 2000.0
A_CASE = re.compile(r"/[0-9a-f-]{36}/$")
A_PACK = re.compile(r"\.pdf(\?|$)")
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
    """Time the page, then the first case that it leads to, each with the packs that it offers."""
    page = arrive(client, path)
    if page is None:
        return
    yield _spread(client, f"{path}, {who}", path, times)
    yield from _packs(client, f"{path}, {who}", page, times)
    case = next((found for found in _inside(page) if A_CASE.search(found)), "")
    opened = arrive(client, case) if case else None
    if opened:
        yield _spread(client, f"{path} › a case, {who}", case, times)
        yield from _packs(client, f"{path} › a case, {who}", opened, times)


def _packs(client: Client, name: str, page: Answer, times: int) -> Iterator[Figure]:
    for path in dict.fromkeys(found for found in _inside(page) if A_PACK.search(found)):
        kind = path.partition("?")[0].rpartition("/")[2]
        yield _spread(client, f"{name} › {kind}", path, times, most=MOST_PACK_MS)


def _inside(page: Answer) -> list[str]:
    """Return where the links of a page lead, those of the frame left out."""
    return re.findall(r'href="([^"]+)"', text(page).partition("<main")[2])


def _spread(client: Client, name: str, path: str, times: int, *, most: float = MOST_MS) -> Figure:
    took = [client.get(path).ms for _ in range(times)]
    return spread(GROUP, name, took, target=most)
