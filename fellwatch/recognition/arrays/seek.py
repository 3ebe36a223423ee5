"""Find who is worth weighing: sorted postings, the most telling conjunctions first. Compiled."""

from typing import Any

import numba
import numpy as np

from fellwatch.recognition.arrays import segment
from fellwatch.recognition.arrays.build import DAYS
from fellwatch.recognition.arrays.columns import NOW
from fellwatch.recognition.arrays.packing import FIRST_YEAR, YEARS
from fellwatch.recognition.arrays.words import find, hashed, one_slip

MOST, SLOTS = 512, 2048
MOST_SOUNDS, MOST_TURNED = 24, 6
LONGEST_SCAN = 6000
MOST_NAMED, MOST_NEAR, MOST_NEAR_HOME = 64, 24, 120
MOST_SHARED, MOST_AT_HOME = 8, 12
FEW = 24


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
def born_alike(held: int, year: int, month: int, day: int) -> int:
    """Return how worth a look a held date is: 2 where most agrees or nothing is known of it, 1 for a part, else 0."""
    y, m, d = held >> 9, (held >> 5) & 15, held & 31
    agree = int(year != 0 and year == y) + int(month != 0 and month == m) + int(day != 0 and day == d)
    if held == 0 or agree >= 2 or (month != 0 and month == d and day == m) or (agree and year == 0):
        return 2
    return 1 if agree or (year and y and abs(year - y) <= 1) else 0


@numba.njit(cache=True, nogil=True)
def take(people: Any, low: int, high: int, cap: int, born: Any, when: Any, found: Any, seen: Any) -> None:
    """Add a run of people; of a long one, those whose date of birth is alike where one was given, the likest first."""
    if high - low <= FEW or when[3] == 0:
        for n in range(low, min(high, low + cap)):
            add(people[n], found, seen)
        return
    taken = 0
    for least in (2, 1):
        for n in range(low, min(high, low + LONGEST_SCAN)):
            person = people[n]
            if born_alike(born[person], when[0], when[1], when[2]) == least:
                add(person, found, seen)
                taken += 1
                if taken >= cap:
                    return


@numba.njit(cache=True, nogil=True)
def neighbours(word: Any, letters: Any, start: Any, slip_start: Any, slip_word: Any) -> Any:
    """Return the words one slip away, some of them more than once."""
    bits = 0
    while (1 << bits) < len(slip_start) - 1:
        bits += 1
    rows, total = np.empty((len(word) + 1, 2), np.int64), 0
    for without in range(-1, len(word)):  # far apart, fetched together, and so below
        bucket = np.int64(hashed(word, without)) >> (32 - bits)
        rows[without + 1, 0], rows[without + 1, 1] = slip_start[bucket], slip_start[bucket + 1]
        total += rows[without + 1, 1] - rows[without + 1, 0]
    found, at = np.empty((total, 3), np.int64), 0
    for k in range(len(rows)):
        for n in range(rows[k, 0], rows[k, 1]):
            found[at, 0] = slip_word[n]
            at += 1
    for n in range(total):
        found[n, 1], found[n, 2] = start[found[n, 0]], start[found[n, 0] + 1]
    count = 0
    for n in range(total):
        if one_slip(word, letters[found[n, 1] : found[n, 2]]):
            found[count, 0] = found[n, 0]
            count += 1
    return found[:count, 0]


@numba.njit(cache=True, nogil=True)
def sounds_of(words: Any, bearers: Any, word_sound: Any, sounds: Any, most: int) -> None:
    """Add the sounds of those words that anybody bears to a list."""
    for word in words:
        if bearers[word]:
            listed(word_sound[word], sounds, most)


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
    begun: int,
    day_start: Any,
    day_tag: Any,
    day_person: Any,
    found: Any,
    seen: Any,
) -> None:
    """Add those born on a day of whose names one begins with a sound typed (a bit each); all where none is known."""
    if not (FIRST_YEAR <= year < FIRST_YEAR + YEARS and 0 < month < 13 and 0 < day < 32):
        return
    at = (year - FIRST_YEAR) * 372 + (month - 1) * 31 + day - 1
    if at >= DAYS:
        return
    taken = 0
    for n in range(day_start[at], day_start[at + 1]):
        tag = np.int64(day_tag[n])
        if begun == 0 or begun >> (tag >> 5) & 1 or begun >> (tag & 31) & 1:
            add(day_person[n], found, seen)
            taken += 1
            if taken >= 160:
                return


@numba.njit(cache=True, nogil=True)
def at_home(at: Any, places: Any, by_street: Any, place_start: Any, place_person: Any, found: Any, seen: Any) -> None:
    """Add whoever has lived at the address: the house first, then the rest of the postcode or street.

    `at`: postcode, house, flat and street. Of a house in flats, the flat alone where one was said.
    """
    postcode, house, flat, street = at
    if postcode:
        codes, houses = places[:, 0], places[:, 1]
        low = lower(codes, 0, len(places), postcode)
        high = lower(codes, low, len(places), postcode + 1)
        if house:
            first = lower(houses, low, high, house)
            last = lower(houses, first, high, house + 1)
            for place in range(first, last):
                if flat == 0 or places[place, 2] == 0 or places[place, 2] == flat:
                    live_at(place, 60, place_start, place_person, found, seen)
        for n in range(place_start[low], min(place_start[high], place_start[low] + MOST_NEAR_HOME)):
            add(place_person[n], found, seen)
    if not street:
        return
    low, high = 0, len(by_street)
    while low < high:
        middle = (low + high) >> 1
        place = by_street[middle]
        if places[place, 3] < street or (places[place, 3] == street and places[place, 1] < house):
            low = middle + 1
        else:
            high = middle
    taken = 0
    while low < len(by_street) and taken < MOST_NEAR_HOME:
        place = by_street[low]
        if places[place, 3] != street or (house and places[place, 1] != house):
            return
        if flat == 0 or places[place, 2] == 0 or places[place, 2] == flat:
            taken += live_at(place, 60, place_start, place_person, found, seen)
        low += 1


@numba.njit(cache=True, nogil=True)
def live_at(place: int, most: int, place_start: Any, place_person: Any, found: Any, seen: Any) -> int:
    """Add who has lived in one place, at most so many; return how many."""
    last = min(place_start[place + 1], place_start[place] + most)
    for n in range(place_start[place], last):
        add(place_person[n], found, seen)
    return last - place_start[place]


@numba.njit(cache=True, nogil=True)
def shared_homes(number: int, s: Any) -> Any:
    """Return the homes, as `home_of` has them, of those who have a number: homes of families, not of hundreds."""
    out = np.empty(MOST_SHARED, np.int64)
    count = 0
    row = lower(s.telephone, 0, len(s.telephone), number)
    if row == len(s.telephone) or s.telephone[row] != number:
        return out[:0]
    first = s.telephone_start[row]
    begins = segment.begins(s.telephone_person[first : min(s.telephone_start[row + 1], first + 8)], s.blocks, s.counts)
    for n in range(len(begins)):
        for at in range(begins[n, 4], begins[n, 5]):
            place = s.home_of[at] & ~NOW
            family = s.place_start[place + 1] - s.place_start[place] <= MOST_AT_HOME
            if count < MOST_SHARED and s.home_of[at] & NOW and s.places[place, 1] and family:
                out[count] = s.home_of[at]
                count += 1
    return out[:count]


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
            take(people, first, last, MOST_NAMED if s == 1 and t == 1 else MOST_NEAR, born, when, found, seen)


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
