"""What a caller says of one person: some of the fields, one to three things wrong, in somebody's way of writing."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from benchmarks.matching import names
from benchmarks.matching.homes import written
from benchmarks.matching.mishearing import as_heard, as_read, as_typed, digit_slip

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


Fault = Callable[[random.Random, Said, Somebody], Said]


def _name(part: str, bits: float, wrong: Callable[[random.Random, str], str]) -> Fault:
    def fault(rng: random.Random, said: Said, who: Somebody) -> Said:
        whole: str = getattr(said, part)
        words = whole.split(" ")
        at = max(range(len(words)), key=lambda n: len(words[n]))
        words[at] = wrong(rng, words[at])
        return replace(said, **{part: " ".join(words)}, bits={**said.bits, part: bits})  # type: ignore[arg-type]

    return fault


def _variant(part: str, file: str, bits: float) -> Fault:
    def fault(rng: random.Random, said: Said, who: Somebody) -> Said:
        known = names.variants(file).get(getattr(said, part).split(" ")[0].lower())
        if not known:
            return said
        other = names.written(rng.choices(*known)[0])
        return replace(said, **{part: other}, bits={**said.bits, part: bits})  # type: ignore[arg-type]

    return fault


def _other_way(part: str, bits: float) -> Fault:
    def fault(rng: random.Random, said: Said, who: Somebody) -> Said:
        whole: str = getattr(said, part)
        first, _, rest = whole.partition(" ")
        ways = names.ways().get(whole) or names.ways().get(first)
        if who.tradition == "tables" or not ways:
            return said
        way = rng.choice(ways)
        text = way if whole in names.ways() else f"{way} {rest}".strip()
        return replace(said, **{part: text}, bits={**said.bits, part: bits})  # type: ignore[arg-type]

    return fault


def _initial(rng: random.Random, said: Said, who: Somebody) -> Said:
    return replace(said, forename=said.forename[:1], bits={**said.bits, "forename": 3.5})


def _no_forename(rng: random.Random, said: Said, who: Somebody) -> Said:
    return replace(said, forename="", bits={**said.bits, "forename": 0.0})


def _second_forename(rng: random.Random, said: Said, who: Somebody) -> Said:
    parts = who.forename.split()
    if len(parts) < 2:
        return said
    return replace(said, forename=parts[1], bits={**said.bits, "forename": 6.0})


def _maiden(rng: random.Random, said: Said, who: Somebody) -> Said:
    return replace(said, surname=who.maiden or said.surname, bits={**said.bits, "surname": 6.0})


def _half(rng: random.Random, said: Said, who: Somebody) -> Said:
    parts = said.surname.replace("-", " ").split()
    return replace(said, surname=rng.choice(parts), bits={**said.bits, "surname": 8.0})


def _no_surname(rng: random.Random, said: Said, who: Somebody) -> Said:
    return replace(said, surname="", bits={**said.bits, "surname": 0.0})


def _swapped(rng: random.Random, said: Said, who: Somebody) -> Said:
    return replace(said, forename=said.surname, surname=said.forename) if said.forename and said.surname else said


def _day_and_month(rng: random.Random, said: Said, who: Somebody) -> Said:
    turned = f"{who.born.year}-{who.born.day:02d}-{who.born.month:02d}"
    if who.born.day > 12 or who.born.day == who.born.month:
        return said
    return replace(said, born=turned, bits={**said.bits, "born": 12.0})


def _birth_digit(rng: random.Random, said: Said, who: Somebody) -> Said:
    for _ in range(20):
        slipped = digit_slip(rng, said.born, first=2)
        try:
            if slipped != said.born and date.fromisoformat(slipped) <= date(2026, 11, 25):
                return replace(said, born=slipped, bits={**said.bits, "born": 9.0})
        except ValueError:
            continue
    return said


def _next_year(rng: random.Random, said: Said, who: Somebody) -> Said:
    year = min(who.born.year + rng.choice((-1, 1, -2, 2, -10)), 2026)
    day = min(who.born.day, 28)
    return replace(said, born=f"{year}-{who.born.month:02d}-{day:02d}", bits={**said.bits, "born": 8.0})


def _year_only(rng: random.Random, said: Said, who: Somebody) -> Said:
    return replace(said, born=said.born[:4], bits={**said.bits, "born": 6.0})


def _month_and_year(rng: random.Random, said: Said, who: Somebody) -> Said:
    return replace(said, born=said.born[:7], bits={**said.bits, "born": 9.5})


def _phone_digit(rng: random.Random, said: Said, who: Somebody) -> Said:
    return replace(said, phone=digit_slip(rng, said.phone, first=3), bits={**said.bits, "phone": 10.0})


def _friends_phone(rng: random.Random, said: Said, who: Somebody) -> Said:
    number = f"07{rng.choice('12')}{rng.randrange(10**8):08d}"
    return replace(said, phone=number, bits={**said.bits, "phone": 0.0})


def _former(rng: random.Random, said: Said, who: Somebody) -> Said:
    if who.former is None:
        return said
    code = who.former[3] if said.home[3] else ""
    home = (*who.former[:3], code) if said.home[2] else ("", "", "", code)
    return replace(said, home=home, bits={**said.bits, "home": 9.0})


def _wrong_house(rng: random.Random, said: Said, who: Somebody) -> Said:
    flat, house, street, code = said.home
    if flat and rng.random() < 0.5:
        flat = str(max(1, int(flat) + rng.choice((-2, -1, 1, 2))))
    elif house.isdigit():
        house = digit_slip(rng, house) if len(house) > 1 else str(max(1, int(house) + rng.choice((-2, -1, 1, 2))))
    else:
        house = ""
    return replace(said, home=(flat, house, street, code), bits={**said.bits, "home": 11.0})


def _no_house(rng: random.Random, said: Said, who: Somebody) -> Said:
    return replace(said, home=("", "", *said.home[2:]), bits={**said.bits, "home": 11.0})


def _street(rng: random.Random, said: Said, who: Somebody) -> Said:
    flat, house, street, code = said.home
    first, _, rest = street.partition(" ")
    wrong = rng.choice((as_heard, as_typed))(rng, first)
    return replace(said, home=(flat, house, f"{wrong} {rest}".strip(), code), bits={**said.bits, "home": 14.0})


def _postcode(rng: random.Random, said: Said, who: Somebody) -> Said:
    code = said.home[3]
    at = rng.randrange(len(code) - 3, len(code))
    wrong = rng.choice("123456789") if code[at].isdigit() else rng.choice("ABDEFGHJLNPQRSTUWXYZ")
    left = 15.0 if said.home[2] else 6.0
    return replace(said, home=(*said.home[:3], code[:at] + wrong + code[at + 1 :]), bits={**said.bits, "home": left})


def _sex(rng: random.Random, said: Said, who: Somebody) -> Said:
    return replace(said, sex="male" if said.sex == "female" else "female")


FORENAMES, SURNAMES = "firstname_uk_variant.csv", "lastname_uk_variant.csv"
FAULTS: dict[str, tuple[float, str, Fault]] = {
    "forename heard": (14, "forename", _name("forename", 5.0, as_heard)),
    "forename typed": (8, "forename", _name("forename", 5.5, as_typed)),
    "forename read": (2, "forename", _name("forename", 5.0, as_read)),
    "forename variant": (9, "forename", _variant("forename", FORENAMES, 5.0)),
    "forename other spelling": (12, "forename", _other_way("forename", 5.0)),
    "initial": (4, "forename", _initial),
    "no forename": (1.5, "forename", _no_forename),
    "second forename": (5, "forename", _second_forename),
    "surname heard": (14, "surname", _name("surname", 6.5, as_heard)),
    "surname typed": (8, "surname", _name("surname", 7.5, as_typed)),
    "surname read": (2, "surname", _name("surname", 6.5, as_read)),
    "surname variant": (3, "surname", _variant("surname", SURNAMES, 5.0)),
    "surname other spelling": (10, "surname", _other_way("surname", 6.0)),
    "maiden": (8, "surname", _maiden),
    "half surname": (12, "surname", _half),
    "no surname": (1.5, "surname", _no_surname),
    "names swapped": (4, "order", _swapped),
    "day and month": (6, "born", _day_and_month),
    "birth digit": (7, "born", _birth_digit),
    "another year": (4, "born", _next_year),
    "year only": (3, "born", _year_only),
    "month and year": (2, "born", _month_and_year),
    "phone digit": (5, "phone", _phone_digit),
    "friend's phone": (3, "phone", _friends_phone),
    "former home": (6, "home", _former),
    "wrong house": (4, "home", _wrong_house),
    "no house": (2, "home", _no_house),
    "street misheard": (4, "home", _street),
    "postcode slip": (4, "postcode", _postcode),
    "wrong sex": (1, "sex", _sex),
}


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
