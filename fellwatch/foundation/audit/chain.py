"""The log as the database holds it: reading, sealing, exporting and verifying it."""

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from fellwatch.foundation import access
from fellwatch.foundation.access import Actor
from fellwatch.foundation.access.permissions import READ_LOG, VERIFY_LOG
from fellwatch.foundation.audit import record
from fellwatch.foundation.audit.models import AuditEntry
from fellwatch.foundation.audit.verify import Seal, Verdict, verify

_ENTRIES = "select xid, id, audit_text(e) from foundation_auditentry e order by xid, id"
_EVERY = "select xid, id, said from audit_all()"
_SEALS = "select n, xid_below, entries, root, previous, hash from foundation_auditseal order by n"


@dataclass(frozen=True)
class Line:
    """One entry as an auditor reads it."""

    id: int
    at: datetime
    actor_name: str
    role: str
    team: str
    purpose: str
    action: str
    sentence: str
    subject_kind: str
    subject_id: str
    people: int
    detail: dict[str, object]


def seal() -> int:
    """Close over every entry whose transaction has ended; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("select audit_seal()")
        (count,) = cursor.fetchone()
    return int(count)


def _stream(sql: str) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(2000):
            yield from rows


def _seals() -> Iterator[Seal]:
    for n, below, count, root, previous, digest in _stream(_SEALS):
        yield Seal(n, below, count, bytes(root), bytes(previous), bytes(digest))


def _kept() -> bool:
    """Whether the reader can be kept from any entry. Others stream the table itself, which needs no room."""
    with connection.cursor() as cursor:
        cursor.execute("select audit_kept_any()")
        kept: bool = cursor.fetchone()[0]
    return kept


@access.reads
def check(*, by: Actor, expected: Mapping[int, bytes] | None = None) -> Verdict:
    """Recompute every seal from the entries under it, also from those that the reader is kept from.

    `expected` are seals that were noted before, elsewhere: what hash each number had.
    """
    access.check(by, VERIFY_LOG)
    seals = list(_seals())  # before the entries: a seal that is made meanwhile closes over what was not read
    found = verify(_stream(_EVERY if _kept() else _ENTRIES), seals, expected)
    record(
        by=by,
        action="consultation",
        sentence="audit.verified",
        subject=("log", found.seals),
        detail={"sealed": found.sealed, "waiting": found.waiting, "faults": len(found.faults)},
    )
    return found


def export(*, by: Actor) -> Iterator[str]:
    """Yield the log as JSON lines that `verify.py` checks on any machine."""
    access.check(by, VERIFY_LOG)
    with access.acting(by):
        for s in list(_seals()):  # before the entries, as in `check`
            yield json.dumps(
                {
                    "seal": s.n,
                    "xid_below": s.xid_below,
                    "entries": s.entries,
                    "root": s.root.hex(),
                    "previous": s.previous.hex(),
                    "hash": s.hash.hex(),
                }
            )
        for xid, _, text in _stream(_ENTRIES):
            yield json.dumps({"xid": xid, "entry": text})
        record(by=by, action="disclosure", sentence="audit.exported", subject=("log", "all"))


@access.reads
def lines(
    *,
    by: Actor,
    person: uuid.UUID | None = None,
    people: Sequence[uuid.UUID] = (),
    subject: tuple[str, str] | None = None,
    actor_name: str = "",
    action: str = "",
    before: int | None = None,
    limit: int = 100,
) -> tuple[Line, ...]:
    """Return entries newest first, narrowed by any of the people shown, subject, who acted or what kind."""
    access.check(by, READ_LOG)
    found = AuditEntry.objects.order_by("-id")
    named = [*people, *([person] if person else [])]
    naming = RawSQL("select audit_naming(p) from unnest(%s::uuid[]) p", [named])
    found = found.filter(id__in=naming) if named else found
    found = found.filter(subject_kind=subject[0], subject_id=subject[1]) if subject else found
    found = found.filter(actor_name__icontains=actor_name) if actor_name else found
    found = found.filter(action=action) if action else found
    found = found.filter(id__lt=before) if before else found
    shown = tuple(_line(entry) for entry in found[:limit])
    record(
        by=by,
        action="consultation",
        sentence="audit.read",
        subject=("log", "lines"),
        people=named,
        detail={"lines": len(shown)},
    )
    return shown


def _line(entry: AuditEntry) -> Line:
    return Line(
        entry.id,
        entry.at,
        entry.actor_name,
        entry.role,
        entry.team,
        entry.purpose,
        entry.action,
        entry.sentence,
        entry.subject_kind,
        entry.subject_id,
        len(entry.people),
        entry.detail,
    )
