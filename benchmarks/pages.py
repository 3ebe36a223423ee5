"""Every page: how big its HTML is for each role."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from benchmarks import calls, county, still_open
from benchmarks.figures import Figure, single
from benchmarks.serving import Answer, Client, links, serving

SIZES = "page sizes"
MOST_KB = 60.0
ROLES = {
    "alice": "call taker",
    "bob": "supervisor",
    "hugh": "help desk",
    "rosa": "response officer",
    "erin": "auditor",
    "mina": "data manager",
}
FIXED = {
    "board": "/contact/board/",
    "wallboard": "/contact/board/?view=wallboard",
    "waiting": "/contact/waiting/",
    "help desk": "/contact/desk/",
    "call, empty": "/contact/calls/new/",
    "log": "/log/",
    "jobs": "/jobs/",
    "imports": "/imports/",
}


@dataclass(frozen=True)
class Paths:
    """Pages about somebody or something, several of each."""

    by_name: Mapping[str, Sequence[str]]


def paths(count: int) -> Paths:
    """Draw open incidents, people and places of the county, and searches as somebody would type them."""
    with county.owner() as connection:

        def some(query: str) -> list[str]:
            return [str(row[0]) for row in connection.execute(query, [count]).fetchall()]

        incidents = some(
            "select incident_id from contact_handling where state <> 'closed' order by md5(incident_id::text) limit %s"
        )
        people = some(
            "select person_id from (select distinct person_id from records_incidentperson) p "
            "join records_person r on r.id = person_id and r.compartment = '' order by md5(person_id::text) limit %s"
        )
        places = some(
            "select place_id from (select distinct place_id from records_incident where place_id is not null) p "
            "order by md5(place_id::text) limit %s"
        )
    rng = random.Random(3)
    said = [f"{p.forename} {p.surname[:-1]}{rng.choice('aeiou')}" for p in county.residents(count)]
    return Paths(
        {
            "incident": [f"/contact/incidents/{id}/" for id in incidents],
            "person": [f"/people/{id}/" for id in people],
            "place": [f"/places/{id}/" for id in places],
            "search": [f"/search/?q={quote_plus(name)}" for name in said],
        }
    )


def measure_sizes(*, scale: float, port: int) -> Iterator[Figure]:
    """Yield each page's compressed size, the largest of several, for each role that may open it."""
    county.set_up()
    still_open.hold()
    drawn = paths(8)
    with serving(port=port, scale=scale):
        for username, role in ROLES.items():
            client = Client(port).sign_in(username)
            for name, where in {**{n: [p] for n, p in FIXED.items()}, **drawn.by_name}.items():
                yield from _size(client, role, name, where)
            yield from _others(client, role, drawn)
            if username == "alice":
                yield from _filled(client, role)


def _size(client: Client, role: str, name: str, where: Sequence[str]) -> Iterator[Figure]:
    found = [answer for path in where if (answer := arrive(client, path)) is not None]
    if found:
        largest = max(len(answer.body) for answer in found) / 1000
        yield single(SIZES, f"{name}, {role}", largest, unit="kB", target=MOST_KB, n=len(found))


def arrive(client: Client, path: str) -> Answer | None:
    """Return a page, after the redirect to a call's own address; None where the reader may not open it."""
    answer = client.get(path)
    if answer.status == 302 and "/calls/" in answer.headers["location"]:
        answer = client.get(answer.headers["location"])
    if answer.status >= 500:
        raise RuntimeError(f"{path} answered {answer.status}; see server.log in FELLWATCH_VAR.")
    return answer if answer.status == 200 else None


def _others(client: Client, role: str, drawn: Paths) -> Iterator[Figure]:
    """Whatever else the navigation offers this role."""
    page = arrive(client, "/contact/board/") or arrive(client, "/log/") or arrive(client, "/imports/")
    known = {*FIXED.values(), *(path for several in drawn.by_name.values() for path in several)}
    for path in links(page) if page else ():
        if path not in known:
            yield from _size(client, role, path.strip("/"), [path])


def _filled(client: Client, role: str) -> Iterator[Figure]:
    """The call page as it is in the middle of a call: everything typed, the panel full."""
    largest = 0
    callers = county.residents(5)
    for caller in callers:
        form = [("do", "look"), *calls.form(caller, calls.suspect(caller))[1:]]
        largest = max(largest, len(client.post(f"/contact/calls/{calls.new_id()}/", form).body))
    yield single(SIZES, f"call, half taken, {role}", largest / 1000, unit="kB", target=MOST_KB, n=len(callers))
