"""How two names agree, as a rank: 0 is best. Compiled; `compare` says the same in Python."""

from typing import Any

import numba
import numpy as np

from fellwatch.recognition.arrays.levels import NONE, NUMBER
from fellwatch.recognition.arrays.words import jaro_winkler, may_be_near, one_slip
from fellwatch.recognition.compare import CLOSE, NEAR, RANKED

EXACT, VARIANT, PART, MIDDLE, MORE, SOUNDS, CLOSELY, THREE, INITIAL, TWO, NEARLY, DIFFERS = range(len(RANKED))
FORENAME = np.array([NUMBER.get(("forename", level), NONE) for level in RANKED], np.int64)
SURNAME = np.array([NUMBER.get(("surname", level), NONE) for level in RANKED], np.int64)


@numba.njit(cache=True, nogil=True)
def of_words(typed: Any, held: Any, same_sound: bool) -> int:
    """Return how two different words agree."""
    shorter = min(len(typed), len(held))
    if shorter == 1:
        return INITIAL if typed[0] == held[0] else DIFFERS
    if same_sound:
        return SOUNDS
    if not may_be_near(typed, held, NEAR):
        return CLOSELY if shorter > 4 and one_slip(typed, held) else DIFFERS
    likeness = jaro_winkler(typed, held)
    if likeness >= CLOSE or (shorter > 4 and one_slip(typed, held)):
        return CLOSELY
    return NEARLY if likeness >= NEAR else DIFFERS


@numba.njit(cache=True, nogil=True)
def begun(typed: Any, held: Any) -> int:
    """Return the rank of a half-typed word that the held one begins with."""
    if len(typed) >= len(held):
        return DIFFERS
    for n in range(len(typed)):
        if typed[n] != held[n]:
            return DIFFERS
    if len(typed) > 3:
        return MORE
    return THREE if len(typed) == 3 else (TWO if len(typed) == 2 else INITIAL)
