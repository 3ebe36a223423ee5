"""Requests from handhelds: who speaks, from which device, and answers as JSON that a device can act on."""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from fellwatch.assessments.sendings.values import Taken
from fellwatch.assessments.values import Invalid
from fellwatch.foundation import access, audit, clock, plain, sealed
from fellwatch.foundation.access import Actor, Refused
from fellwatch.foundation.accounts.reader import reader
from fellwatch.handheld import actions, placing
from fellwatch.handheld.access import USE
from fellwatch.handheld.values import Clocks, NotEnrolled, WipeAsked
from fellwatch.records.queries import Missing
from fellwatch.rules.device_time import Contact

P = ParamSpec("P")


@dataclass(frozen=True)
class Caller:
    """An officer speaking through a handheld, with the contact this request makes."""

    by: Actor
    now: datetime
    device_id: uuid.UUID
    contact_id: uuid.UUID
    told: Contact


def answers(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer every refusal and fault as JSON with what to do; log refusals in a transaction of their own."""

    @wraps(view)
    def inside(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return _refused(request, refused)
        except WipeAsked as wipe:
            return JsonResponse({"problem": "wipe", "words": wipe.because}, status=410)
        except NotEnrolled as unknown:
            return JsonResponse({"problem": "not_enrolled", "words": str(unknown)}, status=403)
        except Missing as missing:
            return JsonResponse({"problem": "missing", "words": str(missing)}, status=404)
        except Taken as taken:
            return JsonResponse({"problem": "taken", "words": _words(taken)}, status=409)
        except Invalid as wrong:
            return JsonResponse({"problem": "invalid", "words": _words(wrong), "fields": wrong.problems}, status=422)

    return require_POST(inside)


def _words(wrong: Invalid) -> str:
    return " ".join(wrong.problems.values())


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    if not request.user.is_authenticated:
        return JsonResponse({"problem": "sign_in", "words": "Sign in to send. Everything is safe here."}, status=401)
    audit.refusal(by=reader(request), refused=refused)
    return JsonResponse({"problem": "refused", "words": " ".join(refused.because)}, status=403)


def caller(request: HttpRequest) -> Caller:
    """Return who speaks through which handheld, and note that it is in touch; raise what keeps it from speaking."""
    by, now = reader(request), clock.now()
    access.check(by, USE)
    given = _json(request.headers.get("X-Handheld-Clock", ""))
    device_id, clocks = device(request), Clocks(placing.stamp(given), *_counts(given))
    contact_id = actions.meet(device_id, token(request), clocks, by=by, now=now)
    return Caller(by, now, device_id, contact_id, Contact(now, clocks.stamp))


def _counts(given: Mapping[str, Any]) -> tuple[str, int, int]:
    held, unsent = (given.get(name) for name in ("held", "unsent"))
    return str(given.get("app", ""))[:80], _count(held), _count(unsent)


def _count(given: object) -> int:
    return min(max(given, 0), 1_000_000) if isinstance(given, int) else 0


def device(request: HttpRequest) -> uuid.UUID:
    """Return which handheld speaks, or raise NotEnrolled."""
    try:
        return uuid.UUID(request.headers.get("X-Handheld", ""))
    except ValueError:
        raise NotEnrolled from None


def token(request: HttpRequest) -> str:
    """Return the key with which the handheld proves itself."""
    return request.headers.get("X-Handheld-Key", "")


def body(request: HttpRequest) -> Mapping[str, Any]:
    """Return the request's JSON object, or raise Invalid."""
    return _json(text(request))


def text(request: HttpRequest) -> str:
    """Return the request's body as it was written, or raise Invalid."""
    try:
        return request.body.decode()
    except UnicodeDecodeError:
        raise Invalid({"body": "This cannot be read: it was damaged on the way."}) from None


def _json(written: str) -> Mapping[str, Any]:
    try:
        found = json.loads(written)
    except (ValueError, RecursionError):
        raise Invalid({"body": "This cannot be read: it was damaged on the way."}) from None
    if not isinstance(found, dict):
        raise Invalid({"body": "This cannot be read: it is not an object."})
    return {name: plain.all_visible(value) for name, value in found.items()}


def recovery_key() -> str:
    """Return the public key that unsent work is sealed to; empty where the force has made none."""
    return sealed.public_text(settings.FELLWATCH_RECOVERY_KEY)
