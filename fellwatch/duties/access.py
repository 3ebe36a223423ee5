"""Who may see, note, settle and waive duties."""

from fellwatch.foundation.access import Table, holds, with_parent

READ = "duties.read"
NOTE = "duties.note"
WAIVE = "duties.waive"
RUN = "duties.run"

_write = holds(NOTE) | holds(RUN)
_seen = holds(READ) & with_parent("records_incident", "incident_id") & with_parent("records_person", "person_id")

TABLES = (
    Table("duties_duty", _seen, _write, _write | holds(WAIVE), retention="incident", sentence="a duty"),
    Table(
        "duties_dutyevent",
        holds(READ) & with_parent("duties_duty", "duty_id"),
        _write | holds(WAIVE),
        retention="incident",
        sentence="what became of a duty",
    ),
)
