"""The people of the story that tests and pictures tell, with fixed identifiers and Ofcom's drama numbers.

A call taker is rung by Danielle Hewett, hears "Danyel Hewitt", and must still be told what is known.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fellwatch.demonstration import identifiers
from fellwatch.demonstration.closed import Writer
from fellwatch.demonstration.gazetteer import FORCE
from fellwatch.demonstration.geography import settlements
from fellwatch.demonstration.happenings import KINDS
from fellwatch.demonstration.identifiers import named
from fellwatch.demonstration.plan import Planned, reference
from fellwatch.demonstration.rows import (
    Batch,
    MarkerRow,
    NameRow,
    PersonRow,
    PhoneRow,
    PlaceRow,
    PostcodeRow,
    RelationshipRow,
    ResidenceRow,
)
from fellwatch.demonstration.ruled import Ruler, Told
from fellwatch.demonstration.scenes import Scene
from fellwatch.demonstration.setting import SOURCE, Setting

DAYS_AGO = (112, 72)
"""How long ago Marc Oddie was last reported at 14 Tarn Row: the first time shouting, the second a threat."""

RESTRICTED, COVERT = "restricted", "covert"


@dataclass(frozen=True)
class Person:
    """Somebody in the story. `born` is years and days before now."""

    key: str
    forenames: str
    surname: str
    sex: str
    born: tuple[int, int]
    home: str
    number: str = ""
    other_names: tuple[tuple[str, str, str], ...] = ()
    compartment: str = ""
    announce: bool = True

    @property
    def id(self) -> str:
        """Return the fixed identifier."""
        return named(f"person/{self.key}")

    def birthday(self, today: date) -> date:
        """Return the date of birth that makes them as old as the story says."""
        return today.replace(year=today.year - self.born[0], day=min(today.day, 28)) - timedelta(days=self.born[1])


@dataclass(frozen=True)
class Home:
    """An address of the story, in postcodes that no block uses."""

    key: str
    house: str
    street: str
    town: str
    postcode: str

    @property
    def id(self) -> str:
        """Return the fixed identifier."""
        return named(f"place/{self.key}")


TARN_ROW = Home("14-tarn-row", "14", "Tarn Row", "Skelmoss", "FZ98 4TR")
NEXT_DOOR = Home("16-tarn-row", "16", "Tarn Row", "Skelmoss", "FZ98 4TR")
HARBOUR = Home("7-ferry-bank", "7", "Ferry Bank", "Furnholm Docks", "FZ98 2XD")
SISTERS = Home("3-slate-fold", "3", "Slate Fold", "Skelmoss", "FZ98 4TW")
ELSEWHERE = Home("21-keld-rise", "21", "Keld Rise", "Hawkrigg", "FZ97 1HR")
AWAY = Home("2-orchard-croft", "2", "Orchard Croft", "Kendrith", "FZ97 5ED")
HOMES = (TARN_ROW, NEXT_DOOR, HARBOUR, SISTERS, ELSEWHERE, AWAY)

DANIELLE = Person(
    "danielle-hewett",
    "Danielle Louise",
    "Hewett",
    "female",
    born=(31, 40),
    home=TARN_ROW.key,
    number="+447700900142",
    other_names=(("nickname", "Dani", "Hewett"),),
)
ISLA = Person("isla-hewett", "Isla Rose", "Hewett", "female", (5, 150), TARN_ROW.key)
MARC = Person(
    "marc-oddie",
    "Marc Anthony",
    "Oddie",
    "male",
    born=(34, 210),
    home=HARBOUR.key,
    number="+447700900177",
    other_names=(("alias", "Mark", "Oddy"), ("reported", "Marc", "Oddey")),
)
DENISE = Person("denise-hewett", "Denise Marie", "Hewett", "female", (31, 40), SISTERS.key, "+447700900163")
"""Danielle's twin, who stayed at Tarn Row until a year ago."""

NAMESAKE = Person("danielle-hewett-hawkrigg", "Danielle", "Hewett", "female", (52, 12), ELSEWHERE.key, "+447700900118")
"""Another woman of the same name, in another district."""

MOTHER = Person(
    "ruth-garth",
    "Ruth Ellen",
    "Garth",
    "female",
    born=(29, 300),
    home=NEXT_DOOR.key,
    number="+447700900155",
    other_names=(("maiden", "Ruth Ellen", "Plumbland"),),
)
TWINS = (
    Person("poppy-garth", "Poppy", "Garth", "female", (3, 61), NEXT_DOOR.key),
    Person("penny-garth", "Penny", "Garth", "female", (3, 61), NEXT_DOOR.key),
)
ANNOUNCED = Person(
    "rosalind-fairwater",
    "Rosalind",
    "Fairwater",
    "female",
    born=(44, 90),
    home=AWAY.key,
    number="+447700900121",
    compartment=RESTRICTED,
)
"""A record that says it exists to those who may not read it."""

SILENT = Person(
    "danielle-hewitt-crane",
    "Danielle",
    "Hewitt-Crane",
    "female",
    born=(30, 15),
    home=AWAY.key,
    number=DANIELLE.number,
    compartment=COVERT,
    announce=False,
)
"""A record that must change nothing anybody sees, though the caller's number and nearly her name are on it."""

PEOPLE = (DANIELLE, ISLA, MARC, DENISE, NAMESAKE, MOTHER, *TWINS, ANNOUNCED, SILENT)

