"""The quarter in numbers, under our own labels, and the rate of cases for the size of the population."""

import csv
import io
from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db.models import Count, F, Q, Sum

from fellwatch.foundation import access, audit, clock
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
    heard, start, end = _heard(first, until), clock.midnight(first), clock.midnight(until)
    triaged = MaracReferral.objects.filter(triaged_at__gte=start, triaged_at__lt=end).aggregate(
        all=Count("id"), turned=Count("id", filter=~Q(triage_outcome="full"))
    )
    lines = [
        ("cases", "Cases heard", heard["cases"]),
        ("repeats", "Of these, repeats", heard["again"]),
        ("police", "Referred by the police", heard["police"]),
        ("partners", "Referred by partners", heard["cases"] - heard["police"]),
        ("children", "Children in these households", heard["households"]),
        *((code, label, heard[code]) for code, label in EQUALITY.items()),
        ("triaged", "Police referrals that a panel decided on", triaged["all"]),
        ("turned_down", "Of these, not heard", triaged["turned"]),
    ]
    audit.record(
        by=by,
        action="consultation",
        sentence="marac.return_read",
        subject=("quarter", first),
        detail={"cases": heard["cases"]},
    )
    return Return(first, until, tuple(lines), tuple(_shares(heard, first, until, by=by)))


def _heard(first: date, until: date) -> dict[str, int]:
    """Count the cases heard from a day until another, in one pass."""
    rows = MaracReferral.objects.filter(heard_date__gte=first, heard_date__lt=until)
    return rows.aggregate(
        cases=Count("id"),
        again=Count("id", filter=Q(repeat=True)),
        police=Count("id", filter=Q(source="police")),
        households=Sum("children", default=0),
        reached=Count("id", filter=Q(reached_at__lte=F("contact_due_at"))),
        **{code: Count("id", filter=Q(equality__contains=[code])) for code in EQUALITY},
    )


def _shares(heard: Mapping[str, int], first: date, until: date, *, by: Actor) -> list[tuple[str, str, str]]:
    due, cases = meetings.settled(clock.midnight(first), clock.midnight(until), by=by), heard["cases"]
    women = settings.FELLWATCH_ADULT_WOMEN
    rate = f"{10_000 * cases / women:.1f}" if women else "population not set"
    return [
        ("repeat_share", "Repeats among the cases", _of(heard["again"], cases)),
        ("reached", "Victims reached in time by an adviser", _of(heard["reached"], cases)),
        ("research", "Agencies' answers that came in time", _of(due.answered, due.asked)),
        ("actions", "Actions done by their day", _of(due.done, due.owed)),
        ("rate", "Cases for each 10,000 women aged 16 and over", rate),
    ]


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.0f} %)" if whole else "none fell due"


def as_csv(found: Return) -> str:
    """Return the quarter as a file for a spreadsheet."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(["From", "Until, not counted", "Code", "What", "Value"])
    for code, label, value in (*found.lines, *found.share):
        write.writerow([found.first.isoformat(), found.until.isoformat(), code, label, value])
    return out.getvalue()
