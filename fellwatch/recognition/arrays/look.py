"""One compiled call: find, weigh, rank and look again."""

from typing import Any, NamedTuple

import numba
import numpy as np

from fellwatch.recognition.arrays import fields, names, seek, segment, together
from fellwatch.recognition.arrays.columns import FORMER, NOW
from fellwatch.recognition.arrays.company import STEPS
from fellwatch.recognition.arrays.fields import log_sum
from fellwatch.recognition.arrays.levels import SLOTS
from fellwatch.recognition.arrays.names import Texts
from fellwatch.recognition.arrays.question import AT, MOST_FORENAMES, unpacked
from fellwatch.recognition.arrays.ranks import Typed, Words, masks_of
from fellwatch.recognition.arrays.words import find

TOP = 24
FIELDS = len(SLOTS)
YEAR, MONTH, DAY, SLACK, NUMBER, LOW, HIGH, POSTCODE, HOUSE, FLAT, STREET, SEX, UNFINISHED, DATED = (
    AT[name] for name in AT
)


class Bend(NamedTuple):
    """The second look as arrays: [offset, scale, others, paired], by level, and by what holds together."""

    line: Any
    level: Any
    together: Any


@numba.njit(cache=True, nogil=True)
def tag_of(code: Any) -> int:
    """Return the tag of a sound, as `build.sound_tag` does."""
    if len(code) == 0:
        return 0
    more = 0
    for n in range(1, len(code)):
        more = (more * 31 + np.int64(code[n])) & 0x7FF
    return (np.int64(code[0]) & 31) << 11 | more


@numba.njit(cache=True, nogil=True)
def resolve(q: Any, s: Any) -> Any:
    """Return the rows of the question's words and of its typed words' sounds, -1 where the index has none."""
    words = np.empty(len(q.start), np.int64)
    sounds = np.empty(len(q.sound_start), np.int64)
    for n in range(len(q.start) - 1):
        words[n] = max(find(s.letters, s.word_start, q.letters[q.start[n] : q.start[n + 1]]), -1)
    for n in range(len(q.sound_start) - 1):
        code = q.sound_letters[q.sound_start[n] : q.sound_start[n + 1]]
        sounds[n] = max(find(s.sound_letters, s.sound_start, code), -1)
    return words, sounds


@numba.njit(cache=True, nogil=True)
def borne(flat: Any, word: Any) -> Any:
    """Return how many bear a word as a forename and as a surname."""
    s = segment.unpacked(flat)
    at = find(s.letters, s.word_start, word)
    return (s.forename_bearers[at], s.surname_bearers[at]) if at >= 0 else (np.int32(0), np.int32(0))


@numba.njit(cache=True, nogil=True)
def surname_like(flat: Any, word: Any) -> bool:
    """Return whether somebody bears a word as a surname, or one that is one slip away."""
    s = segment.unpacked(flat)
    at = find(s.letters, s.word_start, word)
    if at >= 0 and s.surname_bearers[at]:
        return True
    for near in seek.neighbours(word, s.letters, s.word_start, s.slip_start, s.slip_word):
        if s.surname_bearers[near]:
            return True
    return False


@numba.njit(cache=True, nogil=True)
def neighbours(q: Any, s: Any) -> Any:
    """Return the words one slip from each typed word one after another, and where each one's begin."""
    begin = np.zeros(len(q.sound_start), np.int64)
    out = np.empty(0, np.int64)
    for w in range(len(q.sound_start) - 1):
        word = q.letters[q.start[w] : q.start[w + 1]]
        out = np.concatenate((out, seek.neighbours(word, s.letters, s.word_start, s.slip_start, s.slip_word)))
        begin[w + 1] = len(out)
    return out, begin


@numba.njit(cache=True, nogil=True)
def near_to(w: int, near: Any) -> Any:
    """Return the words one slip from one typed word."""
    return near[0][near[1][w] : near[1][w + 1]]


