"""Who may see and add assessments. Nobody changes one: a change is a new version."""

from fellwatch.foundation.access import Table, holds, with_parent

READ = "assessments.read"
WRITE = "assessments.write"

_here = with_parent("records_incident", "incident_id") & with_parent("records_person", "person_id")

TABLES = (
    Table(
        "assessments_assessment",
        holds(READ) & _here,
        holds(WRITE) & _here,
        retention="incident",
        sentence="an assessment",
    ),
)
