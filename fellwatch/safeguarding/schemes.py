"""The disclosure schemes: the words of their choices, and which clocks of the rulebook each stage runs on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fellwatch.foundation import clock, policy
from fellwatch.foundation.audit import Action
from fellwatch.rules.vocabulary import Vocabulary

__all__ = ["OUTCOMES", "RECIPIENTS", "ROUTES", "SCHEMES", "TESTS", "UNDERTAKINGS", "Action", "Scheme", "of", "systems"]


@dataclass(frozen=True)
class Scheme:
    """One scheme: its names, the fact that starts it, and the rules of its stages."""

    code: str
    title: str
    short: str
    starts: str
    checks: str
    meeting: str
    total: str


SCHEMES: Mapping[str, Scheme] = {
    "dvds": Scheme(
        "dvds",
        "Domestic violence disclosure scheme",
        "Disclosure",
        "disclosure.asked",
        "dvds_first_checks",
        "dvds_meeting",
        "dvds_total",
    ),
    "csods": Scheme(
        "csods",
        "Child sex offender disclosure scheme",
        "Child disclosure",
        "child_disclosure.asked",
        "csods_first_checks",
        "csods_meeting",
        "csods_total",
    ),
}

ROUTES: Mapping[str, str] = {
    "ask": "Right to ask, by the person at risk",
    "ask_for_other": "Right to ask, by somebody else who fears for them",
    "know": "Right to know: information came to the police",
}
OUTCOMES: Mapping[str, str] = {
    "disclose": "Disclose",
    "nothing": "Nothing to disclose",
    "outside": "Outside the scheme",
}
RECIPIENTS: Mapping[str, str] = {
    "at_risk": "Told the person at risk",
    "protector": "Told whoever is best placed to protect them",
}
UNDERTAKINGS: Mapping[str, str] = {
    "signed": "Signed",
    "refused": "Refused: told nothing that needs it",
    "not_needed": "Not needed: nothing was disclosed",
}
TESTS: Mapping[str, str] = {
    "lawful": "Is there a power to disclose, and is the information accurate?",
    "necessary": "Is it necessary to protect from crime?",
    "proportionate": "Is it proportionate: does the need outweigh the privacy of the person told about?",
}


def of(scheme: str) -> Scheme:
    """Return a scheme."""
    return SCHEMES[scheme]


def systems(now: datetime) -> Vocabulary:
    """Return the systems that may be searched first, as the rulebook lists them."""
    return policy.parsed("disclosure_systems", clock.london_date(now), Vocabulary)
