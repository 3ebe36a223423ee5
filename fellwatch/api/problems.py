"""Everything that can go wrong, in one shape: RFC 9457, with what to do about it."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from psycopg import errors as database

from fellwatch.contact.values import Invalid, Overtaken
from fellwatch.foundation import audit, clock
from fellwatch.foundation.access import Actor, Refused
from fellwatch.foundation.accounts.roles import roles
from fellwatch.foundation.imports.importers import Unreadable
from fellwatch.foundation.imports.queries import NoSuchRun
from fellwatch.records.queries import Missing
from fellwatch.rules.errors import NoSuchRule, NoVersion

MEDIA = "application/problem+json"
TITLES = {
    400: "This cannot be read",
    401: "A key is needed",
    403: "This key may not do that",
    404: "There is no such thing",
    405: "That cannot be done here",
    409: "Somebody was first",
    413: "This is too large",
    422: "Some fields need another look",
    500: "Something went wrong here",
}
NAMES = {
    400: "unreadable",
    401: "key-needed",
    403: "refused",
    404: "missing",
    405: "no-such-method",
    409: "overtaken",
    413: "too-large",
    422: "invalid",
    500: "failure",
}
KEY_NEEDED = (
    "Send a key as `Authorization: Bearer fw_…`. A key ends on its day or when it is revoked: ask for a new one."
)
UNREADABLE = "The body is not JSON. Send an object in UTF-8, as the operation's schema shows."
TOO_LARGE = "Nothing was read. Send less at once, or a large file to /imports."
FAILED = "Nothing was stored. Send it again with the same ids; tell whoever runs this service if it goes on."


def problem(status: int, detail: str, **more: object) -> HttpResponse:
    """Answer with a problem: what is wrong and what to do, with `problems` by field where fields are wrong."""
    body = {"type": f"/api/v1/#{NAMES[status]}", "title": TITLES[status], "status": status, "detail": detail, **more}
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="Fellwatch"'
    return response


def fields(problems: Mapping[str, str]) -> HttpResponse:
    """Answer with what is wrong with each field, in the words the pages use."""
    count = len(problems)
    words = "One field needs" if count == 1 else f"{count} fields need"
    return problem(422, f"{words} another look. Nothing was stored.", problems=dict(problems))


def handle(api: NinjaAPI) -> None:
    """Teach the API what to answer for each thing that rooms raise."""
    for kind, answer in _ANSWERS.items():
        api.add_exception_handler(kind, answer)


def _refused(request: HttpRequest, refused: Any) -> HttpResponse:
    """Log the refusal in a transaction of its own before the reader sees it."""
    by: Actor = request.auth  # type: ignore[attr-defined]
    audit.refusal(by=by, refused=refused)
    because = _because(by, refused)
    return problem(403, " ".join(because), because=list(because))


def _because(by: Actor, refused: Refused) -> tuple[str, ...]:
    role = roles().get(by.role)
    if role and refused.permission in role.permissions:
        return (f"This key's scopes do not include {refused.permission}. Ask for a key that has it.",)
    return refused.because


def _overtaken(request: HttpRequest, overtaken: Any) -> HttpResponse:
    at = clock.london(overtaken.at).isoformat()
    words = f"{overtaken} Nothing was stored: read the incident again, and decide again."
    return problem(409, words, overtaken={"by_name": overtaken.by_name, "grade": overtaken.grade, "at": at})


def _unreadable_file(request: HttpRequest, unreadable: Any) -> HttpResponse:
    return fields({reason.field or "file": f"{reason.wrong} {reason.do}" for reason in unreadable.problems})


def _integrity(request: HttpRequest, broken: Any) -> HttpResponse:
    """Explain an id that is taken or that leads nowhere; anything else is a fault of ours."""
    match broken.__cause__:
        case database.UniqueViolation():
            return problem(409, "This id is already used for something else. Make a new one and send it again.")
        case database.ForeignKeyViolation():
            return fields({"id": "This names something that is not there. Look it up first."})
    return _failed(request, broken)


def _http(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, UNREADABLE if error.status_code == 400 else str(error))


def _failed(request: HttpRequest, error: Any) -> HttpResponse:
    logging.getLogger(__name__).error("The API failed at %s", request.resolver_match, exc_info=error)
    return problem(500, FAILED)


_ANSWERS: Mapping[type[Exception], Any] = {
    AuthenticationError: lambda request, error: problem(401, KEY_NEEDED),
    Refused: _refused,
    Missing: lambda request, error: problem(404, str(error)),
    NoSuchRun: lambda request, error: problem(404, str(error)),
    NoSuchRule: lambda request, error: problem(404, str(error)),
    NoVersion: lambda request, error: problem(404, str(error)),
    Http404: lambda request, error: problem(404, "There is nothing at this address. See /api/v1/ for what there is."),
    Overtaken: _overtaken,
    Invalid: lambda request, error: fields(error.problems),
    Unreadable: _unreadable_file,
    ValidationError: lambda request, error: fields({one["field"]: one["words"] for one in reversed(error.errors)}),
    RequestDataTooBig: lambda request, error: problem(413, TOO_LARGE),
    MultiPartParserError: lambda request, error: problem(400, "The form is damaged or cut short. Send it again."),
    BadRequest: lambda request, error: problem(400, UNREADABLE),
    SuspiciousOperation: lambda request, error: problem(400, UNREADABLE),
    HttpError: _http,
    IntegrityError: _integrity,
    Exception: _failed,
}
