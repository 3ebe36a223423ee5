"""How each field agrees, for everybody found at once. Compiled; `compare` says the same in Python."""

from typing import Any

import numba
import numpy as np

from fellwatch.recognition.arrays.columns import NOW
from fellwatch.recognition.arrays.levels import NUMBER
from fellwatch.recognition.arrays.question import AT
from fellwatch.recognition.arrays.words import digit_slip

_DATE = {level: NUMBER["date_of_birth", level] for level in (
    "full", "month_and_year", "day_and_month", "year", "about", "swapped", "one_digit", "one_part", "next_year",
    "near_age", "differs",
)}  # fmt: skip
FULL, MONTH_YEAR, DAY_MONTH, YEAR, ABOUT, SWAPPED, ONE_DIGIT, ONE_PART, NEXT_YEAR, NEAR_AGE, OTHER_DATE = _DATE.values()
PHONE, PHONE_AT_HOME, PHONE_SLIP, PHONE_BEGUN, OTHER_PHONE = (
    NUMBER["phone", level] for level in ("exact", "household", "one_digit", "typed_so_far", "differs")
)
ADDRESS = NUMBER["address", "same_house"]
SAME_HOUSE, FORMER_HOUSE, SAME_POSTCODE, SAME_STREET, OTHER_HOUSE, ELSEWHERE = range(6)
SEX, SEX_NAMED, OTHER_SEX = (NUMBER["sex", level] for level in ("same", "as_the_name_says", "differs"))
SAME_ID, OTHER_ID = NUMBER["identifier", "same"], NUMBER["identifier", "differs"]
LIVES_THERE = NOW
AT_YEAR, AT_MONTH, AT_DAY, AT_SLACK, AT_PHONE, AT_LOW, AT_HIGH, AT_POSTCODE, AT_HOUSE, AT_FLAT, AT_STREET, AT_SEX = (
    AT[name] for name in list(AT)[:12]
)
AT_DATED = AT["dated"]
FORENAME_EXACT, FORENAME_VARIANT = NUMBER["forename", "exact"], NUMBER["forename", "variant"]


@numba.njit(cache=True, nogil=True)
def log_sum(one: float, other: float) -> float:
    """Return log2(2**one + 2**other)."""
    high, low = max(one, other), min(one, other)
    return high + np.log2(1.0 + 2.0 ** (low - high))


@numba.njit(cache=True, nogil=True)
def evidence(code: int, share: float, w: Any, out: Any) -> None:
    """Add a level's logarithms under the three hypotheses; share is below 0 where nobody has counted."""
    same, stranger, house = w.same[code], w.stranger[code], w.household[code]
    if w.spread[code] > 0.0 and share >= 0.0:
        stranger = min(np.log2(max(w.spread[code] * share, w.least[code])), same)
    if w.agrees[code]:
        house = max(house, stranger)
    out[0] += same
    out[1] += house
    out[2] += stranger


@numba.njit(cache=True, nogil=True)
def date_level(held: int, year: int, month: int, day: int, slack: int) -> int:
    """Return the level of two dates, -1 where they share no part."""
    y, m, d = held >> 9, (held >> 5) & 15, held & 31
    if slack >= 0:
        if y == 0:
            return -1
        apart = abs(year - y)
        return ABOUT if apart <= slack else (NEAR_AGE if apart <= slack + 2 else OTHER_DATE)
    has_year, has_month, has_day = year != 0 and y != 0, month != 0 and m != 0, day != 0 and d != 0
    known = int(has_year) + int(has_month) + int(has_day)
    if known == 0:
        return -1
    off_year, off_month, off_day = has_year and year != y, has_month and month != m, has_day and day != d
    off = int(off_year) + int(off_month) + int(off_day)
    if off == 0:
        if has_year and has_month:
            return FULL if has_day else MONTH_YEAR
        return YEAR if has_year else DAY_MONTH
    if known == 3 and not off_year and month == d and day == m:
        return SWAPPED
    if known == 3 and off == 1:
        slip = (
            (off_year and part_slip(year, y)) or (off_month and part_slip(month, m)) or (off_day and part_slip(day, d))
        )
        return ONE_DIGIT if slip else ONE_PART
    return NEXT_YEAR if off == 1 and off_year and abs(year - y) == 1 else OTHER_DATE


@numba.njit(cache=True, nogil=True)
def part_slip(one: int, other: int) -> bool:
    """Return whether two parts of a date, written with leading noughts, differ in one digit or a turned pair."""
    differing = 0
    a, b = one, other
    while a > 0 or b > 0:
        differing += a % 10 != b % 10
        a //= 10
        b //= 10
    if differing == 1:
        return True
    if differing != 2:
        return False
    a, b = one, other
    while a % 10 == b % 10:
        a //= 10
        b //= 10
    return a % 10 == b // 10 % 10 and b % 10 == a // 10 % 10 and a // 100 == b // 100


@numba.njit(cache=True, nogil=True)
def address_rank(
    postcode: int,
    house: int,
    flat: int,
    street: int,
    o_postcode: int,
    o_house: int,
    o_flat: int,
    o_street: int,
    now: bool,
) -> int:
    """Return how two addresses agree: 0 is best."""
    by_code = postcode != 0 and postcode == o_postcode
    if not by_code and not (street != 0 and street == o_street):
        return ELSEWHERE
    if house == 0 or o_house == 0:
        return (SAME_POSTCODE if by_code else SAME_STREET) if now else OTHER_HOUSE
    if house != o_house or (flat != 0 and o_flat != 0 and flat != o_flat):
        return OTHER_HOUSE
    return SAME_HOUSE if now else FORMER_HOUSE


