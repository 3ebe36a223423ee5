"""How a name agrees, for everybody found at once. Compiled; `compare` says the same in Python.

Many bear the same names, and many names share a word: each different word is laid beside what was typed once, then
each different name, then each person.
"""

from typing import Any, NamedTuple

import numba
import numpy as np

from fellwatch.recognition.arrays import ranks
from fellwatch.recognition.arrays.columns import FORMER
from fellwatch.recognition.arrays.distinct import distinct
from fellwatch.recognition.arrays.fields import evidence
from fellwatch.recognition.arrays.levels import NUMBER
from fellwatch.recognition.arrays.question import MOST_FORENAMES

ONCE = FORMER
FORMER_NAME, TURNED = NUMBER["surname", "former"], NUMBER["order", "swapped"]
FORENAME_DIFFERS, SURNAME_DIFFERS = ranks.FORENAME[ranks.DIFFERS], ranks.SURNAME[ranks.DIFFERS]


class Texts(NamedTuple):
    """Names as written: the words that each is made of."""

    start: Any
    forms: Any


@numba.njit(cache=True, nogil=True)
def held_by(begins: Any, names: Any, side: int) -> Any:
    """Return the forenames (side 0) or surnames (1) of everybody, one after another: far apart, fetched together."""
    total = 0
    for n in range(len(begins)):
        total += begins[n, 1] - begins[n, 0]
    out, at = np.empty(total, np.int64), 0
    for n in range(len(begins)):
        for row in range(begins[n, 0], begins[n, 1]):
            out[at] = names[row, side]
            at += 1
    return out


@numba.njit(cache=True, nogil=True)
def words_of(texts: Any, start: Any, forms: Any) -> Any:
    """Return the words of some names one after another, and where each name's begin."""
    begin = np.zeros(len(texts) + 1, np.int64)
    for n in range(len(texts)):
        plain = texts[n] & ~ONCE
        begin[n + 1] = begin[n] + start[plain + 1] - start[plain]
    out = np.empty(begin[-1], np.int64)
    for n in range(len(texts)):
        plain = texts[n] & ~ONCE
        for k in range(begin[n + 1] - begin[n]):
            out[begin[n] + k] = forms[start[plain] + k]
    return out, begin


@numba.njit(cache=True, nogil=True)
def weigh(
    begins: Any,
    names: Any,
    readings: Any,
    fore: Any,
    sur: Any,
    typed: Any,
    words: Any,
    forename_bearers: Any,
    surname_bearers: Any,
    counted: float,
    w: Any,
    levels: Any,
    sums: Any,
) -> None:
    """Lay what was typed beside every name held of everybody, take the strongest, and add its evidence."""
    firsts, first_of = distinct(held_by(begins, names, 0))
    lasts, last_of = distinct(held_by(begins, names, 1))
    first_words, first_begin = words_of(firsts, fore.start, fore.forms)
    last_words, last_begin = words_of(lasts, sur.start, sur.forms)
    forms, form_of = distinct(np.concatenate((first_words, last_words)))
    alike = ranks.beside(forms, typed, words)
    split = len(first_words)
    first_code, first_bits = forenames(
        readings, firsts, first_begin, form_of[:split], forms, alike, typed.rows, forename_bearers, counted, w
    )
    last_code, last_bits = surnames(
        readings, lasts, last_begin, form_of[split:], forms, alike, typed.rows, surname_bearers, counted, w
    )
    turn = w.same[TURNED], w.household[TURNED], w.stranger[TURNED]
    strongest_of(begins, readings, first_of, last_of, first_code, first_bits, last_code, last_bits, turn, levels, sums)