@numba.njit(cache=True, nogil=True)
def surname_sounds(w: int, s: Any, sounds: Any, near: Any, most: int) -> Any:
    """Return the list of sounds a typed surname may stand for: its own, and those of words one slip away."""
    out = np.zeros(most + 1, np.int64)
    if sounds[w] >= 0:
        seek.listed(sounds[w], out, most)
    seek.sounds_of(near_to(w, near), s.surname_bearers, s.word_sound, out, most)
    return out


@numba.njit(cache=True, nogil=True)
def forename_tags(w: int, q: Any, s: Any, words: Any, near: Any, most: int) -> Any:
    """Return the list of tags of sounds a typed forename may stand for: its own, its variants', one slip away."""
    out = np.zeros(most + 1, np.int64)
    seek.listed(tag_of(q.sound_letters[q.sound_start[w] : q.sound_start[w + 1]]), out, most)
    spoken = np.zeros(most + 1, np.int64)
    for n in range(q.variant_start[w], q.variant_start[w + 1]):
        row = words[n]
        if row >= 0:
            seek.listed(s.word_sound[row], spoken, most)
    seek.sounds_of(near_to(w, near), s.forename_bearers, s.word_sound, spoken, most)
    for n in range(1, spoken[0] + 1):
        at = spoken[n]
        seek.listed(tag_of(s.sound_letters[s.sound_start[at] : s.sound_start[at + 1]]), out, most)
    return out


@numba.njit(cache=True, nogil=True)
def by_names(q: Any, s: Any, words: Any, sounds: Any, when: Any, found: Any, seen: Any) -> None:
    """Look up every reading of the name."""
    near = neighbours(q, s)
    for r in range(len(q.readings)):
        first, last = q.readings[r, 0], q.readings[r, MOST_FORENAMES]
        if last >= 0 and first >= 0:
            both(q, s, r, words, sounds, near, when, found, seen)
        elif last >= 0:
            surname_alone(q, s, last, sounds, near, when, found, seen)
        elif first >= 0:
            forename_alone(q, s, first, sounds, when, found, seen)


@numba.njit(cache=True, nogil=True)
def both(q: Any, s: Any, r: int, words: Any, sounds: Any, near: Any, when: Any, found: Any, seen: Any) -> None:
    """Look up a forename and a surname together, then each with the beginning of the other."""
    turned = q.readings[r, MOST_FORENAMES + 1]
    most = seek.MOST_TURNED if turned else seek.MOST_SOUNDS
    last = q.readings[r, MOST_FORENAMES]
    of_surname = surname_sounds(last, s, sounds, near, most)
    people, tag, start = s.surname_sound_person, s.surname_sound_tag, s.surname_sound_start
    for k in range(MOST_FORENAMES):
        first = q.readings[r, k]
        if first < 0:
            continue
        seek.conjoined(
            of_surname, forename_tags(first, q, s, words, near, most), start, tag, people, s.born, when, found, seen
        )
        word = q.letters[q.start[first] : q.start[first + 1]]
        if first == q.numbers[UNFINISHED] or len(word) == 1:
            initial = tag_of(q.sound_letters[q.sound_start[first] : q.sound_start[first + 1]]) >> 11
            for n in range(1, min(of_surname[0], 4) + 1):
                low, high = start[of_surname[n]], start[of_surname[n] + 1]
                low = seek.lower(tag, low, high, initial << 11)
                high = seek.lower(tag, low, high, (initial + 1) << 11)
                seek.take(people, low, high, seek.MOST_NAMED, s.born, when, found, seen)
        if sounds[first] >= 0 and not turned:
            spelled_alike(q, s, sounds[first], last, when, found, seen)
    if sounds[last] >= 0 and not turned:
        low, high = start[sounds[last]], start[sounds[last] + 1]
        if high - low <= seek.FEW:
            seek.take(people, low, high, seek.FEW, s.born, when, found, seen)


