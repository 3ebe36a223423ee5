"""Append to the log, inside the transaction of what it tells of: its entries go in together, just before it commits."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from django.db import connection

from fellwatch.foundation.access import Actor, Refused, acting, at_end, require

Action = Literal[
    "collection", "alteration", "consultation", "disclosure", "combination", "erasure", "refusal", "duty", "session"
]

_INSERT = """
insert into foundation_auditentry
  (actor, actor_name, role, team, agency, purpose, action, sentence, subject_kind, subject_id, people, detail)
values """
TOGETHER = 1000
"""Entries in a statement: one takes no more than 65,535 values."""
_ROW = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


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
    at_end(_append, (*values, subject[0], str(subject[1]), named, json.dumps(detail or {})))


def _append(entries: list[tuple[Any, ...]]) -> None:
    """Append what a transaction gathered, in the order in which it happened."""
    with connection.cursor() as cursor:
        for at in range(0, len(entries), TOGETHER):
            some = entries[at : at + TOGETHER]
            cursor.execute(_insert(len(some)), [value for entry in some for value in entry])


@cache
def _insert(count: int) -> str:
    return _INSERT + ", ".join([_ROW] * count)


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
