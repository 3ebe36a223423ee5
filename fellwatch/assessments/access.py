"""Who may see and add assessments. Nobody changes one: a change is a new version."""

from fellwatch.foundation.access import Table, holds, with_parent

READ = "assessments.read"
WRITE = "assessments.write"

TABLES = (
    Table(
        "assessments_assessment",
        holds(READ) & with_parent("records_incident", "incident_id") & with_parent("records_person", "person_id"),
        holds(WRITE),
        retention="incident",
        sentence="an assessment",
    ),
)
