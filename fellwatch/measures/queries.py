"""Every read of measures."""

from dataclasses import dataclass
from datetime import datetime

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.counts import Kept
from fellwatch.measures.access import READ
from fellwatch.measures.indicators import INDICATORS, Indicator
from fellwatch.measures.models import NationalFigure
from fellwatch.response import figures
from fellwatch.response.figures import Month


@dataclass(frozen=True)
class Measure:
    """An indicator over its months with the national figure beside it, where one was loaded."""

    indicator: Indicator
    months: tuple[Month, ...]
    values: tuple[float | None, ...]
    national: float | None
    national_source: str


@dataclass(frozen=True)
class Measured:
    """Every measure, and which calls were counted before they were asked for, and when."""

    measures: tuple[Measure, ...]
    kept: Kept | None


@access.reads
def response_monthly(*, by: Actor, now: datetime) -> Measured:
    """Return every measure of response by month; the read of the figures is logged by the room."""
    access.check(by, READ)
    found = figures.monthly(by=by, now=now)
    return Measured(tuple(_measure(one, found.months, now) for one in INDICATORS), found.kept)


def _measure(indicator: Indicator, months: tuple[Month, ...], now: datetime) -> Measure:
    known = NationalFigure.objects.filter(indicator=indicator.id, from_date__lte=clock.london_date(now))
    newest = known.order_by("-from_date").first()
    return Measure(
        indicator,
        months,
        tuple(indicator.of(month) for month in months),
        newest.value if newest else None,
        newest.source if newest else "",
    )
