"""Train a model: weights from Splink, households from homes, a second look from labelled faults, then calibration."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from fellwatch.recognition import weigh
from fellwatch.recognition.arrays import build, engine
from fellwatch.recognition.arrays.columns import Columns
from fellwatch.recognition.asked import Asked
from fellwatch.recognition.held import Held
from fellwatch.recognition.training import corrupt, labelled, second, weights, written
from fellwatch.recognition.training.labelled import Sample
from fellwatch.recognition.training.second import Labelled
from fellwatch.rules import likeness
from fellwatch.rules.likeness import Level, Model, SecondLook

QUERIES = 48_000
FEWEST = 2_000
MOST_MATES = 15_000
LEAST, MOST = 0.0005, 0.995
PEOPLE_AT_HOME = 2.5
SAID_ALREADY = ("sex", "as_the_name_says")
"""A level that agrees and says next to nothing: it takes nothing either."""
WHOLE = {("surname", "part"), ("surname", "former"), ("forename", "middle"), ("address", "former_house")}
"""Levels beside Splink's whose share in a household is of all pairs, not of those where something was half known."""


class TooFew(ValueError):
    """There are too few people to learn from."""


@dataclass(frozen=True)
class Trained:
    """A model, and what it was learned from."""

    model: Model
    people: int
    queries: int
    mates: int


def train(people: Sequence[Held], start: Model, *, seed: int, today: date, say: Callable[[str], None]) -> Trained:
    """Return a trained model. `start` stands in for what the data cannot teach, such as half-typed names."""
    if len(people) < FEWEST:
        raise TooFew(f"{len(people):,} people are too few to learn from: at least {FEWEST:,} are needed.")
    sample = labelled.sample(people, queries=QUERIES, seed=seed, today=today)
    say(f"{len(sample.held):,} people, {len(sample.queries):,} queries, {len(sample.mates):,} pairs of one home.")
    learned = weights.learn(_plain(sample, start), sample.held, seed=seed)
    say(f"Splink taught {len(learned)} levels.")
    model = replace(start, levels=_levels(start, learned, _households(sample, start, seed, today)))
    model = replace(model, second=SecondLook())
    model = replace(model, levels={**model.levels, **_number_at_home(_answers(sample, model), sample, model)})
    found = _answers(sample, model)
    model = replace(model, second=second.learn(found[0::2]))
    say("Second look learned.")
    again = _answers(sample, model)
    model = replace(model, second=second.calibrate(model.second, again[1::2]))
    model = replace(model, second=strict(model))
    return Trained(model, len(people), len(sample.queries), len(sample.mates))


def strict(model: Model) -> SecondLook:
    """Hold what a household shares to what it may ever say, however seldom the people trained on shared a number."""
    together = dict(model.second.together)
    lost = max(likeness.came_to(model, one) - likeness.came_to(model, {**one, **other})
               for one, other in written.NEVER_LESS)  # fmt: skip
    if lost > 0:
        together["phone_and_address"] = round(together.get("phone_and_address", 0.0) + lost + 0.01, 3)
    model = replace(model, second=replace(model.second, together=dict(together)))
    for name, levels, most in written.BOUNDS:
        excess = likeness.came_to(model, levels) - likeness.bits(most)
        if excess > 0:
            together[name] = round(together.get(name, 0.0) - excess - 0.01, 3)
    told = model.second.levels.get(SAID_ALREADY, 0.0)
    return replace(model.second, together=together, levels={**model.second.levels, SAID_ALREADY: max(told, 0.0)})


def _plain(sample: Sample, start: Model) -> list[Asked]:
    """Leave out what Splink's levels have no words for, and would take for another name: turned names, initials."""
    odd = {("order", "swapped"), ("forename", "initial"), ("forename", "middle"), ("surname", "former")}
    plain = [
        q for q in sample.queries if q.truth < 0 or odd.isdisjoint(weigh.levels(q.asked, sample.held[q.truth], start))
    ]
    return [q.asked for q in plain]


def _answers(sample: Sample, model: Model) -> list[Labelled]:
    columns = Columns()
    for number, held in enumerate(sample.held):
        columns.add(held, number)
    parts, ready = (engine.Part(build.segment(columns)),), engine.compiled(model)
    return [Labelled(engine.who(q.asked, parts, ready, counted=len(sample.held)), q.truth) for q in sample.queries]


def _households(sample: Sample, start: Model, seed: int, today: date) -> Mapping[tuple[str, str], float]:
    """Return how often each level is seen when somebody of the same home is meant."""
    rng = Random(seed)
    pairs = rng.sample(sample.mates, min(MOST_MATES, len(sample.mates)))
    seen: Counter[tuple[str, str]] = Counter()
    for one, other in pairs:
        query = labelled.read(corrupt.say(sample.held[one], rng, corrupt.HABITS[1]), today)
        seen.update(weigh.levels(query, sample.held[other], start))
    return _shares(seen)


def _shares(seen: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], float]:
    totals: defaultdict[str, int] = defaultdict(int)
    for (field, _), count in seen.items():
        totals[field] += count
    return {pair: (count + 0.5) / (totals[pair[0]] + 5) for pair, count in seen.items()}


def _number_at_home(found: Sequence[Labelled], sample: Sample, model: Model) -> dict[tuple[str, str], Level]:
    """Return how much it says that another of the home has the number: the index alone can tell."""
    mates, seen = set(sample.mates), Counter[tuple[str, bool]]()
    for one in found:
        for match in one.found:
            told = match.level("phone")
            if told and one.truth >= 0 and (match.number == one.truth or (one.truth, match.number) in mates):
                seen["same" if match.number == one.truth else "mate", told == "household"] += 1
    same, mate = (seen[who, True] / max(seen[who, True] + seen[who, False], 1) for who in ("same", "mate"))
    stranger = model.level("phone", "exact").stranger * PEOPLE_AT_HOME
    level = Level(_share(same), min(_share(mate), _share(same)), stranger, "a number of somebody they live with")
    return {("phone", "household"): level}


def _levels(
    start: Model, learned: Mapping[tuple[str, str], tuple[float, float]], household: Mapping[tuple[str, str], float]
) -> dict[tuple[str, str], Level]:
    levels = {pair: _household(level, household.get(pair) if pair in WHOLE else None)
              for pair, level in start.levels.items()}  # fmt: skip
    common = {field: learned[field, "exact"][1] for field in ("forename", "surname") if (field, "exact") in learned}
    for pair, (same, stranger) in learned.items():
        was = start.levels[pair]
        spread = was.spread
        if spread and pair[1] != "exact" and pair[0] in common:
            spread = round(min(max(stranger / common[pair[0]], 0.3), 10.0), 2)
        level = replace(was, same=_share(same), stranger=max(stranger, 1e-8), spread=spread)
        levels[pair] = _household(level, household.get(pair))
    return levels


def _household(level: Level, share: float | None) -> Level:
    household = level.household if share is None else share
    return replace(level, household=min(household, level.same) if level.agrees else household)


def _share(value: float) -> float:
    return min(max(value, LEAST), MOST)


def people_of(documents: Iterable[Held]) -> tuple[Held, ...]:
    """Return those with a name: nobody can be asked about by nothing."""
    return tuple(held for held in documents if held.names)
