"""Returns, prompts and the backlog in numbers; and the prompts that a supervisor adds or takes away."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from fellwatch.assessments import access as assessments
from fellwatch.assessments import actions
from fellwatch.assessments.instruments import edition_of
from fellwatch.assessments.values import Invalid, NewPrompt
from fellwatch.foundation import access, clock, ids, policy, series
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts.reader import reader
from fellwatch.safeguarding.pages import review_showing as showing
from fellwatch.safeguarding.pages.forms import Typed, typed
from fellwatch.safeguarding.review import figures as review
from fellwatch.safeguarding.review.figures import RISKS, Effect, Returns
from fellwatch.safeguarding.review.intervals import Share

PROMPTED = ("dash", "dara", "child_notice", "adult_notice", "household_voice", "positive_action")
ACROSS = 360.0


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Show what comes back, from whom and why, whether each prompt helped, and the backlog by age and risk."""
    return _page(request, Typed(), {})


@require_POST
def add_prompt(request: HttpRequest) -> HttpResponse:
    """Put words beside a question."""
    by, now, said = reader(request), clock.now(), typed(request)
    instrument, _, question = said.get("question").partition(".")
    new = NewPrompt(instrument, question, said.get("words"), said.get("because"), said.id())
    try:
        actions.add_prompt(new, by=by, now=now)
    except Invalid as wrong:
        return _page(request, said, wrong.problems)
    messages.success(request, "The prompt stands beside its question from now, on desks and handhelds.")
    return redirect("safeguarding:figures")


@require_POST
def end_prompt(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Take a prompt away."""
    by, now, said = reader(request), clock.now(), typed(request)
    try:
        actions.end_prompt(id, said.get(f"because-{id}"), by=by, now=now)
    except Invalid as wrong:
        return _page(request, said, wrong.problems)
    messages.success(request, "The prompt is gone. What it did stays below.")
    return redirect("safeguarding:figures")


def _page(request: HttpRequest, said: Typed, problems: Mapping[str, str]) -> HttpResponse:
    by, now = reader(request), clock.now()
    with access.acting(by):
        found = review.returns(by=by, now=now)
        backlog = review.backlog(by=by, now=now)
    values = {
        "whole": _words(found.whole) if found.whole else "Nothing has been looked at in these months.",
        "kept": found.kept,
        "months": _months(found),
        "teams": [_row(team, one) for team, one in found.teams],
        "reasons": [(showing.label("return_reasons", code, now), count) for code, count in found.reasons],
        "questions": [_row(_question(instrument, name, now), one) for instrument, name, one in found.questions],
        "effects": [_effect(one, now) for one in found.effects],
        "backlog": _backlog(backlog),
        "may_prompt": assessments.PROMPT in by.permissions,
        "choices": _choices(by, now),
        "typed": said,
        "new_id": ids.new(),
        "errors": [{"text": text, "href": f"#{name}"} for name, text in problems.items()],
    }
    return render(request, "safeguarding/figures.html", values, status=422 if problems else 200)


def _words(one: Share) -> str:
    return (
        f"{one.part:,} of {one.whole:,} sent back: {one.rate:.1f} per cent "
        f"(19 times in 20 between {one.low:.1f} and {one.high:.1f})"
    )


def _row(name: str, one: Share) -> dict[str, object]:
    """Return a share as a line with its interval drawn on a scale of 0 to 100."""
    return {
        "name": name,
        "part": one.part,
        "whole": one.whole,
        "rate": f"{one.rate:.1f}",
        "interval": f"{one.low:.1f} to {one.high:.1f}",
        "left": round(one.low, 1),
        "width": round(max(one.high - one.low, 0.6), 1),
        "at": round(one.rate, 1),
    }


def _months(found: Returns) -> dict[str, object]:
    known = [(first, one) for first, one in found.months if one]
    last = known[-1] if known else None
    return {
        "words": f"{last[0]:%B %Y}: {_words(last[1])}." if last else "Nothing was looked at in these months.",
        "series": series.of((f"{first:%b %Y}", one.rate if one else None) for first, one in found.months),
        "rows": [
            (f"{first:%b %Y}", one.part if one else 0, one.whole if one else 0, f"{one.rate:.1f}" if one else "none")
            for first, one in found.months
        ],
    }


def _question(instrument: str, name: str, now: datetime) -> str:
    edition = edition_of(instrument, clock.london_date(now))
    label = next((one.label for one in edition.instrument.library if one.id == name), name)
    return f"{edition.title}: {label}"


def _effect(one: Effect, now: datetime) -> dict[str, object]:
    prompt = one.prompt
    return {
        "id": prompt.id,
        "question": _question(prompt.instrument, prompt.question, now),
        "words": prompt.words,
        "because": prompt.because,
        "by": prompt.by_name,
        "from_at": prompt.from_at,
        "ended_at": prompt.ended_at,
        "ended_because": prompt.ended_because,
        "days": one.days,
        "before": _row(f"{one.days} days before", one.before) if one.before else None,
        "after": _row(f"{one.days} days since", one.after) if one.after else None,
        "verdict": _verdict(one),
    }


def _verdict(one: Effect) -> str:
    if one.change is None:
        return "Too little has been looked at on one side of the day to say anything."
    found = one.change
    words = f"{abs(found.points):.1f} points {'fewer' if found.points < 0 else 'more'} come back"
    sure = f"the change lies between {found.low:+.1f} and {found.high:+.1f} points 19 times in 20"
    if not found.is_told:
        return f"{words}, but {sure}: chance alone may do this. It cannot be said that the prompt helped."
    helped = "it helped, or what came with it did" if found.points < 0 else "it did not help"
    return f"{words}; {sure}: {helped}."


def _backlog(counts: Mapping[str, Mapping[str, int]]) -> dict[str, object]:
    most = max([sum(risks.values()) for risks in counts.values()] + [1])
    rows = []
    for age, risks in counts.items():
        left, parts = 0.0, []
        for risk in RISKS:
            width = round(ACROSS * risks[risk] / most, 1)
            parts.append({"risk": risk or "none", "left": left, "width": width})
            left = round(left + width, 1)
        rows.append(
            {
                "age": age,
                "parts": parts,
                "end": left,
                "counts": [risks[risk] for risk in RISKS],
                "sum": sum(risks.values()),
            }
        )
    total = sum(sum(risks.values()) for risks in counts.values())
    old = sum(counts["More than 28 days"].values()) + sum(counts["7 to 28 days"].values())
    high = sum(risks["high"] for risks in counts.values())
    words = f"{total:,} forms are not finished, {high:,} of them high risk; {old:,} are older than 7 days."
    return {"rows": rows, "words": words, "columns": [showing.GRADES.get(risk, "No grade") for risk in RISKS]}


def _choices(by: Actor, now: datetime) -> Sequence[Mapping[str, object]]:
    """Return the questions a prompt can stand beside, form by form."""
    if assessments.PROMPT not in by.permissions:
        return ()
    found = []
    for instrument in PROMPTED:
        if instrument in policy.of_kind("instrument"):
            edition = edition_of(instrument, clock.london_date(now))
            options = [
                {"code": f"{instrument}.{one.id}", "text": f"{one.number}. {one.label}" if one.number else one.label}
                for one in edition.instrument.questions
            ]
            found.append({"text": edition.title, "options": options})
    return found
