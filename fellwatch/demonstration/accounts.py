"""The accounts that demonstration mode signs in with one click. None has a password, so nobody else can."""

import uuid

from fellwatch.demonstration.signins import ACCOUNTS
from fellwatch.foundation.accounts.models import User


def create(*, using: str = "default") -> int:
    """Create or restore each account; return how many there are."""
    for account in ACCOUNTS:
        user, new = User.objects.using(using).update_or_create(
            id=uuid.UUID(account.id),
            defaults={
                "username": account.username,
                "full_name": account.full_name,
                "role": account.role,
                "team": account.team,
                "agency": account.agency,
                "compartments": list(account.compartments),
                "is_active": True,
            },
        )
        if new or user.has_usable_password():
            user.set_unusable_password()
            user.save(using=using)
    return len(ACCOUNTS)
