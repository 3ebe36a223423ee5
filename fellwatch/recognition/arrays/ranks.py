"""How two names agree, as a rank: 0 is best. Compiled; `compare` says the same in Python."""

from typing import Any, NamedTuple

import numba
import numpy as np

from fellwatch.recognition.arrays.levels import NONE, NUMBER
from fellwatch.recognition.arrays.words import bits_in, jaro_winkler, letters_in, one_slip, shared_start
from fellwatch.recognition.compare import CLOSE, NEAR, RANKED

EXACT, VARIANT, PART, MIDDLE, MORE, SOUNDS, CLOSELY, THREE, INITIAL, TWO, NEARLY, DIFFERS = range(len(RANKED))
FORENAME = np.array([NUMBER.get(("forename", level), NONE) for level in RANKED], np.int64)
SURNAME = np.array([NUMBER.get(("surname", level), NONE) for level in RANKED], np.int64)
ALL = 0xFFFFFFFF
COUNTED = 24


@numba.njit(cache=True, nogil=True)
def least_in_common(n: int, m: int) -> int:
    """Return how many letters words of these lengths must share at least to be alike, in the best order."""
    for common in range(1, min(n, m) + 1):
        most = (common / n + common / m + 1.0) / 3.0
        if most + 0.4 * (1.0 - most) >= NEAR:
            return common
    return min(n, m) + 1


LEAST = np.array([[least_in_common.py_func(n, m) for m in range(COUNTED)] for n in range(COUNTED)], np.int64)


class Typed(NamedTuple):
    """Typed words, then their variants: letters, row in the index (-1: none), sound, letters in it."""

    letters: Any
    start: Any
    variant_start: Any
    rows: Any
    sounds: Any
    masks: Any
    unfinished: int


class Words(NamedTuple):
    """The words of the index."""

    letters: Any
    start: Any
    sound: Any
    mask: Any


@numba.njit(cache=True, nogil=True)
def masks_of(letters: Any, start: Any, count: int) -> Any:
    """Return the letters in each of the first words."""
    out = np.empty(count, np.int64)
    for n in range(count):
        out[n] = letters_in(letters[start[n] : start[n + 1]])
    return out


@numba.njit(cache=True, nogil=True)
def beside(forms: Any, typed: Any, words: Any) -> Any:
    """Return how each typed word agrees with each held one: [0] as a forename, [1] as a surname."""
    count = len(typed.masks)
    out = np.full((2, count, len(forms)), DIFFERS, np.int64)
    held = fetched(forms, words)
    for n in range(len(forms)):
        form, begin, end, mask, sound = forms[n], held[n, 0], held[n, 1], held[n, 2], held[n, 3]
        for word in range(count):
            first, last = typed.start[word], typed.start[word + 1]
            same_sound = sound == typed.sounds[word]
            if form == typed.rows[word]:
                out[0, word, n] = out[1, word, n] = EXACT
                continue
            begins_so, n_typed, n_held = word == typed.unfinished, last - first, end - begin
            if (
                begins_so
                or same_sound
                or min(n_typed, n_held) == 1
                or not cannot_be_near(n_typed, n_held, typed.masks[word], mask)
            ):
                one, other = typed.letters[first:last], words.letters[begin:end]
                rank = of_words(one, other, same_sound)
                out[0, word, n] = out[1, word, n] = min(rank, begun(one, other)) if begins_so else rank
            for row in range(typed.variant_start[word], typed.variant_start[word + 1]):
                if typed.rows[row] == form:
                    out[0, word, n] = VARIANT
    return out


@numba.njit(cache=True, nogil=True)
def fetched(forms: Any, words: Any) -> Any:
    """Return begin, end, mask, sound and first letter of each word: far apart, fetched together."""
    out = np.empty((len(forms), 5), np.int64)
    for n in range(len(forms)):
        form = forms[n]
        out[n, 0], out[n, 1] = words.start[form], words.start[form + 1]
        out[n, 2], out[n, 3] = words.mask[form] & ALL, words.sound[form]
    for n in range(len(forms)):
        out[n, 4] = words.letters[out[n, 0]] if out[n, 0] < out[n, 1] else 0
    return out


@numba.njit(cache=True, nogil=True)
def cannot_be_near(n: int, m: int, one: int, other: int) -> bool:
    """Return True where the letters alone, whatever their order, keep two words from being alike; most end here."""
    left, lost = bits_in(one & ~other), bits_in(other & ~one)
    if min(n, m) > 4 and left + lost <= 2 and abs(n - m) <= 1:
        return False
    common = min(n - left, m - lost)
    return common < (LEAST[n, m] if max(n, m) < COUNTED else least_in_common(n, m))


@numba.njit(cache=True, nogil=True)
def of_words(typed: Any, held: Any, same_sound: bool) -> int:
    """Return how two different words agree, letter by letter."""
    shorter = min(len(typed), len(held))
    if shorter == 1:
        return INITIAL if typed[0] == held[0] else DIFFERS
    if same_sound:
        return SOUNDS
    likeness = jaro_winkler(typed, held)
    if likeness >= CLOSE or (shorter > 4 and one_slip(typed, held)):
        return CLOSELY
    return NEARLY if likeness >= NEAR else DIFFERS


@numba.njit(cache=True, nogil=True)
def begun(typed: Any, held: Any) -> int:
    """Return the rank of a half-typed word that the held one begins with."""
    if len(typed) >= len(held) or shared_start(typed, held, len(typed)) < len(typed):
        return DIFFERS
    if len(typed) > 3:
        return MORE
    return THREE if len(typed) == 3 else (TWO if len(typed) == 2 else INITIAL)
