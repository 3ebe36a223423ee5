"""What is said of one person: which fields, how much each still tells, and in which manner people are asked."""

from dataclasses import dataclass, field
from datetime import date

Home = tuple[str, str, str, str]
ENOUGH, ENOUGH_AT_HOME = 24.0, 4.5
"""Bits that must be said: to tell somebody from a million others, and from those they live with."""


@dataclass(frozen=True)
class Somebody:
    """A person of the population as they are; homes are (flat, house, street, postcode)."""

    id: str
    forename: str
    surname: str
    maiden: str
    female: bool
    born: date
    mobile: str
    landline: str
    home: Home
    former: Home | None
    town: str
    tradition: str
    household: int


@dataclass(frozen=True)
class Said:
    """What was said, still in parts; a part is "" where nothing was said. `bits`: what each part still tells."""

    forename: str = ""
    surname: str = ""
    sex: str = ""
    born: str = ""
    phone: str = ""
    home: Home = ("", "", "", "")
    kinds: tuple[str, ...] = ()
    bits: dict[str, float] = field(default_factory=dict)

    def enough(self) -> bool:
        """Whether a careful person could tell who is meant. What a household shares counts once, as one fact."""
        told = self.bits
        who = told.get("forename", 0.0) + told.get("born", 0.0)
        family = told.get("surname", 0.0)
        home = max(told.get("home", 0.0), told.get("phone", 0.0))
        return who >= ENOUGH_AT_HOME and who + max(family, home + 0.3 * family) >= ENOUGH


@dataclass(frozen=True)
class Manner:
    """How often each field is given. `line` and `postcode` are ranges of one chance: they go together by it.

    `enough`: what tells too little is said again.
    """

    born: float
    line: tuple[float, float]
    postcode: tuple[float, float]
    phone: float
    sex: float
    enough: bool = True


SPOKEN = Manner(0.6, (0.0, 0.55), (0.35, 0.8), 0.85, 0.65)
WITHOUT_PHONE = Manner(0.72, (0.0, 0.55), (0.35, 0.8), 0.0, 0.65)
ON_A_FORM = Manner(0.95, (0.0, 0.9), (0.1, 0.95), 0.8, 0.95, enough=False)
