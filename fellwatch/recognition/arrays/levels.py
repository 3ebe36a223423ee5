"""The model's levels as numbered rows of logarithms, for compiled code."""

from math import log2
from typing import Any, NamedTuple

import numpy as np

from fellwatch.rules.likeness import FIELDS, Model

CODES = tuple((field, level) for field, levels in FIELDS.items() for level in levels)
NUMBER = {pair: n for n, pair in enumerate(CODES)}
NONE = -1
SLOTS = ("forename", "surname", "order", "date_of_birth", "phone", "address", "sex", "identifier")


class Weights(NamedTuple):
    """One row for each level: logarithms under the three hypotheses, and how commonness moves the stranger's."""

    same: Any
    household: Any
    stranger: Any
    spread: Any
    least: Any
    agrees: Any
    prior: Any


def weights(model: Model) -> Weights:
    """Return the model's levels in the order of `CODES`; prior: held, household and population."""
    rows = [model.levels[pair] for pair in CODES]
    return Weights(
        same=np.array([log2(r.same) for r in rows]),
        household=np.array([log2(r.household) for r in rows]),
        stranger=np.array([log2(r.stranger) for r in rows]),
        spread=np.array([r.spread for r in rows]),
        least=np.array([r.least for r in rows]),
        agrees=np.array([r.agrees for r in rows]),
        prior=np.array([model.held, model.household, float(model.population)]),
    )
