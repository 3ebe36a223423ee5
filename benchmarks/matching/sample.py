"""A labelled sample: PEOPLE.csv, QUERIES.csv and what was done to each query, always the same for a seed and a size.

`python -m benchmarks.matching.sample FOLDER --people 100000 --seed 1` writes one.
"""

import argparse
import csv
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching import answers, names, population, quirks, records
from benchmarks.matching.homes import TOWNS
from benchmarks.matching.population import Population
from benchmarks.matching.said import ON_A_FORM, SPOKEN, WITHOUT_PHONE, Home, Manner, Somebody
from benchmarks.matching.saying import say
from benchmarks.matching.saying import write as written

HELD, HOUSEMATE, STRANGER = "held", "housemate", "stranger"
RARE = 5e-5
"""A surname borne by at most this share of people counts as rare."""
ABOUT = ("query", "standing", "person_id", "household", "tradition", "rare", "sex", "faults", "kinds")


@dataclass(frozen=True)
class Sizes:
    """How many are asked about: held, not held but a housemate is, not held at all."""

    held: int = 3000
    housemates: int = 500
    strangers: int = 1000


GIVEN, WITHHELD, WRITTEN = "QUERIES", "QUERIES_WITHHELD", "QUERIES_WRITTEN"
MANNERS = {GIVEN: SPOKEN, WITHHELD: WITHOUT_PHONE, WRITTEN: ON_A_FORM}


@dataclass(frozen=True)
class Asked:
    """One query and the truth about it."""

    person_id: str
    cells: tuple[str, ...]
    about: tuple[object, ...]


def draw(folder: Path, *, people: int, seed: int, sizes: Sizes | None = None) -> None:
    """Invent, record, ask, and write the files of one sample."""
    sizes = sizes or Sizes()
    folder.mkdir(parents=True, exist_ok=True)
    everyone = population.invent(seed, people)
    ids = records.person_ids(everyone, seed)
    standing = _standing(everyone, seed, sizes)
    held = np.array([at not in standing or standing[at] == HELD for at in range(len(everyone))])
    held &= ~_gone(everyone, standing)
    write(folder / "PEOPLE.csv", records.COLUMNS, records.rows(everyone, ids, held, seed))
    for number, (name, manner) in enumerate(MANNERS.items(), 4):
        asked = list(ask(everyone, ids, standing, random.Random(seed + number), manner))
        write(folder / f"{name}.csv", records.COLUMNS, ((a.person_id, *a.cells) for a in asked))
        write(folder / f"{name}_ABOUT.csv", ABOUT, ((n, *a.about) for n, a in enumerate(asked)))
    _quirks(folder, seed)
    np.savez(folder / "homes.npz", ids=ids.astype("U9"), household=everyone.members.household, held=held,
             role=everyone.members.role)  # fmt: skip


def _quirks(folder: Path, seed: int) -> None:
    """Write the first queries once more for each quirk."""
    given = answers.rows(folder / f"{GIVEN}.csv")[: quirks.MOST]
    for quirk, change in quirks.QUIRKS.items():
        rng = random.Random(seed + 6)
        rows = (change(rng, row) for row in given)
        write(folder / f"{quirks.PREFIX}{quirk}.csv", records.COLUMNS, (row.values() for row in rows))


def _standing(people: Population, seed: int, sizes: Sizes) -> dict[int, str]:
    """Choose who is asked about. Of those not held a third live with somebody who is."""
    rng = np.random.default_rng(seed + 3)
    size = np.bincount(people.members.household)
    order = rng.permutation(len(people))
    _, one_each = np.unique(people.members.household[order], return_index=True)
    apart = order[np.sort(one_each)]
    shared = apart[size[people.members.household[apart]] > 1][: sizes.housemates]
    rest = np.setdiff1d(apart, shared, assume_unique=True)
    rest = rest[rng.permutation(len(rest))]
    strangers, held = rest[: sizes.strangers], rest[sizes.strangers :][: sizes.held]
    chosen = {**dict.fromkeys(shared.tolist(), HOUSEMATE), **dict.fromkeys(strangers.tolist(), STRANGER)}
    return {**chosen, **dict.fromkeys(held.tolist(), HELD)}


def _gone(people: Population, standing: dict[int, str]) -> NDArray[np.bool_]:
    """Nobody who lives with a stranger is held."""
    homes = {int(people.members.household[at]) for at, what in standing.items() if what == STRANGER}
    return np.isin(people.members.household, list(homes))


def ask(
    people: Population, ids: names.Strings, standing: dict[int, str], rng: random.Random, manner: Manner
) -> Iterable[Asked]:
    """Yield the queries, held and not held mixed."""
    rare = _rare(people)
    order = list(standing)
    rng.shuffle(order)
    for at in order:
        who = somebody(people, ids, at)
        said = say(rng, who, manner)
        cells = written(rng, said, who)
        sex = "female" if who.female else "male"
        kind = standing[at]
        is_rare = "rare" if who.surname in rare else ""
        about = (kind, who.id, who.household, who.tradition, is_rare, sex, len(said.kinds), ";".join(said.kinds))
        yield Asked(who.id if kind == HELD else "", cells, about)


def _rare(people: Population) -> frozenset[str]:
    found, counts = np.unique(people.called.surname.astype(str), return_counts=True)
    return frozenset(found[counts <= max(RARE * len(people), 1)].tolist())


def somebody(people: Population, ids: names.Strings, at: int) -> Somebody:
    """Return one person of the population as they are."""
    called, home = people.called, int(people.members.household[at])
    before = int(people.former[at])
    tradition = int(called.tradition[at])
    return Somebody(
        id=str(ids[at]),
        forename=called.forename[at],
        surname=called.surname[at],
        maiden=called.maiden[at],
        female=bool(people.members.female[at]),
        born=records.born(int(people.members.born[at])),
        mobile=population.phone_text(int(people.mobile[at]), 0),
        landline=population.phone_text(0, int(people.landline[at])),
        home=_home(people, home),
        former=_home(people, before) if before >= 0 else None,
        town=TOWNS[people.homes.town[home]],
        tradition=names.traditions()[tradition].name if tradition >= 0 else "tables",
        household=home,
    )


def _home(people: Population, home: int) -> Home:
    homes = people.homes
    return str(homes.flat[home]), str(homes.house[home]), str(homes.street[home]), str(homes.postcode[home])


def write(file: Path, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Write a CSV file."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def main() -> None:
    """Write one sample."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching.sample", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    draw(asked.folder, people=asked.people, seed=asked.seed)


if __name__ == "__main__":
    main()