@numba.njit(cache=True, nogil=True)
def strongest_of(begins: Any, readings: Any, first_of: Any, last_of: Any, first_code: Any, first_bits: Any,
                 last_code: Any, last_bits: Any, turn: Any, levels: Any, sums: Any) -> None:  # fmt: skip
    """Take for each person the reading and the name that agree best."""
    at = 0
    for n in range(len(begins)):
        end = at + begins[n, 1] - begins[n, 0]
        strongest = -1e9
        for r in range(len(readings)):
            for row in range(at, end):
                one, other = first_of[row], last_of[row]
                fore, sur = first_code[r, one], last_code[r, other]
                same = first_bits[r, one, 0] + last_bits[r, other, 0]
                house = first_bits[r, one, 1] + last_bits[r, other, 1]
                none = first_bits[r, one, 2] + last_bits[r, other, 2]
                turned = readings[r, MOST_FORENAMES + 1] != 0 and fore >= 0 and sur >= 0
                turned = turned and not (fore == FORENAME_DIFFERS and sur == SURNAME_DIFFERS)
                if turned:
                    same, house, none = same + turn[0], house + turn[1], none + turn[2]
                if same - none > strongest:
                    strongest = same - none
                    sums[n, 0], sums[n, 1], sums[n, 2] = same, house, none
                    levels[n, 0], levels[n, 1], levels[n, 2] = fore, sur, TURNED if turned else -1
        at = end


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
def forenames(readings: Any, texts: Any, begin: Any, form_of: Any, forms: Any, alike: Any, rows: Any, bearers: Any,
              counted: float, w: Any) -> Any:  # fmt: skip
    """Return the level (-1: none) and evidence of the typed forename that agrees best with each text, by reading."""
    code = np.full((len(readings), len(texts)), -1, np.int64)
    bits = np.zeros((len(readings), len(texts), 3))
    for r in range(len(readings)):
        if readings[r, 0] < 0:
            continue
        for n in range(len(texts)):
            if begin[n] == begin[n + 1]:
                continue
            best, which, form = -1, -1, -1
            for k in range(MOST_FORENAMES):
                word = readings[r, k]
                if word < 0:
                    continue
                rank, found = ranks.DIFFERS, -1
                for at in range(begin[n], begin[n + 1]):
                    one = alike[0, word, form_of[at]]
                    if at > begin[n] and one == ranks.EXACT:
                        one = ranks.MIDDLE
                    if one < rank:
                        rank, found = one, forms[form_of[at]]
                if k and rank <= ranks.CLOSELY:
                    rank = ranks.MIDDLE if rank == ranks.EXACT else ranks.NEARLY
                if best < 0 or rank < best:
                    best, which, form = rank, word, found
            code[r, n] = ranks.FORENAME[best]
            borne = share(rows[which], form, bearers, counted) if w.spread[code[r, n]] > 0.0 else -1.0
            evidence(code[r, n], borne, w, bits[r, n])
    return code, bits


@numba.njit(cache=True, nogil=True)
def surnames(readings: Any, texts: Any, begin: Any, form_of: Any, forms: Any, alike: Any, rows: Any, bearers: Any,
             counted: float, w: Any) -> Any:  # fmt: skip
    """Return the level (-1: none) and evidence of the typed surname beside each text, by reading."""
    code = np.full((len(readings), len(texts)), -1, np.int64)
    bits = np.zeros((len(readings), len(texts), 3))
    for r in range(len(readings)):
        word = readings[r, MOST_FORENAMES]
        if word < 0:
            continue
        for n in range(len(texts)):
            if begin[n] == begin[n + 1]:
                continue
            rank, form = ranks.DIFFERS, -1
            for at in range(begin[n], begin[n + 1]):
                one = alike[1, word, form_of[at]]
                if at > begin[n] and one == ranks.EXACT:
                    one = ranks.PART
                if one < rank:
                    rank, form = one, forms[form_of[at]]
            former = rank == ranks.EXACT and texts[n] >= ONCE
            code[r, n] = FORMER_NAME if former else ranks.SURNAME[rank]
            borne = share(rows[word], form, bearers, counted) if w.spread[code[r, n]] > 0.0 else -1.0
            evidence(code[r, n], borne, w, bits[r, n])
    return code, bits
