"""The kinds of rule there are, each plugged in by the module that decides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from fellwatch.rules import (
    allocation,
    clock_data,
    clocks,
    closing,
    conferences,
    definitions,
    disclosures,
    forms,
    grading,
    instrument_data,
    legal_orders,
    likeness,
    linkage,
    listing,
    protocols,
    queues,
    regrading,
    school_notices,
    surveys,
    urgency,
    vocabulary,
)
from fellwatch.rules.calendar_days import Calendar
from fellwatch.rules.condition_data import Fault
from fellwatch.rules.reading import Table
from fellwatch.rules.versions import Version

Problems = list[Fault]
"""What is wrong with one body, for the loader to put together with everything else."""


@dataclass(frozen=True)
class Context:
    """What an example may lean on besides its own rule: the bank holidays, and any other rule."""

    calendar: Calendar
    other: Callable[[str, Version], object]
    """Fetch what another rule says in the territory and on the first day of a version."""


class Kind(Protocol):
    """Reads the body of a rule of this kind and tries its worked examples."""

    @property
    def name(self) -> str: ...

    def parse(self, body: Mapping[str, object], problems: Problems) -> object: ...

    def check_example(self, version: Version, example: Mapping[str, object], context: Context) -> str | None: ...


@dataclass(frozen=True)
class Reader:
    """A kind made of two functions: one reads the body, the other tries an example against it."""

    name: str
    read: Callable[[Table], object]
    attempt: Callable[[Version, Mapping[str, object], Context], str | None]

    def parse(self, body: Mapping[str, object], problems: Problems) -> object:
        """Read a body, adding its faults to the others."""
        return self.read(Table(body, "", problems))

    def check_example(self, version: Version, example: Mapping[str, object], context: Context) -> str | None:
        """Try one worked example; None where it holds, else what came out instead."""
        return self.attempt(version, example, context)


def _alone(name: str, read: Callable[[Table], object], check: Callable[[Any, Any], str | None]) -> Reader:
    """Plug in a kind whose examples need nothing but the rule itself."""
    return Reader(name, read, lambda version, example, context: check(version.parsed, example))


def _clock(version: Version, example: Mapping[str, object], context: Context) -> str | None:
    return clock_data.check_example(version, example, context.calendar)


def _regrading(version: Version, example: Mapping[str, object], context: Context) -> str | None:
    rule: Any = version.parsed
    reasons: Any = context.other(rule.reasons, version)
    return regrading.check_example(rule, example, reasons)


def _disclosure(version: Version, example: Mapping[str, object], context: Context) -> str | None:
    rule: Any = version.parsed
    asked = str(example.get("instrument"))
    instrument: Any = context.other(asked, version)
    if strange := disclosures.strangers(rule, asked, instrument):
        return f"{asked} has no such answer: {', '.join(strange)}"
    return disclosures.check_example(rule, example, instrument)


def _conference(version: Version, example: Mapping[str, object], context: Context) -> str | None:
    rule: Any = version.parsed
    flag: Any = context.other(rule.flag, version)

    def last_day(referred: date) -> date:
        return clocks.due(flag, start=referred, calendar=context.calendar, facts={}).last_date or referred

    return conferences.check_example(rule, example, last_day)


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Reader("clock", clock_data.read, _clock),
        _alone("allocation", allocation.read, allocation.check_example),
        _alone("closing", closing.read, closing.check_example),
        Reader("conference", conferences.read, _conference),
        _alone("definition", definitions.read, definitions.check_example),
        Reader("disclosure", disclosures.read, _disclosure),
        _alone("forms", forms.read, forms.check_example),
        _alone("grading", grading.read, grading.check_example),
        _alone("instrument", instrument_data.read, instrument_data.check_example),
        _alone("legal_order", legal_orders.read, legal_orders.check_example),
        _alone("listing", listing.read, listing.check_example),
        _alone("linkage_policy", linkage.read, linkage.check_example),
        _alone("recognition_model", likeness.read, likeness.check_example),
        _alone("protocol", protocols.read, protocols.check_example),
        _alone("queue", queues.read, queues.check_example),
        Reader("regrading", regrading.read, _regrading),
        _alone("school_notices", school_notices.read, school_notices.check_example),
        _alone("survey", surveys.read, surveys.check_example),
        _alone("urgency", urgency.read, urgency.check_example),
        _alone("vocabulary", vocabulary.read, vocabulary.check_example),
    )
}
