"""Make two people one; take people, or a partner's record and somebody, apart again, asking whose later entries are."""

import uuid
from collections.abc import Callable, Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fellwatch.communities import queries
from fellwatch.communities.access import REVIEW
from fellwatch.communities.pages import showing
from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.recognition import merging
from fellwatch.records import clusters, sources
from fellwatch.records import queries as records
from fellwatch.records.clusters import Entangled, Later, Undecided
from fellwatch.records.queries import Missing
from fellwatch.records.values import PersonView

LONGEST = 500
Problems = list[dict[str, str]]


@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Take a partner's record off somebody: with what it added, and what the reviewer says of later entries."""
    by, now = reader(request), clock.now()
    access.check(by, REVIEW)
    with access.acting(by):
        record = queries.record(id, by=by)
        if record.person_id is None:
            return _gone(request, "That record is joined to nobody.")
        person = records.person(record.person_id, by=by, now=now)
        later = sources.later(id, by=by)
    values = {
        "record": showing.record(record),
        "person": person,
        "why": showing.why(record.working, record.likelihood),
        "to": request.POST.get("to", ""),
        "back": _back(person),
    }
    return _undo(request, "communities/part.html", values, later, lambda how: _part(request, id, how, by))


def _part(request: HttpRequest, id: uuid.UUID, how: Mapping[str, object], by: Actor) -> HttpResponse:
    to = _named(request.POST.get("to", ""))
    _, after = merging.part(id, to=to, by=by, now=clock.now(), **how)  # type: ignore[arg-type]
    messages.success(request, "Taken off. This is whose record it is now.")
    return redirect("shell:person", after)


@require_http_methods(["GET", "POST"])
def unmerge(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Take two people apart who were made one."""
    by, now = reader(request), clock.now()
    access.check(by, REVIEW)
    try:
        later = clusters.later(id, by=by)
    except Entangled as first:
        return _gone(request, str(first))
    found = clusters.merged(id, by=by)
    person = records.person(found.survivor_id, by=by, now=now)
    values = {"merge": found, "person": person, "back": _back(person)}
    return _undo(request, "communities/unmerge.html", values, later, lambda how: _unmerge(request, id, how, by))


def _unmerge(request: HttpRequest, id: uuid.UUID, how: Mapping[str, object], by: Actor) -> HttpResponse:
    _, other = merging.unmerge(id, by=by, now=clock.now(), **how)  # type: ignore[arg-type]
    messages.success(request, "Taken apart. Each has what was theirs; this is the one who had been absorbed.")
    return redirect("shell:person", other)


def _undo(
    request: HttpRequest,
    template: str,
    values: dict[str, object],
    later: Sequence[Later],
    do: Callable[[Mapping[str, object]], HttpResponse],
) -> HttpResponse:
    """Ask for the reason and whose each later entry is; keep what was said where something is missing."""
    said = {item.key: request.POST.get(f"later-{item.key}", "") for item in later}
    because = request.POST.get("because", "").strip()[:LONGEST]
    asked = [{"key": i.key, "words": i.words, "said": said[i.key]} for i in later]
    shown = {**values, "later": asked, "because": because}
    if request.method != "POST":
        return render(request, template, shown)
    problems = _missing(because, asked)
    if not problems:
        try:
            return do({
                "go": frozenset(key for key, where in said.items() if where == "go"),
                "stay": frozenset(key for key, where in said.items() if where == "stay"),
                "because": because,
            })  # fmt: skip
        except Undecided:
            problems = [{"text": "Something was added meanwhile. Say whose it is.", "href": "#because"}]
        except (Entangled, Missing, ValueError) as wrong:
            problems = [{"text": str(wrong), "href": "#because"}]
    return render(request, template, {**shown, "errors": problems}, status=400)


def _missing(because: str, asked: Sequence[Mapping[str, str]]) -> Problems:
    problems = [] if because else [{"text": "Say why, in a sentence that somebody else can judge.", "href": "#because"}]
    for item in asked:
        if item["said"] not in ("go", "stay"):
            problems.append({"text": f"{item['words']}: say whose it is.", "href": f"#later-{item['key']}-1"})
    return problems


def _named(said: str) -> uuid.UUID | None:
    """Read the person a record is said to be: their page's address or id; nothing is one of its own."""
    tidy = said.strip().rstrip("/").rpartition("/")[2]
    if not tidy:
        return None
    try:
        return uuid.UUID(tidy)
    except ValueError as wrong:
        raise ValueError("Paste the address of their page, or leave it empty.") from wrong


def _back(person: PersonView) -> dict[str, str]:
    return {"text": person.name, "href": reverse("shell:person", args=[person.id])}


def _gone(request: HttpRequest, words: str) -> HttpResponse:
    messages.warning(request, words)
    return redirect("communities:overview")


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Make somebody else one with this person: name them, look at both, say why."""
    by, now = reader(request), clock.now()
    access.check(by, REVIEW)
    person = records.person(id, by=by, now=now)
    said = request.POST.get("other") or request.GET.get("other", "")
    because = request.POST.get("because", "").strip()[:LONGEST]
    values: dict[str, object] = {"person": person, "other_said": said, "because": because, "back": _back(person)}
    try:
        other = records.person(_named(said), by=by, now=now) if said.strip() and _named(said) else None  # type: ignore[arg-type]
    except (ValueError, Missing) as wrong:
        return _wrong(request, values, str(wrong), "other")
    if other is None:
        return (
            _wrong(request, values, "Say who else this is.", "other")
            if request.method == "POST"
            else _ask(request, values)
        )
    values |= {"other": other, "rows": _both(person, other)}
    if request.method != "POST" or not request.POST.get("sure"):
        return _ask(request, values)
    if not because:
        return _wrong(request, values, "Say why, in a sentence that somebody else can judge.", "because")
    try:
        merging.merge(person.id, other.id, because=because, by=by, now=now)
    except Entangled as wrong:
        return _wrong(request, values, str(wrong), "because")
    messages.success(request, f"{other.name} is part of this record now. The earlier address leads here.")
    return redirect("shell:person", person.id)


def _ask(request: HttpRequest, values: Mapping[str, object], status: int = 200) -> HttpResponse:
    return render(request, "communities/merge.html", dict(values), status=status)


def _wrong(request: HttpRequest, values: Mapping[str, object], text: str, field: str) -> HttpResponse:
    return _ask(request, {**values, "errors": [{"text": text, "href": f"#{field}"}]}, status=400)


def _both(one: PersonView, other: PersonView) -> list[tuple[str, str, str]]:
    return [
        ("Name", one.name, other.name),
        ("Other names", _listed(n for _, n in one.other_names), _listed(n for _, n in other.other_names)),
        ("Date of birth", str(one.born), str(other.born)),
        ("Sex", one.sex, other.sex),
        ("Telephone", _listed(one.phones), _listed(other.phones)),
        ("Address", one.address or "Not known", other.address or "Not known"),
        ("Warnings", _listed(m.kind for m in one.markers), _listed(m.kind for m in other.markers)),
    ]


def _listed(words) -> str:  # type: ignore[no-untyped-def]
    return ", ".join(words) or "None"
