"""Every queue, board and list that somebody works from, one case opened from it and its packs, with a year behind."""

import re
from collections.abc import Iterator

from benchmarks import county, still_open
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
    county.set_up()
    still_open.hold()
    with serving(port=port, scale=scale):
        county.settle()
        for client, name, path in ways(port):
            yield _spread(client, name, path, times)
            yield from _packs(client, name, path, times)


def ways(port: int) -> Iterator[tuple[Client, str, str]]:
    """Yield each page once a role, and the first case that it leads to: its reader, its name and its address."""
    from fellwatch.demonstration.signins import ACCOUNTS

    seen: set[tuple[str, str]] = set()
    for account in ACCOUNTS:
        client = Client(port).sign_in(account.username)
        for path in _offered(client):
            if (account.role, path) in seen or path in NOT_LISTS:
                continue
            seen.add((account.role, path))
            if page := arrive(client, path):
                yield client, f"{path}, {account.username}", path
                case = next((found for found in _inside(page) if A_CASE.search(found)), "")
                if case and arrive(client, case):
                    yield client, f"{path} › a case, {account.username}", case


def _offered(client: Client) -> list[str]:
    home = client.get("/")
    page = client.get(home.headers["location"]) if home.status == 302 else home
    return list(dict.fromkeys(links(page)))


def _packs(client: Client, name: str, path: str, times: int) -> Iterator[Figure]:
    for pack in dict.fromkeys(found for found in _inside(client.get(path)) if A_PACK.search(found)):
        kind = pack.partition("?")[0].rpartition("/")[2]
        yield _spread(client, f"{name} › {kind}", pack, times, most=MOST_PACK_MS)


def _inside(page: Answer) -> list[str]:
    """Return where the links of a page lead, those of the frame left out."""
    return re.findall(r'href="([^"]+)"', text(page).partition("<main")[2])


def _spread(client: Client, name: str, path: str, times: int, *, most: float = MOST_MS) -> Figure:
    took = [client.get(path).ms for _ in range(times)]
    return spread(GROUP, name, took, target=most)
