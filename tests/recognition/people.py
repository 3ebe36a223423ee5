"""Invented people for the tests of recognition, and what a caller says of them."""

import uuid
from datetime import date
from pathlib import Path

from fellwatch.recognition import addresses, asked, model
from fellwatch.recognition.arrays import build, engine
from fellwatch.recognition.arrays.columns import Columns
from fellwatch.recognition.asked import Asked
from fellwatch.recognition.held import Held, HeldAddress, HeldName
from fellwatch.recognition.weigh import Frequencies, Why, weigh
from fellwatch.records.values import PartialDate

TODAY = date(2026, 11, 26)
RULEBOOK = Path(__file__).resolve().parents[2] / "rulebook"
MODEL = model.load(RULEBOOK, date(9999, 1, 1)).weights
HOME = ("14", "Fell Lane", "ZZ1 1AA")
PHONE = "+447700900123"


def held(
    forenames: str,
    surname: str,
    *,
    born: tuple[int, ...] = (),
    sex: str = "unknown",
    phone: str = "",
    home: tuple[str, str, str] | None = None,
    former: tuple[str, str, str] | None = None,
    also: tuple[tuple[str, str, str], ...] = (),
    identifiers: tuple[tuple[str, str], ...] = (),
) -> Held:
    """Return somebody as the index holds them; `also` is other names as (kind, forenames, surname)."""
    homes = [HeldAddress(now, _address(home_)) for now, home_ in ((True, home), (False, former)) if home_]
    return Held(
        person_id=uuid.uuid4(),
        names=(HeldName("current", forenames, surname), *(HeldName(*name) for name in also)),
        born=PartialDate(*born),
        sex=sex,
        phones=(phone,) if phone else (),
        addresses=tuple(homes),
        identifiers=identifiers,
    )


def _address(home: tuple[str, str, str]) -> addresses.Address:
    return addresses.kept(flat="", house=home[0], street=home[1], postcode=home[2])


def said(**fields: str) -> Asked:
    """Return a query as read today."""
    return asked.read(today=TODAY, **fields)  # type: ignore[arg-type]


DANIELLE = held("Danielle", "Hewett", born=(1991, 3, 4), sex="female", phone=PHONE, home=HOME)
MARCUS = held("Marcus", "Hewett", born=(1994, 9, 12), sex="male", phone=PHONE, home=HOME)
STRANGERS = (
    held("Daniel", "Huett", born=(1960, 1, 2), sex="male"),
    held("John", "Smith", born=(1975, 5, 5), sex="male", phone="+447700900555"),
    held("Mary Jane", "O'Neill", born=(1982, 7, 30), sex="female", home=("3", "Beck Road", "ZZ1 2BB")),
    held("Anne-Marie", "Smith-Jones", born=(1988, 12, 1), sex="female"),
    held("Katherine", "Tarn", born=(1979, 4, 3), sex="female", also=(("maiden", "Katherine", "Birkett"),)),
    held("Mohammed", "Hussain", born=(1990, 6, 15), sex="male"),
    held("Мария", "Иванова", born=(1985, 2, 20), sex="female"),
    held("Wei", "王", born=(1999, 8, 8), sex="female"),
    held("Siobhan", "Moss", born=(1970, 10, 10), sex="female", former=HOME),
)


def who(*people: Held, **fields: str) -> list[tuple[str, Why]]:
    """Return the names found among the people (and strangers), best first, with why."""
    everyone = people if people else (DANIELLE, MARCUS)
    people_, asked_ = (*everyone, *STRANGERS), said(**fields)
    columns = Columns()
    for number, person in enumerate(people_):
        columns.add(person, number)
    matches = engine.who(asked_, (engine.Part(build.segment(columns)),), engine.compiled(MODEL), counted=len(people_))
    found = [(people_[m.number], m) for m in matches]
    weighed = [(p.name, weigh(asked_, p, MODEL, Frequencies(), m.others, m.paired)) for p, m in found]
    return [(name, why) for name, why in weighed if why.likelihood >= MODEL.shown]


def first(**fields: str) -> str:
    """Return the name of the likeliest."""
    found = who(**fields)
    return found[0][0] if found else ""