@numba.njit(cache=True, nogil=True)
def spelled_alike(q: Any, s: Any, sound: int, last: int, when: Any, found: Any, seen: Any) -> None:
    """Look up a forename's sound with how the surname begins: at most its first three letters."""
    word = q.letters[q.start[last] : q.start[last + 1]]
    low_tag, high_tag = 0, 0
    for n in range(3):
        low_tag |= (np.int64(word[n]) & 31 if n < len(word) else 0) << (10 - 5 * n)
        high_tag |= (np.int64(word[n]) & 31 if n < len(word) else 31) << (10 - 5 * n)
    low, high = s.forename_sound_start[sound], s.forename_sound_start[sound + 1]
    low = seek.lower(s.forename_sound_tag, low, high, low_tag)
    high = seek.lower(s.forename_sound_tag, low, high, high_tag + 1)
    seek.take(s.forename_sound_person, low, high, seek.MOST_NEAR, s.born, when, found, seen)


@numba.njit(cache=True, nogil=True)
def surname_alone(q: Any, s: Any, last: int, sounds: Any, near: Any, when: Any, found: Any, seen: Any) -> None:
    """Look up a surname by its sound, its slips and, half typed, by how it begins."""
    of_surname = surname_sounds(last, s, sounds, near, seek.MOST_SOUNDS)
    if last == q.numbers[UNFINISHED]:
        word = q.letters[q.start[last] : q.start[last + 1]]
        first, end = seek.prefix_words(word, s.letters, s.word_start)
        for n in range(first, end):
            if s.surname_bearers[n]:
                seek.listed(s.word_sound[n], of_surname, seek.MOST_SOUNDS)
    for n in range(1, of_surname[0] + 1):
        low, high = s.surname_sound_start[of_surname[n]], s.surname_sound_start[of_surname[n] + 1]
        seek.take(s.surname_sound_person, low, high, 100 if n == 1 else 30, s.born, when, found, seen)


@numba.njit(cache=True, nogil=True)
def forename_alone(q: Any, s: Any, first: int, sounds: Any, when: Any, found: Any, seen: Any) -> None:
    """Look up a forename by its sound and, half typed, by how it begins."""
    of_forename = np.zeros(seek.MOST_SOUNDS + 1, np.int64)
    if sounds[first] >= 0:
        seek.listed(sounds[first], of_forename, seek.MOST_SOUNDS)
    if first == q.numbers[UNFINISHED]:
        word = q.letters[q.start[first] : q.start[first + 1]]
        low, high = seek.prefix_words(word, s.letters, s.word_start)
        for n in range(low, high):
            if s.forename_bearers[n]:
                seek.listed(s.word_sound[n], of_forename, seek.MOST_SOUNDS)
    for n in range(1, of_forename[0] + 1):
        low, high = s.forename_sound_start[of_forename[n]], s.forename_sound_start[of_forename[n] + 1]
        seek.take(s.forename_sound_person, low, high, 100 if n == 1 else 30, s.born, when, found, seen)


@numba.njit(cache=True, nogil=True)
def gather(q: Any, s: Any, words: Any, sounds: Any, shared: Any) -> Any:
    """Return everybody worth weighing; `shared`: homes of those who have the number."""
    found, seen = np.zeros(seek.MOST + 1, np.int64), np.zeros(seek.SLOTS, np.int64)
    at = q.numbers
    when = at[:4].copy()
    when[3] = at[DATED] if at[SLACK] < 0 else 0
    for k in range(len(q.identifiers)):
        for n in range(len(s.identifier_value)):
            if s.identifier_value[n] == q.identifiers[k, 1]:
                seek.add(s.identifier_person[n], found, seen)
    if at[NUMBER]:
        seek.by_phone(at[NUMBER], at[NUMBER], s.telephone, s.telephone_start, s.telephone_person, found, seen)
        for home in shared:
            seek.live_at(home & ~NOW, seek.MOST_AT_HOME, s.place_start, s.place_person, found, seen)
    elif at[HIGH]:
        seek.by_phone(at[LOW], at[HIGH], s.telephone, s.telephone_start, s.telephone_person, found, seen)
    begun = initials(q)
    if at[YEAR] and at[MONTH] and at[DAY]:
        seek.by_day(at[YEAR], at[MONTH], at[DAY], begun, s.day_start, s.day_tag, s.day_person, found, seen)
    if at[HOUSE]:
        at_address(at, s, found, seen)
    by_names(q, s, words, sounds, when, found, seen)
    if at[YEAR] and at[MONTH] and at[DAY] and at[MONTH] != at[DAY]:
        seek.by_day(at[YEAR], at[DAY], at[MONTH], begun, s.day_start, s.day_tag, s.day_person, found, seen)
    if not at[HOUSE]:
        at_address(at, s, found, seen)
    return found[1 : found[0] + 1]


