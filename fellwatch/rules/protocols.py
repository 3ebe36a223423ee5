"""A joint protocol: who signed it, what each has promised, by when it is reviewed, and to whom a breach goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fellwatch.rules.reading import Table


@dataclass(frozen=True)
class Signatory:
    """An agency that signed, by whom and when."""

    id: str
    name: str
    signed_by: str
    signed_date: date


@dataclass(frozen=True)
class ProtocolDuty:
    """What a signatory has promised. `gap` names the kind of shortfall that breaks it, where one does."""

    id: str
    signatory: str
    words: str
    gap: str


@dataclass(frozen=True)
class Protocol:
    review_date: date
    signatories: tuple[Signatory, ...]
    duties: tuple[ProtocolDuty, ...]
    escalates_to: tuple[str, ...]
    """Whom a breach is taken to, first to last."""


def review_due(protocol: Protocol, on: date) -> bool:
    """Say whether the protocol should have been reviewed by a day."""
    return on >= protocol.review_date


def broken_by(protocol: Protocol, gap: str) -> ProtocolDuty | None:
    """Name the promise that a kind of gap breaks."""
    return next((duty for duty in protocol.duties if duty.gap == gap), None)


def read(body: Table) -> Protocol:
    """Read a protocol, finding every fault."""
    signatories = tuple(_signatory(entry) for entry in body.tables("signatories"))
    names = tuple(one.id for one in signatories)
    protocol = Protocol(
        review_date=_day(body, "review_date"),
        signatories=signatories,
        duties=tuple(_duty(entry, names) for entry in body.tables("duties")),
        escalates_to=body.words("escalates_to"),
    )
    body.distinct("signatories", names)
    body.distinct("duties", (duty.id for duty in protocol.duties))
    body.distinct("gaps", (duty.gap for duty in protocol.duties if duty.gap))
    body.finish()
    return protocol


def check_example(protocol: Protocol, example: Mapping[str, object]) -> str | None:
    """Try one worked example: a day and whether review is due, or a gap and the promise it breaks."""
    on, gap = example.get("on"), example.get("gap")
    if isinstance(on, date):
        found = review_due(protocol, on)
        return None if found is example.get("review_due") else f"review due is {found}"
    if not isinstance(gap, str):
        return "an example needs `on` and `review_due`, or `gap` and `breaks`"
    duty = broken_by(protocol, gap)
    broken = duty.id if duty else ""
    return None if broken == example.get("breaks") else f"it breaks {broken or 'nothing'}"


def _signatory(entry: Table) -> Signatory:
    signatory = Signatory(entry.text("id"), entry.text("name"), entry.text("signed_by"), _day(entry, "signed_date"))
    entry.finish()
    return signatory


def _duty(entry: Table, signatories: tuple[str, ...]) -> ProtocolDuty:
    duty = ProtocolDuty(
        entry.text("id"), entry.one_of("signatory", signatories), entry.text("words"), entry.text("gap", "")
    )
    entry.finish()
    return duty


def _day(entry: Table, key: str) -> date:
    found = entry.day(key)
    if found is None and key not in entry.data:
        entry.fault(key, "is missing", "write a day such as 2026-10-16")
    return found or date.min
