"""Who is in an incident, and where: drawn from the neighbourhood for each kind and case."""

import random
from dataclasses import dataclass
from datetime import date, datetime

from fellwatch.demonstration.happenings import Case, Cast, Kind
from fellwatch.demonstration.neighbourhood import Neighbourhood
from fellwatch.demonstration.people import Household, Resident
from fellwatch.demonstration.ruled import Roles
from fellwatch.demonstration.visitors import Visitors

ADULT, OLDER = 18, 65
CHILDS = frozenset({"child", "child_exploitation"})
OLD_PERSONS = frozenset({"older", "dementia"})

Parts = tuple[tuple[str, str, tuple[str, ...]], ...]
"""Everyone's part: person, role, vulnerabilities."""


@dataclass(frozen=True)
class Scene:
    """Who, where and how, before it is written down."""

    number: str
    place_id: str
    area: str
    beat: str
    parts: Parts
    suspects: tuple[Resident, ...] = ()

    @property
    def roles(self) -> Roles:
        """Return the parts without the people."""
        return frozenset((role, vulnerabilities) for _, role, vulnerabilities in self.parts)


class Scenes:
    """Draws the people of incidents in one block."""

    def __init__(self, rng: random.Random, around: Neighbourhood, visitors: Visitors, today: date) -> None:
        self.rng, self.around, self.visitors, self.today = rng, around, visitors, today

    def draw(self, kind: Kind, case: Case, at: datetime) -> Scene:
        visiting = kind.cast in {Cast.CALLER, Cast.CRIME} and kind.home < 0.65 and self.visitors.here(at)
        match kind.cast:
            case Cast.DOMESTIC:
                return self._domestic(case)
            case Cast.MISSING:
                return self._missing(case)
            case Cast.NOBODY:
                home, person = self.around.caller()
                return self._at(home, person.number if self.rng.random() < 0.7 else "", ())
        home, person = self.visitors.caller(at) if visiting else self.around.caller()
        if kind.cast is Cast.AT_RISK:
            return self._at_risk(case, home, person)
        if kind.cast is Cast.CRIME:
            return self._crime(kind, case, home, person)
        if self.rng.random() < 0.25:
            return self._at(home, person.number, ())
        return self._at(home, person.number, ((person.id, "caller", ()),))

    def _at(
        self, home: Household, number: str, parts: Parts, suspects: tuple[Resident, ...] = (),
    ) -> Scene:  # fmt: skip
        return Scene(number, home.place.id, home.place.area, home.place.beat, parts, suspects)

    def _domestic(self, case: Case) -> Scene:
        pair = self.around.pair()
        victim = (pair.victim.id, "victim", self._fit(case, pair.victim))
        suspect = (pair.suspect.id, "suspect", ())
        children = tuple(
            (child.id, "child_present" if self.rng.random() < 0.6 else "child_resident", ("child",))
            for child in pair.home.children
        )
        if pair.victim.number and self.rng.random() < 0.62:
            caller, parts = pair.victim, ((pair.victim.id, "caller", ()), victim, suspect)
        else:
            caller = self.around.caller()[1]
            ring = () if caller.id in {pair.victim.id, pair.suspect.id} else ((caller.id, "caller", ()),)
            parts = (*ring, victim, suspect)
        return self._at(pair.home, caller.number, (*parts, *children), (pair.suspect, pair.victim))

    def _missing(self, case: Case) -> Scene:
        home, person = self.around.missing()
        others = [adult for adult in home.adults if adult.id != person.id and adult.number]
        caller = self.rng.choice(others) if others else self.around.caller()[1]
        parts: Parts = ((person.id, "missing", self._fit(case, person)),)
        if caller.id != person.id:
            parts = ((caller.id, "caller", ()), *parts)
        return self._at(home, caller.number, parts, (person,))

    def _at_risk(self, case: Case, home: Household, person: Resident) -> Scene:
        if self.rng.random() < 0.45:
            return self._at(
                home,
                person.number,
                ((person.id, "caller", ()), (person.id, "at_risk", self._fit(case, person))),
            )
        there, other = self.rng.choice(self.around.adults)
        parts: Parts = ((other.id, "at_risk", self._fit(case, other)),)
        if other.id != person.id:
            parts = ((person.id, "caller", ()), *parts)
        return self._at(there, person.number, parts)

    def _fit(self, case: Case, person: Resident) -> tuple[str, ...]:
        """Return the case's vulnerabilities that somebody of this age can have."""
        age = person.age(self.today)
        unfit = (CHILDS if age >= ADULT else frozenset()) | (OLD_PERSONS if age < OLDER else frozenset())
        return tuple(v for v in case.vulnerabilities if v not in unfit)

    def _crime(self, kind: Kind, case: Case, home: Household, person: Resident) -> Scene:
        fits = self._fit(case, person)
        parts = [(person.id, "caller", ()), (person.id, "victim", fits)]
        found: tuple[Resident, ...] = ()
        if self.rng.random() < 0.22:
            suspect = self.around.suspect()
            if suspect.id != person.id:
                parts.append((suspect.id, "suspect", ()))
                found = (suspect,)
        spot = home if self.rng.random() < kind.home else self.rng.choice(self.around.households)
        return self._at(spot, person.number, tuple(parts), found)
