"""Schools that can be told, and their calendars, as files: by the school's unique reference number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fellwatch.foundation.access import Actor
from fellwatch.foundation.imports.cells import day, text, whole_number
from fellwatch.foundation.imports.importers import Cells, Column, Importer, Reason, Written, Wrong
from fellwatch.records.models import School
from fellwatch.safeguarding.encompass.access import LOAD
from fellwatch.safeguarding.encompass.actions.calendars import MAIL, keep, recount_later, wrong_spell
from fellwatch.safeguarding.encompass.life import DAYS
from fellwatch.safeguarding.encompass.models import Establishment, SchoolDays
from fellwatch.safeguarding.encompass.values import NewEstablishment, NewSpell

ONE_DAY = timedelta(days=1)
MAY_BE_TOLD = ("voice", "demeanour")
NO_SCHOOL = Reason("urn", "No school of this number is held.", "Bring in the file of schools first, or correct it.")
NOT_TOLD = Reason("urn", "This school cannot be told yet.", "Bring in the file of schools to tell first.")


@dataclass(frozen=True)
class ToldRow:
    """Who is told at a school, when it begins, and what its agreement lets it be told."""

    urn: int
    kind: str
    lead_name: str
    email: str
    second_email: str
    telephone: str
    starts: time | None
    agreed: tuple[str, ...]
    agreed_until: date | None


@dataclass(frozen=True)
class DaysRow:
    """A spell of a school's calendar, both days included."""

    urn: int
    kind: str
    first_date: date
    last_date: date
    words: str


def agency_of(urn: int) -> str:
    """Return the code under which a school's people sign in."""
    return f"school-{urn}"


def _mail(said: str) -> str | Wrong:
    return (
        said if MAIL.fullmatch(said) else Wrong(f"{said[:40]!r} is no mail address.", "Write one, or leave it empty.")
    )


def _clock(said: str) -> time | Wrong:
    try:
        return time.fromisoformat(said.strip().zfill(5))
    except ValueError:
        return Wrong(f"{said[:20]!r} is no time of day.", "Write it such as 08:45.")


def _kind(said: str) -> str | Wrong:
    code = said.strip().casefold()
    return code if code in DAYS else Wrong(f"{said[:20]!r} is no kind of day.", f"Use one of {', '.join(DAYS)}.")


def _place(said: str) -> str | Wrong:
    code = said.strip().casefold()
    return code if code in {"school", "college"} else Wrong(f"{said[:20]!r} is neither.", "Use school or college.")


def _agreed(said: str) -> tuple[str, ...] | Wrong:
    codes = tuple(said.replace(",", " ").split())
    strange = [code for code in codes if code not in MAY_BE_TOLD]
    return Wrong(f"{strange[0][:20]!r} cannot be agreed.", f"Use {' and '.join(MAY_BE_TOLD)}.") if strange else codes


_URN = Column("urn", required=True, aliases=("URN",), parse=whole_number(100_000, 9_999_999))
TOLD = (
    _URN,
    Column("kind", parse=_place, empty="school", help="school or college"),
    Column("lead_name", aliases=("dsl", "Designated safeguarding lead", "lead"), parse=text(200)),
    Column("email", aliases=("dsl_email", "mail"), parse=_mail),
    Column("second_email", aliases=("deputy_email",), parse=_mail),
    Column("telephone", aliases=("phone",), parse=text(40)),
    Column("starts", aliases=("start_time", "school_begins"), parse=_clock, empty=None, help="Such as 08:45."),
    Column("agreed", parse=_agreed, empty=(), help="voice, demeanour: what the agreement adds to the duty."),
    Column("agreed_until", aliases=("agreement_ends",), parse=day, empty=None),
)
CALENDAR = (
    _URN,
    Column("kind", required=True, aliases=("type",), parse=_kind, help="term, inset or closed"),
    Column("first_date", required=True, aliases=("first_day", "starts", "from"), parse=day),
    Column("last_date", aliases=("last_day", "ends", "to"), parse=day, empty=None, help="Empty: one day."),
    Column("words", aliases=("name", "title"), parse=text(200)),
)


def _build_told(cells: Cells) -> ToldRow | tuple[Reason, ...]:
    return ToldRow(**{column.name: cells[column.name] for column in TOLD})


