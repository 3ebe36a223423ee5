"""What handhelds ask and send: setting up, the day's incidents, forms, photographs, and whether to destroy it all."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from fellwatch.assessments.photographs import actions as photographs
from fellwatch.assessments.photographs.values import PART, NewPhotograph, PhotographState
from fellwatch.assessments.sendings import actions as sendings
from fellwatch.assessments.sendings import reading
from fellwatch.assessments.sendings.values import Receipt
from fellwatch.assessments.values import Invalid
from fellwatch.foundation import access, clock
from fellwatch.foundation.accounts import roles
from fellwatch.foundation.accounts.reader import reader
from fellwatch.handheld import actions, forms, nearby, notes, placing, queries
from fellwatch.handheld.pages import wire
from fellwatch.handheld.values import Clocks
from fellwatch.response import actions as response

SERVICE = "handhelds"


@wire.answers
def enrol(request: HttpRequest) -> HttpResponse:
    """Set up a handheld for whoever is signed in."""
    by, now, given = reader(request), clock.now(), wire.body(request)
    key = wire.recovery_key()
    if not key:
        raise Invalid({"key": "The force has no recovery key yet. Run: fellwatch handheld recovery-key."})
    clocks = Clocks(placing.stamp(given.get("clock")))
    contact = actions.enrol(
        wire.device(request), str(given.get("name", "")), wire.token(request), clocks, by=by, now=now
    )
    return JsonResponse(
        {"officer": {"id": str(by.id), "name": by.name}, "key": key, "contact": str(contact), "now": now.isoformat()}
    )


@wire.answers
def sync(request: HttpRequest) -> HttpResponse:
    """Give a handheld what has changed, and the list of what it may go on holding."""
    caller, given = wire.caller(request), wire.body(request)
    have, kept = given.get("have", {}), given.get("kept", [])
    if not isinstance(have, dict) or not isinstance(kept, list):
        raise Invalid({"body": "This cannot be read: it is not what a handheld sends."})
    here = nearby.read(given.get("here"))
    found = queries.day(have, _ids(kept), by=caller.by, now=caller.now, here=here)
    carried = forms.carried(by=caller.by, now=caller.now)
    return JsonResponse(
        {
            "now": caller.now.isoformat(),
            "contact": str(caller.contact_id),
            "cards": list(found.cards),
            "order": [str(one) for one in found.order],
            "own": [str(one) for one in found.own],
            "forms": carried if given.get("forms") != forms.mark(carried) else None,
            "forms_mark": forms.mark(carried),
        }
    )


def _ids(given: list[Any]) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(one) for one in given]
    except (ValueError, TypeError, AttributeError):
        raise Invalid({"kept": "This cannot be read: it is not a list of incidents."}) from None


@wire.answers
def send(request: HttpRequest) -> HttpResponse:
    """Take in one sending of a form and give its receipt, the same however often it comes."""
    caller, written = wire.caller(request), wire.text(request)
    sent, given = reading.read(written), wire.body(request)
    stamps = {str(one["question"]): one["stamp"] for one in given["changes"] if one.get("stamp")}
    times = queries.placed(stamps, device_id=caller.device_id, told=caller.told, by=caller.by)
    with access.acting(caller.by):
        receipt = sendings.receive(sent, times, device_id=caller.device_id, by=caller.by, now=caller.now)
        if receipt.outcome.get("handed_in", {}).get("done") and not receipt.again:
            response.follow(sent.incident_id, sent.instrument, sent.person_id, by=caller.by, now=caller.now)
    return JsonResponse({"contact": str(caller.contact_id), **_receipt(receipt)})


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "id": str(receipt.id),
        "digest": receipt.digest,
        "code": receipt.code,
        "received": receipt.received_at.isoformat(timespec="seconds"),
        "number": receipt.number,
        "answers": dict(receipt.answers),
        "outcome": dict(receipt.outcome),
        "again": receipt.again,
    }


@wire.answers
def photograph(request: HttpRequest) -> HttpResponse:
    """Hear that a photograph is coming, and say which parts are wanted."""
    caller, given = wire.caller(request), wire.body(request)
    stamps = {"taken": given.get("stamp")}
    taken = queries.placed(stamps, device_id=caller.device_id, told=caller.told, by=caller.by)
    new = _new_photograph(given)
    return _state(photographs.declare(new, taken["taken"], device_id=caller.device_id, by=caller.by, now=caller.now))


def _new_photograph(given: Any) -> NewPhotograph:
    try:
        return NewPhotograph(
            id=uuid.UUID(given["id"]),
            incident_id=uuid.UUID(given["incident"]),
            person_id=uuid.UUID(given["person"]) if given.get("person") else None,
            caption=str(given.get("caption", "")),
            exhibit=str(given.get("exhibit", "")),
            media_type=str(given["type"]),
            size=int(given["size"]),
            digest=str(given["digest"]),
        )
    except (KeyError, ValueError, TypeError, AttributeError):
        raise Invalid({"body": "This is not a photograph that can be read. It stays on the handheld."}) from None


@wire.answers
def part(request: HttpRequest, id: uuid.UUID, number: int) -> HttpResponse:
    """Take in some bytes of a photograph."""
    caller = wire.caller(request)
    return _state(photographs.take_part(id, number, request.body, by=caller.by, now=caller.now))


def _state(state: PhotographState) -> HttpResponse:
    return JsonResponse(
        {
            "id": str(state.id),
            "wanted": list(state.wanted),
            "complete": state.complete,
            "code": state.code,
            "part": PART,
        }
    )


@wire.answers
def note(request: HttpRequest) -> HttpResponse:
    """Take in somebody of the household, a recording's reference or an exhibit, and say that it is stored."""
    caller, given = wire.caller(request), wire.body(request)
    stamps = {"noted": given.get("stamp")}
    placed = queries.placed(stamps, device_id=caller.device_id, told=caller.told, by=caller.by)
    notes.take(given, placed["noted"].at, by=caller.by, now=caller.now)
    return JsonResponse({"done": True, "received": caller.now.isoformat(timespec="seconds")})


@wire.answers
def standing(request: HttpRequest) -> HttpResponse:
    """Tell a handheld, locked or not and whoever is signed in, whether it must destroy what it holds."""
    service = roles.system(SERVICE)
    because = actions.must_wipe(wire.device(request), wire.token(request), by=service, now=clock.now())
    return JsonResponse({"wipe": bool(because), "because": because})


@wire.answers
def wiped(request: HttpRequest) -> HttpResponse:
    """Keep what a handheld says it destroyed, and what it sealed first."""
    given, service = wire.body(request), roles.system(SERVICE)
    destroyed, sealed = given.get("destroyed", []), given.get("sealed", {})
    if not isinstance(destroyed, list) or not isinstance(sealed, dict):
        raise Invalid({"body": "This cannot be read: it is not what a handheld sends."})
    lines = [{name: str(value)[:200] for name, value in one.items()} for one in destroyed[:2000]]
    envelopes = {str(name): str(one) for name, one in sealed.items()}
    device, key, more = wire.device(request), wire.token(request), given.get("more") is True
    actions.wiped(device, key, lines, envelopes, by=service, now=clock.now(), more=more)
    return JsonResponse({"done": True})
