"""Measure recognition: what it finds of invented, misheard people, how fast, with row policies and log.

Run with `python -m benchmarks.recognition_first [PEOPLE] [QUERIES]`, given an empty database
(`FELLWATCH_DATABASE=fellwatch_bench` names one on the embedded server). Names come from the reference data.
"""

import csv
import gzip
import os
import random
import resource
import statistics
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("FELLWATCH_SHARED", Path(__file__).resolve().parents[2] / "shared"))
NOW = datetime(2026, 11, 21, 23, 40, tzinfo=UTC)
ENDINGS = ("Lane", "Road", "Street", "Close", "Avenue", "Drive", "Terrace", "Court")
SLIPS = (
    *(("ph", "f"), ("ie", "y"), ("ee", "ea"), ("ck", "k"), ("ll", "l"), ("t", "tt"), ("i", "y"), ("e", "a")),
    *(("ou", "u"), ("s", "z"), ("n", "nn"), ("er", "a"), ("oo", "u"), ("gh", ""), ("c", "k"), ("th", "t")),
)


@dataclass(frozen=True)
class Somebody:
    """An invented person as generated; `home` is (house, street, postcode)."""

    id: uuid.UUID
    forename: str
    surname: str
    sex: str
    born: date
    phone: str
    home: tuple[str, str, str]
    home_id: uuid.UUID
    known_as: str = ""
    maiden: str = ""


