"""How the incident feed of another control-room system is read: its columns, and a row as a call.

A person stands in columns person_1_role, person_1_surname … or, in JSON, in a list "people".
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from fellwatch.contact import checks, rulings
from fellwatch.contact.values import Call, DraftPerson
from fellwatch.foundation import clock
from fellwatch.foundation.imports.cells import moment, prose, short, text
from fellwatch.foundation.imports.importers import Cells, Column, Reason, Wrong
from fellwatch.recognition import dates, phones
from fellwatch.recognition.typed import Trouble
from fellwatch.records.actions import NewPerson, NewPlace
from fellwatch.records.geography import postcodes
from fellwatch.records.values import PartialDate

FEED = uuid.UUID("0f1d7f6e-3b1c-5d0e-9a51-666565640001")
MOST_PEOPLE = 8
SEXES = {
    "f": "female",
    "female": "female",
    "m": "male",
    "male": "male",
    "other": "other",
    "unknown": "unknown",
}


@dataclass(frozen=True)
class Closing:
    """How the other system closed an incident."""

    at: datetime
    result: str
    codes: tuple[str, ...]
    qualifiers: tuple[str, ...]


@dataclass(frozen=True)
class IncidentRow:
    """One incident. Only what identifies it and its closing are compared with what stands."""

    reference: str
    channel: str
    received_at: datetime
    opening_code: str
    closed_at: datetime | None
    call: Call | None = field(default=None, compare=False)
    closing: Closing | None = field(default=None, compare=False)


def _codes(given: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in given.replace("|", ";").split(";") if part.strip())


def _phone(given: str) -> str | Wrong:
    read = phones.read(given)
    return Wrong(f"{short(given)} is not a telephone number.", read.message) if isinstance(read, Trouble) else read


def _born(given: str) -> PartialDate | Wrong:
    read = dates.read(given, today=clock.london_date(clock.now()))
    return Wrong(f"{short(given)} is not a date of birth.", read.message) if isinstance(read, Trouble) else read


def _postcode(given: str) -> str | Wrong:
    read = postcodes.parse(given)
    return Wrong(read.wrong, read.do) if isinstance(read, postcodes.Problem) else str(read)


def _sex(given: str) -> str | Wrong:
    found = SEXES.get(given.casefold())
    return found or Wrong(f"{short(given)} is not one of the known values.", "Use female, male, other or unknown.")


def _of_person(at: int) -> Iterator[Column]:
    """Yield the columns of one person: person_1_role, or in JSON the first of "people"."""
    parts: tuple[tuple[str, tuple[str, ...], Callable[[str], object], object], ...] = (
        ("role", (), text(60), ""),
        ("forenames", ("forename", "first_name", "given_names"), text(200), ""),
        ("surname", ("last_name", "family_name"), text(200), ""),
        ("born", ("dob", "date_of_birth"), _born, PartialDate()),
        ("sex", ("gender",), _sex, "unknown"),
        ("phone", ("telephone", "mobile"), _phone, ""),
        ("vulnerabilities", (), _codes, ()),
    )
    for name, others, parse, empty in parts:
        aliases = tuple(f"{prefix}{one}" for one in (name, *others) for prefix in (f"people.{at}.", f"person{at}"))
        also = tuple(f"person_{at}_{one}" for one in others)
        yield Column(f"person_{at}_{name}", aliases=(*aliases, *also), parse=parse, empty=empty)


COLUMNS = (
    Column("reference", required=True, parse=text(60), aliases=("incident_number", "log_number", "incident_ref")),
    Column("received_at", required=True, parse=moment, aliases=("received", "created", "call_time", "date_time")),
    Column("channel", required=True, parse=text(60), aliases=("how_reported", "contact_method", "call_source")),
    Column("opening_code", required=True, parse=text(60), aliases=("nsir_opening", "incident_type", "type")),
    Column("qualifiers", aliases=("opening_qualifiers",), parse=_codes, empty=()),
    Column("occurred_at", aliases=("occurred",), parse=moment, empty=None),
    Column("caller_number", aliases=("caller_phone", "cli", "phone"), parse=_phone),
    Column("summary", aliases=("description", "text", "log"), parse=prose(checks.LONGEST)),
    Column("flat", aliases=("place.flat",), parse=text(30)),
    Column("house", aliases=("house_number", "place.house"), parse=text(60)),
    Column("street", aliases=("address", "place.street"), parse=text(200)),
    Column("town", aliases=("place.town",), parse=text(100)),
    Column("postcode", aliases=("place.postcode",), parse=_postcode),
    Column("described", aliases=("location", "place.described"), parse=text(300)),
    Column("closed_at", aliases=("closed",), parse=moment, empty=None),
    Column("closing_codes", aliases=("closing_code", "nsir_closing"), parse=_codes, empty=()),
    Column("closing_qualifiers", parse=_codes, empty=(), follows=("qualifiers",)),
    Column("result", aliases=("outcome", "closing_text"), parse=prose(checks.LONGEST)),
    *(column for at in range(1, MOST_PEOPLE + 1) for column in _of_person(at)),
)


def read(cells: Cells) -> IncidentRow | tuple[Reason, ...]:
    """Read a row as an incident, or return everything that is wrong with it."""
    call = _call(cells)
    reasons = [Reason(name, words, "") for name, words in checks.problems(call, now=clock.now()).items()]
    closing = _closing(cells)
    if isinstance(closing, Reason):
        reasons.append(closing)
    if reasons or isinstance(closing, Reason):
        return tuple(reasons)
    return IncidentRow(
        call.reference,
        call.channel,
        call.received_at,
        call.opening_code,
        closing.at if closing else None,
        call,
        closing,
    )


def _call(cells: Cells) -> Call:
    at = cells["received_at"]
    return Call(
        id=uuid.uuid5(FEED, cells["reference"]),
        reference=cells["reference"],
        channel=_code("channels", cells["channel"], at),
        opening_code=_code("nsir_opening", cells["opening_code"], at),
        received_at=at,
        occurred_at=cells["occurred_at"],
        qualifiers=tuple(_code("nsir_qualifiers", one, at) for one in cells["qualifiers"]),
        caller_number=cells["caller_number"],
        summary=cells["summary"],
        place=_place(cells),
        people=tuple(_people(cells, at)),
        source="feed",
    )


def _code(vocabulary: str, given: str, at: datetime) -> str:
    """Return the code meant by a code or by its words; what is neither is left for the checks to refuse."""
    plain = given.casefold()
    for one in rulings.codes(vocabulary, at).codes:
        if plain in (one.code.casefold(), one.label.casefold()):
            return one.code
    return given


def _place(cells: Cells) -> NewPlace | None:
    said = {name: cells[name] for name in ("flat", "house", "street", "town", "postcode", "described")}
    return NewPlace(**said) if any(said.values()) else None


def _people(cells: Cells, at: datetime) -> Iterator[DraftPerson]:
    for number in range(1, MOST_PEOPLE + 1):
        own = {name: cells[f"person_{number}_{name}"] for name in ("forenames", "surname", "born", "sex", "phone")}
        role = cells[f"person_{number}_role"]
        if not role and not any(own[name] for name in ("forenames", "surname", "phone")):
            continue
        who = "/".join(str(part).casefold() for part in (cells["reference"], *own.values()))
        person = NewPerson(**own, source="feed", id=uuid.uuid5(FEED, who))
        vulnerable = tuple(_code("vulnerabilities", one, at) for one in cells[f"person_{number}_vulnerabilities"])
        yield DraftPerson(_code("person_roles", role, at), new=person, vulnerabilities=vulnerable)


def _closing(cells: Cells) -> Closing | Reason | None:
    at, opened = cells["closed_at"], cells["received_at"]
    if at is None:
        return None
    if at < opened:
        return Reason("closed_at", "It was closed before it was received.", "Correct one of the times.")
    if at > clock.now() + checks.SLACK:
        return Reason("closed_at", "This time is in the future.", "Correct it.")
    codes = tuple(_code("nsir_closing", one, at) for one in cells["closing_codes"])
    if not codes or not cells["result"]:
        return Reason("closed_at", "A closed incident needs a closing code and a result.", "Fill in both.")
    qualifiers = tuple(_code("nsir_qualifiers", one, at) for one in cells["closing_qualifiers"] or cells["qualifiers"])
    return Closing(at, cells["result"], codes, qualifiers)
