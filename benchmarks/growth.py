"""Whether a page's time grows with the force: the same pages in a small one and a large one."""

from collections.abc import Iterator, Sequence

from benchmarks import calls, county, queues, still_open
from benchmarks.figures import Figure, single, spread
from benchmarks.pages import FIXED, arrive, paths
from benchmarks.serving import Client, serving

GROUP = "growth"
READERS = {"log": "erin", "waiting": "bob", "jobs": "bob", "imports": "mina", "help desk": "hugh"}
"""Who reads each page of FIXED, where it is not the call taker."""
MOST = 2.0


def measure(*, scale: float, port: int, times: int = 30) -> Iterator[Figure]:
    """Yield each page's server time with the same 500 incidents open, so that only the force's size differs."""
    county.set_up()
    still_open.hold()
    drawn = paths(times)
    with serving(port=port, scale=scale):
        county.settle()
        clients = {name: Client(port).sign_in(name) for name in {"alice", *READERS.values()}}
        for name, where in {**{n: [p] * times for n, p in FIXED.items()}, **drawn.by_name}.items():
            yield from _time(clients[READERS.get(name, "alice")], name, where)
        for client, name, path in queues.ways(port):
            if path not in FIXED.values():
                yield from _time(client, name, [path] * times)
        yield from _typing(clients["alice"], times)
    still_open.hold()


def _time(client: Client, name: str, where: Sequence[str]) -> Iterator[Figure]:
    for path in where[:4]:
        arrive(client, path)
    took = [answer.ms for path in where if (answer := arrive(client, path)) is not None]
    if took:
        yield spread(GROUP, name, took)


def _typing(client: Client, times: int) -> Iterator[Figure]:
    """What the call taker waits for while typing, and the save itself."""
    for name, do, path in (
        ("what we know (fragment)", "", "known/"),
        ("grade (fragment)", "", "grade/"),
        ("save a call", "send", ""),
    ):
        took = []
        for caller in county.residents(times + 4, seed=9):
            form = [("do", do), *calls.form(caller, calls.suspect(caller))[1:]]
            took.append(client.post(f"/contact/calls/{calls.new_id()}/{path}", form).ms)
        yield spread(GROUP, name, took[4:])


def ratios(small: Sequence[Figure], large: Sequence[Figure], by: str) -> Iterator[Figure]:
    """Yield how many times longer each page takes in the larger force."""
    before = {figure.name: figure.median for figure in small}
    for figure in large:
        if figure.name in before:
            note = f"{before[figure.name]:.0f} ms to {figure.median:.0f} ms"
            ratio = figure.median / before[figure.name]
            yield single(GROUP, f"{figure.name}, {by}", ratio, unit="×", target=MOST, n=figure.n, note=note)
