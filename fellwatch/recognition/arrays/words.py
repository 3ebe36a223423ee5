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
        likeness += shared_start(a, b, 4) * 0.1 * (1.0 - likeness)
    return likeness


@numba.njit(cache=True, nogil=True)
def letters_in(word: Any) -> int:
    """Return a bit for each letter of a word, of 32."""
    mask = 0
    for letter in word:
        mask |= 1 << (np.int64(letter) & 31)
    return mask


@numba.njit(cache=True, nogil=True)
def bits_in(mask: int) -> int:
    """Count the bits of a mask of 32."""
    pairs = mask - (mask >> 1 & 0x55555555)
    fours = (pairs & 0x33333333) + (pairs >> 2 & 0x33333333)
    return ((fours + (fours >> 4) & 0x0F0F0F0F) * 0x01010101 & 0xFFFFFFFF) >> 24


@numba.njit(cache=True, nogil=True)
def shared_start(a: Any, b: Any, most: int) -> int:
    """Return how many letters two words have in common at their start, at most so many."""
    count = 0
    while count < most and count < len(a) and count < len(b) and a[count] == b[count]:
        count += 1
    return count


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
    """Return whether one digit lost, added or changed, or two neighbours swapped, makes one number the other."""
    if one == other:
        return False
    while one % 10 == other % 10:
        one //= 10
        other //= 10
    a, b = one // 10, other // 10
    if a in (b, other) or b == one:
        return True
    return one % 10 == b % 10 and other % 10 == a % 10 and a // 10 == b // 10


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
