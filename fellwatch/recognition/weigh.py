"""Weigh what agrees and what does not, and show the working. Pure.

The household is a hypothesis of its own (`rules.likeness`); the working shows what that takes off, so that a
woman is not taken for her sister.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fellwatch.recognition import compare
from fellwatch.recognition.asked import Asked
from fellwatch.recognition.compare import Agreement
from fellwatch.recognition.held import Held
from fellwatch.records.values import PartialDate
from fellwatch.rules import likeness
from fellwatch.rules.likeness import TOGETHER, Evidence, Model, SecondLook

ENOUGH = 5000
HOUSEHOLD_WORDS = "Same household, counted once: not evidence of being this person"
OTHERS_WORDS = "Others who are held fit as well"
PAIRED_WORDS = "The two names often go together: partly one fact"
LEAST_TOLD = 0.05


@dataclass(frozen=True)
class Frequencies:
    """How many people bear each name, out of how many; too few people say nothing about how common a name is."""

    population: int = 0
    bearers: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def share(self, kind: str, terms: tuple[str, ...]) -> float | None:
        """Return the share of people who bear the commonest of these names, None while nobody has counted."""
        if self.population < ENOUGH:
            return None
        return max(self.bearers.get((kind, term), 0) for term in terms) / self.population if terms else None


@dataclass(frozen=True)
class Step:
    """One line of the working: weight in bits, above 0 for, below 0 against."""

    field: str
    what_was_typed: str
    what_we_hold: str
    level_words: str
    weight: float


@dataclass(frozen=True)
class Why:
    """How the likelihood came about: start (log odds in bits before anything was said) + steps = total."""

    steps: tuple[Step, ...]
    start: float
    total: float
    likelihood: float


@dataclass(frozen=True)
class _Weighed:
    agreement: Agreement
    words: str
    evidence: Evidence

    @property
    def weight(self) -> float:
        return self.evidence.weight

    def step(self, second: SecondLook) -> Step:
        """Return the line of the working: the weight as the second look bends it."""
        agreement = self.agreement
        moved = second.scale * self.weight + second.levels.get((agreement.field, agreement.level), 0.0)
        return Step(agreement.field, agreement.typed, agreement.held, self.words, moved)


def weigh(
    asked: Asked,
    held: Held,
    model: Model,
    frequencies: Frequencies,
    others: float = 0.0,
    paired: float = 0.0,
    *,
    number_of_household: bool = False,
) -> Why:
    """Return the likelihood that the person asked about is the one held, with every step of the working.

    `others` is what everybody else found takes off, in bits: two who fit alike cannot both be very likely.
    `paired` is what the names' often going together takes off: within a naming tradition they are not two facts.
    `number_of_household`: one who lives with them has the telephone number, which the index alone can tell.
    """
    agreements = _agreements(asked, held, model, frequencies, number_of_household=number_of_household)
    weighed = [_weighed(a, model, frequencies) for a in agreements]
    counted = frequencies.population >= ENOUGH
    population = frequencies.population if counted else model.population
    start, first = likeness.odds((w.evidence for w in weighed), model, population)
    second = model.second
    steps = [w.step(second) for w in weighed]
    if (household := second.scale * (first - sum(w.weight for w in weighed))) < -LEAST_TOLD:
        steps.append(Step("household", "", "", HOUSEHOLD_WORDS, household))
    standing = likeness.standing({w.agreement.field: w.agreement.level for w in weighed})
    together = [(name, second.together[name]) for name in standing if name in second.together]
    steps += [Step("together", "", "", TOGETHER[name].capitalize(), bits) for name, bits in together]
    found = (("paired", PAIRED_WORDS, second.paired * paired), ("others", OTHERS_WORDS, second.others * others))
    steps += [Step(name, "", "", words, bits) for name, words, bits in found if bits < -LEAST_TOLD]
    total = sum(w.step(second).weight for w in weighed) + household
    total += sum(bits for _, bits in together) + sum(bits for *_, bits in found)
    start = second.offset + second.scale * start
    return Why(tuple(steps), start, total, likeness.likelihood(start + total))


def levels(asked: Asked, held: Held, model: Model) -> list[tuple[str, str]]:
    """Return every field that was compared, and its level."""
    return [(a.field, a.level) for a in _agreements(asked, held, model, Frequencies())]


def _weighed(agreement: Agreement, model: Model, frequencies: Frequencies) -> _Weighed:
    level = model.level(agreement.field, agreement.level)
    share = frequencies.share(agreement.field, agreement.terms) if level.spread else None
    return _Weighed(agreement, level.words, level.evidence(share))


def _agreements(
    asked: Asked, held: Held, model: Model, frequencies: Frequencies, *, number_of_household: bool = False
) -> Iterator[Agreement]:
    named = _best_name(asked, held, model, frequencies)
    yield from named
    if level := compare.date_of_birth(asked.born, held.born) if asked.born != PartialDate() else "":
        yield Agreement("date_of_birth", level, asked.typed.get("date_of_birth", ""), str(held.born))
    level, number = compare.phone(asked, held, of_household=number_of_household)
    if level:
        yield Agreement("phone", level, asked.phone or asked.phone_begins, number)
    if asked.address and held.addresses:
        level, address = compare.address(asked.address, held.addresses)
        shown = " ".join(p for p in (address.house, address.street, address.postcode) if p)
        yield Agreement("address", level, asked.typed.get("address", ""), shown)
    yield from _sex(asked, held, named)
    for kind_and_value in asked.identifiers:
        level, value = compare.identifier(kind_and_value, held)
        if level:
            yield Agreement("identifier", level, kind_and_value[1], value)


def _best_name(asked: Asked, held: Held, model: Model, frequencies: Frequencies) -> tuple[Agreement, ...]:
    def strength(found: tuple[Agreement, ...]) -> float:
        return sum(_weighed(a, model, frequencies).weight for a in found)

    return max(compare.names(asked, held), key=strength, default=())


def _sex(asked: Asked, held: Held, named: tuple[Agreement, ...]) -> Iterator[Agreement]:
    if not asked.sex or held.sex not in ("female", "male"):
        return
    told = any(a.field == "forename" and a.level in ("exact", "variant") for a in named)
    same = "as_the_name_says" if told else "same"
    yield Agreement("sex", same if asked.sex == held.sex else "differs", asked.sex, held.sex)
