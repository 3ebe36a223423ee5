"""How much a name tells of the name beside it: whoever is called Patel is likelier to be called Priya than others are.

Within a naming tradition forenames and surnames go together, and the two are not two independent facts. Measured from
the people in the index alone, without a list of traditions: among any two who share a surname, how much oftener they
share a forename too than chance says, a rare forename counting for more.
"""

from typing import Any

import numpy as np

STEPS = 16
"""Steps of one bit, as kept."""
CHANCE = 700.0
"""Pairs of people, agreeing no oftener than by chance, that are laid beside those found: a few bearers tell little."""
FEWEST = 5
MOST = 255


def company(person: Any, one: Any, other: Any, words: int) -> tuple[Any, Any]:
    """Return for each word, in steps of bits, what it tells of the other name: as the first, then as the other.

    `one` and `other`: the forename's and the surname's word of each of somebody's names, past the last word for none.
    """
    named = (one < words) & (other < words)
    rows = np.unique(np.column_stack([one[named], other[named], person[named]]).astype(np.int64), axis=0)
    both, count = np.unique(rows[:, 0] * words + rows[:, 1], return_counts=True)
    first, last = both // max(words, 1), both % max(words, 1)
    return _told(first, last, count, words), _told(last, first, count, words)


def _told(word: Any, beside: Any, count: Any, words: int) -> Any:
    bearers = np.bincount(word, count, words)
    others = np.maximum(np.bincount(beside, count, words), FEWEST)
    agreeing = np.bincount(word, count * (count - 1.0) * count.sum() / others[beside], words)
    oftener = (CHANCE + agreeing) / (CHANCE + bearers * np.maximum(bearers - 1.0, 0.0))
    return np.minimum(np.log2(np.maximum(oftener, 1.0)) * STEPS, MOST).astype(np.uint8)
