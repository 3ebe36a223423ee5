"""Right care, right person: the grounds on which police must go, from what is answered and from what is known."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from fellwatch.assessments.instruments import Edition, edition
from fellwatch.contact import rulings
from fellwatch.foundation import clock

INSTRUMENT = "right_care_right_person"
GROUNDS = "attendance_grounds"
DECLINED = "attendance:declined"


def form(now: datetime) -> Edition:
    """Return the questions in use now."""
    return edition(INSTRUMENT, clock.london_date(now))


def implied(flags: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Return the grounds that stand already, by what is known of the incident, whatever is answered."""
    known = set(flags)
    codes = rulings.codes(GROUNDS, now).codes
    return tuple(one.code for one in codes if known & set(str(one.attributes.get("implied_by", "")).split()))


def grounds(answers: Mapping[str, object], flags: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Return every ground that stands: answered yes, or known already."""
    known = implied(flags, now)
    codes = rulings.codes(GROUNDS, now).codes
    return tuple(one.code for one in codes if answers.get(one.code) == "yes" or one.code in known)


def objections(answers: Mapping[str, object], flags: Iterable[str], now: datetime) -> Iterator[tuple[str, str]]:
    """Yield why going may not be declined, beside the question: a ground that stands or is not ruled out."""
    standing, known = grounds(answers, flags, now), implied(flags, now)
    for code in rulings.codes(GROUNDS, now).codes:
        if code.code in known:
            yield code.code, f"{code.label}: this is known of the incident already. Police go."
        elif code.code in standing:
            yield code.code, f"{code.label}. Police go."
        elif answers.get(code.code) != "no":
            yield code.code, f"{code.label}: not ruled out. Ask, or send somebody."
    if answers.get("told") != "yes":
        yield "told", "Tell the caller clearly that police will not come, then say so here."
    if not str(answers.get("who_will", "")).strip():
        yield "who_will", "Write who will go instead, and when: nobody may be left waiting for nobody."


def because(decision: str, answers: Mapping[str, object], flags: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Return the reasons of a decision in words."""
    standing = grounds(answers, flags, now)
    labels = {code.code: code.label for code in rulings.codes(GROUNDS, now).codes}
    if standing:
        return tuple(f"{labels[code]}." for code in standing)
    if decision == "decline":
        return ("No crime, no real and immediate risk, no child, no domestic abuse, no duty of our own.",)
    return tuple(f"{label}: not ruled out." for code, label in labels.items() if answers.get(code) != "no") or (
        "Police choose to go.",
    )
