"""Who hands over, who decides on what arrives, and the process that carries messages both ways."""

from fellwatch.foundation.access import Table, holds, with_parent

READ = "exchange.read"
SEND = "exchange.send"
DECIDE = "exchange.decide"
CARRY = "exchange.carry"

_here = with_parent("records_incident", "incident_id") & with_parent("records_person", "person_id")
_acts = (holds(SEND) | holds(DECIDE)) & _here
_of_handover = with_parent("exchange_handover", "handover_id")

TABLES = (
    Table(
        "exchange_peer",
        holds(READ) | holds(CARRY),
        holds(CARRY),
        holds(CARRY),
        retention="operational",
        sentence="another force's installation",
    ),
    Table(
        "exchange_handover",
        (holds(READ) & _here) | holds(CARRY),
        (holds(SEND) & _here) | holds(CARRY),
        _acts | holds(CARRY),
        retention="incident",
        sentence="a handover to or from another force",
    ),
    Table(
        "exchange_message",
        (holds(READ) & _of_handover) | holds(CARRY),
        ((holds(SEND) | holds(DECIDE)) & _of_handover) | holds(CARRY),
        holds(CARRY),
        retention="incident",
        sentence="a message to or from another force",
    ),
)
