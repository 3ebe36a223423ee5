"""One index: named arrays, kept in one file that processes share by mapping it."""

import json
import os
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numba
import numpy as np

MAGIC = b"FELLWATCH-INDEX-2\n"
ALIGNED = 64
MOST_HEAD = 1 << 20
BLOCK = 4


class FileUnusable(ValueError):
    """The file is not a whole index of this version: build it anew."""


class Segment(NamedTuple):
    """Everybody in one index. A `start` array says where each row's list begins in the array beside it.

    What is read together lies together, so that one line of memory holds it: `blocks` has for each sixteen people where
    their names, telephones and homes begin; `counts` has for each person how many there are of each, and the sex
    (`begins`); `names` has forenames and surname, `places` postcode, house, flat and street.
    """

    number: Any
    born: Any
    blocks: Any
    counts: Any
    names: Any
    phone_of: Any
    home_of: Any
    forenames_start: Any
    forenames_forms: Any
    surname_start: Any
    surname_forms: Any
    letters: Any
    word_start: Any
    word_sound: Any
    word_mask: Any
    sound_letters: Any
    sound_start: Any
    slip_start: Any
    slip_word: Any
    forename_bearers: Any
    surname_bearers: Any
    telephone: Any
    telephone_start: Any
    telephone_person: Any
    places: Any
    place_start: Any
    place_person: Any
    by_street: Any
    surname_sound_start: Any
    surname_sound_tag: Any
    surname_sound_person: Any
    forename_sound_start: Any
    forename_sound_tag: Any
    forename_sound_person: Any
    day_start: Any
    day_tag: Any
    day_person: Any
    identifier_person: Any
    identifier_kind: Any
    identifier_value: Any
    forename_company: Any
    surname_company: Any


WIDTHS: Mapping[str, tuple[str, ...]] = {
    "i64": ("telephone",),
    "u16": ("letters", "sound_letters", "surname_sound_tag", "forename_sound_tag", "day_tag"),
    "u8": ("counts", "forename_company", "surname_company"),
}
"""The arrays that are not of 32 bits."""


class Flat(NamedTuple):
    """The same arrays end to end, one for each width: few things to hand to compiled code, and one file to map.

    `at` says where each array of `Segment` begins and ends in the one of its width.
    """

    at: Any
    i32: Any
    i64: Any
    u16: Any
    u8: Any

    @property
    def people(self) -> int:
        """How many it holds."""
        return int(self.at[0, 1] - self.at[0, 0])

    @property
    def number(self) -> Any:
        """Everybody's numbers."""
        return self.i32[self.at[0, 0] : self.at[0, 1]]

    @property
    def size(self) -> int:
        """Bytes of all arrays."""
        return int(sum(array.nbytes for array in self))


@numba.njit(cache=True, nogil=True)
def unpacked(f: Flat) -> Segment:
    """Return the named arrays, as views."""
    return Segment(
        f.i32[f.at[0, 0] : f.at[0, 1]],  # number
        f.i32[f.at[1, 0] : f.at[1, 1]],  # born
        f.i32[f.at[2, 0] : f.at[2, 1]].reshape(-1, 3),  # blocks
        f.u8[f.at[3, 0] : f.at[3, 1]].reshape(-1, 4),  # counts
        f.i32[f.at[4, 0] : f.at[4, 1]].reshape(-1, 2),  # names
        f.i32[f.at[5, 0] : f.at[5, 1]],  # phone_of
        f.i32[f.at[6, 0] : f.at[6, 1]],  # home_of
        f.i32[f.at[7, 0] : f.at[7, 1]],  # forenames_start
        f.i32[f.at[8, 0] : f.at[8, 1]],  # forenames_forms
        f.i32[f.at[9, 0] : f.at[9, 1]],  # surname_start
        f.i32[f.at[10, 0] : f.at[10, 1]],  # surname_forms
        f.u16[f.at[11, 0] : f.at[11, 1]],  # letters
        f.i32[f.at[12, 0] : f.at[12, 1]],  # word_start
        f.i32[f.at[13, 0] : f.at[13, 1]],  # word_sound
        f.i32[f.at[14, 0] : f.at[14, 1]],  # word_mask
        f.u16[f.at[15, 0] : f.at[15, 1]],  # sound_letters
        f.i32[f.at[16, 0] : f.at[16, 1]],  # sound_start
        f.i32[f.at[17, 0] : f.at[17, 1]],  # slip_start
        f.i32[f.at[18, 0] : f.at[18, 1]],  # slip_word
        f.i32[f.at[19, 0] : f.at[19, 1]],  # forename_bearers
        f.i32[f.at[20, 0] : f.at[20, 1]],  # surname_bearers
        f.i64[f.at[21, 0] : f.at[21, 1]],  # telephone
        f.i32[f.at[22, 0] : f.at[22, 1]],  # telephone_start
        f.i32[f.at[23, 0] : f.at[23, 1]],  # telephone_person
        f.i32[f.at[24, 0] : f.at[24, 1]].reshape(-1, 4),  # places
        f.i32[f.at[25, 0] : f.at[25, 1]],  # place_start
        f.i32[f.at[26, 0] : f.at[26, 1]],  # place_person
        f.i32[f.at[27, 0] : f.at[27, 1]],  # by_street
        f.i32[f.at[28, 0] : f.at[28, 1]],  # surname_sound_start
        f.u16[f.at[29, 0] : f.at[29, 1]],  # surname_sound_tag
        f.i32[f.at[30, 0] : f.at[30, 1]],  # surname_sound_person
        f.i32[f.at[31, 0] : f.at[31, 1]],  # forename_sound_start
        f.u16[f.at[32, 0] : f.at[32, 1]],  # forename_sound_tag
        f.i32[f.at[33, 0] : f.at[33, 1]],  # forename_sound_person
        f.i32[f.at[34, 0] : f.at[34, 1]],  # day_start
        f.u16[f.at[35, 0] : f.at[35, 1]],  # day_tag
        f.i32[f.at[36, 0] : f.at[36, 1]],  # day_person
        f.i32[f.at[37, 0] : f.at[37, 1]],  # identifier_person
        f.i32[f.at[38, 0] : f.at[38, 1]],  # identifier_kind
        f.i32[f.at[39, 0] : f.at[39, 1]],  # identifier_value
        f.u8[f.at[40, 0] : f.at[40, 1]],  # forename_company
        f.u8[f.at[41, 0] : f.at[41, 1]],  # surname_company
    )


