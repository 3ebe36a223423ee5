"""National figures by indicator and day, from whatever table a force copies them out of a publication into."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fellwatch.foundation.access import Actor
from fellwatch.foundation.imports.cells import day, number, text
from fellwatch.foundation.imports.importers import Cells, Column, Importer, Written, Wrong
from fellwatch.measures.access import LOAD
from fellwatch.measures.indicators import INDICATORS
from fellwatch.measures.models import NationalFigure

KNOWN = tuple(one.id for one in INDICATORS)


@dataclass(frozen=True)
class FigureRow:
    """One national figure, in per cent."""

    indicator: str
    from_date: date
    value: float
    source: str


def _indicator(said: str) -> str | Wrong:
    if said in KNOWN:
        return said
    return Wrong(f"{said[:40]!r} is no measure here.", f"Use one of {', '.join(KNOWN)}.")


COLUMNS = (
    Column("indicator", required=True, aliases=("measure",), parse=_indicator),
    Column("from_date", required=True, aliases=("from", "date"), parse=day, help="The first day it holds."),
    Column("value", required=True, aliases=("per cent", "percent"), parse=number(0, 100), help="In per cent."),
    Column("source", required=True, aliases=("publication",), parse=text(300)),
)


def _build(cells: Cells) -> FigureRow:
    return FigureRow(cells["indicator"], cells["from_date"], float(cells["value"]), cells["source"])


def _key(row: FigureRow) -> str:
    return f"{row.indicator} {row.from_date}"


def _stored(rows: Sequence[FigureRow], by: Actor) -> Mapping[str, FigureRow]:
    found = NationalFigure.objects.filter(indicator__in={row.indicator for row in rows})
    stored = (FigureRow(one.indicator, one.from_date, one.value, one.source) for one in found)
    return {_key(one): one for one in stored}


def _write(added: Sequence[FigureRow], changed: Sequence[FigureRow], by: Actor, now: datetime) -> Written:
    NationalFigure.objects.bulk_create(
        [NationalFigure(**vars(row)) for row in (*added, *changed)],
        update_conflicts=True,
        unique_fields=["indicator", "from_date"],
        update_fields=["value", "source"],
    )
    return Written()


IMPORTER: Importer[FigureRow] = Importer(
    name="national_figures",
    title="National figures",
    permission=LOAD,
    columns=COLUMNS,
    build=_build,
    key=_key,
    stored=_stored,
    write=_write,
    help="A table of our measures with their national value in per cent, from which day, and its publication.",
)
