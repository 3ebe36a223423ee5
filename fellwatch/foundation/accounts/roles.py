"""Roles as code: a name, what it is for, and every permission it includes."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.models import User

SYSTEM_NAMESPACE = uuid.UUID("6f9d3c1e-0000-5000-8000-66656c6c7761")


@dataclass(frozen=True)
class Role:
    """One role of the force or a partner."""

    code: str
    title: str
    home: str
    permissions: frozenset[str]


@cache
def roles() -> Mapping[str, Role]:
    """Return every role of this installation by its code."""
    declared: tuple[Role, ...] = import_string(settings.FELLWATCH_ROLES)
    return {role.code: role for role in declared}


def actor(user: User) -> Actor:
    """Return the signed-in person as the rest of the system knows them. No role, no permissions."""
    role = roles().get(user.role)
    return Actor(
        id=user.id,
        name=str(user),
        role=user.role,
        team=user.team,
        agency=user.agency,
        purpose=user.purpose,
        permissions=role.permissions if role and user.is_active else frozenset(),
        compartments=frozenset(user.compartments),
    )


def system(name: str) -> Actor:
    """Return the named process ("duty-clock", "importer") as an actor with the system role."""
    return Actor(
        id=uuid.uuid5(SYSTEM_NAMESPACE, name),
        name=name,
        role="system",
        team="system",
        agency=settings.FELLWATCH_FORCE,
        purpose="Running the service",
        permissions=roles()["system"].permissions,
    )