@numba.njit(cache=True, nogil=True)
def at_address(at: Any, s: Any, found: Any, seen: Any) -> None:
    """Look up the address."""
    where = at[POSTCODE], at[HOUSE], at[FLAT], at[STREET]
    seek.at_home(where, s.places, s.by_street, s.place_start, s.place_person, found, seen)


@numba.njit(cache=True, nogil=True)
def initials(q: Any) -> int:
    """Return a bit for the first letter of the sound of each forename that leads a reading, and of each surname."""
    begun = 0
    for r in range(len(q.readings)):
        for word in (q.readings[r, 0], q.readings[r, MOST_FORENAMES]):
            if word >= 0:
                begun |= 1 << (tag_of(q.sound_letters[q.sound_start[word] : q.sound_start[word + 1]]) >> 11)
    return begun & ~1


@numba.njit(cache=True, nogil=True)
def find_all(q: Any, s: Any, shared: Any) -> Any:
    """Return the people worth weighing, and the rows of the question's words and sounds."""
    words, sounds = resolve(q, s)
    return gather(q, s, words, sounds, shared), words, sounds


@numba.njit(cache=True, nogil=True)
def look(
    asked: Any, flat: Any, w: Any, dead: Any, counted: float, out_number: Any, out_levels: Any, out_bits: Any
) -> Any:
    """Fill the best few: number, levels, and bits. Return how many, and everybody's odds.

    A person for whom `dead` is set has been superseded. `out_bits`: log odds, log of the odds' top, of their bottom,
    and what the two names' going together takes off.
    """
    q, s = unpacked(asked), segment.unpacked(flat)
    shared = seek.shared_homes(q.numbers[NUMBER], s)
    people, words, sounds = find_all(q, s, shared)
    if len(dead):
        people = people[dead[people] == 0]
    levels, sums = np.full((len(people), FIELDS), -1, np.int64), np.zeros((len(people), 3))
    begins = segment.begins(people, s.blocks, s.counts)
    names.weigh(
        begins, s.names, q.readings,
        Texts(s.forenames_start, s.forenames_forms), Texts(s.surname_start, s.surname_forms),
        Typed(
            q.letters, q.start, q.variant_start, words, sounds, masks_of(q.letters, q.start, len(sounds)),
            q.numbers[UNFINISHED],
        ),
        Words(s.letters, s.word_start, s.word_sound, s.word_mask),
        s.forename_bearers, s.surname_bearers, counted, w, levels, sums,
    )  # fmt: skip
    fields.dates(people, q.numbers, s.born, levels)
    fields.phones(begins, q.numbers, s.phone_of, s.telephone, levels)
    fields.number_at_home(begins, s.home_of, shared, levels)
    fields.addresses(begins, q.numbers, s.home_of, s.places, levels)
    fields.sexes(people, q.numbers, s.counts, levels)
    fields.add(levels, w, sums)
    if len(q.identifiers):
        fields.identifiers(
            people, q.identifiers, s.identifier_person, s.identifier_kind, s.identifier_value, w, levels, sums
        )
    population = max(counted if counted > 0.0 else w.prior[2], 10.0)
    filled, everyone = rank(
        people, levels, sums, w.prior[0] / population, w.prior[1] / population, out_number, out_levels, out_bits
    )
    paired(filled, s, out_number, out_levels, out_bits)
    for n in range(filled):
        out_number[n] = s.number[out_number[n]]
    return filled, everyone


@numba.njit(cache=True, nogil=True)
def paired(filled: int, s: Any, person: Any, levels: Any, bits: Any) -> None:
    """Set what the best few's names tell of one another, in bits below 0, where forename and surname both agree."""
    begins = segment.begins(person[:filled], s.blocks, s.counts)
    for n in range(filled):
        most = 0
        if together.agrees(levels[n, 0]) and together.agrees(levels[n, 1]):
            for row in range(begins[n, 0], begins[n, 1]):
                forename, surname = s.names[row, 0], s.names[row, 1] & ~FORMER
                one, other = s.forenames_start[forename], s.surname_start[surname]
                if one < s.forenames_start[forename + 1] and other < s.surname_start[surname + 1]:
                    told = s.forename_company[s.forenames_forms[one]], s.surname_company[s.surname_forms[other]]
                    most = max(most, min(np.int64(told[0]), np.int64(told[1])))
        bits[n, 3] = -most / STEPS


