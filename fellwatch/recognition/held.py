"""What the index holds of one person, ready to be compared, and its form as JSON. Pure."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fellwatch.recognition.addresses import Address
from fellwatch.records.values import PartialDate

PLAIN_KINDS = frozenset({"current", "reported", "transliterated"})


@dataclass(frozen=True)
class HeldName:
    """A name as recorded: kind, forenames and surname."""

    kind: str
    forenames: str
    surname: str

    @property
    def former(self) -> bool:
        """Whether it is a maiden, former, alias or pet name, so that sharing it says a little less."""
        return self.kind not in PLAIN_KINDS

    def __str__(self) -> str:
        return f"{self.forenames} {self.surname}".strip()


@dataclass(frozen=True)
class HeldAddress:
    """An address as compared, and whether they live there now."""

    now: bool
    address: Address


@dataclass(frozen=True)
class Held:
    """One person as the index holds them."""

    person_id: uuid.UUID
    names: tuple[HeldName, ...] = ()
    born: PartialDate = field(default_factory=PartialDate)
    sex: str = "unknown"
    phones: tuple[str, ...] = ()
    addresses: tuple[HeldAddress, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The name to show: the current one, else any."""
        first = next((n for n in self.names if n.kind == "current"), self.names[0] if self.names else None)
        return str(first) if first else "Name not known"


def to_json(held: Held) -> dict[str, Any]:
    """Return the document that the entry keeps; `from_json` gives the same value back."""
    return {
        "n": [[n.kind, n.forenames, n.surname] for n in held.names],
        "b": [held.born.year, held.born.month, held.born.day],
        "s": held.sex,
        "p": list(held.phones),
        "a": [
            [int(a.now), a.address.flat, a.address.house, a.address.street, a.address.postcode] for a in held.addresses
        ],
        "i": [list(pair) for pair in held.identifiers],
    }


def from_json(person_id: uuid.UUID, document: Mapping[str, Any]) -> Held:
    """Return the person whose document this is."""
    return Held(
        person_id=person_id,
        names=tuple(HeldName(*name) for name in document["n"]),
        born=PartialDate(*document["b"]),
        sex=document["s"],
        phones=tuple(document["p"]),
        addresses=tuple(_address(row) for row in document["a"]),
        identifiers=tuple((kind, value) for kind, value in document["i"]),
    )


def _address(row: Sequence[Any]) -> HeldAddress:
    return HeldAddress(bool(row[0]), Address(*row[1:]))


def identifier(value: str) -> str:
    """Return an identifier as compared: letters and digits only."""
    return "".join(c for c in value.upper() if c.isalnum())[:60]