class Names:
    """Forenames by decade and sex, and surnames, each as common as published."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.forenames: dict[tuple[str, int], tuple[list[str], list[float]]] = {}
        rows: dict[tuple[str, int], dict[str, float]] = {}
        with gzip.open(SHARED / "data/names/babynames_ew_1904_2020.csv.gz", "rt", encoding="utf-8") as source:
            for row in csv.DictReader(source):
                tally = rows.setdefault((row["sex"], int(row["year"]) // 10 * 10), {})
                worth = float(row["count"] or 0) or 1000.0 / float(row["ranking"] or 100)
                tally[row["name"].title()] = tally.get(row["name"].title(), 0.0) + worth
        self.forenames = {k: (list(v), list(v.values())) for k, v in rows.items()}
        with open(SHARED / "data/names/lastname_uk.csv", encoding="utf-8") as source:
            pairs = [(r["surname"].title(), float(r["freq"])) for r in csv.DictReader(source)]
        self.surnames = ([p[0] for p in pairs], [p[1] for p in pairs])

    def forename(self, sex: str, year: int) -> str:
        decades = sorted(d for s, d in self.forenames if s == sex)
        nearest = min(decades, key=lambda d: abs(d - year))
        names, weights = self.forenames[sex, nearest]
        return self.rng.choices(names, weights)[0]

    def surname(self) -> str:
        return self.rng.choices(*self.surnames)[0]


def households(size: int, rng: random.Random) -> Iterator[list[Somebody]]:
    """Yield families sharing a surname (mostly), a home and (half of them) a telephone number."""
    names, made, street = Names(rng), 0, 0
    streets = [f"{rng.choice(names.surnames[0])} {rng.choice(ENDINGS)}" for _ in range(max(size // 60, 20))]
    while made < size:
        street += 1
        where = streets[street % len(streets)]
        postcode = f"ZZ{street % 90 + 1} {street // 90 % 9 + 1}{chr(65 + street % 20)}{chr(65 + street // 9 % 20)}"
        home = (str(street // len(streets) + 1), where, postcode)
        family = list(_family(names, home, rng))
        made += len(family)
        yield family


def _family(names: Names, home: tuple[str, str, str], rng: random.Random) -> Iterator[Somebody]:
    surname, shared, home_id = names.surname(), f"+4477009{rng.randint(0, 99999):05}", uuid.uuid4()
    eldest = rng.randint(1935, 2000)
    for n in range(rng.choices((1, 2, 3, 4, 5), (30, 34, 16, 14, 6))[0]):
        sex = rng.choice(("B", "G"))
        year = eldest + rng.randint(-3, 3) if n < 2 else min(eldest + rng.randint(20, 38), 2020)
        own = f"+447{rng.randint(400000000, 899999999)}"
        yield Somebody(
            id=uuid.uuid4(),
            forename=names.forename(sex, year),
            surname=surname if n != 1 or rng.random() < 0.7 else names.surname(),
            sex="male" if sex == "B" else "female",
            born=date(year, rng.randint(1, 12), rng.randint(1, 28)),
            phone=shared if rng.random() < 0.35 else own,
            home=home,
            home_id=home_id,
            maiden=names.surname() if sex == "G" and n < 2 and rng.random() < 0.5 else "",
        )


def mishear(text: str, rng: random.Random) -> str:
    """Spell a name as somebody might who heard or typed it in a hurry."""
    lower = text.lower()
    fitting = [(a, b) for a, b in SLIPS if a in lower[1:]]
    if fitting and rng.random() < 0.6:
        a, b = rng.choice(fitting)
        return (lower[0] + lower[1:].replace(a, b, 1)).title()
    if len(text) < 4:
        return text
    at = rng.randrange(1, len(text) - 1)
    match rng.randrange(3):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + rng.choice("aeiorstln") + text[at + 1 :]


def spoil(who: Somebody, rng: random.Random, *, phone: bool) -> dict[str, Any]:
    """Say what a caller would: some fields, one to three things wrong."""
    from fellwatch.recognition.names import variants

    said = {"forename": who.forename, "surname": who.surname, "born": f"{who.born:%d/%m/%Y}"}
    for _ in range(rng.randint(1, 3)):
        match rng.randrange(7):
            case 0 | 1:
                said["surname"] = mishear(said["surname"], rng)
            case 2:
                said["forename"] = mishear(said["forename"], rng)
            case 3:
                known = sorted(variants(who.forename.lower()))
                said["forename"] = rng.choice(known).title() if known else mishear(said["forename"], rng)
            case 4:
                day, month, year = said["born"].split("/") if said["born"].count("/") == 2 else ("1", "1", "1990")
                said["born"] = f"{month}/{day}/{year}" if int(day) <= 12 else f"{day}/{month}/{int(year) + 1}"
            case 5:
                said["born"] = str(who.born.year)
            case 6:
                said["surname"] = who.maiden or said["surname"]
    swapped = rng.random() < 0.05
    name = f"{said['surname']} {said['forename']} " if swapped else f"{said['forename']} {said['surname']} "
    query = {"name": name}
    if rng.random() < 0.6:
        query["date_of_birth"] = said["born"]
    if phone and rng.random() < 0.8:
        query["phone"] = who.phone
    if len(query) == 1 or rng.random() < 0.4:
        query["address"] = f"{who.home[0]} {who.home[1]}" + (f" {who.home[2]}" if rng.random() < 0.5 else "")
    return query


def load(people: Sequence[Somebody]) -> None:
    """Copy the people into records as the tables' owner."""
    from django.db import connections, transaction

    def copy(cursor: Any, target: str, rows: Iterator[tuple[object, ...]]) -> None:
        with cursor.copy(f"copy {target} from stdin") as into:
            for row in rows:
                into.write_row(row)

    places = {p.home_id: p.home for p in people}
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("truncate records_person, records_place cascade")
        person = "records_person (id, sex, birth_year, birth_month, birth_day, compartment, announce, "
        person += "created_at, created_by)"
        copy(
            cursor,
            person,
            ((p.id, p.sex, p.born.year, p.born.month, p.born.day, "", True, NOW, p.id) for p in people),
        )
        name = "records_personname (id, person_id, kind, forenames, surname, source)"
        copy(cursor, name, ((uuid.uuid4(), p.id, "current", p.forename, p.surname, "bench") for p in people))
        maiden = ((uuid.uuid4(), p.id, "maiden", p.forename, p.maiden, "bench") for p in people if p.maiden)
        copy(cursor, name, maiden)
        phone = "records_personphone (id, person_id, number, last_known_date, source)"
        copy(cursor, phone, ((uuid.uuid4(), p.id, p.phone, NOW.date(), "bench") for p in people))
        place = "records_place (id, flat, house, street, locality, town, postcode, district, area, force, "
        place += "beat, compartment)"
        rows = ((k, "", *h[:2], "", "", h[2], "", "", "", "urban", "") for k, h in places.items())
        copy(cursor, place, rows)
        home = "records_residence (id, person_id, place_id, kind, source)"
        copy(cursor, home, ((uuid.uuid4(), p.id, p.home_id, "home", "bench") for p in people))
        for table in ("person", "personname", "personphone", "place", "residence", "personidentifier"):
            cursor.execute(f"analyze records_{table}")


