"""An invented population of any size: people with names, homes and telephones, now and formerly. Fixed by its seed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching import families, homes, naming
from benchmarks.matching.families import CHILD, ELDER, FIRST, PARTNER, TODAY, Members
from benchmarks.matching.homes import Homes
from benchmarks.matching.naming import Called

MOBILE, MOBILES, MOBILE_STEP = 7_100_000_000, 200_000_000, 123_456_791
LANDLINES, LANDLINE_STEP = 5_000_000, 1_234_577
_AREA_CODES = ("01990", "01991", "01996", "01998", "01999")
"""Numbers allocated to no one: mobiles begin 071 or 072, landlines with these."""


@dataclass(frozen=True)
class Population:
    """People by row. Phones are numbers, 0 for none; a home is a number of `homes`, -1 for none."""

    members: Members
    called: Called
    homes: Homes
    mobile: NDArray[np.int64]
    landline: NDArray[np.int64]
    former: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.mobile)

    def some(self, at: slice) -> "Population":
        """Return some of the people, all homes still there."""
        members, called = self.members, self.called
        return Population(
            Members(members.household[at], members.role[at], members.female[at], members.born[at]),
            Called(called.forename[at], called.surname[at], called.maiden[at], called.tradition[at]),
            self.homes,
            self.mobile[at],
            self.landline[at],
            self.former[at],
        )

    @property
    def sex(self) -> NDArray[np.str_]:
        return np.where(self.members.female, "female", "male")


def invent(seed: int, people: int) -> Population:
    """Return at least so many people in whole households."""
    rng = np.random.default_rng(seed)
    members = families.compose(rng, people)
    called = naming.name_all(rng, members)
    count = int(members.household[-1]) + 1
    return Population(
        members=members,
        called=called,
        homes=homes.build(rng, count),
        mobile=_mobiles(rng, members),
        landline=_landlines(rng, members, count),
        former=_former(rng, members, count),
    )


def _mobiles(rng: np.random.Generator, members: Members) -> NDArray[np.int64]:
    """Most have their own; a small child has a parent's, an older one often; some couples share one."""
    count = len(members.born)
    serial = (np.arange(count, dtype=np.int64) + int(rng.integers(MOBILES))) * MOBILE_STEP % MOBILES
    age = (TODAY - members.born) / families.YEAR
    own = rng.random(count) < np.interp(age, [0, 9, 12, 17, 70, 95], [0, 0.05, 0.6, 0.95, 0.93, 0.45])
    first = np.flatnonzero(members.role == FIRST)[members.household]
    shares = (members.role == CHILD) & ~own & (rng.random(count) < 0.9)
    shares |= (members.role == PARTNER) & (rng.random(count) < 0.10)
    shares |= (members.role == ELDER) & ~own
    number = np.where(own, serial, -1)
    number = np.where(shares, number[first], number)
    return np.where(number >= 0, MOBILE + number, 0)


def _landlines(rng: np.random.Generator, members: Members, count: int) -> NDArray[np.int64]:
    serial = (np.arange(count, dtype=np.int64) + int(rng.integers(LANDLINES))) * LANDLINE_STEP % LANDLINES
    has = rng.random(count) < 0.35
    return np.where(has, serial + 1, 0)[members.household]


def _former(rng: np.random.Generator, members: Members, count: int) -> NDArray[np.int32]:
    """A former home, where somebody else lives now: of the whole household, or of one grown member."""
    moved = np.where(rng.random(count) < 0.22, rng.integers(0, count, count), -1)[members.household]
    alone = np.isin(members.role, (FIRST, PARTNER)) & (rng.random(len(moved)) < 0.12)
    return np.where(alone, rng.integers(0, count, len(moved)), moved).astype(np.int32)


def phone_text(mobile: int, landline: int) -> str:
    """Return the mobile number, else the landline, as written at home; "" for neither."""
    if mobile:
        return f"0{mobile}"
    if landline:
        area, number = divmod(landline - 1, 1_000_000)
        return f"{_AREA_CODES[area]}{number:06d}"
    return ""
