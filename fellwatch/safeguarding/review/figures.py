"""The review in numbers: what comes back, from whom, why and where; whether a prompt helped; the backlog."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from fellwatch.assessments import queries as assessments
from fellwatch.assessments.models import UNFINISHED, Form, FormReview
from fellwatch.assessments.values import PromptView
from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.safeguarding.access import FIGURES
from fellwatch.safeguarding.review import intervals
from fellwatch.safeguarding.review.intervals import Change, Share

WINDOW = timedelta(days=90)
RISKS = ("high", "medium", "standard", "")
AGES = ((1, "Up to a day"), (3, "1 to 3 days"), (7, "3 to 7 days"), (28, "7 to 28 days"), (None, "More than 28 days"))


@dataclass(frozen=True)
class Effect:
    """How often a question's answers came back before a prompt and since, over windows of the same length."""

    prompt: PromptView
    days: int
    before: Share | None
    after: Share | None
    change: Change | None


@dataclass(frozen=True)
class Returns:
    """What was looked at and sent back since a day: by month, team, reason and question; and what each prompt did."""

    months: tuple[tuple[date, Share | None], ...]
    teams: tuple[tuple[str, Share], ...]
    reasons: tuple[tuple[str, int], ...]
    questions: tuple[tuple[str, str, Share], ...]
    whole: Share | None
    effects: tuple[Effect, ...]


@access.reads
def returns(*, by: Actor, now: datetime, months: int = 12) -> Returns:
    """Return what came back in the last whole months and this one, by either reviewer. Names nobody; logged.

    What each prompt did is the share of reviews that sent its question back, before it and since.
    """
    access.check(by, FIGURES)
    firsts = clock.months_to(clock.london_date(now), months)
    since = clock.midnight(firsts[0])
    windows = [window for one in assessments.prompts(by=by) for window in _windows(one, now)]
    passed = _counts(since, windows)
    counts = [row for row in passed if row.month >= firsts[0]]
    reasons, questions = _given(counts)
    audit.record(by=by, action="consultation", sentence="safeguarding.returns_read", subject=("figures", months))
    by_month, by_team, by_form = (_folded(counts, place) for place in (0, 1, 2))
    return Returns(
        months=tuple((first, intervals.share(*by_month.get(first, (0, 0)))) for first in firsts),
        teams=_worst((team, intervals.share(*pair)) for team, pair in by_team.items() if team),
        reasons=tuple(reasons.most_common()),
        questions=tuple(
            (instrument, question, found)
            for (instrument, question), count in questions.most_common(20)
            if (found := intervals.share(count, by_form[instrument][1]))
        ),
        whole=intervals.share(sum(row.back for row in counts), sum(row.seen for row in counts)),
        effects=_effects(windows, passed),
    )


class Window(NamedTuple):
    """A time on one side of a prompt."""

    prompt: PromptView
    since: datetime
    until: datetime


class Counted(NamedTuple):
    """What a team's forms of one kind came to in a month, and the reasons given, by question, each time.

    `inside` says of each window how many of them fell into it, and how many of these sent its question back.
    """

    month: date
    team: str
    instrument: str
    back: int
    seen: int
    given: Sequence[Mapping[str, Mapping[str, str]]]
    inside: Sequence[int]


def _counts(since: datetime, windows: Sequence[Window]) -> list[Counted]:
    """Count everything in one pass over the reviews since a day, or since the first of the windows.

    Whether a review may be read is worked out for each of them: that, and not the counting, takes the time.
    """
    returned = Q(outcome="returned")
    sums: dict[str, Count] = {}
    for n, one in enumerate(windows):
        inside = Q(form__instrument=one.prompt.instrument, at__gte=one.since, at__lt=one.until)
        cited = inside & returned & Q(reasons__has_key=one.prompt.question)
        sums |= {f"count{n}": Count("id", filter=inside), f"cited{n}": Count("id", filter=cited)}
    rows = FormReview.objects.filter(at__gte=min([since, *(one.since for one in windows)]))
    found = rows.annotate(month=TruncMonth("at", tzinfo=clock.LONDON)).values_list("month", "team", "form__instrument")
    given = JSONBAgg("reasons", filter=returned & Q(at__gte=since))
    counted = found.annotate(back=Count("id", filter=returned), seen=Count("id"), given=given, **sums)
    return [
        Counted(clock.london_date(month), team, instrument, back, seen, given or (), inside)
        for month, team, instrument, back, seen, given, *inside in counted
    ]


def _folded(counts: Iterable[Counted], place: int) -> dict[Any, tuple[int, int]]:
    """Add counts up by one of their columns."""
    sums: dict[Any, tuple[int, int]] = {}
    for row in counts:
        back, count = sums.get(row[place], (0, 0))
        sums[row[place]] = (back + row.back, count + row.seen)
    return sums


def _worst(found: Iterable[tuple[str, Share | None]]) -> tuple[tuple[str, Share], ...]:
    kept = [(team, one) for team, one in found if one]
    return tuple(sorted(kept, key=lambda pair: (-pair[1].rate, pair[0])))


def _given(counts: Iterable[Counted]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Count the codes given and the questions they stand beside."""
    reasons: Counter[str] = Counter()
    questions: Counter[tuple[str, str]] = Counter()
    for row in counts:
        for given in row.given:
            for question, reason in given.items():
                reasons[reason["code"]] += 1
                questions[row.instrument, question] += 1
    return reasons, questions


def _effects(windows: Sequence[Window], counts: Sequence[Counted]) -> tuple[Effect, ...]:
    """Return what each prompt did, from how many reviews fell into the windows on both sides of it."""
    sums = [sum(row.inside[place] for row in counts) for place in range(2 * len(windows))]
    shares = [intervals.share(cited, seen) for seen, cited in zip(sums[::2], sums[1::2], strict=True)]
    return tuple(
        Effect(
            before.prompt, max((before.until - before.since).days, 0), was, became,
            intervals.change(was, became) if was and became else None,
        )
        for before, was, became in zip(windows[::2], shares[::2], shares[1::2], strict=True)
    )  # fmt: skip


def _windows(prompt: PromptView, now: datetime) -> tuple[Window, Window]:
    """Return windows of the same length on both sides; neither is longer than the prompt has stood."""
    length = min((prompt.ended_at or now) - prompt.from_at, WINDOW)
    from_at = prompt.from_at
    return Window(prompt, from_at - length, from_at), Window(prompt, from_at, from_at + length)


@access.reads
def backlog(*, by: Actor, now: datetime) -> Mapping[str, Mapping[str, int]]:
    """Count what is not finished by age and acting grade: ages first, each with its risks. Names nobody."""
    access.check(by, FIGURES)
    counts = {words: dict.fromkeys(RISKS, 0) for _, words in AGES}
    rows = Form.objects.filter(state__in=UNFINISHED).values_list(
        "opened_at", "submitted_at", "grade", "specialist_grade"
    )
    for opened_at, submitted_at, grade, specialist in rows:
        days = (now - (submitted_at or opened_at)) / timedelta(days=1)
        age = next(words for most, words in AGES if most is None or days <= most)
        graded = specialist or grade
        counts[age][graded if graded in RISKS else ""] += 1
    return counts
