"""Say of somebody held what a caller might: misheard, mistyped, half known. The faults that training learns from.

A sample to measure by needs faults from somewhere else; these are only for learning.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fellwatch.recognition.held import Held, HeldAddress
from fellwatch.recognition.names import variants
from fellwatch.records.values import PartialDate

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_HEARD = """
    ph>f f>ph ck>k k>c c>k c>s s>c qu>kw x>ks kn>n wr>r wh>w gh> th>f th>t v>w w>v b>p p>b d>t t>d g>k j>g ch>sh
    sh>ch ee>i i>ee ea>e ei>ie ie>y y>i i>y ey>ie oo>ou ou>u ow>o aw>or au>o er>a ar>er or>er a>e e>a e>i o>u u>o
    ll>l l>ll tt>t t>tt nn>n n>nn ss>s s>z z>s rr>r mac>mc mc>mac son>sen man>mann ton>tun ley>ly lee>ley ahm>am
    oha>uha kh>k dh>d ijk>ik ski>sky ova>ov dz>j cz>ch sz>sh aa>a iy>i ou>oo ee>y
"""
HEARD = tuple(pair.split(">") for pair in _HEARD.split())
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
SPOKEN_MONTHS = tuple(_MONTHS.split())


@dataclass(frozen=True)
class Habit:
    """How careful callers are: the chance of a fault in each field, and of each field being given at all."""

    fault: float = 0.35
    born: float = 0.75
    phone: float = 0.6
    address: float = 0.6
    sex: float = 0.7
    unknown: float = 0.12
    borrowed: float = 0.15
    turned: float = 0.07
    wrong_sex: float = 0.035
    forename: float = 0.97
    surname: float = 0.97


HABITS = (
    Habit(),
    Habit(fault=0.15, born=0.9, phone=0.8, address=0.8),
    Habit(fault=0.6, born=0.8, phone=0.5, address=0.7),
    Habit(fault=0.35, born=0.7, phone=0.0, address=0.6),
    Habit(fault=0.45, born=0.35, phone=0.8, address=0.8),
    Habit(fault=0.3, born=0.95, phone=0.0, address=0.15),
    Habit(fault=0.2, born=0.6, phone=0.9, address=0.9, forename=0.1, surname=0.5),
)


def say(held: Held, rng: random.Random, habit: Habit, at_home: Sequence[str] = ()) -> dict[str, str]:
    """Return the fields of a query about somebody, as typed; `at_home`: numbers of those they live with."""
    name = rng.choice(held.names) if held.names and rng.random() < 0.35 else (held.names or (None,))[0]
    forename, surname = (name.forenames, name.surname) if name else ("", "")
    forename = _forename(forename, rng, habit) if rng.random() < habit.forename else ""
    surname = _surname(surname, rng, habit) if rng.random() < habit.surname else ""
    if forename and surname and rng.random() < habit.turned:
        forename, surname = surname, forename
    said = {"forename": forename, "surname": surname}
    if rng.random() < habit.born:
        said["date_of_birth"] = born(held.born, rng, habit.fault)
    if (held.phones or at_home) and rng.random() < habit.phone:
        said["phone"] = phone(_number(held, rng, habit, at_home), rng, habit.fault)
    if held.addresses and rng.random() < habit.address:
        moved = rng.random() < habit.unknown
        said["address"] = _new_address(rng) if moved else address(_home(held, rng), rng, habit.fault)
    if held.sex in ("female", "male") and rng.random() < habit.sex:
        said["sex"] = held.sex if rng.random() > habit.wrong_sex else {"female": "male", "male": "female"}[held.sex]
    return {field: _case(text, rng) for field, text in said.items()}


def _number(held: Held, rng: random.Random, habit: Habit, at_home: Sequence[str]) -> str:
    """Return the number they ring from: their own, one of those they live with, or one that nobody has on record."""
    if rng.random() < habit.unknown:
        return _new_number(rng)
    borrowed = at_home and (not held.phones or rng.random() < habit.borrowed)
    return rng.choice(at_home if borrowed else held.phones)


def _home(held: Held, rng: random.Random) -> HeldAddress:
    return rng.choice(held.addresses) if rng.random() < 0.25 else held.addresses[0]


def _new_number(rng: random.Random) -> str:
    """Return a number that nobody has on record: somebody else's telephone, or a new one."""
    return f"+447{rng.randrange(10**9):09}"