@numba.njit(cache=True, nogil=True)
def dates(people: Any, at: Any, born: Any, levels: Any) -> None:
    """Set everybody's level of the date of birth."""
    if not at[AT_DATED]:
        return
    for n in range(len(people)):
        held = np.int64(born[people[n]])
        levels[n, 3] = date_level(held, at[AT_YEAR], at[AT_MONTH], at[AT_DAY], at[AT_SLACK])


@numba.njit(cache=True, nogil=True)
def listed(begins: Any, side: int, values: Any) -> Any:
    """Return everybody's telephones (side 2) or homes (4), one after another: far apart, fetched together."""
    total = 0
    for n in range(len(begins)):
        total += begins[n, side + 1] - begins[n, side]
    out, at = np.empty(total, np.int64), 0
    for n in range(len(begins)):
        for row in range(begins[n, side], begins[n, side + 1]):
            out[at] = values[row]
            at += 1
    return out


@numba.njit(cache=True, nogil=True)
def phones(begins: Any, at: Any, phone_of: Any, telephone: Any, levels: Any) -> None:
    """Set everybody's level of the telephone number, the best of theirs."""
    number, low, high = at[AT_PHONE], at[AT_LOW], at[AT_HIGH]
    if number == 0 and high == 0:
        return
    rows = listed(begins, 2, phone_of)
    for at in range(len(rows)):
        rows[at] = telephone[rows[at]]
    row = 0
    for n in range(len(begins)):
        best = OTHER_PHONE if begins[n, 3] > begins[n, 2] else -1
        last = row + begins[n, 3] - begins[n, 2]
        for at in range(row, last):
            held = rows[at]
            if held == number or (number == 0 and low <= held <= high):
                best = PHONE if number else PHONE_BEGUN
                break
            if number and digit_slip(number, held):
                best = PHONE_SLIP
        row = last
        levels[n, 4] = best


@numba.njit(cache=True, nogil=True)
def number_at_home(begins: Any, home_of: Any, shared: Any, levels: Any) -> None:
    """Set the level of whoever lives with one who has the number; `shared`: those homes, as `home_of` has them."""
    if len(shared) == 0:
        return
    for n in range(len(begins)):
        if levels[n, 4] == PHONE:
            continue
        for row in range(begins[n, 4], begins[n, 5]):
            for home in shared:
                if home_of[row] == home:
                    levels[n, 4] = PHONE_AT_HOME


@numba.njit(cache=True, nogil=True)
def addresses(begins: Any, at: Any, home_of: Any, places: Any, levels: Any) -> None:
    """Set everybody's level of the address: the nearest of their homes."""
    if at[AT_POSTCODE] == 0 and at[AT_STREET] == 0:
        return
    homes = listed(begins, 4, home_of)
    there = np.empty((len(homes), 4), np.int32)
    for row in range(len(homes)):
        home = homes[row] & ~LIVES_THERE
        for part in range(4):
            there[row, part] = places[home, part]
    last = 0
    for n in range(len(begins)):
        first, last, nearest = last, last + begins[n, 5] - begins[n, 4], ELSEWHERE
        for row in range(first, last):
            nearest = min(nearest, address_rank(
                at[AT_POSTCODE], at[AT_HOUSE], at[AT_FLAT], at[AT_STREET],
                there[row, 0], there[row, 1], there[row, 2], there[row, 3], homes[row] & LIVES_THERE != 0,
            ))  # fmt: skip
        if last > first:
            levels[n, 5] = ADDRESS + nearest


@numba.njit(cache=True, nogil=True)
def sexes(people: Any, at: Any, counts: Any, levels: Any) -> None:
    """Set everybody's level of the sex; a forename that agrees has mostly said it already."""
    if at[AT_SEX] == 0:
        return
    for n in range(len(people)):
        held = counts[people[n], 3]
        if held == 0:
            continue
        told = levels[n, 0] == FORENAME_EXACT or levels[n, 0] == FORENAME_VARIANT
        levels[n, 6] = OTHER_SEX if at[AT_SEX] != held else (SEX_NAMED if told else SEX)


@numba.njit(cache=True, nogil=True)
def add(levels: Any, w: Any, sums: Any) -> None:
    """Add the evidence of date of birth, telephone, address and sex."""
    for n in range(len(levels)):
        for slot in range(3, 7):
            if levels[n, slot] >= 0:
                evidence(levels[n, slot], -1.0, w, sums[n])


@numba.njit(cache=True, nogil=True)
def identifiers(people: Any, asked: Any, person: Any, kind: Any, value: Any, w: Any, levels: Any, sums: Any) -> None:
    """Weigh each identifier against those of its kind."""
    for n in range(len(people)):
        for k in range(len(asked)):
            code = -1
            for row in range(len(person)):
                if person[row] == people[n] and kind[row] == asked[k, 0]:
                    same = value[row] == asked[k, 1] or code == SAME_ID
                    code = SAME_ID if same else OTHER_ID
            if code >= 0:
                levels[n, 7] = code
                evidence(code, -1.0, w, sums[n])
