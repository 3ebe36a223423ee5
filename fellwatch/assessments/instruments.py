"""The instrument a force uses on a day, in its local variant."""

from dataclasses import dataclass
from datetime import date

from fellwatch.assessments import wording
from fellwatch.foundation import policy
from fellwatch.records.queries import Missing
from fellwatch.rules import instruments
from fellwatch.rules.errors import NoSuchRule, NoVersion
from fellwatch.rules.instruments import Instrument
from fellwatch.rules.versions import Version


@dataclass(frozen=True)
class Edition:
    """One version of an instrument as this force asks it."""

    id: str
    title: str
    number: int
    variant: str
    instrument: Instrument
    source: str
    confidence: str
    wording: str
    """Whose words its questions are shown in."""


def edition_of(instrument_id: str, on: date) -> Edition:
    """As `edition`, or raise Missing where the force has no such form on that day: an id may come from outside."""
    if instrument_id not in policy.of_kind("instrument"):
        raise Missing("There is no such form.")
    try:
        return edition(instrument_id, on)
    except NoVersion as none:
        raise Missing("This form was not in use on the day of the incident.") from none


def edition(instrument_id: str, on: date) -> Edition:
    """Return the edition of an instrument in use on a day."""
    version = policy.version(instrument_id, on)
    return _edition(instrument_id, version, str(version.body.get("variant", "")))


def exact(instrument_id: str, number: int, variant: str) -> Edition | None:
    """Return the very edition that answers were given to, or None where this force has no such form."""
    try:
        version = policy.rulebook().rule(instrument_id).version(number)
    except (NoSuchRule, NoVersion):
        return None
    whole = version.parsed
    if not isinstance(whole, Instrument) or variant not in {"", *(one.id for one in whole.variants)}:
        return None
    return _edition(instrument_id, version, variant)


def _edition(instrument_id: str, version: Version, variant: str) -> Edition:
    whole = version.parsed
    if not isinstance(whole, Instrument):
        raise TypeError(f"The rule {instrument_id} is not an instrument.")
    asked, notice = wording.worded(instrument_id, instruments.for_variant(whole, variant) if variant else whole)
    return Edition(
        id=instrument_id,
        title=policy.rulebook().rule(instrument_id).title,
        number=version.number,
        variant=variant,
        instrument=asked,
        source=version.source,
        confidence=str(version.confidence),
        wording=notice,
    )
