"""How strongly likenesses speak for one person: weights after Fellegi and Sunter, with the household beside.

Independent weights count telephone, address and surname as three facts when a household is one. So each level
says how often it is seen under three hypotheses: the same person, another of the household, a stranger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import log2

from fellwatch.rules.reading import Table

CERTAIN = 36.0
"""Bits beyond which a likelihood is not told: it stays above 0 and below 1."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    field: tuple(levels.split())
    for field, levels in {
        "forename": "exact variant middle sounds close near initial typed_two typed_three typed_more differs",
        "surname": "exact part former sounds close near initial typed_two typed_three typed_more differs",
        "order": "swapped",
        "date_of_birth": "full month_and_year day_and_month year about swapped one_digit one_part next_year near_age "
        "differs",
        "phone": "exact household one_digit typed_so_far differs",
        "address": "same_house former_house same_postcode same_street other_house differs",
        "sex": "same as_the_name_says differs",
        "identifier": "same differs",
    }.items()
}

LATER = {("date_of_birth", "one_digit"): "one_part", ("phone", "household"): "differs"}
"""Levels that older models do not have, and the level that stands in."""

TOGETHER: Mapping[str, str] = {
    "forename_and_birth_differ": "neither forename nor date of birth agrees",
    "forename_differs_at_home": "another forename in the same household",
    "birth_differs_at_home": "another date of birth in the same household",
    "household_only": "only what a household shares agrees: not evidence of being this person",
    "forename_at_home": "the forename within the household, with no date of birth given",
    "birth_at_home": "the date of birth within the household, without the forename",
    "name_only": "the name and nothing that a household shares",
    "name_elsewhere": "the name, but another telephone or address",
    "name_elsewhere_twice": "the name, but both another telephone and another address",
    "forename_and_birth": "forename and date of birth agree together",
    "phone_and_address": "telephone and address are one fact, the household",
    "namesake": "the whole name, with another date of birth",
    "changed_surname": "forename and date of birth under another surname",
    "no_forename": "no forename given",
    "household_alone": "nothing of their own was said: it tells which home, not who of it",
}
"""What facts say together that none says alone, and how it is told."""

CLEAR: Mapping[str, tuple[str, ...]] = {
    field: tuple(levels.split())
    for field, levels in {
        "forename": "exact variant middle sounds close typed_more",
        "surname": "exact part former sounds close typed_more",
        "date_of_birth": "full month_and_year swapped one_digit",
        "phone": "exact household",
        "address": "same_house former_house",
    }.items()
}
"""The levels that speak clearly for being the same person, or of the same household."""


@dataclass(frozen=True)
class Level:
    """How often a likeness is seen under each hypothesis, from 0 to 1.

    With `spread`, the stranger's share is that many times the share who bear the name, at least `least`.
    """

    same: float
    household: float
    stranger: float
    words: str
    spread: float = 0.0
    least: float = 0.0

    @property
    def agrees(self) -> bool:
        """Whether it speaks for being the same person, however much."""
        return self.same > self.stranger

    def evidence(self, share: float | None = None) -> Evidence:
        """Return the evidence, in bits, where this share of people bear the name (None: not counted)."""
        stranger = self.stranger
        if self.spread and share is not None:
            stranger = min(max(self.spread * share, self.least), self.same)
        household = max(self.household, stranger) if self.agrees else self.household
        return Evidence(log2(self.same), log2(household), log2(stranger))


@dataclass(frozen=True)
class Evidence:
    """Logarithms of one likeness under the three hypotheses."""

    same: float
    household: float
    stranger: float

    @property
    def weight(self) -> float:
        """Bits for being the same person rather than a stranger, the household left aside."""
        return self.same - self.stranger


@dataclass(frozen=True)
class SecondLook:
    """What training found that the weights leave out: a straight line through the log odds, moved by what is seen.

    Bits = offset + scale × first look + others × (what the other candidates take off) + paired × (what two names that
    often go together take off) + levels + together.
    """

    offset: float = 0.0
    scale: float = 1.0
    others: float = 1.0
    paired: float = 0.0
    levels: Mapping[tuple[str, str], float] = field(default_factory=dict)
    together: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Model:
    """One version of the model. `population` stands in until the people in the index have been counted."""

    held: float
    household: float
    population: int
    marker_likelihood: float
    published: float
    shown: float
    levels: Mapping[tuple[str, str], Level]
    second: SecondLook = field(default_factory=SecondLook)

    def level(self, field: str, name: str) -> Level:
        """Return the level of a field by its name."""
        return self.levels[field, name]


def read(table: Table) -> Model:
    """Read the body of a recognition model."""
    rows = table.table("levels")
    levels = {(field, name): _level(rows, field, name) for field, names in FIELDS.items() for name in names}
    second = _second(table.table("second_look")) if table.has("second_look") else SecondLook()
    model = Model(
        held=_share(table, "held"),
        household=table.number("household"),
        population=table.whole("population"),
        marker_likelihood=_share(table, "marker_likelihood"),
        published=_share(table, "published"),
        shown=_share(table, "shown"),
        levels=levels,
        second=second,
    )
    table.finish()
    return model


