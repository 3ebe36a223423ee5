"""What everyone of every household is called: within a tradition, with what marriage and descent do to a name."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching import names
from benchmarks.matching.families import CHILD, FIRST, PARTNER, SHARER, Members
from benchmarks.matching.names import Strings, Tradition

MARRIED, TAKES_NAME, HYPHENATES = 0.68, 0.8, 0.05
JUNIOR = 0.04
SECOND_FORENAME = 0.15


@dataclass(frozen=True)
class Called:
    """Names by person; `maiden` is "" where there is none; tradition -1 is the tables'."""

    forename: Strings
    surname: Strings
    maiden: Strings
    tradition: NDArray[np.int8]


def name_all(rng: np.random.Generator, members: Members) -> Called:
    """Name everyone."""
    homes = int(members.household[-1]) + 1
    tradition = _traditions(rng, homes)[members.household]
    sharer = members.role == SHARER
    tradition[sharer] = _traditions(rng, int(sharer.sum()))
    forename = _forenames(rng, members, tradition)
    _name_apart(rng, members, tradition, forename)
    _juniors(rng, members, forename)
    own = _own_surnames(rng, members, tradition)
    surname, maiden = _family_names(rng, members, tradition, forename, own)
    _second_forenames(rng, members, tradition, forename)
    return Called(forename, surname, maiden, tradition)


def _traditions(rng: np.random.Generator, count: int) -> NDArray[np.int8]:
    shares = np.cumsum([each.share for each in names.traditions()])
    found = np.searchsorted(shares, rng.random(count), side="right").astype(np.int8)
    found[found == len(shares)] = -1
    return found