FATHER_OF, MOTHER_OF, SIBLING_OF, LEFT = "father", "mother", "sibling", "former_partner"
TIES = (
    (DANIELLE, ISLA, MOTHER_OF),
    (MARC, ISLA, FATHER_OF),
    (DANIELLE, DENISE, SIBLING_OF),
    (DANIELLE, MARC, LEFT),
    (MOTHER, TWINS[0], MOTHER_OF),
    (MOTHER, TWINS[1], MOTHER_OF),
    (*TWINS, SIBLING_OF),
)


def batch(setting: Setting, rule: Ruler, *, number: int, after: int) -> Batch:
    """Return the story's rows. `after` is how many references the year has used."""
    made, new_id = Batch("the story"), identifiers.maker(setting.seed, number)
    for home in HOMES:
        _settle(made, home)
    for person in PEOPLE:
        _introduce(made, setting, person)
    _moves(made, setting)
    for one, other, kind in TIES:
        until = setting.today - timedelta(days=DAYS_AGO[0]) if kind == LEFT else None
        key = f"tie/{one.key}/{other.key}"
        made.add(RelationshipRow(named(key), one.id, other.id, kind, None, until, SOURCE))
    _warn(made, setting)
    writer = Writer(random.Random("the story"), made, setting, new_id)
    for n, days in enumerate(DAYS_AGO):
        _incident(writer, setting.now - timedelta(days=days, hours=1), rule, case=2 * n, number=after + 1 + n)
    return made


def _settle(made: Batch, home: Home) -> None:
    town = next(s for s in settlements() if s.name == home.town)
    beat = "urban" if town.urban else "rural"
    where = (town.latitude, town.longitude, town.district, town.area, FORCE, beat)
    if not any(row[0] == home.postcode for row in made.rows[PostcodeRow]):
        made.add(PostcodeRow(home.postcode, home.postcode[:-2], *where))
    made.add(PlaceRow(home.id, None, "", home.house, home.street, "", home.town, home.postcode, *where, ""))


def _introduce(made: Batch, setting: Setting, person: Person) -> None:
    born = person.birthday(setting.today)
    made.add(
        PersonRow(
            person.id, person.sex, born.year, born.month, born.day, None, person.compartment, person.announce,
            setting.now, setting.loader,
        )
    )  # fmt: skip
    names = (("current", person.forenames, person.surname), *person.other_names)
    for n, (kind, forenames, surname) in enumerate(names):
        key = f"name/{person.key}/{n}"
        made.add(NameRow(named(key), person.id, kind, forenames, surname, None, None, SOURCE))
    if person.number:
        made.add(PhoneRow(named(f"phone/{person.key}"), person.id, person.number, setting.today, None, SOURCE))
    since = max(setting.today - timedelta(days=900), born)
    if person is not MARC:
        key = f"home/{person.key}"
        made.add(ResidenceRow(named(key), person.id, named(f"place/{person.home}"), "home", since, None, SOURCE))


def _moves(made: Batch, setting: Setting) -> None:
    """Marc lived at Tarn Row until the first incident; Denise stayed there a year ago."""
    left = setting.today - timedelta(days=DAYS_AGO[0])
    came, year_ago = left - timedelta(days=700), setting.today - timedelta(days=380)
    for key, person, home, start, end in (
        ("marc/then", MARC, TARN_ROW, came, left),
        ("marc/now", MARC, HARBOUR, left, None),
        ("denise/then", DENISE, TARN_ROW, year_ago - timedelta(days=120), year_ago),
    ):
        made.add(ResidenceRow(named(f"home/{key}"), person.id, home.id, "home", start, end, SOURCE))


def _warn(made: Batch, setting: Setting) -> None:
    bailed = setting.now - timedelta(days=DAYS_AGO[1])
    bail = f"On bail: not to go to 14 Tarn Row, Skelmoss, nor contact {DANIELLE.forenames.split()[0]} Hewett."
    _mark(
        made,
        setting,
        "knife",
        MARC.id,
        None,
        "weapons",
        "Kitchen knife, at home.",
        "custody record",
        setting.now - timedelta(days=500),
        1825,
    )
    _mark(made, setting, "bail", MARC.id, None, "domestic_abuse_perpetrator", bail, "custody record", bailed, 90)
    _mark(made, setting, "urgent", None, TARN_ROW.id, "urgent_response",
          "Victim at risk from former partner.",
          "safeguarding", bailed, 90)  # fmt: skip


def _mark(
    made: Batch, setting: Setting, key: str, person: str | None, place: str | None, kind: str, detail: str,
    source: str, began: datetime, days: int,
) -> None:  # fmt: skip
    ends = began + timedelta(days=days)
    made.add(
        MarkerRow(named(f"marker/{key}"), person, place, kind, detail, began, ends, None, "", source, setting.loader)
    )


def _incident(writer: Writer, at: datetime, rule: Ruler, *, case: int, number: int) -> None:
    kind = next(kind for kind in KINDS if kind.code == "domestic_incident")
    chosen = kind.cases[case]
    parts = (
        (DANIELLE.id, "caller", ()),
        (DANIELLE.id, "victim", chosen.vulnerabilities),
        (MARC.id, "suspect", ()),
        (ISLA.id, "child_present", ("child",)),
    )
    scene = Scene(DANIELLE.number, TARN_ROW.id, "south", "urban", parts)
    told = Told(kind, chosen, "999", scene.roles)
    writer.write(Planned(at, kind, reference(at, number)), told, scene, rule(told))
