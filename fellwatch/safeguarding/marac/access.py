"""Who may refer to the MARAC and see its cases. All of it hangs on the matter, which is kept from whom it must be."""

from pathlib import Path

from fellwatch.foundation.access import Table, holds, own_agency, with_parent
from fellwatch.meetings import access as meetings

READ = "marac.read"
REFER = "marac.refer"
PLACE = "marac.place"
"""Say whose records are meant: what an officer does in referring, and the coordinator."""
WRITE = "marac.write"
"""Place, triage, accept and close: what the coordinator does."""

FLOOR = tuple(Path(__file__).with_name(name) for name in ("reached.sql", "again.sql"))

_matter = with_parent("meetings_matter", "matter_id")
_referral = with_parent("safeguarding_maracreferral", "referral_id")
_inside = holds(READ) | holds(meetings.TAKE_PART)
_people = with_parent("records_person", "victim_id") & with_parent("records_incident", "incident_id")

TABLES = (
    Table(
        "safeguarding_maracreferral",
        _inside & _matter,
        holds(REFER) & _matter & _people,
        (holds(WRITE) | holds(PLACE)) & _matter & _people,
        retention="meeting",
        sentence="a referral to the MARAC",
    ),
    Table(
        "safeguarding_maraccontact",
        _inside & _referral,
        (holds(WRITE) | (holds(meetings.TAKE_PART) & own_agency("agency"))) & _referral,
        retention="meeting",
        sentence="an attempt to reach a victim",
    ),
    Table(
        "safeguarding_maracevent",
        holds(READ) & _referral,
        (holds(WRITE) | holds(REFER) | holds(PLACE)) & _referral,
        retention="meeting",
        sentence="what became of a referral to the MARAC",
    ),
)