def _forenames(rng: np.random.Generator, members: Members, tradition: NDArray[np.int8]) -> Strings:
    found = np.empty(len(members.born), dtype=object)
    decade = np.clip((1970 + members.born / 365.25).astype(int) // 10 * 10, 1900, 2020)
    for sex, female in (("M", False), ("F", True)):
        for ten in names.DECADES:
            at = np.flatnonzero((members.female == female) & (decade == ten) & (tradition < 0))
            found[at] = names.forenames()[sex, ten].pick(rng, len(at))
        for n, each in enumerate(names.traditions()):
            at = np.flatnonzero((members.female == female) & (tradition == n))
            choices = each.female if female else each.male
            found[at] = _ways(rng, np.array([_index(way) for way in choices], dtype=object), len(at))
    return found


def _index(ways: tuple[str, ...]) -> object:
    """Keep a tuple as one thing in an array of objects."""
    return _Ways(ways)


class _Ways:
    """Ways to write one name; the first is twice as likely as all the others."""

    def __init__(self, ways: tuple[str, ...]) -> None:
        self.ways = ways

    def pick(self, chance: float) -> str:
        if len(self.ways) == 1 or chance < 0.66:
            return self.ways[0]
        return self.ways[1 + int((chance - 0.66) / 0.34 * (len(self.ways) - 1) * 0.999)]


def _ways(rng: np.random.Generator, choices: Strings, count: int) -> list[str]:
    weights = 1 / (np.arange(len(choices)) + 6.0)
    drawn = choices[rng.choice(len(choices), count, p=weights / weights.sum())]
    return [ways.pick(chance) for ways, chance in zip(drawn, rng.random(count), strict=True)]


def _name_apart(rng: np.random.Generator, members: Members, tradition: NDArray[np.int8], forename: Strings) -> None:
    """Hardly anybody shares a forename with those they live with: draw again for the younger, three times at most."""
    for _ in range(3):
        _, number = np.unique(forename.astype(str), return_inverse=True)
        key = members.household.astype(np.int64) * (number.max() + 1) + number
        _, first = np.unique(key, return_index=True)
        again = np.delete(np.arange(len(forename)), first)
        some = Members(members.household[again], members.role[again], members.female[again], members.born[again])
        forename[again] = _forenames(rng, some, tradition[again])


def _juniors(rng: np.random.Generator, members: Members, forename: Strings) -> None:
    """Some first sons bear their father's forename."""
    homes = int(members.household[-1]) + 1
    father = np.full(homes, -1)
    adult = np.flatnonzero(np.isin(members.role, (FIRST, PARTNER)) & ~members.female)
    father[members.household[adult]] = adult
    sons = np.flatnonzero((members.role == CHILD) & ~members.female & (rng.random(len(forename)) < JUNIOR))
    _, first = np.unique(members.household[sons], return_index=True)
    sons = sons[first]
    sons = sons[father[members.household[sons]] >= 0]
    forename[sons] = forename[father[members.household[sons]]]


def _own_surnames(rng: np.random.Generator, members: Members, tradition: NDArray[np.int8]) -> Strings:
    """The surname each person would have had alone: everybody's, a pair (his, hers) for each."""
    found = np.empty(len(tradition), dtype=object)
    at = np.flatnonzero(tradition < 0)
    found[at] = names.surnames().pick(rng, len(at))
    for n, each in enumerate(names.traditions()):
        at = np.flatnonzero(tradition == n)
        found[at] = _tradition_surnames(rng, each, members.female[at])
    return found


def _tradition_surnames(rng: np.random.Generator, each: Tradition, female: NDArray[np.bool_]) -> list[str]:
    picked = rng.choice(len(each.surnames), len(female), p=_falling(len(each.surnames)))
    chances = rng.random(len(female))
    return [
        _Ways(each.surnames[n][int(f)]).pick(chance)
        for n, f, chance in zip(picked.tolist(), female.tolist(), chances, strict=True)
    ]


def _falling(count: int) -> NDArray[np.float64]:
    weights = 1 / (np.arange(count) + 6.0)
    return np.asarray(weights / weights.sum())


def _family_names(
    rng: np.random.Generator, members: Members, tradition: NDArray[np.int8], forename: Strings, own: Strings
) -> tuple[Strings, Strings]:
    """Return surnames now, and the surname before marriage where there was another."""
    surname, maiden = own.copy(), np.full(len(own), "", dtype=object)
    head = _heads(members)
    elder_or_child = np.flatnonzero(members.role == CHILD)
    surname[elder_or_child] = own[head[elder_or_child]]
    handed = np.array([each.handed for each in names.traditions()] + ["shared"])[tradition]
    _marry(rng, members, handed, own, surname, maiden, head)
    _hand_down(rng, members, tradition, handed, forename, own, surname, head)
    maiden[maiden == surname] = ""
    return surname, maiden


def _heads(members: Members) -> NDArray[np.intp]:
    """Whose surname a household's children and wife bear: its man if there is one, else its first."""
    homes = int(members.household[-1]) + 1
    found = np.zeros(homes, dtype=np.intp)
    first = np.flatnonzero(members.role == FIRST)
    found[members.household[first]] = first
    partner = np.flatnonzero((members.role == PARTNER) & ~members.female)
    found[members.household[partner]] = partner
    return found[members.household]


def _marry(
    rng: np.random.Generator, members: Members, handed: NDArray[np.str_], own: Strings, surname: Strings,
    maiden: Strings, head: NDArray[np.intp],
) -> None:  # fmt: skip
    homes = int(members.household[-1]) + 1
    married = (rng.random(homes) < MARRIED)[members.household]
    paired = np.zeros(homes, dtype=bool)
    paired[members.household[members.role == PARTNER]] = True
    spouse = np.isin(members.role, (FIRST, PARTNER)) & (head != np.arange(len(own))) & paired[members.household]
    chance = rng.random(len(own))
    takes = spouse & married & np.isin(handed, ("shared", "gendered"))
    now = np.flatnonzero(takes & (chance < TAKES_NAME))
    maiden[now] = own[now]
    surname[now] = own[head[now]]
    both = np.flatnonzero(takes & (chance >= TAKES_NAME) & (chance < TAKES_NAME + HYPHENATES))
    maiden[both] = own[both]
    surname[both] = [f"{a}-{b}" for a, b in zip(own[both], own[head[both]], strict=True)]


def _hand_down(
    rng: np.random.Generator, members: Members, tradition: NDArray[np.int8], handed: NDArray[np.str_],
    forename: Strings, own: Strings, surname: Strings, head: NDArray[np.intp],
) -> None:  # fmt: skip
    """Apply what is particular: his and hers, a father's forename, Singh and Kaur, two surnames, a few double names."""
    his_to_hers = {
        his: hers[min(n, len(hers) - 1)]
        for each in names.traditions() if each.handed == "gendered"
        for his_ways, hers in each.surnames for n, his in enumerate(his_ways)
    }  # fmt: skip
    child = members.role == CHILD
    for at in np.flatnonzero((handed == "gendered") & members.female).tolist():
        surname[at] = his_to_hers.get(surname[at], surname[at])
    for at in np.flatnonzero((handed == "fathers") & child & ~members.female[head]).tolist():
        surname[at] = forename[head[at]].split()[0]
    sikh = np.flatnonzero(handed == "sikh")
    for at, chance in zip(sikh.tolist(), rng.random(len(sikh)), strict=True):
        shared = "Kaur" if members.female[at] else "Singh"
        surname[at] = shared if chance < 0.5 else own[head[at]] if chance < 0.8 else f"{shared} {own[head[at]]}"
    double = np.flatnonzero(handed == "double")
    for at, chance in zip(double.tolist(), rng.random(len(double)), strict=True):
        surname[at] = f"{own[head[at]]} {own[at]}" if chance < 0.5 and own[at] != own[head[at]] else surname[at]
    hyphen = np.flatnonzero(child & (handed == "shared") & (rng.random(len(own)) < 0.04))
    surname[hyphen] = [f"{a}-{b}" for a, b in zip(own[hyphen], own[head[hyphen]], strict=True)]


def _second_forenames(
    rng: np.random.Generator, members: Members, tradition: NDArray[np.int8], forename: Strings
) -> None:
    """Some are recorded with a second forename, more in the traditions that use two."""
    share = np.where(tradition >= 0, 0.3, SECOND_FORENAME)
    chosen = rng.random(len(forename)) < share
    for female in (False, True):
        for n in range(-1, len(names.traditions())):
            same = np.flatnonzero((members.female == female) & (tradition == n))
            here = same[chosen[same]]
            others = forename[rng.choice(same, len(here))] if len(here) else ()
            forename[here] = [_two(a, b) for a, b in zip(forename[here], others, strict=True)]


def _two(first: str, second: str) -> str:
    return first if " " in first or second.split()[0] == first else f"{first} {second.split()[0]}"
