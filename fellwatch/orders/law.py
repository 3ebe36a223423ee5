"""What the rulebook says about an order on a day, and which notices can be given here at all."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from fellwatch.foundation import policy
from fellwatch.rules.errors import NoVersion
from fellwatch.rules.legal_orders import LegalOrder
from fellwatch.rules.versions import Confidence, Version

NOTICES = ("dvpn", "dapn")


@dataclass(frozen=True)
class Regime:
    """Whether a notice can be given in this force on a day, and why."""

    kind: str
    title: str
    short: str
    available: bool
    because: str
    source: str
    confidence: str


def version(kind: str, on: date) -> Version:
    """Return the version of an order's rule that governs a day here."""
    return policy.version(kind, on)


def rule(kind: str, on: date) -> LegalOrder:
    """Return what the law of a day says of an order."""
    return policy.parsed(kind, on, LegalOrder)


def rule_as_made(kind: str, number: int) -> tuple[LegalOrder, Version]:
    """Return the law an order was made under, however the rulebook has moved on."""
    found = policy.rulebook().rule(kind).version(number)
    if not isinstance(found.parsed, LegalOrder):
        raise TypeError(f"The rule {kind} is not an order's.")
    return found.parsed, found


def title(kind: str) -> str:
    """Return the name of a kind of order."""
    return policy.rulebook().rule(kind).title


def regimes(on: date) -> tuple[Regime, ...]:
    """Say of each notice whether it can be given here on a day, with the reason."""
    return tuple(_regime(kind, on) for kind in NOTICES)


def _regime(kind: str, on: date) -> Regime:
    here = settings.FELLWATCH_FORCE_NAME
    try:
        found = version(kind, on)
    except NoVersion:
        return _absent(kind, on)
    law = rule(kind, on)
    because = f"In force in the area of {here} on {on:%-d %B %Y}. {found.reason}"
    return Regime(kind, title(kind), law.short, True, because, found.source, str(found.confidence))


def _absent(kind: str, on: date) -> Regime:
    """Every version has an end or another area: what is not known of the present is said, not guessed."""
    latest = policy.rulebook().rule(kind).versions[-1]
    short = latest.parsed.short if isinstance(latest.parsed, LegalOrder) else kind.upper()
    because = (
        f"The rulebook knows no law under which one can be given in the area of {settings.FELLWATCH_FORCE_NAME} on "
        f"{on:%-d %B %Y}. Where it was in force, that ended before {latest.applies_to:%-d %B %Y}; whether it goes on "
        "or reaches this area was not found. Ask legal services before relying on either."
        if latest.applies_to
        else f"It does not reach the area of {settings.FELLWATCH_FORCE_NAME} on {on:%-d %B %Y}."
    )
    return Regime(kind, title(kind), short, False, because, latest.source, str(Confidence.UNCERTAIN))
