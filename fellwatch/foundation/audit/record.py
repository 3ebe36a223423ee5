"""Append to the log, inside the transaction of what it tells of."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.db import connection

from fellwatch.foundation.access import Actor, Refused, acting, require

Action = Literal["collection", "alteration", "consultation", "disclosure", "combination", "erasure", "refusal", "duty"]

_INSERT = """
insert into foundation_auditentry
  (actor, actor_name, role, team, agency, purpose, action, sentence, subject_kind, subject_id, people, detail)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


@dataclass(frozen=True)
class Entry:
    """One line of the log as its readers see it."""

    id: int
    at: str
    actor_name: str
    role: str
    action: str
    sentence: str
    subject: tuple[str, str]
    people: tuple[uuid.UUID, ...] = ()
    detail: Mapping[str, object] = field(default_factory=dict)


def record(
    *,
    by: Actor,
    action: Action,
    sentence: str,
    subject: tuple[str, object],
    people: Iterable[uuid.UUID] = (),
    detail: Mapping[str, object] | None = None,
) -> None:
    """Append one entry to the current transaction.

    `sentence` names the event ("contact.incident_logged"), `people` everyone whose data was shown or changed,
    `detail` codes, counts and before/after values: never free text about a person.
    """
    require(by)
    named = sorted(set(people))
    values = (by.id, by.name, by.role, by.team, by.agency, by.purpose, action, sentence)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, (*values, subject[0], str(subject[1]), named, json.dumps(detail or {})))


def refusal(*, by: Actor, refused: Refused) -> None:
    """Log a refusal in a transaction of its own, after the refused one has gone."""
    with acting(by):
        record(
            by=by,
            action="refusal",
            sentence="access.refused",
            subject=refused.subject or ("permission", refused.permission),
            detail={"permission": refused.permission},
        )
