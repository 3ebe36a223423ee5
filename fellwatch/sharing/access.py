"""Who refers and who receives. A partner sees what its own agency was told, and nothing that it hangs on."""

from fellwatch.foundation.access import Table, holds, own_agency, with_parent

READ = "sharing.read"
REFER = "sharing.refer"
RECEIVE = "sharing.receive"
CARRY = "sharing.carry"

_here = with_parent("records_incident", "incident_id") & with_parent("records_person", "person_id")
_own = holds(RECEIVE) & own_agency("agency")

TABLES = (
    Table(
        "sharing_agency",
        holds(READ) | (holds(RECEIVE) & own_agency("code")),
        holds(CARRY),
        holds(CARRY),
        retention="operational",
        sentence="a partner agency",
    ),
    Table(
        "sharing_referral",
        (holds(READ) & _here) | _own,
        holds(REFER) & _here,
        _own,
        retention="incident",
        sentence="a referral",
    ),
)
