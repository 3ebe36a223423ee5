"""Reasons that reviewers give beside answers: the codes the force counts, and what is wrong with those given."""

from collections.abc import Mapping
from datetime import datetime

from fellwatch.assessments.instruments import edition_of
from fellwatch.assessments.models import Form
from fellwatch.foundation import clock, policy
from fellwatch.rules import vocabulary
from fellwatch.rules.vocabulary import Vocabulary

CODES = "return_reasons"
LONGEST = 2000


def wrong_reasons(form: Form, reasons: Mapping[str, Mapping[str, str]], now: datetime) -> dict[str, str]:
    """Return what is wrong with reasons given beside answers."""
    asked = edition_of(form.instrument, clock.london_date(form.incident.received_at)).instrument
    codes = policy.parsed(CODES, clock.london_date(now), Vocabulary)
    problems: dict[str, str] = {}
    for name, reason in reasons.items():
        if name not in {question.id for question in asked.questions}:
            problems[f"reason-{name}"] = "This form does not ask that."
        elif vocabulary.find(codes, reason["code"]) is None:
            problems[f"reason-{name}"] = "Choose a reason from the list."
        elif len(reason.get("words", "")) > LONGEST:
            problems[f"reason-{name}"] = f"Keep it to {LONGEST:,} characters."
    return problems