def _new_address(rng: random.Random) -> str:
    """Return an address nobody has on record: they have moved, or ring from somewhere."""
    street = (
        f"{rng.choice(('Whin', 'Gale', 'Sike', 'Holm', 'Rigg', 'Scar'))} {rng.choice(('Bank', 'Road', 'Lane', 'View'))}"
    )
    return f"{rng.randint(1, 90)} {street}"


def _case(text: str, rng: random.Random) -> str:
    return rng.choice((text, text, text, text.upper(), text.lower()))


def word(text: str, rng: random.Random) -> str:
    """Return a word with one fault of hearing, typing or reading."""
    kind: Callable[[str, random.Random], str] = rng.choice((misheard, misheard, misheard, slip, slip, _misread))
    return kind(text, rng)


def misheard(text: str, rng: random.Random) -> str:
    """Return a word with one sound written otherwise."""
    lower = text.lower()
    fitting = [pair for pair in HEARD if lower.find(pair[0], 0 if rng.random() < 0.15 else 1) >= 0]
    if not fitting:
        return slip(text, rng)
    old, new = rng.choice(fitting)
    places = [n for n in range(len(lower)) if lower.startswith(old, n)]
    at = rng.choice(places)
    return lower[:at] + new + lower[at + len(old) :]


def slip(text: str, rng: random.Random) -> str:
    """Return a word with two letters turned, one lost, doubled, added or its neighbour's."""
    if len(text) < 3:
        return text
    at = rng.randrange(1, len(text) - 1) if rng.random() < 0.9 else 0
    match rng.randrange(5):
        case 0:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        case 1:
            return text[:at] + text[at + 1 :]
        case 2:
            return text[: at + 1] + text[at:]
        case 3:
            return text[:at] + rng.choice("aeiorstnlm") + text[at:]
    return text[:at] + _beside(text[at], rng) + text[at + 1 :]


def _beside(letter: str, rng: random.Random) -> str:
    row = next((r for r in ROWS if letter.lower() in r), "")
    at = row.find(letter.lower())
    return rng.choice(row[max(at - 1, 0) : at] + row[at + 1 : at + 2] or letter) if row else letter


def _misread(text: str, rng: random.Random) -> str:
    pairs = (
        ("m", "rn"),
        ("rn", "m"),
        ("cl", "d"),
        ("l", "i"),
        ("i", "l"),
        ("u", "n"),
        ("n", "u"),
        ("h", "b"),
        ("e", "c"),
    )
    fitting = [pair for pair in pairs if pair[0] in text[1:].lower()]
    if not fitting:
        return slip(text, rng)
    old, new = rng.choice(fitting)
    at = text.lower().index(old, 1)
    return text[:at] + new + text[at + len(old) :]


def _forename(text: str, rng: random.Random, habit: Habit) -> str:
    given = text.split()
    if not given:
        return ""
    first = given[0] if rng.random() < 0.95 else rng.choice(given)
    if rng.random() < 0.25 * habit.fault and len(first) > 1:
        return first[0]
    known = sorted(variants(first.lower()))
    if known and rng.random() < 0.4 * habit.fault:
        first = rng.choice(known).title()
    elif "-" in first and rng.random() < 0.5:
        first = rng.choice((first.split("-")[0], first.replace("-", " ")))
    if rng.random() < 0.8 * habit.fault:
        first = word(first, rng)
    if rng.random() < 0.15 * habit.fault:
        first = word(first, rng)
    if len(given) > 1 and rng.random() < 0.15:
        return given[1]
    return " ".join((first, *given[1:])) if len(given) > 1 and rng.random() < 0.3 else first