def _second(table: Table) -> SecondLook:
    """Read the second look; a level or a combination that is not written moves nothing."""
    levels, together = table.table("levels"), table.table("together")
    found = SecondLook(
        table.number("offset"),
        table.number("scale"),
        table.number("others"),
        table.number("paired", 0.0),
        {(f, n): v for f, names in FIELDS.items() for n in names if (v := _moved(levels, f, n))},
        {name: v for name in TOGETHER if (v := together.number(name, 0.0))},
    )
    for part in (levels, together, table):
        part.finish()
    return found


def _moved(levels: Table, field: str, name: str) -> float:
    if not levels.has(field):
        return 0.0
    moved = levels.table(field)
    return moved.number(name if moved.has(name) else LATER.get((field, name), name), 0.0)


def _level(rows: Table, field: str, name: str) -> Level:
    fields = rows.table(field)
    row = fields.table(name if fields.has(name) else LATER.get((field, name), name))
    level = Level(
        _share(row, "same"),
        _share(row, "household"),
        _share(row, "stranger"),
        row.text("words"),
        row.number("spread", 0.0),
        row.number("least", 0.0),
    )
    row.finish()
    if level.agrees and level.household > level.same:
        row.fault("household", "is above `same`, so agreeing would speak against", "make it at most `same`")
    return level


def _share(table: Table, key: str) -> float:
    value = table.number(key)
    if not 0 < value <= 1:
        table.fault(key, f"{value!r} is not a share", "write a number above 0 and at most 1")
        return 0.5
    return float(value)


def odds(evidence: Iterable[Evidence], model: Model, population: int) -> tuple[float, float]:
    """Return the log odds in bits before anything was said, and what all the evidence adds to them."""
    found = tuple(evidence)
    people = max(population, 10)
    same, household = model.held / people, model.household / people
    against = _log_sum(
        log2(household) + sum(e.household for e in found),
        log2(1 - same - household) + sum(e.stranger for e in found),
    )
    rest = log2(1 - same)
    return log2(same) - rest, sum(e.same for e in found) - against + rest


def standing(levels: Mapping[str, str]) -> Iterator[str]:
    """Yield what holds together, given the level of each field that was compared."""
    good = {field for field, clear in CLEAR.items() if levels.get(field) in clear}
    other = {field for field in CLEAR if levels.get(field) == "differs"}
    shared, both = bool(good & {"phone", "address"}), {"forename", "date_of_birth"}
    named, dated = {"forename", "surname"} <= good, "date_of_birth" in levels
    bare = named and not dated and not shared
    holds = {
        "forename_and_birth_differ": both <= other,
        "forename_differs_at_home": "forename" in other and shared,
        "birth_differs_at_home": "date_of_birth" in other and shared,
        "household_only": shared and not both & good,
        "forename_at_home": shared and "forename" in good and not dated,
        "birth_at_home": shared and "date_of_birth" in good and "forename" not in good,
        "name_only": bare,
        "name_elsewhere": bare and bool(other & {"phone", "address"}),
        "name_elsewhere_twice": bare and {"phone", "address"} <= other,
        "forename_and_birth": both <= good,
        "phone_and_address": {"phone", "address"} <= good,
        "namesake": named and "date_of_birth" in other,
        "changed_surname": "surname" in other and both <= good,
        "no_forename": "forename" not in levels,
        "household_alone": shared and "forename" not in levels and not dated,
    }
    return (name for name, stands in holds.items() if stands)


def look_again(model: Model, first: float, others: float, levels: Mapping[str, str]) -> float:
    """Return the log odds in bits after the second look: moved by the others who fit and by what is seen."""
    second = model.second
    moved = sum(second.levels.get(pair, 0.0) for pair in levels.items())
    together = sum(second.together.get(name, 0.0) for name in standing(levels))
    return second.offset + second.scale * first + second.others * others + moved + together


def likelihood(bits: float) -> float:
    """Return log odds in bits as a likelihood above 0 and below 1."""
    told = max(-CERTAIN, min(CERTAIN, bits))
    return float(1 / (1 + 2.0**-told))


def bits(likelihood: float) -> float:
    """Return a likelihood above 0 and below 1 as log odds in bits."""
    return log2(likelihood / (1 - likelihood))


def _log_sum(one: float, other: float) -> float:
    high, low = max(one, other), min(one, other)
    return high + log2(1 + 2.0 ** (low - high))


def came_to(model: Model, levels: Mapping[str, str]) -> float:
    """Return the log odds in bits of somebody of whom these levels were found, nobody else being near."""
    evidence = [model.level(field, name).evidence() for field, name in levels.items()]
    return look_again(model, sum(odds(evidence, model, model.population)), 0.0, levels)


def check_example(model: Model, example: Mapping[str, object]) -> str | None:
    """Try one example: the levels found, and the likelihood they must come to."""
    levels = example["levels"]
    if not isinstance(levels, Mapping):
        return "`levels` must say which level each field has"
    named = {str(field): str(name) for field, name in levels.items()}
    likely = likelihood(came_to(model, named))
    low, high = example.get("at_least", 0.0), example.get("at_most", 1.0)
    if isinstance(low, int | float) and isinstance(high, int | float) and low <= likely <= high:
        return None
    return f"the likelihood came to {likely:.4f}"
