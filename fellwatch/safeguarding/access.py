"""Who may see, write and authorise a case. Both people of it must be open to whoever looks; its incident need not."""

from fellwatch.foundation.access import Actor, Table, holds, own_record, spared_by, with_parent
from fellwatch.safeguarding.encompass.access import TABLES as ENCOMPASS
from fellwatch.safeguarding.learning.access import TABLES as LEARNING
from fellwatch.safeguarding.marac.access import TABLES as MARAC
from fellwatch.sharing.access import CARRY

READ = "safeguarding.read"
WRITE = "safeguarding.write"
RAISE = "safeguarding.raise"
HUB = "safeguarding.hub"
REVIEW = "safeguarding.review"
"""See the queue of the central team and the thread of somebody's risk."""
FIGURES = "safeguarding.figures"
"""See returns, prompts and the backlog in numbers, which name nobody."""
INSPECTOR = "safeguarding.authorise_as_inspector"
SUPERINTENDENT = "safeguarding.authorise_as_superintendent"

RANKS = {"inspector": INSPECTOR, "superintendent": SUPERINTENDENT}
"""The permission that shows a rank. A superintendent's role holds both."""

_people = with_parent("records_person", "subject_id") & with_parent("records_person", "at_risk_id")
_here = _people & with_parent("records_incident", "incident_id") & with_parent("records_place", "place_id")
_acts = holds(WRITE) | holds(INSPECTOR) | holds(SUPERINTENDENT)

_of_contact = with_parent("safeguarding_hubcontact", "contact_id")
# Whoever is feared, or is close to them, sees no contact about the person they are feared by, in any role.
_hub_people = (
    with_parent("records_person", "person_id")
    & with_parent("records_incident", "incident_id")
    & spared_by("sharing_barred", "id", "person_id", "incident_id")
)

TABLES = (
    Table(
        "safeguarding_hubcontact",
        ((holds(HUB) | (holds(RAISE) & own_record("raised_by_id"))) & _hub_people) | holds(CARRY),
        holds(RAISE) & with_parent("records_person", "person_id") & with_parent("records_incident", "incident_id"),
        holds(HUB) & _hub_people,
        retention="safeguarding",
        sentence="a contact with the safeguarding hub",
    ),
    Table(
        "safeguarding_hubevent",
        holds(HUB) & _of_contact,
        (holds(HUB) | holds(RAISE)) & _of_contact,
        retention="safeguarding",
        sentence="what became of a contact with the hub",
    ),
    Table(
        "safeguarding_hubdiscussion",
        holds(HUB) & _of_contact,
        holds(HUB) & _of_contact,
        holds(HUB) & _of_contact,
        retention="safeguarding",
        sentence="a strategy discussion",
    ),
    Table(
        "safeguarding_case",
        holds(READ) & _people,
        holds(WRITE) & _here,
        _acts & _people,
        retention="safeguarding",
        sentence="a case of protective powers",
    ),
    Table(
        "safeguarding_caseevent",
        holds(READ) & with_parent("safeguarding_case", "case_id"),
        _acts & with_parent("safeguarding_case", "case_id"),
        retention="safeguarding",
        sentence="what became of a case",
    ),
    *MARAC,
    *LEARNING,
    *ENCOMPASS,
)


def rank_of(by: Actor) -> str:
    """Return the rank that somebody's role shows here; "" for none."""
    held = [rank for rank, permission in RANKS.items() if permission in by.permissions]
    return held[-1] if held else ""
