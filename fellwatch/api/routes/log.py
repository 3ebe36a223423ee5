"""The log: who did and saw what, and whether the chain holds."""

from typing import Literal
from urllib.parse import urlencode

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from fellwatch.api import declared
from fellwatch.api.fields import Code, Given, Id, Word
from fellwatch.api.keys import holder
from fellwatch.api.shapes import log as shapes
from fellwatch.contact.values import Invalid
from fellwatch.foundation.audit import chain
from fellwatch.foundation.audit.verify import Verdict

router = Router(tags=["Log"])
Action = Literal[
    "collection", "alteration", "consultation", "disclosure", "combination", "erasure", "refusal", "duty", "session"
]


class Narrowed(Given):
    """What the log is narrowed to. `before` is the id to go on from."""

    person: Id | None = None
    subject_kind: Code | None = None
    subject_id: Word | None = None
    actor_name: Word = ""
    action: Action | None = None
    before: int | None = Field(None, ge=1, le=2**63 - 1)
    limit: int = Field(100, ge=1, le=500)


@router.get(
    "/log",
    operation_id="listLog",
    summary="The log, newest first",
    response=shapes.Lines,
    openapi_extra=declared.errors(declared.READ),
)
def lines(request: HttpRequest, narrowed: Query[Narrowed]) -> dict[str, object]:
    """Return entries of the log; reading it is logged too."""
    asked = narrowed
    if bool(asked.subject_kind) != bool(asked.subject_id):
        raise Invalid({"subject_id": "Give subject_kind and subject_id together, such as incident and its id."})
    found = chain.lines(
        by=holder(request),
        person=asked.person,
        subject=(asked.subject_kind, asked.subject_id) if asked.subject_kind and asked.subject_id else None,
        actor_name=asked.actor_name,
        action=asked.action or "",
        before=asked.before,
        limit=asked.limit,
    )
    return {"items": found, "next": _next(asked, found[-1].id) if len(found) == asked.limit else None}


def _next(asked: Narrowed, before: int) -> str:
    kept = asked.model_dump(exclude_defaults=True, exclude={"before"})
    return f"/api/v1/log?{urlencode({**kept, 'before': before})}"


@router.get(
    "/log/verification",
    operation_id="verifyLog",
    summary="Whether the log holds",
    response=shapes.Verdict,
    openapi_extra=declared.errors(declared.READ),
)
def verification(request: HttpRequest) -> Verdict:
    """Recompute every seal from the entries under it."""
    return chain.check(by=holder(request))
