"""Plain values of people, places and incidents: what queries return and pages show."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta


class Missing(LookupError):
    """There is no such record, or none that this reader may know of."""


@dataclass(frozen=True)
class PartialDate:
    """A date of birth as far as it is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        if self.year is None:
            return "date of birth not known"
        if self.month is None:
            return str(self.year)
        if self.day is None:
            return f"{date(2000, self.month, 1):%b} {self.year}"
        return f"{self.day} {date(2000, self.month, 1):%b} {self.year}"

    def age_on(self, day: date) -> int | None:
        """Return the age in whole years, or None when the year is not known. Unknown parts count as the last."""
        if self.year is None:
            return None
        had_birthday = (self.month or 12, self.day or 31) <= (day.month, day.day)
        return day.year - self.year - (0 if had_birthday else 1)

    def span(self) -> tuple[date | None, date | None]:
        """Return the first and the last day that it may be; None and None where the year is not known."""
        if self.year is None:
            return None, None
        if self.month is None:
            return date(self.year, 1, 1), date(self.year, 12, 31)
        if self.day is None:
            nearly = date(self.year, self.month, 28) + timedelta(days=4)
            return date(self.year, self.month, 1), nearly.replace(day=1) - timedelta(days=1)
        return date(self.year, self.month, self.day), date(self.year, self.month, self.day)


@dataclass(frozen=True)
class MarkerView:
    """A warning as shown: words, bearer, how long it still holds."""

    kind: str
    detail: str
    from_at: datetime
    expires_at: datetime | None
    source: str


@dataclass(frozen=True)
class PersonView:
    """Somebody as shown on cards and lists."""

    id: uuid.UUID
    name: str
    sex: str
    born: PartialDate
    other_names: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()
    markers: tuple[MarkerView, ...] = ()
    address: str = ""
    place_id: uuid.UUID | None = None
    compartment: str = ""

    @property
    def unnamed(self) -> bool:
        """Whether nobody has named them yet: what is shown says how they looked."""
        return ("described", self.name) in self.other_names


@dataclass(frozen=True)
class RestrictionView:
    """A time in which a record was open only to those cleared."""

    compartment: str
    reason: str
    at: datetime
    by_name: str
    lifted_at: datetime | None
    lifted_by_name: str
    lifted_reason: str


@dataclass(frozen=True)
class PlaceView:
    """An address as shown."""

    id: uuid.UUID
    address: str
    postcode: str
    district: str
    area: str
    force: str
    beat: str
    markers: tuple[MarkerView, ...] = ()
    point: tuple[float, float] | None = None
    """Latitude and longitude."""
    pinned: bool = True
    """Whether it is one place, and not only a town or the district of a postcode."""


@dataclass(frozen=True)
class Resident:
    """Somebody tied to a place on a day."""

    person_id: uuid.UUID
    name: str
    age: int | None
    kind: str
    from_date: date | None
    to_date: date | None


@dataclass(frozen=True)
class PartView:
    """Somebody's part in an incident."""

    person: PersonView
    role: str
    vulnerabilities: tuple[str, ...]


@dataclass(frozen=True)
class IncidentView:
    """An incident as shown, with everyone in it."""

    id: uuid.UUID
    reference: str
    channel: str
    received_at: datetime
    caller_number: str
    summary: str
    opening_code: str
    opening_qualifiers: tuple[str, ...]
    closing_codes: tuple[str, ...]
    closing_qualifiers: tuple[str, ...]
    closed_at: datetime | None
    result: str
    place: PlaceView | None
    parts: tuple[PartView, ...]
    source: str


@dataclass(frozen=True)
class PastIncident:
    """One line of history: what, when, who in which part."""

    id: uuid.UUID
    reference: str
    received_at: datetime
    opening_code: str
    qualifiers: tuple[str, ...]
    caller_number: str
    place_id: uuid.UUID | None
    parts: tuple[tuple[uuid.UUID, str], ...]


def split_name(said: str) -> tuple[str, str]:
    """Split a name as people say or write it into forenames and surname: "Danyel Hewitt", "HEWITT, Danyel"."""
    before, comma, after = said.partition(",")
    if comma:
        return after.strip(), before.strip()
    forenames, _, surname = said.strip().rpartition(" ")
    return (forenames.strip(), surname) if forenames else (surname, "")
