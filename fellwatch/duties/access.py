"""Who may see, note, settle and waive duties."""

from fellwatch.foundation.access import Table, holds, with_parent

READ = "duties.read"
NOTE = "duties.note"
WAIVE = "duties.waive"
RUN = "duties.run"

# The duty clock runs for every compartment: a duty on a hidden record becomes late like any other.
_runs = holds(RUN)
_here = with_parent("records_incident", "incident_id") & with_parent("records_person", "person_id")
_seen = (holds(READ) & _here) | _runs
_adds = (holds(NOTE) & _here) | _runs

TABLES = (
    Table("duties_duty", _seen, _adds, _adds | (holds(WAIVE) & _here), retention="incident", sentence="a duty"),
    Table(
        "duties_dutyevent",
        holds(READ) & with_parent("duties_duty", "duty_id"),
        (holds(NOTE) | holds(WAIVE) | _runs) & with_parent("duties_duty", "duty_id"),
        retention="incident",
        sentence="what became of a duty",
    ),
)
