"""The log as an auditor reads it: who saw and did what, for which purpose, and whether it is whole."""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from fellwatch.foundation import plain
from fellwatch.foundation.access import can, permissions
from fellwatch.foundation.accounts.reader import reader
from fellwatch.foundation.audit import chain
from fellwatch.foundation.audit.chain import Line
from fellwatch.foundation.audit.verify import noted as read_noted
from fellwatch.records import story
from fellwatch.shell.pages.sentences import ACTIONS, words
from fellwatch.shell.pages.subjects import IDENTIFIER, ONE, about

MOST = 100
LARGEST = 2**63 - 1
NUMBER = re.compile(r"\d{6}-\d{1,9}")
"""A log number of ours; one of another control room is found where an incident is asked for."""


@dataclass(frozen=True)
class Asked:
    """The filters as typed."""

    person: str = ""
    who: str = ""
    action: str = ""
    kind: str = ""
    subject: str = ""
    before: str = ""


@dataclass(frozen=True)
class Row:
    """One line in words."""

    id: int
    at: datetime
    who: str
    role: str
    team: str
    purpose: str
    action: str
    said: str
    about: str
    href: str
    people: int
    detail: tuple[tuple[str, str], ...]


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Show the log, newest first, narrowed by person shown, who acted, what kind and what about."""
    by, asked = reader(request), _asked(request)
    errors = tuple(_problems(asked))
    found = () if errors else _lines(request, asked)
    values = {
        "asked": asked,
        "actions": _options(ACTIONS),
        "kinds": _options(
            {kind: words[:1].upper() + words[1:] for kind, words in sorted(ONE.items(), key=lambda one: one[1])}
        ),
        "rows": [row(line) for line in found],
        "errors": errors,
        "older_href": _older(asked, found) if len(found) == MOST else "",
        "newest_href": _older(asked, ()) if asked.before else "",
        "may_verify": can(by, permissions.VERIFY_LOG).allowed,
    }
    return render(request, "pages/log.html", values, status=400 if errors else 200)


@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """Recompute every seal, and say what is proved and what is not, also against a seal that was noted before."""
    text = request.GET.get("noted", "").strip()[:200]
    errors, expected = [], {}
    try:
        expected = dict([read_noted(text)] if text else [])
    except ValueError as wrong:
        errors = [{"text": str(wrong), "href": "#noted"}]
    values = {
        "verdict": None if errors else chain.check(by=reader(request), expected=expected),
        "noted": text,
        "errors": errors,
        "back": {"text": "Log", "href": reverse("shell:log")},
    }
    return render(request, "pages/verify.html", values, status=400 if errors else 200)


def row(line: Line) -> Row:
    """Return a line in words."""
    return Row(
        line.id,
        line.at,
        line.actor_name,
        line.role.replace("_", " "),
        line.team,
        line.purpose,
        ACTIONS.get(line.action, line.action),
        words(line.sentence),
        about(line.subject_kind, line.subject_id),
        _href(line.subject_kind, line.subject_id),
        line.people,
        tuple((name.replace("_", " "), _plain(value)) for name, value in line.detail.items()),
    )


def _asked(request: HttpRequest) -> Asked:
    """Return the filters. A log number alone says what kind of thing it is."""
    asked = Asked(**{name: request.GET.get(name, "").strip()[:200] for name in Asked.__dataclass_fields__})
    return replace(asked, kind="incident") if not asked.kind and NUMBER.fullmatch(asked.subject) else asked


def _problems(asked: Asked) -> Iterator[Mapping[str, str]]:
    if asked.person and _uuid(asked.person) is None:
        yield {"text": "Paste a person's whole identifier, as their page's address shows it.", "href": "#person"}
    if asked.action and asked.action not in ACTIONS:
        yield {"text": "Choose a kind from the list.", "href": "#action"}
    if bool(asked.kind) != bool(asked.subject):
        yield {"text": "To narrow by what it is about, give both its kind and its identifier.", "href": "#subject"}
    if asked.before and not (asked.before.isdecimal() and int(asked.before) <= LARGEST):
        yield {"text": "The page asked for does not exist. Begin again with the newest lines.", "href": "#lines"}
    if not all(map(plain.storable, vars(asked).values())):
        yield {"text": "A filter holds a character that cannot be searched for. Type it again.", "href": "#who"}


def _lines(request: HttpRequest, asked: Asked) -> tuple[Line, ...]:
    by, subject = reader(request), asked.subject
    if asked.kind == "incident" and _uuid(subject) is None:
        subject = str(story.incident_bearing(subject.upper(), by=by) or subject)
    return chain.lines(
        by=by,
        person=_uuid(asked.person),
        subject=(asked.kind, subject) if asked.kind else None,
        actor_name=asked.who,
        action=asked.action,
        before=int(asked.before) if asked.before else None,
        limit=MOST,
    )


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _older(asked: Asked, found: tuple[Line, ...]) -> str:
    values = {**vars(asked), "before": str(found[-1].id) if found else ""}
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{reverse('shell:log')}?{query}" if query else reverse("shell:log")


def _options(named: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"code": code, "text": text} for code, text in named.items()]


def _href(kind: str, id: str) -> str:
    """Return where the log says everything else about the same thing. An auditor reads the log, not records."""
    if kind not in ONE or len(id) != IDENTIFIER:
        return ""
    return f"{reverse('shell:log')}?{urlencode({'kind': kind, 'subject': id})}"


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
