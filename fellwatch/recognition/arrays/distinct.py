"""Each different number once. Compiled."""

from typing import Any

import numba
import numpy as np


@numba.njit(cache=True, nogil=True)
def distinct(values: Any) -> Any:
    """Return the different values in the order they are first met, and which of them each value is."""
    bits = 4
    while 1 << bits < 2 * len(values):
        bits += 1
    taken = np.zeros(1 << bits, np.int64)
    found, which = np.empty(len(values), np.int64), np.empty(len(values), np.int64)
    count = 0
    for n in range(len(values)):
        value = values[n]
        at = (value * 2654435761 & 0xFFFFFFFF) >> (32 - bits)
        while taken[at] != 0 and found[taken[at] - 1] != value:
            at = at + 1 & (1 << bits) - 1
        if taken[at] == 0:
            found[count] = value
            count += 1
            taken[at] = count
        which[n] = taken[at] - 1
    return found[:count], which