@numba.njit(cache=True, nogil=True)
def rank(
    people: Any, levels: Any, sums: Any, same: float, household: float, out_person: Any, out_levels: Any, out_bits: Any
) -> Any:
    """Keep the best few."""
    log_same, log_house, log_none = np.log2(same), np.log2(household), np.log2(1.0 - same - household)
    all_odds, filled = -1e9, 0
    best, odds_of = np.empty(TOP, np.int64), np.empty(len(people))
    for n in range(len(people)):
        top = log_same + sums[n, 0] - sums[n, 2]
        odds = top - log_sum(log_house + sums[n, 1] - sums[n, 2], log_none)
        all_odds, odds_of[n] = log_sum(all_odds, top), odds
        if filled == TOP and odds <= odds_of[best[TOP - 1]]:
            continue
        at = filled if filled < TOP else TOP - 1
        filled = min(filled + 1, TOP)
        while at > 0 and odds_of[best[at - 1]] < odds:
            best[at] = best[at - 1]
            at -= 1
        best[at] = n
    for at in range(filled):
        n = best[at]
        out_person[at] = people[n]
        for slot in range(FIELDS):
            out_levels[at, slot] = levels[n, slot]
        top = log_same + sums[n, 0] - sums[n, 2]
        out_bits[at, 0], out_bits[at, 1], out_bits[at, 2] = odds_of[n], top, top - odds_of[n]
    return filled, all_odds


@numba.njit(cache=True, nogil=True)
def look_again(
    filled: int, all_odds: float, bend: Any, numbers: Any, levels: Any, bits: Any, who: Any, told: Any
) -> None:
    """Set (number, levels) and (first look, what the others and paired names take off, log odds), the best first."""
    holds, result = np.zeros(together.COUNT), np.empty((filled, 2))
    for n in range(filled):
        rest = all_odds + np.log2(max(1.0 - 2.0 ** min(bits[n, 1] - all_odds, 0.0), 1e-12))
        others = bits[n, 2] - log_sum(bits[n, 2], rest)
        total = bend.line[0] + bend.line[1] * bits[n, 0] + bend.line[2] * others + bend.line[3] * bits[n, 3]
        for slot in range(FIELDS):
            if levels[n, slot] >= 0:
                total += bend.level[levels[n, slot]]
        together.standing(levels[n], holds)
        for k in range(together.COUNT):
            total += holds[k] * bend.together[k]
        result[n, 0], result[n, 1] = total, others
    arrange(filled, numbers, levels, bits, result)
    for n in range(filled):
        who[n, 0] = numbers[n]
        for slot in range(FIELDS):
            who[n, 1 + slot] = levels[n, slot]
        told[n, 0], told[n, 1], told[n, 2], told[n, 3] = bits[n, 0], result[n, 1], bits[n, 3], result[n, 0]


@numba.njit(cache=True, nogil=True)
def arrange(filled: int, numbers: Any, levels: Any, bits: Any, result: Any) -> None:
    """Sort by log odds, the best first; of equal ones the lowest number."""
    for place in range(filled - 1):
        best = place
        for n in range(place + 1, filled):
            if result[n, 0] > result[best, 0] or (result[n, 0] == result[best, 0] and numbers[n] < numbers[best]):
                best = n
        if best != place:
            numbers[place], numbers[best] = numbers[best], numbers[place]
            for k in range(result.shape[1]):
                result[place, k], result[best, k] = result[best, k], result[place, k]
            for k in range(bits.shape[1]):
                bits[place, k], bits[best, k] = bits[best, k], bits[place, k]
            for k in range(FIELDS):
                levels[place, k], levels[best, k] = levels[best, k], levels[place, k]