@numba.njit(cache=True, nogil=True)
def begins(people: Any, blocks: Any, counts: Any) -> Any:
    """Return where each person's names, telephones and homes begin, and where they end: six columns."""
    out = np.empty((len(people), 6), np.int64)
    for n in range(len(people)):  # far apart, fetched together
        person = people[n]
        block = person >> BLOCK
        out[n, 0], out[n, 2], out[n, 4] = blocks[block, 0], blocks[block, 1], blocks[block, 2]
        out[n, 1], out[n, 3], out[n, 5] = counts[person, 0], counts[person, 1], counts[person, 2]
    for n in range(len(people)):
        person = people[n]
        names, phones, homes = out[n, 0], out[n, 2], out[n, 4]
        for other in range(person >> BLOCK << BLOCK, person):
            names += counts[other, 0]
            phones += counts[other, 1]
            homes += counts[other, 2]
        out[n, 0], out[n, 1] = names, names + out[n, 1]
        out[n, 2], out[n, 3] = phones, phones + out[n, 3]
        out[n, 4], out[n, 5] = homes, homes + out[n, 5]
    return out


def packed(segment: Segment) -> Flat:
    """Lay the named arrays end to end."""
    width = {name: kind for kind, names in WIDTHS.items() for name in names}
    runs: dict[str, list[Any]] = {"i32": [], "i64": [], "u16": [], "u8": []}
    at, filled = np.zeros((len(segment), 2), np.int64), Counter[str]()
    for n, (name, array) in enumerate(zip(segment._fields, segment, strict=True)):
        kind = width.get(name, "i32")
        at[n] = filled[kind], filled[kind] + array.size
        filled[kind] += array.size
        runs[kind].append(array.reshape(-1))
    types = {"i32": np.int32, "i64": np.int64, "u16": np.uint16, "u8": np.uint8}
    return Flat(at, *(np.concatenate(runs[kind]).astype(types[kind], copy=False) for kind in types))


def save(flat: Flat, file: Path, about: dict[str, Any]) -> None:
    """Write the file whole or not at all: readers keep the old one until the name points to the new."""
    file.parent.mkdir(parents=True, exist_ok=True)
    arrays = [flat.at.reshape(-1), *flat[1:]]
    fields, begins = [], 0
    for array in arrays:
        fields.append([array.dtype.str, len(array), begins])
        begins += -(-array.nbytes // ALIGNED) * ALIGNED
    head = json.dumps({"about": about, "names": Segment._fields, "fields": fields, "bytes": begins}).encode()
    front = MAGIC + len(head).to_bytes(8, "little") + head
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=file.name, suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(front.ljust(-(-len(front) // ALIGNED) * ALIGNED, b"\0"))
            for array in arrays:
                out.write(array.data)
                out.write(b"\0" * (-array.nbytes % ALIGNED))
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load(file: Path) -> tuple[Flat, dict[str, Any]]:
    """Map a file that `save` wrote; a file that is cut short or of another version is refused."""
    try:
        with file.open("rb") as source:
            if source.read(len(MAGIC)) != MAGIC:
                raise FileUnusable(f"{file.name} is not an index of this version.")
            length = int.from_bytes(source.read(8), "little")
            if length > MOST_HEAD:
                raise FileUnusable(f"{file.name} is damaged.")
            head = json.loads(source.read(length))
            # Read ahead in one go: found page by page, the first searches after a start waited for the disk.
            os.posix_fadvise(source.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)
        begins = -(-(len(MAGIC) + 8 + length) // ALIGNED) * ALIGNED
        if file.stat().st_size != begins + head["bytes"] or tuple(head["names"]) != Segment._fields:
            raise FileUnusable(f"{file.name} is not whole.")
        # Not "r": arrays that may not be written are another type, and everything would be compiled for it anew.
        mapped = np.asarray(np.memmap(file, np.uint8, "c", begins))
        at, *arrays = (_view(mapped, *field) for field in head["fields"])
        return Flat(at.reshape(-1, 2), *arrays), head["about"]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise FileUnusable(f"{file.name} cannot be used: {fault}") from fault


def _view(mapped: Any, kind: str, length: int, at: int) -> Any:
    dtype = np.dtype(kind)
    return mapped[at : at + length * dtype.itemsize].view(dtype)
