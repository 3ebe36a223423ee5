"""Who takes in what a victim wrote, and who may read and answer it. Whoever takes it in reads nothing."""

from fellwatch.foundation.access import Table, holds, with_parent

TAKE = "helping.take"
READ = "helping.read"
ANSWER = "helping.answer"
REPORT = "helping.report"

_incident = with_parent("records_incident", "incident_id")
_message = with_parent("helping_message", "message_id")

TABLES = (
    Table(
        "helping_message",
        (holds(READ) & _incident) | holds(TAKE),
        holds(TAKE),
        holds(ANSWER) & _incident,
        retention="safeguarding",
        sentence="a message for help",
    ),
    Table(
        "helping_attempt",
        holds(READ) & _message,
        holds(ANSWER) & _message,
        retention="safeguarding",
        sentence="an attempt to answer a message for help",
    ),
    Table(
        "helping_activation",
        holds(READ) & _incident,
        holds(REPORT) & _incident,
        holds(REPORT) & _incident,
        retention="incident",
        sentence="an activation of a scheme",
    ),
)
