"""Compiled comparison of two words; gives what rapidfuzz gives (`tests/recognition` holds it)."""

from typing import Any

import numba
import numpy as np

LONGEST = 40


@numba.njit(cache=True, nogil=True)
def jaro_winkler(a: Any, b: Any) -> float:
    """Return the Jaro-Winkler likeness of two arrays of letters, at most `LONGEST` of each."""
    n, m = min(len(a), LONGEST), min(len(b), LONGEST)
    if n == 0 or m == 0:
        return 0.0
    window = max(max(n, m) // 2 - 1, 0)
    taken, paired, common = 0, 0, 0
    for i in range(n):
        for j in range(max(0, i - window), min(m, i + window + 1)):
            if not taken >> j & 1 and a[i] == b[j]:
                taken |= 1 << j
                paired |= 1 << i
                common += 1
                break
    if common == 0:
        return 0.0
    turned, j = 0, 0
    for i in range(n):
        if paired >> i & 1:
            while not taken >> j & 1:
                j += 1
            turned += a[i] != b[j]
            j += 1
    likeness = (common / n + common / m + (common - turned // 2) / common) / 3.0
    if likeness > 0.7:
        prefix = 0
        while prefix < min(4, n, m) and a[prefix] == b[prefix]:
            prefix += 1
        likeness += prefix * 0.1 * (1.0 - likeness)
    return likeness


@numba.njit(cache=True, nogil=True)
def letters_in(word: Any) -> int:
    """Return a bit for each letter of a word."""
    mask = 0
    for letter in word:
        mask |= 1 << (letter & 31)
    return mask


@numba.njit(cache=True, nogil=True)
def bits_in(mask: int) -> int:
    """Count the bits of a mask."""
    count = 0
    while mask:
        mask &= mask - 1
        count += 1
    return count


@numba.njit(cache=True, nogil=True)
def may_be_near(a: Any, b: Any, least: float) -> bool:
    """Return False where two words have too few letters in common for a likeness of `least`; most end here."""
    n, m = len(a), len(b)
    one, other = letters_in(a), letters_in(b)
    common = min(n - bits_in(one & ~other), m - bits_in(other & ~one))
    if common <= 0:
        return False
    prefix = 0
    while prefix < min(4, n, m) and a[prefix] == b[prefix]:
        prefix += 1
    most = (common / n + common / m + 1.0) / 3.0
    return most + prefix * 0.1 * (1.0 - most) >= least


@numba.njit(cache=True, nogil=True)
def one_slip(a: Any, b: Any) -> bool:
    """Return whether one letter lost, added, changed, or two neighbours swapped, makes one word the other."""
    n, m = len(a), len(b)
    if n > m:
        a, b, n, m = b, a, m, n
    if m - n > 1:
        return False
    i = 0
    while i < n and a[i] == b[i]:
        i += 1
    if n == m:
        if i == n:
            return False
        if i + 1 < n and a[i] == b[i + 1] and a[i + 1] == b[i] and _same(a, i + 2, b, i + 2):
            return True
        return _same(a, i + 1, b, i + 1)
    return _same(a, i, b, i + 1)


@numba.njit(cache=True, nogil=True)
def _same(a: Any, i: int, b: Any, j: int) -> bool:
    if len(a) - i != len(b) - j:
        return False
    while i < len(a):
        if a[i] != b[j]:
            return False
        i += 1
        j += 1
    return True


@numba.njit(cache=True, nogil=True)
def digit_slip(one: int, other: int) -> bool:
    """Return whether two numbers are one digit, or two neighbouring digits, apart."""
    a, b = _digits(one), _digits(other)
    return one_slip(a, b)


@numba.njit(cache=True, nogil=True)
def _digits(number: int) -> Any:
    out = np.empty(20, np.uint8)
    at = 20
    while number > 0:
        at -= 1
        out[at] = number % 10
        number //= 10
    return out[at:]


@numba.njit(cache=True, nogil=True)
def find(letters: Any, starts: Any, word: Any) -> int:
    """Return where a word stands among sorted ones, or -1 - where it would stand."""
    low, high = 0, len(starts) - 1
    while low < high:
        middle = (low + high) // 2
        order = _compare(letters[starts[middle] : starts[middle + 1]], word)
        if order == 0:
            return middle
        if order < 0:
            low = middle + 1
        else:
            high = middle
    return -1 - low


@numba.njit(cache=True, nogil=True)
def _compare(a: Any, b: Any) -> int:
    for i in range(min(len(a), len(b))):
        if a[i] != b[i]:
            return -1 if a[i] < b[i] else 1
    return len(a) - len(b)


@numba.njit(cache=True, nogil=True)
def hashed(word: Any, without: int) -> int:
    """Return 32 bits of a word with one letter left out (-1: none)."""
    h = np.uint32(2166136261)
    for i in range(len(word)):
        if i != without:
            h = np.uint32((h ^ np.uint32(word[i])) * np.uint32(16777619))
    h = np.uint32((h ^ (h >> np.uint32(15))) * np.uint32(0x2C1B3C6D))
    return np.uint32(h ^ (h >> np.uint32(13)))
