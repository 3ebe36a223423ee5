"""What is asked, as numbers for compiled code."""

from array import array
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import numba
import numpy as np

from fellwatch.recognition.arrays import packing
from fellwatch.recognition.arrays.columns import SEXES
from fellwatch.recognition.arrays.vocabulary import letters
from fellwatch.recognition.asked import Asked
from fellwatch.recognition.dates import AboutYear
from fellwatch.recognition.names import Reading, variants
from fellwatch.recognition.sounds import sound

MOST_READINGS, MOST_FORENAMES, MOST_VARIANTS = 4, 3, 24


class Question(NamedTuple):
    """Typed words, then their variants; readings point to words by row, -1 for none. `numbers` is in order of `AT`."""

    letters: Any
    start: Any
    sound_letters: Any
    sound_start: Any
    variant_start: Any
    readings: Any
    numbers: Any
    identifiers: Any


_NONE = tuple((-1,) * (MOST_FORENAMES - given) for given in range(MOST_FORENAMES + 1))
_PARTS = "year month day slack phone phone_low phone_high postcode house flat street sex unfinished dated"
AT = {name: n for n, name in enumerate(_PARTS.split())}


def of(asked: Asked) -> Any:
    """Return the question as one run of numbers: how long each part is, then the parts. `unpacked` takes it apart."""
    words: dict[str, int] = {}
    readings: list[int] = []
    for reading in asked.name.readings[:MOST_READINGS]:
        _read(reading, words, readings)
    flat, spoken, also = array("q"), array("q"), array("q")
    letters_of, sounds, variant_start, also_of = [0], [0], [len(words)], list[int]()
    for word in words:
        typed, heard, others, ends = _written(word)
        flat += typed
        letters_of.append(len(flat))
        spoken += heard
        sounds.append(len(spoken))
        if ends:
            before = len(also)
            also_of += [before + end for end in ends]
            also += others
        variant_start.append(len(words) + len(also_of))
    if also_of:
        before = len(flat)
        letters_of += [before + end for end in also_of]
        flat += also
    ids = [packing.digest(part) for kind, value in asked.identifiers for part in (kind, f"{kind}|{value}")]
    parts = (flat, letters_of, spoken, sounds, variant_start, readings, _numbers(asked, words), ids)
    run = array("q", map(len, parts))
    for part in parts:
        run.extend(part)
    return np.frombuffer(run, np.int64)


def _read(reading: Reading, words: dict[str, int], into: list[int]) -> None:
    given = reading.forenames[:MOST_FORENAMES]
    for word in given:
        into.append(words.setdefault(word, len(words)))
    into += _NONE[len(given)]
    into.append(words.setdefault(reading.surname, len(words)) if reading.surname else -1)
    into.append(1 if reading.swapped else 0)


@lru_cache(maxsize=65536)
def _written(word: str) -> "tuple[array[int], array[int], array[int], list[int]]":
    """Return the letters of a word, of its sound, of its variants one behind another, and where each variant ends."""
    others = [letters(other).tolist() for other in sorted(variants(word))[:MOST_VARIANTS]]
    ends = list(accumulate(len(other) for other in others))
    spelled, heard = letters(word).tolist(), letters(sound(word)).tolist()
    return array("q", spelled), array("q", heard), array("q", [n for other in others for n in other]), ends


def _numbers(asked: Asked, words: dict[str, int]) -> list[int]:
    born, where = asked.born, packing.address(asked.address)
    low, high = packing.phone_range(asked.phone_begins) if asked.phone_begins else (0, 0)
    return [
        born.year or 0, born.month or 0, born.day or 0,
        born.slack if isinstance(born, AboutYear) else -1,
        packing.phone(asked.phone) if asked.phone else 0, low, high,
        *where,
        SEXES.get(asked.sex, 3 if asked.sex else 0),
        words.get(asked.name.unfinished, -1) if asked.name.unfinished else -1,
        int(born.year is not None or born.month is not None or born.day is not None),
    ]  # fmt: skip


@numba.njit(cache=True, nogil=True)
def unpacked(run: Any) -> Question:
    """Return the parts of a question."""
    ends = np.cumsum(run[:8]) + 8
    return Question(
        run[8 : ends[0]].astype(np.uint16), run[ends[0] : ends[1]], run[ends[1] : ends[2]].astype(np.uint16),
        run[ends[2] : ends[3]],
        run[ends[3] : ends[4]], run[ends[4] : ends[5]].reshape(-1, MOST_FORENAMES + 2), run[ends[5] : ends[6]],
        run[ends[6] : ends[7]].reshape(-1, 2),
    )  # fmt: skip
