"""One scorer for both peers: levels of agreement, weighed by a regression on the development queries.

The levels are such as SQL can tell too (`postgres`): so both peers are scored alike, and as well as they can be.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jellyfish
import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from benchmarks.matching import measures
from benchmarks.matching.answers import MOST, Answer, Found
from benchmarks.matching.tidy import Tidy

FIELDS = {
    "forename": ("same", "sounds", "near", "initial", "part", "differs"),
    "surname": ("same", "sounds", "near", "initial", "part", "differs"),
    "swapped": ("yes",),
    "born": ("same", "turned", "two_parts", "year", "near", "differs"),
    "phone": ("same", "near", "differs"),
    "postcode": ("same", "near", "differs"),
    "home": ("same", "street", "house", "differs"),
    "sex": ("same", "differs"),
}
LEVELS = tuple((field, level) for field, levels in FIELDS.items() for level in levels)
PLACE = {pair: n for n, pair in enumerate(LEVELS)}


@dataclass(frozen=True)
class Weights:
    """What each level is worth, in natural log odds; a field where either side is empty is worth nothing."""

    start: float
    levels: dict[tuple[str, str], float]

    def score(self, asked: Tidy, held: Tidy) -> float:
        """Return the log odds that these are one person."""
        return self.start + sum(self.levels[pair] for pair in agreements(asked, held))


def name(asked: str, held: str) -> str:
    """Return how two names agree; a level the other database can tell too."""
    if asked == held:
        return "same"
    if len(asked) == 1 or len(held) == 1:
        return "initial" if asked[0] == held[0] else "differs"
    if jellyfish.metaphone(asked) == jellyfish.metaphone(held):
        return "sounds"
    if Levenshtein.distance(asked, held, score_cutoff=2) <= (2 if len(held) > 6 else 1):
        return "near"
    return "part" if set(asked.split()) & set(held.split()) else "differs"


def agreements(asked: Tidy, held: Tidy) -> list[tuple[str, str]]:
    """Return the level of every field that both sides have."""
    straight = _names(asked.forename, asked.surname, held)
    turned = _names(asked.surname, asked.forename, held) if asked.forename and asked.surname else []
    found = straight
    if turned and _worth(turned) > _worth(straight):
        found = [*turned, ("swapped", "yes")]
    if asked.born and held.born:
        found.append(("born", _born(asked.born, held.born)))
    if asked.phone and held.phone:
        found.append(("phone", _phone(asked.phone, held.phone)))
    if asked.postcode and held.postcode:
        found.append(("postcode", _near(asked.postcode, held.postcode)))
    if asked.street and held.street:
        found.append(("home", _home(asked, held)))
    if asked.sex and held.sex:
        found.append(("sex", "same" if asked.sex == held.sex else "differs"))
    return found


def _names(forename: str, surname: str, held: Tidy) -> list[tuple[str, str]]:
    found = []
    if forename and held.forename:
        found.append(("forename", name(forename, held.forename)))
    if surname and held.surname:
        found.append(("surname", name(surname, held.surname)))
    return found


def _worth(found: Iterable[tuple[str, str]]) -> int:
    return sum({"same": 4, "sounds": 3, "near": 3, "part": 2, "initial": 1}.get(level, 0) for _, level in found)


def _born(asked: str, held: str) -> str:
    if asked == held:
        return "same"
    one, other = asked.split("-"), held.split("-")
    if len(one) == 3 and len(other) == 3:
        if one[0] == other[0] and one[1] == other[2] and one[2] == other[1]:
            return "turned"
        if sum(a == b for a, b in zip(one, other, strict=True)) == 2:
            return "two_parts"
    if one[0] == other[0]:
        return "year"
    return "near" if abs(int(one[0]) - int(other[0])) <= 2 else "differs"


def _phone(asked: str, held: str) -> str:
    if asked == held:
        return "same"
    return "near" if Levenshtein.distance(asked, held, score_cutoff=2) <= 2 else "differs"


def _near(asked: str, held: str) -> str:
    if asked == held:
        return "same"
    return "near" if Levenshtein.distance(asked, held, score_cutoff=1) <= 1 else "differs"


def _home(asked: Tidy, held: Tidy) -> str:
    street = asked.street == held.street or Levenshtein.distance(asked.street, held.street, score_cutoff=2) <= 2
    if street:
        return "same" if asked.house == held.house else "street"
    return "house" if asked.house and asked.house == held.house else "differs"


def best(asked: Tidy, candidates: Iterable[Tidy], weights: Weights) -> Found:
    """Return the likeliest people among candidate rows, each by their best row."""
    found: dict[str, float] = {}
    for held in candidates:
        score = weights.score(asked, held)
        if score > found.get(held.id, float("-inf")):
            found[held.id] = score
    return tuple(sorted(found.items(), key=lambda pair: -pair[1])[:MOST])


Candidate = tuple[Tidy, Sequence[Tidy]]
"""A query (its id the truth) and the rows found for it."""
Pair = tuple[str, NDArray[np.float32]]
"""Whose row it is, and which levels it agrees on."""


def learn(development: Sequence[Candidate], file: Path) -> None:
    """Fit weights to the development queries, first to every row found, then to each person's best; keep them.

    The score from which a match is called is the lowest with precision 0.99 on the same queries.
    """
    found = [(asked.id, [(held.id, _marks(asked, held)) for held in rows]) for asked, rows in development]
    weights = _fitted((truth, pair) for truth, pairs in found for pair in pairs)
    for _ in range(2):
        weights = _fitted((truth, pair) for truth, pairs in found for pair in _best(pairs, weights).values())
    answers = [Answer(0.0, _ranked(pairs, weights)) for _, pairs in found]
    outcomes = measures.outcomes(answers, [truth for truth, _ in found])
    start, *worth = weights
    levels = {" ".join(pair): value for pair, value in zip(LEVELS, worth, strict=True)}
    kept = {"start": start, "published": measures.threshold_for(outcomes), "levels": levels}
    file.write_text(json.dumps(kept, indent=1), encoding="utf-8")


def _marks(asked: Tidy, held: Tidy) -> NDArray[np.float32]:
    row = np.zeros(len(LEVELS) + 1, dtype=np.float32)
    row[0] = 1.0
    row[[PLACE[pair] + 1 for pair in agreements(asked, held)]] = 1.0
    return row


def _best(pairs: Iterable[Pair], weights: list[float]) -> dict[str, Pair]:
    found: dict[str, tuple[float, Pair]] = {}
    for pair in pairs:
        score = float(pair[1] @ weights)
        if pair[0] not in found or score > found[pair[0]][0]:
            found[pair[0]] = (score, pair)
    return {who: pair for who, (_, pair) in found.items()}


def _ranked(pairs: Iterable[Pair], weights: list[float]) -> Found:
    scored = ((who, float(marks @ weights)) for who, (_, marks) in _best(pairs, weights).items())
    return tuple(sorted(scored, key=lambda pair: -pair[1])[:MOST])


def _fitted(pairs: Iterable[tuple[str, Pair]]) -> list[float]:
    from sklearn.linear_model import LogisticRegression

    rows, same = [], []
    for truth, (who, marks) in pairs:
        rows.append(marks)
        same.append(truth == who)
    fitted = LogisticRegression(C=3.0, max_iter=2000).fit(np.array(rows)[:, 1:], np.array(same))
    return [float(fitted.intercept_[0]), *fitted.coef_[0].tolist()]


def kept(file: Path | None) -> tuple[Weights, float]:
    """Read weights and the score from which a match is called; even weights where nothing has been learned."""
    if file is None:
        return Weights(0.0, dict.fromkeys(LEVELS, 0.0)), 0.0
    data = json.loads(file.read_text(encoding="utf-8"))
    levels = {(pair.split(" ")[0], pair.split(" ")[1]): value for pair, value in data["levels"].items()}
    return Weights(data["start"], levels), data["published"]
