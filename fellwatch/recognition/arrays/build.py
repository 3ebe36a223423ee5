"""Sort people's columns into an index."""

from typing import Any

import numpy as np

from fellwatch.recognition.arrays import vocabulary
from fellwatch.recognition.arrays.columns import FORMER, NOW, Columns
from fellwatch.recognition.arrays.company import company
from fellwatch.recognition.arrays.packing import FIRST_YEAR, YEARS
from fellwatch.recognition.arrays.segment import BLOCK, Flat, Segment, packed
from fellwatch.recognition.arrays.vocabulary import Texts, Vocabulary, offsets
from fellwatch.recognition.names import forename_forms, surname_forms

MOST_FORENAMES, MOST_SURNAMES = 2, 3
DAYS = YEARS * 372
NOBODY = 0x7FFFFFFF


def segment(columns: Columns) -> Flat:
    """Return the index of everybody in the columns."""
    spelled, (forenames, surnames), _ = vocabulary.build(
        [(columns.forename_texts, forename_forms), (columns.surname_texts, surname_forms)]
    )
    people = len(columns)
    counts = [np.frombuffer(c, np.uint8) for c in (columns.names, columns.phones, columns.homes)]
    owner = [np.repeat(np.arange(people, dtype=np.int32), c) for c in counts]
    fore, sur = _array(columns.forenames, np.int32), _array(columns.surnames, np.int32)
    telephone, phone_of = np.unique(_array(columns.telephones, np.int64), return_inverse=True)
    places, home_of = _places(columns)
    first, last = _first_forms(forenames, MOST_FORENAMES), _first_forms(surnames, MOST_SURNAMES)
    pairs = _pairs(owner[0], fore, sur & ~np.int32(FORMER), first, last)
    born = _array(columns.born, np.int32)
    initials = _initials(spelled, first[fore, 0], last[sur & ~np.int32(FORMER), 0])
    arrays = (
        _array(columns.number, np.int32), born,
        np.column_stack([_blocks(c) for c in counts]), np.column_stack([*counts, _array(columns.sex, np.uint8)]),
        np.column_stack([fore, sur]), phone_of.astype(np.int32), home_of,
        forenames.start, forenames.forms, surnames.start, surnames.forms,
        spelled.letters, spelled.start, spelled.sound, spelled.mask, spelled.sound_letters, spelled.sound_start,
        spelled.slip_start, spelled.slip_word,
        _bearers(owner[0], fore, forenames, len(spelled.sound)),
        _bearers(owner[0], sur & ~np.int32(FORMER), surnames, len(spelled.sound)),
        telephone, *_grouped(phone_of, owner[1], len(telephone)),
        places, *_grouped(home_of & ~np.int32(NOW), owner[2], len(places)),
        np.lexsort((places[:, 1], places[:, 3])).astype(np.int32),
        *_by_sound(spelled, pairs),
        *_days(born, offsets(counts[0]), initials),
        *_identifiers(columns),
        *company(owner[0], first[fore, 0], last[sur & ~np.int32(FORMER), 0], len(spelled.sound)),
    )  # fmt: skip
    return packed(Segment(*arrays))


def _array(values: Any, dtype: Any) -> Any:
    return np.array(values, dtype) if not len(values) else np.frombuffer(values, dtype).copy()


def _blocks(counts: Any) -> Any:
    """Return where each block of people begins."""
    return offsets(counts)[:-1][:: 1 << BLOCK].copy()


def _grouped(group: Any, person: Any, groups: int) -> tuple[Any, Any]:
    """Return the people of each group, each once."""
    joined = np.unique(group.astype(np.int64) << np.int64(32) | person)
    of = (joined >> np.int64(32)).astype(np.int64)
    return offsets(np.bincount(of, minlength=groups)), (joined & np.int64(NOBODY)).astype(np.int32)


def _places(columns: Columns) -> tuple[Any, Any]:
    """Sort the addresses by postcode, then house; return them and the homes that now point into that order."""
    rows = np.array(list(columns.addresses), np.int32).reshape(-1, 4)
    order = np.lexsort((rows[:, 2], rows[:, 3], rows[:, 1], rows[:, 0]))
    moved = np.empty(len(rows), np.int32)
    moved[order] = np.arange(len(rows), dtype=np.int32)
    homes = _array(columns.places, np.int32)
    now = homes & np.int32(NOW)
    return rows[order], moved[homes & ~np.int32(NOW)] | now


def _first_forms(texts: Texts, most: int) -> Any:
    """Return the first forms of each text, `NOBODY` where it has fewer."""
    count = np.diff(texts.start)
    out = np.full((len(count), most), NOBODY, np.int32)
    for n in range(most):
        has = count > n
        out[has, n] = texts.forms[texts.start[:-1][has] + n]
    return out


def _pairs(person: Any, fore: Any, sur: Any, first: Any, last: Any) -> tuple[Any, Any, Any]:
    """Return (person, forename word, surname word) for every way to put a name's forms together."""
    found = []
    for n in range(MOST_FORENAMES):
        for m in range(MOST_SURNAMES):
            one, other = first[fore, n], last[sur, m]
            real = ((one != NOBODY) | (n == 0)) & ((other != NOBODY) | (m == 0))
            found.append((person[real], one[real], other[real]))
    people, ones, others = (np.concatenate([f[k] for f in found]) for k in range(3))
    return people, ones, others


