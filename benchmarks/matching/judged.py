"""All measures of one system on one sample, from its answers and the truth."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.figures import quantiles
from benchmarks.matching import answers, measures, mistakes
from benchmarks.matching.answers import Answers
from benchmarks.matching.measures import Bin, Outcome, Share
from benchmarks.matching.mistakes import Missed
from benchmarks.matching.quirks import PREFIX
from benchmarks.matching.sample import GIVEN, WITHHELD, WRITTEN

TELEPHONE = {GIVEN: "telephone mostly given", WITHHELD: "telephone withheld"}
MANNERS = {**TELEPHONE, WRITTEN: "filled in on a form"}


@dataclass(frozen=True)
class Group:
    """How one group fares at the whole's threshold; `held` counts those held."""

    name: str
    first: Share
    recall: Share
    calibration: float


@dataclass(frozen=True)
class Judged:
    """The measures of one file of queries."""

    system: str
    queries: str
    p50: float
    p95: float
    p99: float
    first: Share
    five: Share
    high: Share
    """Recall at precision 0.99."""
    threshold: float
    precision: Share | None
    recall: Share | None
    calibration: float | None
    curve: list[Bin]
    groups: list[Group]
    alarms: dict[str, int]
    misses: list[Missed]


def judge(found: Answers, folder: Path, queries: str) -> Judged:
    """Measure the answers to one file of queries."""
    given = found.asked[queries]
    truths = [row["person_id"] for row in answers.rows(folder / f"{queries}.csv")]
    about = answers.rows(folder / f"{queries}_ABOUT.csv")
    outcomes = measures.outcomes(given, truths)
    threshold = measures.threshold_for(outcomes)
    published = found.published
    kept = np.load(folder / "homes.npz")
    homes = dict(zip(kept["ids"].tolist(), kept["household"].tolist(), strict=True))
    p50, p95, p99 = quantiles([one.took_ms for one in given])
    return Judged(
        system=found.system,
        queries=queries,
        p50=p50,
        p95=p95,
        p99=p99,
        first=measures.recall_within(outcomes, 1),
        five=measures.recall_within(outcomes, 5),
        high=measures.recall_at(outcomes),
        threshold=threshold,
        precision=None if published is None else measures.precision_from(outcomes, published),
        recall=None if published is None else measures.recall_from(outcomes, published),
        calibration=measures.calibration_error(outcomes) if found.likelihoods else None,
        curve=measures.reliability(outcomes) if found.likelihoods else [],
        groups=_groups(outcomes, about, threshold),
        alarms=mistakes.alarms(given, outcomes, about, homes, threshold),
        misses=mistakes.misses(outcomes, about, threshold),
    )


def _groups(outcomes: Sequence[Outcome], about: Sequence[answers.Row], threshold: float) -> list[Group]:
    found = []
    for name, members in mistakes.groups(about).items():
        some = [outcomes[n] for n in members]
        shares = measures.recall_within(some, 1), measures.recall_from(some, threshold)
        found.append(Group(name, *shares, measures.calibration_error(some)))
    return found


@dataclass(frozen=True)
class Quirk:
    """How the same queries fare typed another way."""

    name: str
    first: Share
    plainly: Share


def quirks(found: Answers, folder: Path) -> list[Quirk]:
    """Return recall@1 of each quirk beside that of the same queries as they were."""
    truths = [row["person_id"] for row in answers.rows(folder / f"{GIVEN}.csv")]
    rows = []
    for name, given in found.asked.items():
        if not name.startswith(PREFIX):
            continue
        count = len(given)
        first = measures.recall_within(measures.outcomes(given, truths[:count]), 1)
        plainly = measures.recall_within(measures.outcomes(found.asked[GIVEN][:count], truths[:count]), 1)
        rows.append(Quirk(name.removeprefix(PREFIX).replace("_", " "), first, plainly))
    return rows
