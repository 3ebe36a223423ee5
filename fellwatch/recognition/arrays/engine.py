"""Who is this, asked of one or more segments at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np

from fellwatch.recognition.arrays import levels, look, question
from fellwatch.recognition.arrays.build import segment
from fellwatch.recognition.arrays.columns import Columns
from fellwatch.recognition.arrays.levels import CODES, SLOTS, Weights
from fellwatch.recognition.arrays.look import Bend
from fellwatch.recognition.arrays.segment import Flat, unpacked
from fellwatch.recognition.arrays.vocabulary import letters
from fellwatch.recognition.arrays.words import find
from fellwatch.recognition.asked import Asked
from fellwatch.rules.likeness import TOGETHER, Model

ENOUGH = 5000
NEVER = float("-inf")
NOBODY_DEAD = np.zeros(0, np.uint8)


@dataclass(frozen=True)
class Compiled:
    """A model as compiled code takes it."""

    weights: Weights
    bend: Bend


class Match(NamedTuple):
    """Somebody found: levels by field, the first look in bits, what others and paired names take off, the log odds."""

    number: int
    levels: tuple[int, ...]
    first: float
    others: float
    paired: float
    bits: float

    def level(self, slot: str) -> str:
        """Return the level of one field, "" where nothing was compared."""
        code = self.levels[SLOTS.index(slot)]
        return CODES[code][1] if code >= 0 else ""


@dataclass(frozen=True)
class Part:
    """One segment, with a mark against everybody whom a later segment has taken over."""

    segment: Flat
    dead: Any = field(default_factory=lambda: NOBODY_DEAD)


def compiled(model: Model) -> Compiled:
    """Return a model ready for use."""
    second = model.second
    bend = Bend(
        np.array([second.offset, second.scale, second.others, second.paired]),
        np.array([second.levels.get(pair, 0.0) for pair in CODES]),
        np.array([second.together.get(name, 0.0) for name in TOGETHER]),
    )
    return Compiled(levels.weights(model), bend)


def settled(asked: Asked, parts: Sequence[Part]) -> Asked:
    """Return the question with those readings that the names held bear out, where one field may hold a whole name.

    Words at most one slip from a surname that somebody bears are that. Among forenames a word that is oftener a
    forename is no surname.
    """
    if not asked.name.in_one_field:
        return asked
    plain, *split = asked.name.readings
    if plain.surname:
        kept = [] if any(like_a_surname(part.segment, plain.surname) for part in parts) else split
    else:
        counts = [(reading, *_borne(reading.surname, parts)) for reading in split]
        kept = [reading for reading, fore, sur in counts if fore <= sur]
    return replace(asked, name=replace(asked.name, readings=(plain, *kept)))


def _borne(word: str, parts: Sequence[Part]) -> tuple[int, int]:
    counts = [bearers(part.segment, word) for part in parts]
    return sum(fore for fore, _ in counts), sum(sur for _, sur in counts)


def who(
    asked: Asked, parts: Sequence[Part], model: Compiled, *, counted: int, most: int = look.TOP, least: float = NEVER
) -> list[Match]:
    """Return the likeliest people, best first: at most so many, none under `least` bits.

    `counted`: how many people the names' frequencies are of.
    """
    return look_up(question.of(asked), parts, model, counted=counted, most=most, least=least)


def look_up(
    asked: Any, parts: Sequence[Part], model: Compiled, *, counted: int, most: int = look.TOP, least: float = NEVER
) -> list[Match]:
    """Return the likeliest people for a question that is already in numbers."""
    room = look.TOP * len(parts)
    numbers, seen, bits = np.empty(room, np.int64), np.empty((room, look.FIELDS), np.int64), np.empty((room, 4))
    filled, everyone = 0, -1e9
    known = float(counted) if counted >= ENOUGH else 0.0
    for part in parts:
        at = slice(filled, filled + look.TOP)
        found, odds = look.look(asked, part.segment, model.weights, part.dead, known, numbers[at], seen[at], bits[at])
        filled += found
        everyone = float(np.logaddexp2(everyone, odds)) if len(parts) > 1 else odds
    who, told = np.empty((filled, 1 + look.FIELDS), np.int64), np.empty((filled, 4))
    look.look_again(filled, everyone, model.bend, numbers, seen, bits, who, told)
    return [
        Match(number, tuple(held), *said)
        for (number, *held), said in zip(who[:most].tolist(), told[:most].tolist(), strict=True)
        if said[3] >= least
    ]


def count_as(flat: Flat, names: Flat) -> None:
    """Take a small segment's names to be as common, and as much in company, as another one counts them."""
    small, large = unpacked(flat), unpacked(names)
    for row in range(len(small.word_sound)):
        word = small.letters[small.word_start[row] : small.word_start[row + 1]]
        if (at := find(large.letters, large.word_start, word)) >= 0:
            for bearers, known in (
                (small.forename_bearers, large.forename_bearers),
                (small.surname_bearers, large.surname_bearers),
            ):
                bearers[row] = max(bearers[row], known[at])
            small.forename_company[row] = large.forename_company[at]
            small.surname_company[row] = large.surname_company[at]


def bearers(flat: Flat, word: str) -> tuple[int, int]:
    """Return how many people bear a word as a forename and as a surname."""
    fore, sur = look.borne(flat, letters(word))
    return int(fore), int(sur)


def like_a_surname(flat: Flat, word: str) -> bool:
    """Return whether somebody bears the word as a surname, or one that is one slip away."""
    return bool(look.surname_like(flat, letters(word)))


def warm(model: Compiled) -> None:
    """Compile everything, or load it compiled, so that the first question is as fast as the thousandth."""
    from fellwatch.recognition.addresses import Address
    from fellwatch.recognition.asked import Asked
    from fellwatch.recognition.names import read

    asked = Asked(name=read(name="Nobody Atall "), phone="+440000000000", address=Address(street="nowhere"), sex="male")
    empty = segment(Columns())
    who(asked, (Part(empty),), model, counted=0)
    bearers(empty, "nobody")
    like_a_surname(empty, "nobody")
