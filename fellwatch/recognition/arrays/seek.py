"""Find who is worth weighing: sorted postings, the most telling conjunctions first. Compiled."""

from typing import Any

import numba
import numpy as np

from fellwatch.recognition.arrays.build import DAYS
from fellwatch.recognition.arrays.packing import FIRST_YEAR, YEARS
from fellwatch.recognition.arrays.words import find, hashed, one_slip

MOST, SLOTS = 512, 2048
MOST_SOUNDS, MOST_TURNED = 24, 6
LONGEST_SCAN = 6000
FEW = 48


@numba.njit(cache=True, nogil=True)
def add(person: int, found: Any, seen: Any) -> None:
    """Add somebody once. `found[0]` counts; room is bounded."""
    if found[0] >= MOST:
        return
    at = (person * 2654435761) & (SLOTS - 1)
    while seen[at] != 0:
        if seen[at] == person + 1:
            return
        at = (at + 1) & (SLOTS - 1)
    seen[at] = person + 1
    found[0] += 1
    found[found[0]] = person


@numba.njit(cache=True, nogil=True)
def lower(values: Any, low: int, high: int, wanted: int) -> int:
    """Return the first place in a sorted run whose value is not below the wanted one."""
    while low < high:
        middle = (low + high) >> 1
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@numba.njit(cache=True, nogil=True)
def born_alike(held: int, year: int, month: int, day: int) -> bool:
    """Return whether a held date is worth a look: nothing known of it, or enough of its parts agree."""
    if held == 0:
        return True
    y, m, d = held >> 9, (held >> 5) & 15, held & 31
    if year and y and abs(year - y) <= 1:
        return True
    agree = (year != 0 and year == y) + (month != 0 and month == m) + (day != 0 and day == d)
    return agree >= 2 or (year == 0 and agree >= 1) or (month != 0 and month == d and day == m)


@numba.njit(cache=True, nogil=True)
def take(people: Any, low: int, high: int, cap: int, born: Any, when: Any, found: Any, seen: Any) -> None:
    """Add a run of people; of a long one, those whose date of birth is alike where one was given."""
    if high - low <= FEW or when[3] == 0:
        for n in range(low, min(high, low + cap)):
            add(people[n], found, seen)
        return
    taken = 0
    for n in range(low, min(high, low + LONGEST_SCAN)):
        person = people[n]
        if born_alike(born[person], when[0], when[1], when[2]):
            add(person, found, seen)
            taken += 1
            if taken >= cap:
                return


@numba.njit(cache=True, nogil=True)
def neighbours(
    word: Any,
    letters: Any,
    start: Any,
    slip_start: Any,
    slip_word: Any,
    word_sound: Any,
    bearers: Any,
    sounds: Any,
    most: int,
) -> None:
    """Add the sounds of all words one slip away to a list; `sounds[0]` counts."""
    bits = 0
    while (1 << bits) < len(slip_start) - 1:
        bits += 1
    for without in range(-1, len(word)):
        bucket = np.int64(hashed(word, without)) >> (32 - bits)
        for n in range(slip_start[bucket], slip_start[bucket + 1]):
            other = slip_word[n]
            if bearers[other] and one_slip(word, letters[start[other] : start[other + 1]]):
                listed(word_sound[other], sounds, most)


@numba.njit(cache=True, nogil=True)
def listed(value: int, values: Any, most: int) -> None:
    """Add a value to a list once; `values[0]` counts."""
    count = values[0]
    for n in range(1, count + 1):
        if values[n] == value:
            return
    if count < most:
        values[0] = count + 1
        values[count + 1] = value


@numba.njit(cache=True, nogil=True)
def by_day(
    year: int,
    month: int,
    day: int,
    forename: int,
    surname: int,
    day_start: Any,
    day_tag: Any,
    day_person: Any,
    found: Any,
    seen: Any,
) -> None:
    """Add those born on a day whose forename or surname begins with the same sound; all where no name is known."""
    if not (FIRST_YEAR <= year < FIRST_YEAR + YEARS and 0 < month < 13 and 0 < day < 32):
        return
    at = (year - FIRST_YEAR) * 372 + (month - 1) * 31 + day - 1
    if at >= DAYS:
        return
    nameless = forename == 0 and surname == 0
    taken = 0
    for n in range(day_start[at], day_start[at + 1]):
        tag = day_tag[n]
        if nameless or (forename and (tag >> 5) == forename) or (surname and (tag & 31) == surname):
            add(day_person[n], found, seen)
            taken += 1
            if taken >= 160:
                return


@numba.njit(cache=True, nogil=True)
def at_home(
    postcode: int,
    house: int,
    street: int,
    places: Any,
    by_street: Any,
    place_start: Any,
    place_person: Any,
    found: Any,
    seen: Any,
) -> None:
    """Add whoever has lived at the address: the house first, then the rest of the postcode or street."""
    if postcode:
        codes, houses = places[:, 0], places[:, 1]
        low = lower(codes, 0, len(places), postcode)
        high = lower(codes, low, len(places), postcode + 1)
        if house:
            first = lower(houses, low, high, house)
            last = lower(houses, first, high, house + 1)
            for n in range(place_start[first], min(place_start[last], place_start[first] + 60)):
                add(place_person[n], found, seen)
        for n in range(place_start[low], min(place_start[high], place_start[low] + 120)):
            add(place_person[n], found, seen)
    if not street:
        return
    low, high = 0, len(by_street)
    while low < high:
        middle = (low + high) >> 1
        at = by_street[middle]
        if places[at, 3] < street or (places[at, 3] == street and places[at, 1] < house):
            low = middle + 1
        else:
            high = middle
    taken = 0
    while low < len(by_street) and taken < 120:
        at = by_street[low]
        if places[at, 3] != street or (house and places[at, 1] != house):
            return
        for n in range(place_start[at], place_start[at + 1]):
            add(place_person[n], found, seen)
            taken += 1
        low += 1


@numba.njit(cache=True, nogil=True)
def by_phone(
    low: int, high: int, telephone: Any, telephone_start: Any, telephone_person: Any, found: Any, seen: Any
) -> None:
    """Add whoever has a number from `low` to `high`."""
    first = lower(telephone, 0, len(telephone), low)
    taken = 0
    while first < len(telephone) and telephone[first] <= high and taken < 100:
        for n in range(telephone_start[first], telephone_start[first + 1]):
            add(telephone_person[n], found, seen)
            taken += 1
        first += 1


@numba.njit(cache=True, nogil=True)
def conjoined(
    surnames: Any, tags: Any, start: Any, tag: Any, people: Any, born: Any, when: Any, found: Any, seen: Any
) -> None:
    """Add those whose surname sounds like one of some and whose forename like one of others."""
    for s in range(1, surnames[0] + 1):
        low, high = start[surnames[s]], start[surnames[s] + 1]
        for t in range(1, tags[0] + 1):
            first = lower(tag, low, high, tags[t])
            last = first
            while last < high and tag[last] == tags[t]:
                last += 1
            take(people, first, last, 100, born, when, found, seen)


@numba.njit(cache=True, nogil=True)
def prefix_words(word: Any, letters: Any, start: Any) -> Any:
    """Return (first, last) of the sorted words that begin as typed."""
    first = find(letters, start, word)
    first = first if first >= 0 else -1 - first
    last = first
    while last < len(start) - 1 and last < first + 400:
        held = letters[start[last] : start[last + 1]]
        if len(held) < len(word):
            break
        same = True
        for n in range(len(word)):
            if held[n] != word[n]:
                same = False
                break
        if not same:
            break
        last += 1
    return first, last