def _stored_told(rows: Sequence[ToldRow], by: Actor) -> Mapping[str, ToldRow]:
    found = Establishment.objects.filter(school__urn__in=[row.urn for row in rows]).select_related("school")
    return {
        str(one.school.urn): ToldRow(
            one.school.urn, one.kind, one.lead_name, one.email, one.second_email, one.telephone, one.starts,
            tuple(one.agreed), one.agreed_until,
        )
        for one in found
        if one.school
    }  # fmt: skip


def _write_told(added: Sequence[ToldRow], changed: Sequence[ToldRow], by: Actor, now: datetime) -> Written:
    rows = (*added, *changed)
    found = School.objects.filter(urn__in=[row.urn for row in rows]).select_related("place")
    schools = {one.urn: one for one in found}
    known = dict(Establishment.objects.filter(school__in=schools.values()).values_list("school__urn", "agency"))
    for row in rows:
        if school := schools.get(row.urn):
            keep(
                NewEstablishment(
                    name=_name(school), agency=known.get(row.urn, agency_of(row.urn)), kind=row.kind,
                    school_id=school.id,
                    lead_name=row.lead_name, email=row.email, second_email=row.second_email, telephone=row.telephone,
                    starts=row.starts, agreed=row.agreed, agreed_until=row.agreed_until,
                    closed_date=school.closed_date,
                ),
                by=by, now=now,
            )  # fmt: skip
    return Written(refused={str(row.urn): (NO_SCHOOL,) for row in rows if row.urn not in schools})


def _name(school: School) -> str:
    """Return a school's name with its town or postcode: many share a name, and none may be told for another."""
    where = school.place.town or school.place.postcode
    return f"{school.name}, {where}" if where else school.name


def _build_days(cells: Cells) -> DaysRow | tuple[Reason, ...]:
    last = cells["last_date"] or cells["first_date"]
    wrong = wrong_spell(NewSpell(cells["kind"], cells["first_date"], last))
    if wrong:
        return (Reason("last_date", wrong, ""),)
    return DaysRow(cells["urn"], cells["kind"], cells["first_date"], last, cells["words"])


def _key(row: DaysRow) -> str:
    return f"{row.urn} {row.kind} {row.first_date}"


def _stored_days(rows: Sequence[DaysRow], by: Actor) -> Mapping[str, DaysRow]:
    found = SchoolDays.objects.filter(
        establishment__school__urn__in={row.urn for row in rows}, first_date__in={row.first_date for row in rows}
    ).select_related("establishment__school")
    stored = (
        DaysRow(one.establishment.school.urn, one.kind, one.first_date, one.end_date - ONE_DAY, one.words)
        for one in found
        if one.establishment.school
    )
    return {_key(row): row for row in stored}


def _write_days(added: Sequence[DaysRow], changed: Sequence[DaysRow], by: Actor, now: datetime) -> Written:
    rows = (*added, *changed)
    found = Establishment.objects.filter(school__urn__in={row.urn for row in rows}).select_related("school")
    schools = {one.school.urn: one for one in found if one.school}
    SchoolDays.objects.bulk_create(
        [
            SchoolDays(
                establishment=schools[row.urn], kind=row.kind, first_date=row.first_date,
                end_date=row.last_date + ONE_DAY, words=row.words, noted_at=now, noted_by_name=by.name,
            )
            for row in rows
            if row.urn in schools
        ],
        update_conflicts=True,
        unique_fields=["establishment", "kind", "first_date"],
        update_fields=["end_date", "words", "noted_at", "noted_by_name"],
    )  # fmt: skip
    for school in schools.values():
        recount_later(school.id)
    return Written(refused={_key(row): (NOT_TOLD,) for row in rows if row.urn not in schools})


IMPORTERS = (
    Importer(
        name="schools_to_tell",
        title="Schools to tell",
        permission=LOAD,
        columns=TOLD,
        build=_build_told,
        key=lambda row: str(row.urn),
        stored=_stored_told,
        write=_write_told,
        help="Who is told at each school of a child at risk, when its day begins, and until when its agreement holds.",
    ),
    Importer(
        name="school_calendars",
        title="School calendars",
        permission=LOAD,
        columns=CALENDAR,
        build=_build_days,
        key=_key,
        stored=_stored_days,
        write=_write_days,
        help="Terms, inset days and closures of schools, one spell a line. Each half of a term has its own line.",
    ),
)
