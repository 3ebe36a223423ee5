"""People as growing columns of numbers, before they are sorted into an index."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fellwatch.recognition.addresses import Address
from fellwatch.recognition.arrays import packing
from fellwatch.recognition.held import PLAIN_KINDS, Held

FORMER = NOW = 1 << 30
MOST_NAMES, MOST_PHONES, MOST_HOMES = 30, 30, 40
SEXES = {"female": 1, "male": 2}


class Columns:
    """Everybody so far: a row a person, with counts of names, telephones and homes that follow in their own columns."""

    def __init__(self) -> None:
        self.number: Any = array("i")
        self.born: Any = array("i")
        self.sex: Any = array("B")
        self.names: Any = array("B")
        self.phones: Any = array("B")
        self.homes: Any = array("B")
        self.forenames: Any = array("i")
        self.surnames: Any = array("i")
        self.telephones: Any = array("q")
        self.places: Any = array("i")
        self.identifiers: list[tuple[int, int, int]] = []
        self.forename_texts: dict[str, int] = {}
        self.surname_texts: dict[str, int] = {}
        self.addresses: dict[tuple[int, int, int, int], int] = {}
        self._written: dict[tuple[str, str, str, str], int] = {}

    def __len__(self) -> int:
        return len(self.number)

    def add(self, held: Held, number: int) -> None:
        """Add one person as the index holds them."""
        self.row(
            number,
            names=[(n.former, n.forenames, n.surname) for n in held.names],
            born=packing.born(held.born),
            sex=held.sex,
            phones=[packing.phone(p) for p in held.phones],
            homes=[(a.now, self.place(a.address)) for a in held.addresses],
        )
        for kind, value in held.identifiers:
            self.identifiers.append((len(self) - 1, packing.digest(kind), packing.digest(f"{kind}|{value}")))

    def stored(self, document: Mapping[str, Any], number: int) -> None:
        """Add one person from the document that the entry keeps (`held.to_json`), as `add` would, but sooner."""
        self.row(
            number,
            names=[(kind not in PLAIN_KINDS, forenames, surname) for kind, forenames, surname in document["n"]],
            born=packing.born_of(*document["b"]),
            sex=document["s"],
            phones=[packing.phone(number) for number in document["p"]],
            homes=[(bool(now), self._place(*parts)) for now, *parts in document["a"]],
        )
        for kind, value in document["i"]:
            self.identifiers.append((len(self) - 1, packing.digest(kind), packing.digest(f"{kind}|{value}")))

    def _place(self, flat: str, house: str, street: str, postcode: str) -> int:
        written = (flat, house, street, postcode)
        found = self._written.get(written)
        if found is None:
            found = self._written[written] = self.place(Address(*written))
        return found

    def place(self, where: Address) -> int:
        """Return the row of an address, the same for the same address."""
        packed = packing.address(where)
        return self.addresses.setdefault(packed, len(self.addresses))

    def row(
        self,
        number: int,
        *,
        names: Sequence[tuple[bool, str, str]],
        born: int,
        sex: str,
        phones: Sequence[int],
        homes: Sequence[tuple[bool, int]],
    ) -> None:
        """Add one person: names as (former, forenames, surname), homes as (lives there now, row of the address)."""
        self.number.append(number)
        self.born.append(born)
        self.sex.append(SEXES.get(sex, 0))
        self.names.append(min(len(names), MOST_NAMES))
        self.phones.append(min(len(phones), MOST_PHONES))
        self.homes.append(min(len(homes), MOST_HOMES))
        self._names(names[:MOST_NAMES])
        self.telephones.extend(phones[:MOST_PHONES])
        self.places.extend(place | (NOW if now else 0) for now, place in homes[:MOST_HOMES])

    def _names(self, names: Iterable[tuple[bool, str, str]]) -> None:
        for former, forenames, surname in names:
            self.forenames.append(self.forename_texts.setdefault(forenames, len(self.forename_texts)))
            known = self.surname_texts.setdefault(surname, len(self.surname_texts))
            self.surnames.append(known | (FORMER if former else 0))
