"""What an agency of a kind may be told, by the rulebook of the day."""

from collections.abc import Collection
from datetime import datetime

from fellwatch.foundation import clock, policy
from fellwatch.rules import vocabulary
from fellwatch.rules.vocabulary import Code, Vocabulary

FIELDS, BASES, KINDS = "referral_fields", "referral_bases", "agency_kinds"
DECLINES, OUTCOMES, RECALLS, FINDINGS = (
    "referral_declines",
    "referral_outcomes",
    "recall_reasons",
    "research_answers",
)


def codes(name: str, now: datetime) -> Vocabulary:
    """Return one of the lists that referrals choose from."""
    return policy.parsed(name, clock.london_date(now), Vocabulary)


def label(name: str, code: str, now: datetime) -> str:
    """Return the words of a code."""
    return vocabulary.label(codes(name, now), code)


def allowed(kind: str, now: datetime, agreed: Collection[str] | None = None) -> tuple[Code, ...]:
    """Return the fields that an agency of a kind may be told, no more than those `agreed` with it where it is given."""
    listed = codes(FIELDS, now).codes
    may = tuple(one for one in listed if kind in str(one.attributes.get("may", "")).split())
    return may if agreed is None else tuple(one for one in may if one.code in agreed)


def version(now: datetime) -> int:
    """Return the version of the rule on fields that holds now."""
    return policy.version(FIELDS, clock.london_date(now)).number


def find(name: str, code: str, now: datetime) -> Code | None:
    """Return a code of a list, or None where there is none of that name."""
    return vocabulary.find(codes(name, now), code)


def basis(code: str, now: datetime) -> Code | None:
    """Return a lawful basis, or None where there is none of that name."""
    return find(BASES, code, now)
