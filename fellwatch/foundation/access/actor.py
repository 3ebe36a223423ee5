"""The person or process that acts, and the decision whether it may."""

import uuid
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Actor:
    """Whoever is responsible for a read or a write, with the purpose they act for."""

    id: uuid.UUID
    name: str
    role: str
    team: str
    agency: str
    purpose: str
    permissions: frozenset[str] = frozenset()
    compartments: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed, and the sentences that say why."""

    allowed: bool
    because: tuple[str, ...] = field(default=())


class Refused(Exception):
    """Someone asked for what they may not have. Logged in its own transaction, then shown with its reasons."""

    def __init__(self, permission: str, because: tuple[str, ...], subject: tuple[str, str] | None = None) -> None:
        super().__init__(" ".join(because))
        self.permission = permission
        self.because = because
        self.subject = subject


def can(by: Actor, permission: str) -> Decision:
    """Decide whether the actor holds a permission, with the reason either way."""
    if permission in by.permissions:
        return Decision(True, (f"The role {by.role.replace('_', ' ')} includes {permission}.",))
    return Decision(False, (f"The role {by.role.replace('_', ' ')} does not include {permission}.",))


def check(by: Actor, permission: str, *, subject: tuple[str, str] | None = None) -> None:
    """Raise Refused with reasons unless the actor holds the permission."""
    decision = can(by, permission)
    if not decision.allowed:
        raise Refused(permission, decision.because, subject)
