"""What is done for one victim of an incident: what they want, the evidence without them, what they hear, support."""

import uuid
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from fellwatch.foundation.access import Actor
from fellwatch.response import actions, checks
from fellwatch.response.pages import scene
from fellwatch.response.pages.standing import field
from fellwatch.response.pages.typed import Step, Typed


def _of(request: HttpRequest, id: uuid.UUID, person: uuid.UUID, step: Step, fields: dict[str, str]) -> HttpResponse:
    return scene.do(request, id, step, {said: field(name, person) for said, name in fields.items()})


@require_POST
def stance(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Keep whether a victim supports action."""

    def keep(typed: Typed, by: Actor, now: datetime) -> None:
        actions.take_stance(
            id,
            person,
            typed.get(field("stance", person)),
            words=typed.get(field("stance_words", person)),
            statement_taken=typed.get(field("statement_taken", person)) == "yes",
            by=by,
            now=now,
            id=typed.id(),
        )

    return _of(request, id, person, keep, {"stance": "stance", "words": "stance_words"})


@require_POST
def evidence(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Say whether a case goes on without its victim."""

    def keep(typed: Typed, by: Actor, now: datetime) -> None:
        said = typed.get(field("goes_on", person))
        checks.stop({} if said else {"goes_on": "Say whether the case goes on."})
        found = typed.get(field("evidence_words", person))
        actions.review_evidence(id, person, goes_on=said == "yes", words=found, by=by, now=now, id=typed.id())

    return _of(request, id, person, keep, {"goes_on": "goes_on", "words": "evidence_words"})


@require_POST
def tell(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Say that a victim was told."""

    def keep(typed: Typed, by: Actor, now: datetime) -> None:
        means, to = typed.get(field("means", person)), typed.get(field("to", person))
        said = typed.get(field("told_words", person))
        actions.tell(id, person, means=means, to=to, words=said, by=by, now=now, id=typed.id())

    return _of(request, id, person, keep, {"means": "means", "to": "to", "words": "told_words"})


@require_POST
def support(request: HttpRequest, id: uuid.UUID, person: uuid.UUID) -> HttpResponse:
    """Refer a victim to support, or keep that they said no."""

    def keep(typed: Typed, by: Actor, now: datetime) -> None:
        said, service = typed.get(field("wanted", person)), typed.get(field("service", person))
        checks.stop({} if said else {"wanted": "Say whether they want support."})
        actions.refer_to_support(id, person, wanted=said == "yes", service=service, by=by, now=now, id=typed.id())

    return _of(request, id, person, keep, {"wanted": "wanted", "service": "service"})
