"""Who may take calls, grade, advise, supervise and load; and the row policies of the control room."""

from pathlib import Path

from fellwatch.foundation.access import Table, holds, own_record, with_parent

READ = "contact.read"
LOG = "contact.log"
GRADE = "contact.grade"
CONFIRM_DOWNGRADE = "contact.confirm_downgrade"
SUPERVISE = "contact.supervise"
ASK_ADVICE = "contact.ask_advice"
ADVISE = "contact.advise"
ACT_ON_ADVICE = "contact.act_on_advice"
LOAD = "contact.load"
HELPLINE = "contact.helpline"
DETAIN = "contact.detain"
NOTE_GAP = "contact.note_gap"
LISTEN = "contact.listen"

FLOOR = (Path(__file__).with_name("received.sql"),)

_seen = holds(READ) & with_parent("records_incident", "incident_id")
_of_call = (holds(LOG) | holds(LISTEN)) & with_parent("contact_calldraft", "call_id")
_listens = holds(LISTEN) & own_record("by_id") & with_parent("contact_calldraft", "call_id")
_detains = holds(DETAIN) & with_parent("records_incident", "incident_id") & with_parent("records_person", "person_id")
_write = holds(LOG) | holds(LOAD)


def _of_incident(name: str, sentence: str, *, changes: bool) -> Table:
    """Return the policy of what hangs on an incident: nothing can be hung on one its writer may not see."""
    write = (_write | holds(ASK_ADVICE) | holds(ADVISE) | holds(DETAIN)) & with_parent(
        "records_incident", "incident_id"
    )
    if changes:
        return Table(name, _seen, write, write, retention="incident", sentence=sentence)
    return Table(name, _seen, write, retention="incident", sentence=sentence)


TABLES = (
    Table(
        "contact_calldraft",
        own_record("by_id") | holds(LISTEN),
        own_record("by_id"),
        own_record("by_id"),
        own_record("by_id"),
        retention="draft",
        sentence="a call half taken",
    ),
    Table(
        "contact_listening",
        _of_call,
        _listens,
        _listens,
        retention="draft",
        sentence="somebody listening in on a call",
    ),
    Table("contact_liveadvice", _of_call, _listens, retention="draft", sentence="advice during a call"),
    _of_incident("contact_handling", "how an incident is handled", changes=True),
    _of_incident("contact_grading", "a grade", changes=False),
    _of_incident("contact_logline", "a line of an incident's log", changes=False),
    _of_incident("contact_deskitem", "the help desk's queue", changes=True),
    _of_incident("contact_deskreview", "what the help desk found in an incident", changes=False),
    _of_incident("contact_closingnote", "why a piece is missing at a closing", changes=False),
    _of_incident("contact_advice", "advice", changes=True),
    _of_incident("contact_lowergrade", "a lower grade proposed", changes=True),
    _of_incident("contact_attendancedecision", "whether police go", changes=True),
    Table(
        "contact_consultation",
        _seen | holds(HELPLINE),
        holds(ASK_ADVICE) & with_parent("records_incident", "incident_id"),
        (holds(ASK_ADVICE) & with_parent("records_incident", "incident_id")) | holds(HELPLINE),
        retention="incident",
        sentence="a question to the mental-health helpline",
    ),
    Table(
        "contact_detention",
        _seen & with_parent("records_person", "person_id"),
        _detains,
        _detains,
        retention="incident",
        sentence="a detention under the Mental Health Act",
    ),
    Table(
        "contact_placeofsafety",
        holds(READ) | holds(HELPLINE),
        holds(HELPLINE) | holds(SUPERVISE),
        holds(HELPLINE) | holds(SUPERVISE),
        retention="operational",
        sentence="a place of safety",
    ),
    Table(
        "contact_shortfall",
        _seen | holds(HELPLINE),
        holds(NOTE_GAP) & with_parent("records_incident", "incident_id"),
        holds(NOTE_GAP),
        retention="incident",
        sentence="a gap in crisis care",
    ),
)
