"""The partner agencies of the county, each ready to receive referrals at its own door, under an agreement."""

import uuid
from datetime import datetime, timedelta

from fellwatch.demonstration.identifiers import named
from fellwatch.demonstration.signins import ACCOUNTS
from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.sharing import actions, fields

AGENCIES = (
    ("larch-refuge", "Larch Refuge", "domestic_abuse", "07700 900320", False, ""),
    (
        "fellshire-children",
        "Fellshire children's social care",
        "children",
        "07700 900321",
        True,
        "Duty manager, children's social care, 07700 900331",
    ),
    (
        "fellshire-adults",
        "Fellshire adult social care",
        "adults",
        "07700 900322",
        False,
        "Duty manager, adult social care, 07700 900332",
    ),
    (
        "fellshire-health",
        "Fellshire NHS safeguarding",
        "health",
        "07700 900324",
        True,
        "Named nurse on call, 07700 900334",
    ),
    ("fells-homes", "Fells Homes", "housing", "07700 900323", False, "Head of tenancies, 07700 900333"),
    ("plain-questions", "Plain Questions", "surveyor", "07700 900325", False, ""),
    ("linden-centre", "Linden Centre", "sexual_violence", "07700 900326", False, ""),
)
MAIL = "agencies.example"
ENDS_SOON = "fells-homes"


def fill(*, by: Actor, now: datetime | None = None) -> int:
    """Put the agencies in with their agreements and people, or restore them; return how many there are."""
    now = now or clock.now()
    for code, name, kind, telephone, in_hub, manager in AGENCIES:
        mailbox = f"{code}@{MAIL}"
        actions.add_agency(
            code, name, kind, by=by, telephone=telephone, mailbox=mailbox, in_hub=in_hub, manager=manager
        )
        on, days = clock.london_date(now), 21 if code == ENDS_SOON else 340
        told = [one.code for one in fields.allowed(kind, now)]
        actions.agree(
            code, "Fellshire information sharing agreement", on - timedelta(days=390), on + timedelta(days=days), told,
            f"Assistant chief constable; director, {name}", by=by, now=now, id=uuid.UUID(named(f"agreement/{code}")),
        )  # fmt: skip
    partners = [one for one in ACCOUNTS if one.role in {"partner", "partner_lead", "surveyor"}]
    actions.restore_members(
        [(uuid.UUID(one.id), one.agency, one.full_name, f"{one.username}@{MAIL}") for one in partners], by=by, now=now
    )
    return len(AGENCIES)
