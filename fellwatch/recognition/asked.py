"""What is being asked: fields as typed, and as read for comparison. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fellwatch.recognition import addresses, dates, held, names, phones
from fellwatch.recognition.addresses import Address
from fellwatch.recognition.names import TypedName
from fellwatch.recognition.typed import Trouble
from fellwatch.records.values import PartialDate

SEXES = {"f": "female", "female": "female", "m": "male", "male": "male", "other": "other"}


@dataclass(frozen=True)
class Asked:
    """A query as understood. `phone_begins` is a half-typed number; `troubles` is what could not be read."""

    name: TypedName = field(default_factory=TypedName)
    born: PartialDate = field(default_factory=PartialDate)
    phone: str = ""
    phone_begins: str = ""
    address: Address = field(default_factory=Address)
    sex: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that can be searched by, for the log: which were given, never what they said."""
        given = {
            "name": bool(self.name),
            "date_of_birth": self.born != PartialDate(),
            "phone": bool(self.phone or self.phone_begins),
            "address": bool(self.address),
            "sex": bool(self.sex),
            "identifier": bool(self.identifiers),
        }
        return tuple(name for name, stands in given.items() if stands)


def read(
    *,
    today: date,
    name: str = "",
    forename: str = "",
    surname: str = "",
    date_of_birth: str = "",
    phone: str = "",
    address: str = "",
    place: Address | None = None,
    sex: str = "",
    identifiers: Mapping[str, str] | None = None,
) -> Asked:
    """Read every field as far as it goes. A field in trouble is left out of the search and told of."""
    born = dates.read(date_of_birth, today=today)
    number = phones.read(phone)
    return Asked(
        name=names.read(name=name, forename=forename, surname=surname),
        born=born if isinstance(born, PartialDate) else PartialDate(),
        phone=number if isinstance(number, str) else "",
        phone_begins=phones.beginning(phone) if isinstance(number, Trouble) else "",
        address=place or addresses.read(address),
        sex=SEXES.get(sex.strip().lower(), ""),
        identifiers=tuple((k, read) for k, v in (identifiers or {}).items() if (read := held.identifier(v))),
        typed={
            "forename": forename or name, "surname": surname or name, "date_of_birth": date_of_birth,
            "phone": phone, "address": address, "sex": sex,
        },
        troubles=tuple(t for t in (born, number) if isinstance(t, Trouble)),
    )  # fmt: skip
