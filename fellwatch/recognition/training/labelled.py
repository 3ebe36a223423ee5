"""Labelled queries about a force's own people: some of them taken out first, a third of those from homes still held."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fellwatch.recognition import asked
from fellwatch.recognition.asked import Asked
from fellwatch.recognition.held import Held
from fellwatch.recognition.training import corrupt


@dataclass(frozen=True)
class Query:
    """What was said, and the row of the person meant in `Sample.held` (-1: nobody held)."""

    asked: Asked
    truth: int


@dataclass(frozen=True)
class Sample:
    """People who stay, and queries about them and about those taken out."""

    held: tuple[Held, ...]
    queries: tuple[Query, ...]
    mates: tuple[tuple[int, int], ...]


def homes(people: Sequence[Held]) -> dict[tuple[str, ...], list[int]]:
    """Return the rows of the people at each present address that is whole."""
    found: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, held in enumerate(people):
        where = next((a.address for a in held.addresses if a.now), None)
        if where and where.house and where.street:
            found[where.postcode, where.street, where.house, where.flat].append(row)
    return {home: rows for home, rows in found.items() if 1 < len(rows) <= 9}


def sample(people: Sequence[Held], *, queries: int, seed: int, today: date) -> Sample:
    """Make two queries about people who stay for every one about somebody taken out."""
    rng = random.Random(seed)
    shared = homes(people)
    out = _taken_out(people, shared, queries // 3, rng)
    at_home = _numbers_at_home(people, shared)
    stay = [row for row in range(len(people)) if row not in out]
    held = tuple(people[row] for row in stay)
    asked_about = rng.sample(range(len(held)), min(queries - len(out), len(held)))
    found = [Query(_asked(held[row], rng, today, at_home.get(stay[row], ())), row) for row in asked_about]
    found += [Query(_asked(people[row], rng, today, at_home.get(row, ())), -1) for row in sorted(out)]
    return Sample(held, tuple(q for q in found if q.asked.fields), _mates(held))


def _taken_out(
    people: Sequence[Held], shared: dict[tuple[str, ...], list[int]], count: int, rng: random.Random
) -> set[int]:
    """Choose from shared homes first, one of each: a third. The rest are whole households that nobody is left of."""
    keys = sorted(shared)
    rng.shuffle(keys)
    mates = {rng.choice(shared[home]) for home in keys[: count // 3]}
    strangers: set[int] = set()
    for home in keys[count // 3 :]:
        if len(strangers) >= count // 3:
            break
        strangers.update(shared[home])
    alone = [row for row in range(len(people)) if row not in mates and row not in strangers]
    return mates | strangers | set(rng.sample(alone, max(min(count - len(mates) - len(strangers), len(alone)), 0)))


def _mates(held: Sequence[Held]) -> tuple[tuple[int, int], ...]:
    return tuple((one, other) for rows in homes(held).values() for one in rows for other in rows if one != other)


def _numbers_at_home(people: Sequence[Held], shared: Mapping[tuple[str, ...], list[int]]) -> dict[int, tuple[str, ...]]:
    """Return for each person the numbers of the others at their address."""
    return {
        row: tuple(number for other in rows if other != row for number in people[other].phones)
        for rows in shared.values()
        for row in rows
    }


def _asked(held: Held, rng: random.Random, today: date, at_home: Sequence[str]) -> Asked:
    return read(corrupt.mixed(held, rng, at_home), today)


def read(said: Mapping[str, str], today: date) -> Asked:
    """Read what was said; a name is finished typing: a space says so."""
    names = {field: f"{said[field]} " if said.get(field) else "" for field in ("forename", "surname")}
    rest = {field: said.get(field, "") for field in ("date_of_birth", "phone", "address", "sex")}
    return asked.read(today=today, forename=names["forename"], surname=names["surname"], **rest)  # type: ignore[arg-type]
