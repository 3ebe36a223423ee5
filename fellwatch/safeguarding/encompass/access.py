"""Who tells schools, who loads their calendars, and who at a school or an education team reads what it was told.

Both the child and the incident must be open to whoever looks for the police. A school sees its own notices, never the
records they hang on; what a notice said is a row of its own, so that a recall closes it. Whoever is feared, or is close
to them, sees no notice about the child, though they lead safeguarding at its school.
"""

from fellwatch.foundation.access import Table, holds, own_agency, spared_by, with_parent

TELL = "safeguarding.tell_schools"
LOAD = "safeguarding.load_schools"
RUN = "safeguarding.run_school_notices"
RECEIVE = "safeguarding.receive_notices"
NAME = "safeguarding.name_schools"
"""An education team's: to answer which school a child goes to."""

_here = with_parent("records_person", "child_id") & with_parent("records_incident", "incident_id")
_own = holds(RECEIVE) & own_agency("agency")
_spared = spared_by("sharing_barred", "id", "child_id", "incident_id")
_team = holds(TELL) | holds(LOAD)
_at_school = with_parent("safeguarding_establishment", "establishment_id")

TABLES = (
    Table(
        "safeguarding_establishment",
        _team | holds(NAME) | _own,
        _team,
        _team,
        retention="operational",
        sentence="a school that can be told",
    ),
    Table(
        "safeguarding_schooldays",
        (_team | holds(RECEIVE)) & _at_school,
        (_team | holds(RECEIVE)) & _at_school,
        _team & _at_school,
        _team & _at_school,
        retention="operational",
        sentence="the days a school meets",
    ),
    Table(
        "safeguarding_enrolment",
        _team & with_parent("records_person", "person_id"),
        _team & with_parent("records_person", "person_id"),
        _team & with_parent("records_person", "person_id"),
        retention="person",
        sentence="where a child learns",
    ),
    Table(
        "safeguarding_schoolnotice",
        ((holds(TELL) & _here) | _own) & _spared,
        holds(TELL) & _here,
        ((holds(TELL) & _here) | _own) & _spared,
        retention="safeguarding",
        sentence="a notice to a school",
    ),
    Table(
        "safeguarding_schooltold",
        (holds(TELL) | _own) & with_parent("safeguarding_schoolnotice", "notice_id"),
        holds(TELL) & with_parent("safeguarding_schoolnotice", "notice_id"),
        holds(TELL) & with_parent("safeguarding_schoolnotice", "notice_id"),
        retention="safeguarding",
        sentence="what a school was told",
    ),
    Table(
        "safeguarding_noticeevent",
        holds(TELL) & with_parent("safeguarding_schoolnotice", "notice_id"),
        (holds(TELL) | holds(RECEIVE)) & with_parent("safeguarding_schoolnotice", "notice_id"),
        retention="safeguarding",
        sentence="what became of a notice to a school",
    ),
)
