"""The county cut into blocks: some 2,500 neighbours of one beat, generated together and on their own.

A block depends on the seed and its own number alone, so any of them can be made again without the others.
"""

from dataclasses import dataclass
from math import ceil

from fellwatch.demonstration import geography
from fellwatch.demonstration.gazetteer import DISTRICTS
from fellwatch.demonstration.geography import Settlement
from fellwatch.demonstration.shape import BLOCK, Shape


@dataclass(frozen=True)
class Block:
    """One block: its place in the county, and where its serial numbers begin."""

    number: int
    beat: int
    index_in_beat: int
    people: int
    first_person: int
    schools: int
    first_school: int
    settlements: tuple[Settlement, ...]


def divide(total: int, weights: list[float]) -> list[int]:
    """Share out a whole number by weight, exactly: the largest remainders get what is left."""
    exact = [total * weight / sum(weights) for weight in weights]
    shares = [int(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda n: (shares[n] - exact[n], n))
    for n in order[: total - sum(shares)]:
        shares[n] += 1
    return shares


def blocks(shape: Shape) -> list[Block]:
    """Return every block of the county at a scale."""
    beats = [beat for district in DISTRICTS for beat in district.beats]
    weights = [beat.thousands for beat in beats]
    found: list[Block] = []
    people = schools = 0
    school_shares = divide(max(shape.schools, len(beats)), weights)
    for n, share in enumerate(divide(shape.people, weights)):
        parts = ceil(share / BLOCK)
        here = tuple(s for s in geography.settlements() if s.beat == n)
        for index, size in enumerate(divide(share, [1.0] * parts)):
            taught = school_shares[n] * (index + 1) // parts - school_shares[n] * index // parts
            found.append(Block(len(found), n, index, size, people, taught, schools, here))
            people, schools = people + size, schools + taught
    return found
