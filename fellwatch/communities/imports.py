"""Partners' files of people: one kind for each agency, every record kept under the agency's own reference."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial

from fellwatch.communities.agencies import AGENCIES
from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.imports.cells import text
from fellwatch.foundation.imports.importers import Cells, Column, Importer, Reason, Written, Wrong
from fellwatch.recognition import addresses, dates, index, phones
from fellwatch.recognition.typed import Trouble
from fellwatch.records import sources
from fellwatch.records.access import LOAD
from fellwatch.records.models import SourceRecord
from fellwatch.records.values import PartialDate

PREFIX = "partner_"
SEXES = {"f": "female", "female": "female", "m": "male", "male": "male", "other": "other", "x": "other"}
NO_NUMBER = {"", "n/a", "na", "none", "unknown", "-", "not known"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class PartnerRow:
    """One person as an agency knows them."""

    reference: str
    forenames: str
    surname: str
    sex: str
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    phone: str
    flat: str
    house: str
    street: str
    town: str
    postcode: str
    nhs_number: str


def _line(limit: int, given: str) -> str | Wrong:
    if _CONTROL.search(given):
        return Wrong("It holds a control character.", "Export the row again without it.")
    return text(limit)(given)


def _born(given: str) -> PartialDate | Wrong:
    """Read a date of birth, whole or in part; what stands for none is none."""
    if given.strip().casefold() in NO_NUMBER:
        return PartialDate()
    read = dates.read(given, today=clock.london_date(clock.now()))
    return Wrong("This is not a date of birth.", read.message) if isinstance(read, Trouble) else read


def _phone(given: str) -> str | Wrong:
    if given.strip().casefold() in NO_NUMBER:
        return ""
    read = phones.read(given)
    return Wrong("This is not a telephone number.", read.message) if isinstance(read, Trouble) else read


def _sex(given: str) -> str:
    return SEXES.get(given.strip().casefold(), "unknown")


def _nhs(given: str) -> str | Wrong:
    """Read an NHS number: ten digits, the last of which checks the others (NHS Data Dictionary)."""
    if given.strip().casefold() in NO_NUMBER:
        return ""
    digits = re.sub(r"[\s-]", "", given)
    if not re.fullmatch(r"[0-9]{10}", digits):
        return Wrong("This is not an NHS number.", "Write its ten digits, or leave it empty.")
    check = 11 - sum(int(d) * (10 - n) for n, d in enumerate(digits[:9])) % 11
    if (0 if check == 11 else check) != int(digits[9]):
        return Wrong("The last digit does not fit the others.", "Check the NHS number against its source.")
    return digits


def _postcode(given: str) -> str:
    """Keep a postcode as written where it is not whole: a partner often has only a part."""
    return addresses.postcode(given) or " ".join(given.upper().split())[:10]


COLUMNS = (
    Column("reference", required=True, aliases=("id", "case number", "person id", "client id", "record id"),
           parse=partial(_line, 100), help="The agency's own number for this person."),
    Column("forenames", aliases=("forename", "first name", "given name", "first names"), parse=partial(_line, 100)),
    Column("surname", required=True, aliases=("last name", "family name"), parse=partial(_line, 100),
           may_be_blank=True),
    Column("sex", aliases=("gender",), parse=_sex, empty="unknown"),
    Column("date_of_birth", aliases=("dob", "birth date", "date of birth"), parse=_born, empty=PartialDate(),
           help="Whole or in part: 4/3/1991, 3/1991, 1991."),
    Column("phone", aliases=("telephone", "mobile", "phone number", "contact number"), parse=_phone),
    Column("address", aliases=("address line", "full address", "home address"), parse=partial(_line, 300),
           help="On one line: Flat 2, 14 Tarn Row."),
    Column("town", aliases=("city",), parse=partial(_line, 100)),
    Column("postcode", aliases=("post code",), parse=_postcode),
    Column("nhs_number", aliases=("nhs", "nhs no"), parse=_nhs, help="Ten digits. It tells twins apart."),
)  # fmt: skip


def _build(cells: Cells) -> PartnerRow | tuple[Reason, ...]:
    if not (cells["surname"] or cells["forenames"]):
        return (Reason("surname", "Nobody is named.", "Give a surname or a forename."),)
    where = addresses.read(cells["address"])
    born: PartialDate = cells["date_of_birth"]
    return PartnerRow(
        cells["reference"],
        cells["forenames"],
        cells["surname"],
        cells["sex"],
        born.year,
        born.month if born.year else None,
        born.day if born.year else None,
        cells["phone"],
        where.flat.upper(),
        where.house.title(),
        where.street.title(),
        cells["town"],
        cells["postcode"] or where.postcode,
        cells["nhs_number"],
    )


def _key(row: PartnerRow) -> str:
    return row.reference


def _stored(agency: str, rows: Sequence[PartnerRow], by: Actor) -> Mapping[str, PartnerRow]:
    found = SourceRecord.objects.filter(agency=agency, reference__in=[row.reference for row in rows])
    names = list(PartnerRow.__dataclass_fields__)
    return {one.reference: PartnerRow(**{name: getattr(one, name) for name in names}) for one in found}


def _write(
    agency: str, added: Sequence[PartnerRow], changed: Sequence[PartnerRow], by: Actor, now: datetime
) -> Written:
    """Store new records, and what changed of known ones; what is new of somebody joined is theirs at once."""
    SourceRecord.objects.bulk_create(
        [SourceRecord(agency=agency, received_at=now, changed_at=now, **asdict(row)) for row in added]
    )
    for row in changed:
        SourceRecord.objects.filter(agency=agency, reference=row.reference).update(changed_at=now, **asdict(row))
    people = sources.tell_again(agency, [row.reference for row in changed], by=by, now=now) if changed else ()
    index.refresh(people)
    return Written(frozenset[uuid.UUID](people))


def _importer(agency: str, named: str) -> Importer[PartnerRow]:
    return Importer(
        name=f"{PREFIX}{agency}",
        title=f"People known to {named}",
        permission=LOAD,
        columns=COLUMNS,
        build=_build,
        key=_key,
        stored=partial(_stored, agency),
        write=partial(_write, agency),
        help="A partner's people: each with the partner's own reference. Linked to ours afterwards.",
    )


IMPORTERS = tuple(_importer(code, named) for code, named in AGENCIES.items())
