"""What the officer who wrote a form is told of it: what came back and why, a new grade and why, who owns the risk."""

from collections.abc import Mapping
from datetime import datetime

from fellwatch.assessments.instruments import edition_of
from fellwatch.assessments.models import Form, FormReview
from fellwatch.assessments.reasons import CODES
from fellwatch.assessments.values import Standing
from fellwatch.foundation import clock, policy
from fellwatch.rules import vocabulary
from fellwatch.rules.vocabulary import Vocabulary

OWNERS = "risk_owners"


def standing(row: Form) -> Standing:
    """Return how a form stands, with its reviews fetched."""
    reviews = sorted(row.reviews.all(), key=lambda one: (one.at, one.number, one.stage == "central"))
    last = reviews[-1] if reviews and row.state == "returned" and reviews[-1].outcome == "returned" else None
    anew = next((one for one in reversed(reviews) if one.outcome == "regraded"), None)
    return Standing(
        form_id=row.id,
        state=row.state,
        returned_by=last.by_name if last else "",
        returned_note=last.note if last else "",
        reasons=reasons(last.reasons, last.at) if last else {},
        labels=_labels(row, last) if last else {},
        regraded=_regraded(anew) if anew else "",
        owner=owner(row.owner, row.owner_because, row.changed_at) if row.owner else "",
    )


def reasons(given: Mapping[str, Mapping[str, str]], on: datetime) -> dict[str, str]:
    """Return the reasons of a return as sentences, by question."""
    return {name: _sentence(said, on) for name, said in given.items()}


def owner(code: str, because: str, on: datetime) -> str:
    """Say who owns a risk and why."""
    return f"Owned by the {label(OWNERS, code, on)}. {because}"


def why(one: Standing) -> str:
    """Say in one line why a form came back."""
    said = [f"{one.labels.get(name, name)}: {reason}" for name, reason in one.reasons.items()]
    return " ".join([f"Returned to you by {one.returned_by} because:", *said, one.returned_note]).strip()


def label(name: str, code: str, on: datetime) -> str:
    """Return a code of a list in words."""
    found = vocabulary.find(policy.parsed(name, clock.london_date(on), Vocabulary), code)
    return found.label if found else code


def _sentence(said: Mapping[str, str], on: datetime) -> str:
    words = said.get("words", "").strip()
    return f"{label(CODES, said['code'], on)}.{f' {words}' if words else ''}"


def _labels(row: Form, last: FormReview) -> dict[str, str]:
    asked = edition_of(row.instrument, clock.london_date(row.incident.received_at)).instrument
    return {one.id: one.label for one in asked.library if one.id in last.reasons}


def _regraded(one: FormReview) -> str:
    return f"{one.by_name} graded it {one.grade}, where you had graded it {one.officer_grade or 'not'}: {one.note}"