def sound_tags(spelled: Vocabulary) -> Any:
    """Return sixteen bits for each sound: five of its first letter, so that initials are a range, and eleven more."""
    start, flat = spelled.sound_start, spelled.sound_letters
    tags = np.empty(len(start) - 1, np.uint16)
    for n in range(len(tags)):
        tags[n] = sound_tag(flat[start[n] : start[n + 1]])
    return tags


def sound_tag(code: Any) -> int:
    """Return the tag of one sound."""
    if not len(code):
        return 0
    more = 0
    for unit in code[1:]:
        more = (more * 31 + int(unit)) & 0x7FF
    return (int(code[0]) & 31) << 11 | more


def word_tags(spelled: Vocabulary) -> Any:
    """Return fifteen bits for each word: its first three letters in order."""
    start, flat = spelled.start[:-1].astype(np.int64), spelled.letters
    length = np.diff(spelled.start.astype(np.int64))
    padded = np.concatenate([flat, np.zeros(3, np.uint16)])
    tags = np.zeros(len(length), np.uint16)
    for n in range(3):
        tags |= np.where(length > n, padded[start + n] & 31, 0).astype(np.uint16) << np.uint16(10 - 5 * n)
    return tags


def _by_sound(spelled: Vocabulary, pairs: tuple[Any, Any, Any]) -> tuple[Any, ...]:
    """Two ways in: a surname's sound then the forename's; a forename's sound then how the surname is spelled."""
    person, one, other = pairs
    sounds = len(spelled.sound_start) - 1
    tags, spellings = np.append(sound_tags(spelled), np.uint16(0)), np.append(word_tags(spelled), np.uint16(0))
    sound_of = np.append(spelled.sound, np.int32(sounds))
    one, other = np.minimum(one, len(spelled.sound)), np.minimum(other, len(spelled.sound))
    by_surname = _posted(sound_of[other], tags[sound_of[one]], person, sounds)
    return *by_surname, *_posted(sound_of[one], spellings[other], person, sounds)


def _posted(sound: Any, tag: Any, person: Any, sounds: int) -> tuple[Any, Any, Any]:
    """Sort by sound, tag and person, leaving out the nameless and what is said twice."""
    named = sound < sounds
    sound, tag, person = sound[named], tag[named], person[named]
    order = np.lexsort((person, tag, sound))
    sound, tag, person = sound[order], tag[order], person[order]
    if len(sound):
        again = (sound[1:] == sound[:-1]) & (tag[1:] == tag[:-1]) & (person[1:] == person[:-1])
        once = np.append(True, ~again)
        sound, tag, person = sound[once], tag[once], person[once]
    return offsets(np.bincount(sound, minlength=sounds)), tag, person


def _initials(spelled: Vocabulary, fore: Any, sur: Any) -> Any:
    """Return, for each name, the first letters of its sounds: five bits of the forename's, five of the surname's."""
    firsts = spelled.sound_letters[spelled.sound_start[:-1]] & 31 if len(spelled.sound) else np.empty(0, np.uint16)
    of_word = np.append(firsts[spelled.sound], np.uint16(0)).astype(np.uint16)
    return of_word[np.minimum(fore, len(spelled.sound))] << np.uint16(5) | of_word[np.minimum(sur, len(spelled.sound))]


def _days(born: Any, name_start: Any, initials: Any) -> tuple[Any, Any, Any]:
    """Put those whose whole date of birth is known under their day, once for each of their names' initials."""
    day = day_of(born)
    person = np.repeat(np.arange(len(born), dtype=np.int32), np.maximum(np.diff(name_start), 0))
    nameless = np.flatnonzero(np.diff(name_start) == 0).astype(np.int32)
    person, tag = np.append(person, nameless), np.append(initials, np.zeros(len(nameless), np.uint16))
    whole = day[person] < DAYS
    joined = np.unique(
        day[person][whole].astype(np.int64) << np.int64(47)
        | tag[whole].astype(np.int64) << np.int64(31)
        | person[whole]
    )
    of = (joined >> np.int64(47)).astype(np.int64)
    tags = (joined >> np.int64(31) & np.int64(0xFFFF)).astype(np.uint16)
    return offsets(np.bincount(of, minlength=DAYS)), tags, (joined & np.int64(NOBODY)).astype(np.int32)


def day_of(born: Any) -> Any:
    """Return a number for each whole date, `DAYS` where a part is not known."""
    year, month, day = born >> 9, born >> 5 & 15, born & 31
    whole = (year >= FIRST_YEAR) & (year < FIRST_YEAR + YEARS) & (month > 0) & (day > 0)
    return np.where(whole, (year - FIRST_YEAR) * 372 + (month - 1) * 31 + day - 1, DAYS).astype(np.int32)


def _bearers(person: Any, text: Any, texts: Texts, words: int) -> Any:
    """Count the people who bear each word, each person once."""
    length = np.diff(texts.start.astype(np.int64))[text]
    within = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
    word = texts.forms[np.repeat(texts.start[:-1][text], length) + within]
    joined = np.unique(np.repeat(person, length).astype(np.int64) << np.int64(32) | word)
    return np.bincount((joined & np.int64(NOBODY)).astype(np.int64), minlength=words).astype(np.int32)


def _identifiers(columns: Columns) -> tuple[Any, Any, Any]:
    rows = np.array(sorted(columns.identifiers), np.int32).reshape(-1, 3)
    person, kind, value = (np.ascontiguousarray(rows[:, n]) for n in range(3))
    return person, kind, value
