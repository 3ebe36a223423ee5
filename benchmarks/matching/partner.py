"""A partner's file of records about people of a sample, with the truth: fuller than a call, with none to two faults."""

import random
from pathlib import Path

import numpy as np

from benchmarks.matching import population, records, sample, saying
from benchmarks.matching.said import Said, Somebody

HELD_SHARE = 0.7


def draw(folder: Path, *, people: int, seed: int, count: int) -> Path:
    """Write so many records: seven in ten about somebody held, the others about people of another population."""
    file = folder / "PARTNER.csv"
    if file.exists():
        return file
    rng = random.Random(seed + 7)
    everyone = population.invent(seed, people)
    ids = records.person_ids(everyone, seed)
    held = np.flatnonzero(np.load(folder / "homes.npz")["held"])
    about = np.random.default_rng(seed + 8).choice(held, int(count * HELD_SHARE), replace=False).tolist()
    known = [_record(rng, sample.somebody(everyone, ids, at)) for at in about]
    others = population.invent(seed + 9, count)
    nobody = records.person_ids(others, seed)
    unknown = [_record(rng, sample.somebody(others, nobody, at)) for at in range(count - len(known))]
    rows = [*known, *(("", *row[1:]) for row in unknown)]
    rng.shuffle(rows)
    sample.write(file, records.COLUMNS, rows)
    return file


def _record(rng: random.Random, who: Somebody) -> tuple[str, ...]:
    told = _whole(rng, who)
    faults = rng.choices((0, 1, 2), (0.5, 0.35, 0.15))[0]
    spoilt = saying.spoil(rng, told, who, faults) if faults else told
    return (who.id, *saying.write(rng, spoilt, who))


def _whole(rng: random.Random, who: Somebody) -> Said:
    flat, house, street, code = who.home
    lives = rng.random() < 0.92
    return Said(
        forename=who.forename,
        surname=who.surname,
        sex="female" if who.female else "male",
        born=str(who.born) if rng.random() < 0.97 else "",
        phone=(who.mobile or who.landline) if rng.random() < 0.6 else "",
        home=(flat, house, street, code) if lives else ("", "", "", ""),
    )
