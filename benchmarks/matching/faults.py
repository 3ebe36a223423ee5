"""What goes wrong with what is said: each fault with its weight, the part it touches, what that part still tells."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from benchmarks.matching import names
from benchmarks.matching.mishearing import as_heard, as_read, as_typed, digit_slip
from benchmarks.matching.said import Said, Somebody

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
