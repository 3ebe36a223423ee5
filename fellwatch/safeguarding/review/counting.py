"""Count what reviews came to: once an hour for everybody, and the newest hours for each reader.

Whether a review may be read is worked out for each of them: that, and not the counting, takes the time.
`foundation.counts` says who may learn what by what is kept.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from fellwatch.assessments import queries as assessments
from fellwatch.assessments.models import FormReview
from fellwatch.assessments.values import PromptView
from fellwatch.foundation import access, clock, counts
from fellwatch.foundation.access import Actor
from fellwatch.foundation.access.permissions import COUNT
from fellwatch.foundation.counts import Kept
from fellwatch.safeguarding.access import FIGURES

KEPT = "safeguarding.returns"
MONTHS = 12
WINDOW = timedelta(days=90)


class Reviewed(NamedTuple):
    """How many forms were looked at and sent back.

    `seen` and `back` are by month, team and instrument; `given` by month, instrument, question and reason, each time
    one was given; `beside` and `cited` by prompt and side of its day ("before", "since"): reviews of its instrument,
    and those that sent its question back. Months and prompts are written as text.
    """

    seen: Counter[tuple[str, ...]]
    back: Counter[tuple[str, ...]]
    given: Counter[tuple[str, ...]]
    beside: Counter[tuple[str, ...]]
    cited: Counter[tuple[str, ...]]


class Span(NamedTuple):
    """A time on one side of a prompt's day."""

    prompt: uuid.UUID
    side: str
    instrument: str
    question: str
    since: datetime
    until: datetime


def reviewed(
    firsts: Sequence[date], prompts: Sequence[PromptView], *, by: Actor, now: datetime
) -> tuple[Reviewed, Kept | None]:
    """Count the months, and both sides of each prompt; say what was kept of it. A step of reads that check."""
    kept = counts.read(KEPT, by=by)
    since = clock.midnight(firsts[0])
    if kept is None:
        return _count(since, None, _spans(prompts, now), by=by), None
    past = _opened(kept.counts)
    live = _count(max(since, kept.until_at), None, _spans(prompts, now, kept.until_at), by=by)
    wanted = {first.isoformat() for first in firsts}
    for sums in past[:3]:
        for key in [key for key in sums if key[0] not in wanted]:
            del sums[key]
    return Reviewed(*(some + more for some, more in zip(past, live, strict=True))), kept


def keep(*, by: Actor, now: datetime) -> int:
    """Count the reviews of the last months and beside each prompt but for the newest hours, and keep the counts."""
    access.check(by, COUNT)
    since, until = clock.midnight(clock.months_to(clock.london_date(now), MONTHS)[0]), counts.until(now)
    with access.acting(by):
        found = _count(since, until, _spans(assessments.prompts(by=by), until), by=by)
        rows = [[[*key, number] for key, number in sums.items()] for sums in found]
        counts.keep(KEPT, rows, permission=FIGURES, sentence="safeguarding.returns_kept", by=by, now=now)
    return sum(len(some) for some in rows)


def length(prompt: PromptView, now: datetime) -> timedelta:
    """Return how long the time on each side of a prompt's day is: no longer than the prompt has stood."""
    until = min(prompt.ended_at or now, now)
    return max(min(until - prompt.from_at, WINDOW), timedelta())


def _spans(prompts: Iterable[PromptView], now: datetime, counted: datetime | None = None) -> list[Span]:
    """Return both sides of each prompt, or what came to them since they were counted. Each grows away from its day."""
    found = []
    for one in prompts:
        whole, had = length(one, now), length(one, counted) if counted else timedelta()
        if whole > had:
            about, at = (one.instrument, one.question), one.from_at
            found.append(Span(one.id, "before", *about, at - whole, at - had))
            found.append(Span(one.id, "since", *about, at + had, at + whole))
    return found


def _count(since: datetime, until: datetime | None, spans: Sequence[Span], *, by: Actor) -> Reviewed:
    """Count everything in one pass over the reviews since a moment and those within the spans."""
    within, returned = Q(at__gte=since), Q(outcome="returned")
    if until:
        within &= Q(at__lt=until)
    every, sums = within, dict[str, Count]()
    for n, one in enumerate(spans):
        inside = Q(at__gte=one.since, at__lt=one.until)
        every |= inside
        beside = inside & Q(form__instrument=one.instrument)
        sums[f"beside{n}"] = Count("id", filter=beside)
        sums[f"cited{n}"] = Count("id", filter=beside & returned & Q(reasons__has_key=one.question))
    rows = FormReview.objects.filter(every).annotate(month=TruncMonth("at", tzinfo=clock.LONDON))
    found = rows.values_list("month", "team", "form__instrument").annotate(
        seen=Count("id", filter=within),
        back=Count("id", filter=within & returned),
        given=JSONBAgg("reasons", filter=within & returned),
        **sums,
    )
    with counts.plain(by):
        return _folded(found, spans)


def _folded(rows: Iterable[Sequence[Any]], spans: Sequence[Span]) -> Reviewed:
    found = Reviewed(Counter(), Counter(), Counter(), Counter(), Counter())
    for at, team, instrument, seen, back, given, *beside in rows:
        month = clock.london_date(at).isoformat()
        found.seen[month, team, instrument] += seen
        found.back[month, team, instrument] += back
        for reasons in given or ():
            for question, reason in reasons.items():
                found.given[month, instrument, question, reason["code"]] += 1
        for one, all_of, cited in zip(spans, beside[::2], beside[1::2], strict=True):
            found.beside[str(one.prompt), one.side] += all_of
            found.cited[str(one.prompt), one.side] += cited
    return found


def _opened(kept: Sequence[Sequence[Sequence[Any]]]) -> Reviewed:
    return Reviewed(*(Counter({tuple(key): number for *key, number in rows}) for rows in kept))
