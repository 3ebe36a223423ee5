"""What a handover may tell, by the rulebook of the day, and what it must."""

import re
from collections.abc import Mapping
from datetime import datetime

from fellwatch.foundation import clock, plain, policy
from fellwatch.rules import vocabulary
from fellwatch.rules.vocabulary import Code, Vocabulary

FIELDS = "handover_fields"
LONGEST, SHORTEST, MOST = 4_000, 20, 40
_NAME = re.compile(r"[a-z][a-z_]{0,39}")


def fields(now: datetime) -> tuple[Code, ...]:
    """Return the fields of a handover, in the order they are shown."""
    return _codes(now).codes


def label(code: str, now: datetime) -> str:
    """Return a field's words; one that only a newer version knows shows its own name."""
    found = vocabulary.find(_codes(now), code)
    return found.label if found else code.replace("_", " ").capitalize()


def version(now: datetime) -> int:
    """Return the version of the rule on fields that holds now."""
    return policy.version(FIELDS, clock.london_date(now)).number


def _codes(now: datetime) -> Vocabulary:
    return policy.parsed(FIELDS, clock.london_date(now), Vocabulary)


def problems(contents: Mapping[str, str], necessity: str, now: datetime) -> dict[str, str]:
    """Return what is wrong with a handover before it is sent, by field."""
    found: dict[str, str] = {}
    known = {one.code: one for one in fields(now)}
    for code, text in contents.items():
        if code not in known:
            found[f"tell-{code}"] = "This may not be told."
        elif wrong := plain.problem(text, LONGEST):
            found[f"tell-{code}"] = wrong
    for one in known.values():
        if one.says("must") and not contents.get(one.code, "").strip():
            found[f"tell-{one.code}"] = f"{one.label}: their force cannot act without it."
    ask = "Say why their force must know, in a sentence somebody else can judge."
    if wrong := plain.needed(necessity, ask, LONGEST, SHORTEST):
        found["necessity"] = wrong
    return found


def unreadable(contents: object) -> str:
    """Say what is wrong with contents that arrived, or "" where they can be kept.

    A field that this version does not know is kept under its own name: a newer sender loses nothing.
    """
    if not isinstance(contents, dict) or not contents or len(contents) > MOST:
        return f"contents must be an object of 1 to {MOST} texts."
    for code, text in contents.items():
        if not isinstance(code, str) or not _NAME.fullmatch(code):
            return "a field's name is small letters and _, up to 40."
        if not isinstance(text, str):
            return f"{code} must be text."
        if wrong := plain.problem(text, LONGEST):
            return f"{code}: {wrong}"
    return "" if str(contents.get("name", "")).strip() else "name: it must say who it is about."
