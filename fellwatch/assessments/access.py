"""Who may see and add assessments. Nobody changes one: a change is a new version."""

from fellwatch.foundation.access import Table, holds, own_record, with_parent

READ = "assessments.read"
WRITE = "assessments.write"
REVIEW = "assessments.review"
SECOND = "assessments.second"
"""Look at a form after its supervisor, grade it anew and change who owns the risk."""
PROMPT = "assessments.prompt"
OVERRIDE = "assessments.override"
"""A specialist may grade below what a score proposes."""
SETTLE = "assessments.settle"

_here = with_parent("records_incident", "incident_id") & with_parent("records_person", "person_id")
_reviews = holds(REVIEW) | holds(SECOND)

TABLES = (
    Table(
        "assessments_assessment",
        holds(READ) & _here,
        holds(WRITE) & _here,
        retention="incident",
        sentence="an assessment",
    ),
    Table(
        "assessments_form",
        holds(READ) & _here,
        holds(WRITE) & _here,
        (holds(WRITE) | _reviews) & _here,
        retention="incident",
        sentence="a form",
    ),
    Table(
        "assessments_formreview",
        holds(READ) & with_parent("assessments_form", "form_id"),
        _reviews & with_parent("assessments_form", "form_id"),
        retention="incident",
        sentence="the review of a form",
    ),
    Table(
        "assessments_formowner",
        holds(READ) & with_parent("assessments_form", "form_id"),
        (holds(WRITE) | _reviews) & with_parent("assessments_form", "form_id"),
        retention="incident",
        sentence="who owns a risk",
    ),
    Table(
        "assessments_prompt",
        holds(READ),
        holds(PROMPT),
        holds(PROMPT),
        retention="reference",
        sentence="a prompt beside a question",
    ),
    Table(
        "assessments_disclosedcrime",
        holds(READ) & _here,
        holds(WRITE) & _here,
        holds(WRITE) & _here,
        retention="incident",
        sentence="a crime disclosed",
    ),
    Table(
        "assessments_sending",
        holds(READ) & _here,
        holds(WRITE) & _here,
        retention="incident",
        sentence="what a handheld sent",
    ),
    Table(
        "assessments_difference",
        holds(READ) & _here,
        holds(WRITE) & _here,
        holds(SETTLE) & _here,
        retention="incident",
        sentence="an answer that two people gave apart",
    ),
    Table(
        "assessments_photograph",
        holds(READ) & _here,
        holds(WRITE) & _here,
        holds(WRITE) & own_record("by_id"),
        retention="incident",
        sentence="a photograph",
    ),
    Table(
        "assessments_photographpart",
        holds(READ) & with_parent("assessments_photograph", "photograph_id"),
        holds(WRITE) & with_parent("assessments_photograph", "photograph_id"),
        retention="incident",
        sentence="a part of a photograph",
    ),
)
