"""Who may be written to for an agency, and which matters each is kept from: everybody asked of in one statement."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, F, Func, OuterRef, UUIDField

from fellwatch.foundation.accounts import roles
from fellwatch.foundation.accounts.models import User
from fellwatch.meetings.access import TAKE_PART
from fellwatch.sharing.models import Member

KEPT_FROM = "meetings_account_kept_from"


@dataclass(frozen=True)
class Reader:
    """Somebody who takes part for an agency. `kept` are the matters that their own sign-in would not show."""

    user_id: uuid.UUID
    name: str
    mail: str
    agency: str
    kept: frozenset[uuid.UUID]


def of(agencies: Iterable[str]) -> tuple[Reader, ...]:
    """Return who signs in for these agencies and may take part. A step of the process that carries mail."""
    takes_part = [role.code for role in roles.roles().values() if TAKE_PART in role.permissions]
    accounts = User.objects.filter(
        id=OuterRef("user_id"), agency=OuterRef("agency_id"), role__in=takes_part, is_active=True
    )
    people = Member.objects.filter(Exists(accounts), agency_id__in=agencies, left_at__isnull=True)
    kept = Func(F("user_id"), function=KEPT_FROM, output_field=ArrayField(UUIDField()))
    return tuple(
        Reader(one.user_id, one.name, one.mail, one.agency_id, frozenset(one.kept))
        for one in people.annotate(kept=kept).order_by("name")
    )
