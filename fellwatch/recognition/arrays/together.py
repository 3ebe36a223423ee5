"""What facts say together that none says alone, as `likeness.standing` says it. Compiled."""

from typing import Any

import numba
import numpy as np

from fellwatch.recognition.arrays.levels import NUMBER
from fellwatch.rules.likeness import CLEAR, TOGETHER

FORENAME, SURNAME, ORDER, BORN, PHONE, ADDRESS, SEX, IDENTIFIER = range(8)
GOOD, WEAK, OTHER = 1, 2, 3


def _kinds() -> Any:
    """Say of each level whether it speaks clearly for, weakly, or against."""
    kinds = np.full(len(NUMBER), WEAK, np.int64)
    for field, levels in CLEAR.items():
        for level in levels:
            kinds[NUMBER[field, level]] = GOOD
    for field in ("forename", "surname", "date_of_birth", "phone", "address", "sex"):
        kinds[NUMBER[field, "differs"]] = OTHER
    return kinds


KINDS = _kinds()


@numba.njit(cache=True, nogil=True)
def agrees(level: int) -> bool:
    """Return whether a level speaks clearly for being the same person."""
    return level >= 0 and KINDS[level] == GOOD


@numba.njit(cache=True, nogil=True)
def standing(levels: Any, out: Any) -> None:
    """Set a row of `out` to 1 for each thing that holds together, in the order of `TOGETHER`."""
    forename = KINDS[levels[FORENAME]] if levels[FORENAME] >= 0 else 0
    surname = KINDS[levels[SURNAME]] if levels[SURNAME] >= 0 else 0
    born = KINDS[levels[BORN]] if levels[BORN] >= 0 else 0
    phone = levels[PHONE] >= 0 and KINDS[levels[PHONE]] == GOOD
    home = levels[ADDRESS] >= 0 and KINDS[levels[ADDRESS]] == GOOD
    shared = phone or home
    own = int(forename == GOOD) + int(born == GOOD)
    out[0] = forename == OTHER and born == OTHER
    out[1] = forename == OTHER and shared
    out[2] = born == OTHER and shared
    out[3] = shared and own == 0
    out[4] = shared and forename == GOOD and born == 0
    out[5] = shared and born == GOOD and forename != GOOD
    bare = forename == GOOD and surname == GOOD and born == 0 and not shared
    other_phone = levels[PHONE] >= 0 and KINDS[levels[PHONE]] == OTHER
    other_home = levels[ADDRESS] >= 0 and KINDS[levels[ADDRESS]] == OTHER
    out[6] = bare
    out[7] = bare and (other_phone or other_home)
    out[8] = bare and other_phone and other_home
    out[9] = own == 2
    out[10] = phone and home
    out[11] = forename == GOOD and surname == GOOD and born == OTHER
    out[12] = surname == OTHER and forename == GOOD and born == GOOD
    out[13] = forename == 0
    out[14] = shared and forename == 0 and born == 0


COUNT = len(TOGETHER)
