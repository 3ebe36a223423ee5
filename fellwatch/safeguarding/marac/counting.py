"""The quarter in numbers, under our own labels, and the rate of cases for the size of the population."""

import csv
import io
from datetime import UTC, date, datetime, time

from django.conf import settings

from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.meetings import queries as meetings
from fellwatch.safeguarding.marac.access import READ
from fellwatch.safeguarding.marac.models import MaracReferral
from fellwatch.safeguarding.marac.values import Return

EQUALITY = {
    "ethnic_minority": "Victims of an ethnic minority",
    "lgbt": "Victims who are lesbian, gay, bisexual or trans",
    "disabled": "Victims with a disability",
    "male": "Male victims",
    "aged_16_17": "Victims aged 16 or 17",
}


def quarter_of(day: date) -> tuple[date, date]:
    """Return the first day of a day's quarter, and of the next."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    until = date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return first, until


@access.reads
def quarter(first: date, until: date, *, by: Actor) -> Return:
    """Count the cases heard from a day until another: names nobody. Kept cases count only for those who see them."""
    access.check(by, READ)
    rows = list(MaracReferral.objects.filter(heard_date__gte=first, heard_date__lt=until).prefetch_related("contacts"))
    triaged = MaracReferral.objects.filter(triaged_at__gte=_at(first), triaged_at__lt=_at(until))
    turned = triaged.exclude(triage_outcome="full").count()
    lines = [
        ("cases", "Cases heard", len(rows)),
        ("repeats", "Of these, repeats", sum(row.repeat for row in rows)),
        ("police", "Referred by the police", sum(row.source == "police" for row in rows)),
        ("partners", "Referred by partners", sum(row.source != "police" for row in rows)),
        ("children", "Children in these households", sum(row.children for row in rows)),
        *((code, label, sum(code in row.equality for row in rows)) for code, label in EQUALITY.items()),
        ("triaged", "Police referrals that a panel decided on", triaged.count()),
        ("turned_down", "Of these, not heard", turned),
    ]
    audit.record(
        by=by,
        action="consultation",
        sentence="marac.return_read",
        subject=("quarter", first),
        detail={"cases": len(rows)},
    )
    return Return(first, until, tuple(lines), tuple(_shares(rows, first, until, by=by)))


def _shares(rows: list[MaracReferral], first: date, until: date, *, by: Actor) -> list[tuple[str, str, str]]:
    asked, owed = meetings.settled(_at(first), _at(until), by=by)
    done = [one for one in owed if one.state == "done" and one.answered_at and one.answered_at.date() <= one.due_date]
    answered = [one for one in asked if one.answered_at and not one.late]
    in_time = [row for row in rows if _reached_in_time(row)]
    women = settings.FELLWATCH_ADULT_WOMEN
    rate = f"{10_000 * len(rows) / women:.1f}" if women else "population not set"
    repeats = sum(row.repeat for row in rows)
    return [
        ("repeat_share", "Repeats among the cases", _of(repeats, len(rows))),
        ("reached", "Victims reached in time by an adviser", _of(len(in_time), len(rows))),
        ("research", "Agencies' answers that came in time", _of(len(answered), len(asked))),
        ("actions", "Actions done by their day", _of(len(done), len(owed))),
        ("rate", "Cases for each 10,000 women aged 16 and over", rate),
    ]


def _reached_in_time(row: MaracReferral) -> bool:
    reached = min((one.at for one in row.contacts.all() if one.reached), default=None)
    return reached is not None and row.contact_due_at is not None and reached <= row.contact_due_at


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.0f} %)" if whole else "none fell due"


def _at(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def as_csv(found: Return) -> str:
    """Return the quarter as a file for a spreadsheet."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(["From", "Until, not counted", "Code", "What", "Value"])
    for code, label, value in (*found.lines, *found.share):
        write.writerow([found.first.isoformat(), found.until.isoformat(), code, label, value])
    return out.getvalue()
