"""How a name agrees, for everybody found at once. Compiled; `compare` says the same in Python."""

from typing import Any

import numba
import numpy as np

from fellwatch.recognition.arrays import ranks
from fellwatch.recognition.arrays.columns import FORMER
from fellwatch.recognition.arrays.fields import evidence
from fellwatch.recognition.arrays.levels import NUMBER
from fellwatch.recognition.arrays.question import MOST_FORENAMES
from fellwatch.recognition.arrays.segment import begin

ONCE = np.int32(FORMER)
FORMER_NAME, TURNED = NUMBER["surname", "former"], NUMBER["order", "swapped"]
KEPT = 256


@numba.njit(cache=True, nogil=True)
def forename_rank(
    typed: Any,
    typed_id: int,
    sound: int,
    unfinished: bool,
    first: int,
    last: int,
    words: Any,
    forms: Any,
    letters: Any,
    start: Any,
    word_sound: Any,
) -> Any:
    """Return (rank, row of the form that agreed best, -1) of a typed forename against all of somebody's."""
    best, which = ranks.DIFFERS, -1
    for n in range(len(forms)):
        form = forms[n]
        held = letters[start[form] : start[form + 1]]
        if form == typed_id:
            rank = ranks.EXACT
        else:
            rank = ranks.of_words(typed, held, sound >= 0 and word_sound[form] == sound)
            for row in range(first, last):
                if words[row] == form:
                    rank = ranks.VARIANT
            if unfinished:
                rank = min(rank, ranks.begun(typed, held))
        if n and rank == ranks.EXACT:
            rank = ranks.MIDDLE
        if rank < best:
            best, which = rank, form
    return best, which


@numba.njit(cache=True, nogil=True)
def surname_rank(
    typed: Any, typed_id: int, sound: int, unfinished: bool, forms: Any, letters: Any, start: Any, word_sound: Any
) -> Any:
    """Return (rank, row of the form that agreed best, -1) of a typed surname against the whole and its parts."""
    best, which = ranks.DIFFERS, -1
    for n in range(len(forms)):
        form = forms[n]
        held = letters[start[form] : start[form + 1]]
        if form == typed_id:
            rank = ranks.EXACT
        else:
            rank = ranks.of_words(typed, held, sound >= 0 and word_sound[form] == sound)
            if unfinished:
                rank = min(rank, ranks.begun(typed, held))
        if n and rank == ranks.EXACT:
            rank = ranks.PART
        if rank < best:
            best, which = rank, form
    return best, which


@numba.njit(cache=True, nogil=True)
def share(one: int, other: int, bearers: Any, counted: float) -> float:
    """Return the share of people who bear the commoner of two words; below 0 while too few have been counted."""
    if counted <= 0.0:
        return -1.0
    most = 0
    if one >= 0:
        most = max(most, bearers[one])
    if other >= 0:
        most = max(most, bearers[other])
    return most / counted


