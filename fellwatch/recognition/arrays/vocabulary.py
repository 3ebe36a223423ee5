"""Every form of every name once, sorted, with its sound and the ways to it with one letter left out."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numba
import numpy as np

from fellwatch.recognition.arrays.words import LONGEST, hashed, letters_in
from fellwatch.recognition.sounds import sound

SHORTEST_SPLIT = 3


class Texts(NamedTuple):
    """Names as written, each with the rows of its forms in the vocabulary."""

    start: Any
    forms: Any


class Vocabulary(NamedTuple):
    """Sorted words and sounds (letters, starts), each word's sound and the letters in it, and the slips' table."""

    letters: Any
    start: Any
    sound: Any
    mask: Any
    sound_letters: Any
    sound_start: Any
    slip_start: Any
    slip_word: Any


def letters(text: str) -> Any:
    """Return a word as an array of its first letters."""
    return np.frombuffer(text[:LONGEST].encode("utf-16-le", "surrogatepass"), np.uint16)


def build(
    texts: Sequence[tuple[Iterable[str], Callable[[str], tuple[str, ...]]]],
) -> tuple[Vocabulary, list[Texts], dict[str, int]]:
    """Take (texts, how a text splits into forms) twice over, and return the vocabulary, the texts, and its rows."""
    split = [[how(text) for text in written] for written, how in texts]
    words = sorted({form[:LONGEST] for forms in split for row in forms for form in row}, key=_key)
    rows = {word: n for n, word in enumerate(words)}
    heard = [sound(word)[:LONGEST] for word in words]
    sounds = sorted(set(heard), key=_key)
    numbered = {code: n for n, code in enumerate(sounds)}
    flat, start = _strings(words)
    slip_start, slip_word = _slips(flat, start)
    vocabulary = Vocabulary(
        flat,
        start,
        np.array([numbered[code] for code in heard], np.int32),
        masks(flat, start),
        *_strings(sounds),
        slip_start,
        slip_word,
    )
    return vocabulary, [_texts(forms, rows) for forms in split], rows


def _key(word: str) -> bytes:
    """Order as compiled code compares: by units of UTF-16."""
    return word.encode("utf-16-be", "surrogatepass")


def _strings(words: Sequence[str]) -> tuple[Any, Any]:
    flat = np.frombuffer("".join(words).encode("utf-16-le", "surrogatepass"), np.uint16)
    return flat, offsets([len(word.encode("utf-16-le", "surrogatepass")) >> 1 for word in words])


def _texts(forms: Sequence[tuple[str, ...]], rows: dict[str, int]) -> Texts:
    flat = np.array([rows[form[:LONGEST]] for row in forms for form in row], np.int32)
    return Texts(offsets([len(row) for row in forms]), flat)


def offsets(counts: Any) -> Any:
    """Return where each of a run of lists begins, and where the last ends."""
    out = np.zeros(len(counts) + 1, np.int32)
    np.cumsum(counts, out=out[1:])
    return out


def _slips(flat: Any, start: Any) -> tuple[Any, Any]:
    """Bucket every word under the digest of itself and of itself with each one letter left out."""
    total = _count(start)
    bits = max(int(total).bit_length() - 2, 4)
    bucket, word = _all_slips(flat, start, total, bits)
    order = np.argsort(bucket, kind="stable")
    return offsets(np.bincount(bucket, minlength=1 << bits)), word[order]


def _count(start: Any) -> int:
    lengths = np.diff(start.astype(np.int64))
    return int((lengths[lengths >= SHORTEST_SPLIT] + 1).sum() + (lengths < SHORTEST_SPLIT).sum())


@numba.njit(cache=True, nogil=True)
def masks(flat: Any, start: Any) -> Any:
    """Return the letters in each word, a bit for each."""
    out = np.empty(len(start) - 1, np.int32)
    for n in range(len(start) - 1):
        out[n] = np.int32(np.uint32(letters_in(flat[start[n] : start[n + 1]])))
    return out


@numba.njit(cache=True, nogil=True)
def _all_slips(flat: Any, start: Any, total: int, bits: int) -> Any:
    bucket, word = np.empty(total, np.int64), np.empty(total, np.int32)
    at = 0
    for n in range(len(start) - 1):
        letters_of = flat[start[n] : start[n + 1]]
        for without in range(-1, len(letters_of) if len(letters_of) >= SHORTEST_SPLIT else 0):
            bucket[at] = np.int64(hashed(letters_of, without)) >> (32 - bits)
            word[at] = n
            at += 1
    return bucket, word
