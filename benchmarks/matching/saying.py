"""Say something of one person: some of the fields, one to three things wrong, in somebody's way of writing."""

import random
from dataclasses import replace

from benchmarks.matching.faults import FAULTS
from benchmarks.matching.homes import written
from benchmarks.matching.said import Manner, Said, Somebody


def say(rng: random.Random, who: Somebody, manner: Manner) -> Said:
    """Return what is said of somebody with one to three faults."""
    for _ in range(200):
        said = spoil(rng, _truth(rng, who, manner), who, rng.choices((1, 2, 3), (0.5, 0.32, 0.18))[0])
        if said.enough() or not manner.enough:
            return said
    raise RuntimeError(f"Nothing that can be said of {who.id} tells them from others.")


def spoil(rng: random.Random, said: Said, who: Somebody, count: int) -> Said:
    """Return what was said with so many faults, each in another part."""
    touched: set[str] = set()
    while len(said.kinds) < count:
        open_to = [k for k, (_, part, _) in FAULTS.items() if part not in touched and _can(said, part)]
        if not open_to:
            return said
        kind = rng.choices(open_to, [FAULTS[k][0] for k in open_to])[0]
        _, part, fault = FAULTS[kind]
        spoilt = fault(rng, said, who)
        touched.add(part)
        if _parts(spoilt) != _parts(said):
            said = replace(spoilt, kinds=(*said.kinds, kind))
    return said


def _can(said: Said, part: str) -> bool:
    match part:
        case "order":
            return bool(said.forename and said.surname)
        case "home":
            return bool(said.home[2])
        case "postcode":
            return bool(said.home[3])
    return bool(getattr(said, part))


def _parts(said: Said) -> tuple[object, ...]:
    return (said.forename, said.surname, said.sex, said.born, said.phone, said.home)


def _truth(rng: random.Random, who: Somebody, manner: Manner) -> Said:
    """Which fields are given at all, all of them right."""
    born = str(who.born) if rng.random() < manner.born else ""
    flat, house, street, code = who.home
    chance = rng.random()
    line, postcode = (low <= chance < high for low, high in (manner.line, manner.postcode))
    home = (flat, house, street, "") if line else ("", "", "", "")
    number = (who.mobile or who.landline) if rng.random() < manner.phone else ""
    if number and who.landline and who.mobile and rng.random() < 0.25:
        number = who.landline
    return Said(
        forename=who.forename if rng.random() < 0.5 else who.forename.split()[0],
        surname=who.surname,
        sex=("female" if who.female else "male") if rng.random() < manner.sex else "",
        born=born,
        phone=number,
        home=(*home[:3], code if postcode else ""),
        bits={
            "forename": 7.0,
            "surname": 9.0,
            "born": 14.5 if born else 0.0,
            "home": 17.0 if line else 14.0 if postcode else 0.0,
            "phone": 17.0 if number else 0.0,
        },
    )


_SHORT = {"Road": "Rd", "Street": "St", "Lane": "Ln", "Avenue": "Ave", "Close": "Cl", "Drive": "Dr", "Crescent": "Cres"}


def write(rng: random.Random, said: Said, who: Somebody) -> tuple[str, ...]:
    """Write it as some call taker would: the columns after person_id."""
    style = rng.random()
    case = str.upper if style < 0.08 else str.lower if style < 0.16 else str
    forename, surname, line = case(said.forename), case(said.surname), case(_line(rng, said, who))
    told = (_sex_text(rng, said.sex), _date(rng, said.born), _phone(rng, said.phone))
    return (forename, surname, *told, line, _code(rng, said))


def _line(rng: random.Random, said: Said, who: Somebody) -> str:
    flat, house, street, _ = said.home
    if not street:
        return ""
    first, _, last = street.rpartition(" ")
    if last in _SHORT and rng.random() < 0.25:
        street = f"{first} {_SHORT[last]}"
    return written(flat, house, street) + (f", {who.town}" if rng.random() < 0.12 else "")


def _sex_text(rng: random.Random, sex: str) -> str:
    return sex[:1].upper() if sex and rng.random() < 0.2 else sex


def _date(rng: random.Random, text: str) -> str:
    if len(text) == 10 and rng.random() < 0.2:
        year, month, day = text.split("-")
        return f"{day}/{month}/{year}"
    return text


def _phone(rng: random.Random, number: str) -> str:
    style = rng.random()
    if not number or style < 0.6:
        return number
    if style < 0.8:
        return f"{number[:5]} {number[5:]}"
    return f"+44{number[1:]}" if style < 0.93 else f"+44 (0) {number[1:5]} {number[5:]}"


def _code(rng: random.Random, said: Said) -> str:
    code = said.home[3]
    return code.replace(" ", "") if rng.random() < 0.15 else code.lower() if rng.random() < 0.1 else code