def _surname(text: str, rng: random.Random, habit: Habit) -> str:
    if "-" in text and rng.random() < 0.5:
        text = rng.choice((*text.split("-"), text.replace("-", " ")))
    if "'" in text and rng.random() < 0.5:
        text = text.replace("'", rng.choice(("", " ")))
    if rng.random() < 0.9 * habit.fault:
        text = word(text, rng)
    return word(text, rng) if rng.random() < 0.25 * habit.fault else text


def born(when: PartialDate, rng: random.Random, fault: float) -> str:
    """Return a date of birth as said: turned, slipped, in part, or as it is."""
    if not (when.year and when.month and when.day):
        return str(when.year or "")
    year, month, day = when.year, when.month, when.day
    if rng.random() < 0.8 * fault:
        match rng.randrange(9):
            case 0 | 1:
                day, month = (month, day) if day <= 12 else (day, month)
            case 2:
                year += rng.choice((-1, 1))
            case 3:
                year += rng.choice((-10, 10, -2, 2, 5, -5))
            case 4:
                day = min(28, max(1, day + rng.choice((-10, 10, -1, 1, 2))))
            case 5:
                month = rng.randint(1, 12)
            case 6:
                return f"{year}" if rng.random() < 0.6 else f"{year}-{month:02}"
            case 7:
                text = f"{year}"
                year = int(text[:2] + text[3] + text[2])
            case _:
                return f"{year}"
    style = rng.choice(("{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{y}-{m:02}-{d:02}", "{d} {name} {y}", "{d}.{m}.{y}"))
    return style.format(d=day, m=month, y=year, name=SPOKEN_MONTHS[month - 1])


def phone(number: str, rng: random.Random, fault: float) -> str:
    """Return a number as typed."""
    national = "0" + number.removeprefix("+44") if number.startswith("+44") else number
    if rng.random() < 0.35 * fault:
        at = rng.randrange(3, len(national) - 1)
        turned = national[:at] + national[at + 1] + national[at] + national[at + 2 :]
        national = rng.choice((turned, national[:at] + str(rng.randrange(10)) + national[at + 1 :]))
    return rng.choice(
        (national, f"{national[:5]} {national[5:]}", number, f"{national[:5]} {national[5:8]} {national[8:]}")
    )


def address(home: HeldAddress, rng: random.Random, fault: float) -> str:
    """Return an address as said, with or without its parts."""
    where = home.address
    flat, house, street, postcode = where.flat, where.house, where.street, where.postcode
    if rng.random() < 0.7 * fault:
        match rng.randrange(8):
            case 0:
                house = (
                    str(int(house) + rng.choice((-2, -1, 1, 2, 10))) if house.isdigit() and int(house) > 2 else house
                )
            case 1:
                flat = rng.choice(("1", "2", "3", "a", ""))
            case 2 | 3:
                street = word(street, rng)
            case 4 | 5 if len(postcode) > 5:
                at = rng.randrange(len(postcode) - 2, len(postcode)) if rng.random() < 0.7 else len(postcode) - 3
                new = rng.choice("ABDEFGHJLNPQRSTUWXYZ") if postcode[at].isalpha() else str(rng.randrange(10))
                postcode = postcode[:at] + new + postcode[at + 1 :]
            case 6:
                house = ""
            case _:
                street = street.rsplit(" ", 1)[0]
    part = rng.random()
    line = f"Flat {flat}, " * bool(flat) + f"{house} {street}".strip()
    if part < 0.45:
        return f"{line} {postcode}".strip()
    return line if part < 0.8 or not postcode else f"{house} {postcode}".strip() if part < 0.9 else postcode


def mixed(held: Held, rng: random.Random, at_home: Sequence[str] = ()) -> Mapping[str, str]:
    """Return what one of several kinds of caller says."""
    return say(held, rng, rng.choice(HABITS), at_home)