@numba.njit(cache=True, nogil=True)
def weigh(
    people: Any,
    readings: Any,
    typed: Any,
    typed_start: Any,
    variant_start: Any,
    words: Any,
    sounds: Any,
    unfinished: int,
    counted: float,
    block: Any,
    count: Any,
    forenames: Any,
    surnames: Any,
    forenames_start: Any,
    forenames_forms: Any,
    surname_start: Any,
    surname_forms: Any,
    letters: Any,
    start: Any,
    word_sound: Any,
    forename_bearers: Any,
    surname_bearers: Any,
    w: Any,
    levels: Any,
    sums: Any,
) -> None:
    """Lay what was typed beside every name held of everybody, take the strongest, and add its evidence.

    What was worked out for one name is kept for the next person who bears it: `kept` says for which text.
    """
    kept = np.full((2, len(readings), KEPT), -1, np.int64)
    code = np.empty((2, len(readings), KEPT), np.int64)
    bits = np.empty((2, len(readings), KEPT, 3))
    trial = np.empty(3)
    for n in range(len(people)):
        first = begin(block, count, people[n])
        strongest = -1e9
        for r in range(len(readings)):
            for row in range(first, first + count[people[n]]):
                one, other = forenames[row], surnames[row]
                at, beside = one % KEPT, other % KEPT
                if kept[0, r, at] != one:
                    kept[0, r, at] = one
                    bits[0, r, at] = 0.0
                    forms = forenames_forms[forenames_start[one] : forenames_start[one + 1]]
                    code[0, r, at] = forename(
                        readings[r], typed, typed_start, variant_start, words, sounds, unfinished, counted, forms,
                        letters, start, word_sound, forename_bearers, w, bits[0, r, at],
                    )  # fmt: skip
                if kept[1, r, beside] != other:
                    kept[1, r, beside] = other
                    bits[1, r, beside] = 0.0
                    text = other & ~ONCE
                    forms = surname_forms[surname_start[text] : surname_start[text + 1]]
                    code[1, r, beside] = surname(
                        readings[r, MOST_FORENAMES], other & ONCE != 0, typed, typed_start, words, sounds, unfinished,
                        counted, forms, letters, start, word_sound, surname_bearers, w, bits[1, r, beside],
                    )  # fmt: skip
                fore, sur = code[0, r, at], code[1, r, beside]
                for k in range(3):
                    trial[k] = bits[0, r, at, k] + bits[1, r, beside, k]
                turned = (
                    readings[r, MOST_FORENAMES + 1]
                    and fore >= 0
                    and sur >= 0
                    and not (fore == ranks.FORENAME[ranks.DIFFERS] and sur == ranks.SURNAME[ranks.DIFFERS])
                )
                if turned:
                    evidence(TURNED, -1.0, w, trial)
                if trial[0] - trial[2] > strongest:
                    strongest = trial[0] - trial[2]
                    for k in range(3):
                        sums[n, k] = trial[k]
                    levels[n, 0], levels[n, 1], levels[n, 2] = fore, sur, TURNED if turned else -1


@numba.njit(cache=True, nogil=True)
def forename(
    reading: Any,
    typed: Any,
    typed_start: Any,
    variant_start: Any,
    words: Any,
    sounds: Any,
    unfinished: int,
    counted: float,
    forms: Any,
    letters: Any,
    start: Any,
    word_sound: Any,
    bearers: Any,
    w: Any,
    out: Any,
) -> int:
    """Add the evidence of the typed forename that agrees best with a held text; return its level, -1 for none."""
    if reading[0] < 0 or len(forms) == 0:
        return -1
    best, which, form = -1, -1, -1
    for k in range(MOST_FORENAMES):
        word = reading[k]
        if word < 0:
            continue
        rank, found = forename_rank(
            typed[typed_start[word] : typed_start[word + 1]], words[word], sounds[word], word == unfinished,
            variant_start[word], variant_start[word + 1], words, forms, letters, start, word_sound,
        )  # fmt: skip
        if k and rank <= ranks.CLOSELY:
            rank = ranks.MIDDLE if rank == ranks.EXACT else ranks.NEARLY
        if best < 0 or rank < best:
            best, which, form = rank, word, found
    code = ranks.FORENAME[best]
    evidence(code, share(words[which], form, bearers, counted), w, out)
    return code


@numba.njit(cache=True, nogil=True)
def surname(
    word: int,
    former: bool,
    typed: Any,
    typed_start: Any,
    words: Any,
    sounds: Any,
    unfinished: int,
    counted: float,
    forms: Any,
    letters: Any,
    start: Any,
    word_sound: Any,
    bearers: Any,
    w: Any,
    out: Any,
) -> int:
    """Add the evidence of the typed surname beside a held text; return its level, -1 for none."""
    if word < 0 or len(forms) == 0:
        return -1
    rank, form = surname_rank(
        typed[typed_start[word] : typed_start[word + 1]], words[word], sounds[word], word == unfinished, forms,
        letters, start, word_sound,
    )  # fmt: skip
    code = FORMER_NAME if rank == ranks.EXACT and former else ranks.SURNAME[rank]
    evidence(code, share(words[word], form, bearers, counted), w, out)
    return code
