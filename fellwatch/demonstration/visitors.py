"""Visitors: they ring while they are here, most in summer; of their homes only the outcode is kept."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache

from fellwatch.demonstration import names, telephones
from fellwatch.demonstration.composition import Kind
from fellwatch.demonstration.identifiers import named
from fellwatch.demonstration.people import Household, Resident
from fellwatch.demonstration.rows import Batch, NameRow, PersonRow, PhoneRow, PlaceRow, ResidenceRow
from fellwatch.demonstration.setting import SOURCE, Setting

SUMMER, REST_OF_YEAR = 0.24, 0.07
FIRST_SERIAL, SERIALS_OF_BLOCK = 8_600_000, 640


@cache
def home_outcodes() -> tuple[tuple[str, str, int], ...]:
    """Return outcode, force and number of postcodes of where visitors come from."""
    return tuple((row["outcode"], row["force"], int(row["postcodes"])) for row in names.rows("outcodes.csv.gz"))


def home_places() -> list[PlaceRow]:
    """Return a place for each outcode: no street, no coordinates."""
    return [_home_place(outcode, force) for outcode, force, _ in home_outcodes()]


def _home_place(outcode: str, force: str) -> PlaceRow:
    place_id = named(f"outcode/{outcode}")
    return PlaceRow(place_id, None, "", "", "", "", "", outcode, None, None, "", "", force, "urban", "")


class Visitors:
    """Makes visitors for a block's incidents."""

    def __init__(
        self, rng: random.Random, batch: Batch, setting: Setting, households: Sequence[Household], block: int,
        new_id: Callable[[], str],
    ) -> None:  # fmt: skip
        self.rng, self.batch, self.setting = rng, batch, setting
        self.households, self.new_id = households, new_id
        self._serial = FIRST_SERIAL + block * SERIALS_OF_BLOCK

    def here(self, at: datetime) -> bool:
        """Say whether the next caller is a visitor."""
        return self.rng.random() < (SUMMER if at.month in {6, 7, 8} else REST_OF_YEAR)

    def caller(self, at: datetime) -> tuple[Household, Resident]:
        """Return a new visitor and the house they stay at or near."""
        rng, person_id = self.rng, self.new_id()
        self._serial += 1
        staying = rng.choice(self.households)
        sex = rng.choice(("female", "male"))
        born = self.setting.today - timedelta(days=rng.randrange(18 * 366, 75 * 365))
        forenames, surname = names.forename(rng, sex, born.year), names.surname(rng)
        number, day = telephones.mobile(self._serial), at.date()
        setting = self.setting
        self.batch.add(PersonRow(person_id, sex, born.year, born.month, born.day, None, "", True, at, setting.loader))
        self.batch.add(NameRow(self.new_id(), person_id, "current", forenames, surname, None, None, SOURCE))
        self.batch.add(PhoneRow(self.new_id(), person_id, number, day, None, SOURCE))
        outcode = rng.choices([o for o, _, _ in home_outcodes()], [n for _, _, n in home_outcodes()])[0]
        home, left = named(f"outcode/{outcode}"), day + timedelta(days=rng.randrange(1, 12))
        self.batch.add(ResidenceRow(self.new_id(), person_id, home, "home", None, None, SOURCE))
        self.batch.add(ResidenceRow(self.new_id(), person_id, staying.place.id, "visiting", day, left, SOURCE))
        person = Resident(person_id, sex, born, forenames, surname, "visitor", number)
        return Household(Kind.SHARED, staying.place, (person,), ()), person
