"""The invitation a link belongs to, while it is good."""

import uuid
from datetime import datetime

from fellwatch.foundation import once
from fellwatch.sharing import wording
from fellwatch.sharing.models import Invitation
from fellwatch.sharing.queries import Missing


def standing(secret: str, now: datetime) -> Invitation:
    """Return the invitation a link belongs to while it is good, held until the transaction ends; or raise Missing."""
    id = wording.invited(secret) or uuid.UUID(int=0)
    once.only(id)
    found = (
        Invitation.objects.select_related("agency")
        .filter(id=id, used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now, agency__closed=False)
        .first()
    )
    if found is None:
        raise Missing("This link works no longer. Ask whoever looks after your agency's people for a new one.")
    return found
