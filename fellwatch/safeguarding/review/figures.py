"""The review in numbers: what comes back, from whom, why and where; whether a prompt helped; the backlog."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from fellwatch.assessments import queries as assessments
from fellwatch.assessments.models import UNFINISHED
from fellwatch.assessments.values import PromptView
from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.counts import Kept, plain
from fellwatch.safeguarding.access import FIGURES
from fellwatch.safeguarding.review import counting, intervals
from fellwatch.safeguarding.review.counting import MONTHS, Reviewed
from fellwatch.safeguarding.review.intervals import Change, Share

QUESTIONS = 20
RISKS = ("high", "medium", "standard", "")
AGES = ((1, "Up to a day"), (3, "1 to 3 days"), (7, "3 to 7 days"), (28, "7 to 28 days"), (None, "More than 28 days"))


@dataclass(frozen=True)
class Effect:
    """How often a question's answers came back before a prompt and since, over times of the same length."""

    prompt: PromptView
    days: int
    before: Share | None
    after: Share | None
    change: Change | None


@dataclass(frozen=True)
class Returns:
    """What was looked at and sent back since a day: by month, team, reason and question; and what each prompt did.

    `kept` says what was counted before it was asked for; None where all of it was counted now.
    """

    months: tuple[tuple[date, Share | None], ...]
    teams: tuple[tuple[str, Share], ...]
    reasons: tuple[tuple[str, int], ...]
    questions: tuple[tuple[str, str, Share], ...]
    whole: Share | None
    effects: tuple[Effect, ...]
    kept: Kept | None


@access.reads
def returns(*, by: Actor, now: datetime) -> Returns:
    """Return what came back in the last whole months and this one, by either reviewer. Names nobody; logged.

    What each prompt did is the share of reviews that sent its question back, before it and since.
    """
    access.check(by, FIGURES)
    firsts, prompts = clock.months_to(clock.london_date(now), MONTHS), assessments.prompts(by=by)
    found, kept = counting.reviewed(firsts, prompts, by=by, now=now)
    audit.record(by=by, action="consultation", sentence="safeguarding.returns_read", subject=("figures", MONTHS))
    by_month, by_team, by_form = (_shares(found, place) for place in (0, 1, 2))
    reasons, questions = _sums(found.given, 3), _sums(found.given, 1, 2)
    return Returns(
        months=tuple((first, by_month.get((first.isoformat(),))) for first in firsts),
        teams=_worst((team, one) for (team,), one in by_team.items() if team),
        reasons=tuple((code, count) for (code,), count in reasons.most_common()),
        questions=tuple(
            (instrument, question, share)
            for (instrument, question), count in questions.most_common(QUESTIONS)
            if (form := by_form.get((instrument,))) and (share := intervals.share(count, form.whole))
        ),
        whole=intervals.share(found.back.total(), found.seen.total()),
        effects=tuple(_effect(one, found, now) for one in prompts),
        kept=kept,
    )


def _sums(counts: Counter[tuple[str, ...]], *places: int) -> Counter[tuple[str, ...]]:
    """Add counts up by some parts of their keys."""
    sums: Counter[tuple[str, ...]] = Counter()
    for key, count in counts.items():
        sums[tuple(key[place] for place in places)] += count
    return sums


def _shares(found: Reviewed, place: int) -> Mapping[tuple[str, ...], Share | None]:
    back = _sums(found.back, place)
    return {key: intervals.share(back[key], seen) for key, seen in _sums(found.seen, place).items()}


def _worst(found: Iterable[tuple[str, Share | None]]) -> tuple[tuple[str, Share], ...]:
    kept = [(team, one) for team, one in found if one]
    return tuple(sorted(kept, key=lambda pair: (-pair[1].rate, pair[0])))


def _effect(prompt: PromptView, found: Reviewed, now: datetime) -> Effect:
    """Return what a prompt did, from how many reviews fell into the times on both sides of its day."""
    sides = [(str(prompt.id), side) for side in ("before", "since")]
    was, became = (intervals.share(found.cited[side], found.beside[side]) for side in sides)
    change = intervals.change(was, became) if was and became else None
    return Effect(prompt, counting.length(prompt, now).days, was, became, change)


@access.reads
def backlog(*, by: Actor, now: datetime) -> Mapping[str, Mapping[str, int]]:
    """Count what is not finished by age and acting grade: ages first, each with its risks. Names nobody.

    What is restricted is counted for nobody.
    """
    access.check(by, FIGURES)
    counts = {words: dict.fromkeys(RISKS, 0) for _, words in AGES}
    ends = [now - timedelta(days=most) for most, _ in reversed(AGES) if most]
    with plain(by), connection.cursor() as cursor:
        cursor.execute(_BACKLOG, {"ends": ends, "states": list(UNFINISHED)})
        for age, grade, forms in cursor.fetchall():
            counts[AGES[len(ends) - age][1]][grade if grade in RISKS else ""] += forms
    return counts


_BACKLOG = """
select width_bucket(coalesce(submitted_at, opened_at), %(ends)s::timestamptz[]),
  coalesce(nullif(specialist_grade, ''), grade), count(*)
from assessments_form where state = any(%(states)s) group by 1, 2
"""
