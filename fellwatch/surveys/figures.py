"""What surveys come to, by month and in all: counts of nobody. What is too few to show is hidden here, on no page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.rules import surveys as rule
from fellwatch.rules.surveys import Question, Survey
from fellwatch.safeguarding.review.intervals import Share, share
from fellwatch.surveys import law, life
from fellwatch.surveys.access import READ
from fellwatch.surveys.models import Answers, Attempt, Line, Selection

BEFORE = 12
"""How many months stand before the present one."""


@dataclass(frozen=True)
class Month:
    """A month's responses. None hides a number that is too small, or that would betray one."""

    first_date: date
    whole: int | None
    rate: Share | None


@dataclass(frozen=True)
class Answered:
    """How one question was answered well, as a share of those who said; `rate` is None where too few did."""

    question: Question
    whole: int | None
    rate: Share | None


@dataclass(frozen=True)
class Figures:
    """One group over thirteen months."""

    survey: Survey
    confidence: str
    months: tuple[Month, ...]
    all: Share | None
    waiting: int
    aside: Mapping[str, int]
    calls: Mapping[str, int]
    tried: Sequence[int]
    found: int
    asked: int
    not_drawn: int
    reasons: Mapping[str, int]
    questions: tuple[Answered, ...]
    themes: Mapping[str, int | None]
    read: int
    unread: int


@access.reads
def surveyed(*, by: Actor, now: datetime) -> tuple[Figures, ...]:
    """Return what each survey came to in thirteen months. What the reader may not see is not counted."""
    access.check(by, READ)
    firsts = clock.months_to(clock.london_date(now), BEFORE)
    found = tuple(_group(survey, firsts, now) for survey in law.surveys(now))
    audit.record(
        by=by, action="consultation", sentence="surveys.figures_read", subject=("surveys", firsts[0].isoformat())
    )
    return found


def _group(survey: Survey, firsts: Sequence[date], now: datetime) -> Figures:
    since = clock.midnight(firsts[0])
    lines = list(Line.objects.filter(group=survey.group, made_at__gte=since).values_list("state", "closed_at", "tried"))
    ended = [(state, at) for state, at, _ in lines if state in life.COUNTED and at]
    answered = sum(state == "answered" for state, _ in ended)
    chosen = list(Selection.objects.filter(group=survey.group, made_at__gte=since))
    said = list(Answers.objects.filter(group=survey.group, month__gte=firsts[0]))
    least = survey.small_number
    calls = Attempt.objects.filter(line__group=survey.group, at__gte=since).values_list("result", flat=True)
    marks = Counter(theme for row in said for theme in row.themes)
    kept = rule.shown([marks[one] for one in sorted(marks)], least)
    return Figures(
        survey=survey,
        confidence=law.confidence(survey.group, now),
        months=_months(ended, firsts, least),
        all=share(answered, len(ended)) if len(ended) >= least else None,
        waiting=sum(state in life.OPEN for state, _, _ in lines),
        aside=Counter(state for state, _, _ in lines if state not in (*life.COUNTED, *life.OPEN)),
        calls=Counter(calls),
        tried=[sum(tried == number for _, _, tried in lines) for number in range(survey.attempts_most + 1)],
        found=sum(one.found for one in chosen),
        asked=sum(one.asked for one in chosen),
        not_drawn=sum(one.not_drawn for one in chosen),
        reasons=sum((Counter(one.reasons) for one in chosen), Counter()),
        questions=tuple(_question(one, said, least) for one in survey.questions if one.kind in rule.OPTIONS),
        themes=dict(zip(sorted(marks), kept, strict=True)),
        read=sum(bool(row.read_at and law.in_words(row.group, row.answers, now)) for row in said),
        unread=sum(bool(not row.read_at and law.in_words(row.group, row.answers, now)) for row in said),
    )


def _months(ended: Sequence[tuple[str, datetime]], firsts: Sequence[date], least: int) -> tuple[Month, ...]:
    """Return each month; where one must be hidden, another is, so that the sum of all betrays neither."""
    whole: Counter[date] = Counter()
    part: Counter[date] = Counter()
    for state, at in ended:
        month = clock.london_date(at).replace(day=1)
        whole[month] += 1
        part[month] += state == "answered"
    kept = rule.shown([whole[one] for one in firsts], least)
    return tuple(
        Month(first, count, share(part[first], count) if count else None)
        for first, count in zip(firsts, kept, strict=True)
    )


def _question(question: Question, said: Sequence[Answers], least: int) -> Answered:
    given = [answer for row in said if (answer := row.answers.get(question.id, "")) not in {"", rule.UNSAID}]
    if len(given) < least:
        return Answered(question, 0 if not given else None, None)
    return Answered(question, len(given), share(sum(answer in rule.GOOD for answer in given), len(given)))
