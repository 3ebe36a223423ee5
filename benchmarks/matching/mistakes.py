"""Where a system goes wrong: false alarms by kind, misses by what was done to the query. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.matching.answers import Answer, Row
from benchmarks.matching.measures import Outcome


@dataclass(frozen=True)
class Missed:
    """How many of the queries with one fault were not rightly called a match."""

    fault: str
    missed: int
    of: int


def alarms(
    answers: Sequence[Answer],
    found: Sequence[Outcome],
    about: Sequence[Row],
    homes: Mapping[str, int],
    threshold: float,
) -> dict[str, int]:
    """Return what those wrongly called a match are: from this score up, by kind, the commonest first."""
    kinds = Counter(
        _kind(answer.first, told, homes)
        for answer, outcome, told in zip(answers, found, about, strict=True)
        if outcome.score >= threshold and not outcome.right
    )
    return dict(kinds.most_common())


def _kind(first: str, told: Row, homes: Mapping[str, int]) -> str:
    taken = "a member of the household" if homes.get(first) == int(told["household"]) else "somebody else"
    who = {
        "held": "Somebody held",
        "housemate": "A housemate who is not held",
        "stranger": "A stranger who is not held",
    }
    return f"{who[told['standing']]} taken for {taken}"


def misses(found: Sequence[Outcome], about: Sequence[Row], threshold: float) -> list[Missed]:
    """Return the share missed among those held, fault by fault, the worst first; a query may have several faults."""
    missed, total = Counter[str](), Counter[str]()
    for outcome, told in zip(found, about, strict=True):
        if outcome.is_held:
            faults = told["kinds"].split(";")
            total.update(faults)
            missed.update(faults if not (outcome.right and outcome.score >= threshold) else ())
    rows = (Missed(fault, missed[fault], count) for fault, count in total.items())
    return sorted(rows, key=lambda row: -row.missed / row.of)


def groups(about: Iterable[Row]) -> dict[str, list[int]]:
    """Return which queries belong to each group that must not fare worse than the whole."""
    found: dict[str, list[int]] = {
        name: [] for name in ("rare surnames", "other naming traditions", "women and girls", "men and boys")
    }
    for n, told in enumerate(about):
        found["women and girls" if told["sex"] == "female" else "men and boys"].append(n)
        if told["rare"]:
            found["rare surnames"].append(n)
        if told["tradition"] != "tables":
            found["other naming traditions"].append(n)
    return found