def measure(title: str, asked: Sequence[tuple[dict[str, Any], uuid.UUID | None]], actor: Any) -> None:
    """Ask every query and print what was found and how long it took."""
    from fellwatch.recognition import queries

    first = five = sure = right = false_alarms = 0
    times = []
    for query, truth in asked:
        began = time.perf_counter()
        answer = queries.who(queries.Query(**query), by=actor, now=NOW)
        times.append((time.perf_counter() - began) * 1000)
        ids = [c.person_id for c in answer.candidates]
        first += bool(truth) and ids[:1] == [truth]
        five += truth in ids[:5]
        if answer.candidates and answer.candidates[0].likelihood >= answer.published:
            sure += 1
            right += ids[0] == truth
            false_alarms += truth is None
    there = sum(truth is not None for _, truth in asked) or 1
    cuts = statistics.quantiles(times, n=100)
    print(
        f"{title:34} recall@1 {first / there:.3f}  @5 {five / there:.3f}  "
        f"at the published likelihood: precision {right / max(sure, 1):.3f} recall {right / there:.3f} "
        f"({false_alarms} of {len(asked) - there if there < len(asked) else 0} absent)  "
        f"p50 {cuts[49]:.1f} p95 {cuts[94]:.1f} p99 {cuts[98]:.1f} ms"
    )


def main(size: int = 50_000, queries: int = 500) -> None:
    """Generate, load, rebuild, ask, print."""
    import django

    django.setup()
    from fellwatch.foundation.access import Actor
    from fellwatch.foundation.accounts.roles import roles
    from fellwatch.foundation.database import upgrade
    from fellwatch.recognition import index

    upgrade.run()
    rng = random.Random(7)
    families = list(households(size + size // 20, rng))
    absent_mates, absent_strangers, held = [], [], []
    for n, family in enumerate(families):
        if n % 40 == 0 and len(family) > 2:
            absent_mates.append(family.pop())
        elif n % 40 == 1:
            absent_strangers += [replace(p, phone=f"+447{rng.randint(300000000, 399999999)}") for p in family]
            continue
        held += family
    began = time.perf_counter()
    load(held)
    print(f"{len(held)} people in {len(families)} households loaded in {time.perf_counter() - began:.1f} s")
    began = time.perf_counter()
    count = index.rebuild()
    print(f"index of {count} rebuilt in {time.perf_counter() - began:.1f} s")
    actor = Actor(
        uuid.uuid4(),
        "Bench",
        "call_taker",
        "bench",
        "X23000099",
        "Measuring",
        roles()["call_taker"].permissions,
    )
    sample = rng.sample(held, queries)
    measure("first queries", [(spoil(p, rng, phone=True), p.id) for p in sample[:50]], actor)
    measure("with telephone", [(spoil(p, rng, phone=True), p.id) for p in sample], actor)
    measure("without telephone", [(spoil(p, rng, phone=False), p.id) for p in sample], actor)
    gone = [(spoil(p, rng, phone=True), None) for p in (*absent_mates[:queries], *absent_strangers[:queries])]
    measure("not held (household of someone: first)", gone, actor)
    measure(
        "half typed (forename + 3 letters)",
        [({"name": f"{p.forename} {p.surname[:3]}"}, p.id) for p in sample],
        actor,
    )
    measure("surname alone", [({"name": p.surname}, p.id) for p in sample], actor)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fellwatch.config.settings")
    os.environ.setdefault("FELLWATCH_DATABASE", "fellwatch_bench_recognition")
    main(*(int(argument) for argument in sys.argv[1:3]))
