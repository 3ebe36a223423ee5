"""Surveys in the words that pages show. What is too few to show is said so, never left blank."""

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from fellwatch.foundation import clock, series
from fellwatch.rules import surveys as rule
from fellwatch.safeguarding.review.intervals import Share
from fellwatch.surveys import law, life
from fellwatch.surveys.figures import Answered, Figures
from fellwatch.surveys.values import ChangeView, SelectionRow

NO_SHARE = ("", "", "")
HIDDEN = "hidden"
"""Too small to show, or hidden so that a sum does not betray one that is: which, nobody is told."""


def group(one: Figures, now: datetime) -> dict[str, object]:
    """Return everything the overview shows of one group."""
    limits = {f"at least {one.survey.expected_low}": one.survey.expected_low,
              f"at most {one.survey.expected_high}": one.survey.expected_high}  # fmt: skip
    return {
        "code": one.survey.group,
        "label": one.survey.label,
        "confidence": one.confidence,
        "least": one.survey.small_number,
        "rate": _rate(one),
        "words": _last(one),
        "series": series.of(
            ((f"{month.first_date:%b %Y}", month.rate.rate if month.rate else None) for month in one.months), limits
        ),
        "months": [
            (f"{month.first_date:%b %Y}", *_cells(month.whole, month.rate)) for month in one.months
        ],
        "numbers": [("Found", one.found), ("Put on a list", one.asked), ("Not drawn", one.not_drawn),
                    ("Still to be rung", one.waiting)],
        "reasons": [(rule.words(one.survey, code), count) for code, count in _most(one.reasons)],
        "calls": [(life.RESULTS[code], count) for code, count in _most(one.calls)],
        "aside": [(life.STATES[code], count) for code, count in _most(one.aside)],
        "tried": [(number, count) for number, count in enumerate(one.tried)],
        "questions": [_question(answered) for answered in one.questions],
        "themes": [
            (law.label(law.THEMES, code, now), HIDDEN if count is None else count)
            for code, count in sorted(one.themes.items(), key=lambda pair: (-(pair[1] or 0), pair[0]))
        ],
        "read": one.read,
        "unread": one.unread,
        "choose_href": reverse("surveys:choose", args=[one.survey.group]),
        "said_href": reverse("surveys:said", args=[one.survey.group]),
        "change_href": reverse("surveys:new_change", args=[one.survey.group]),
    }  # fmt: skip


def _most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _rate(one: Figures) -> str:
    expected = f"By telephone {one.survey.expected_low} to {one.survey.expected_high} per cent are expected."
    if one.all is None:
        return f"Too few calls have come to an end to give a rate: fewer than {one.survey.small_number}. {expected}"
    return f"{of(one.all)} answered, of those who could be asked to the end. {expected}"


def of(share: Share) -> str:
    """Say a share with its interval."""
    return (
        f"{share.part:,} of {share.whole:,}, {share.rate:.1f} per cent "
        f"(19 times in 20 between {share.low:.1f} and {share.high:.1f})"
    )


def _last(one: Figures) -> str:
    known = [month for month in one.months if month.rate]
    if not known or known[-1].rate is None:
        return f"In no month did {one.survey.small_number} calls come to an end."
    return f"{known[-1].first_date:%B %Y}: {of(known[-1].rate)} answered."


def _cells(whole: int | None, share: Share | None) -> tuple[object, ...]:
    if whole is None:
        return (HIDDEN, *NO_SHARE)
    if share is None:
        return (whole, *NO_SHARE)
    return (whole, share.part, f"{share.rate:.1f}", f"{share.low:.1f} to {share.high:.1f}")


def _question(one: Answered) -> tuple[object, ...]:
    return (one.question.text, *_cells(one.whole, one.rate))


def selection(one: SelectionRow, now: datetime) -> dict[str, object]:
    """Return a selection in numbers, each reason in words."""
    found = law.survey(one.group, now)
    assert found is not None
    return {
        "id": one.id,
        "href": reverse("surveys:selection", args=[one.id]),
        "label": found.label,
        "agency": one.agency,
        "days": f"{one.from_date:%-d %b %Y} until {one.to_date:%-d %b %Y}",
        "found": one.found,
        "asked": one.asked,
        "not_drawn": one.not_drawn,
        "left_out_href": reverse("surveys:left_out", args=[one.id]),
        "reasons": [(code, rule.words(found, code), count) for code, count in _most(one.reasons)],
        "made_at": one.made_at,
        "by": one.by_name,
    }


def change(one: ChangeView, now: datetime) -> dict[str, object]:
    """Return what is changed, and whether it is late."""
    survey = law.survey(one.group, now)
    return {
        "id": one.id,
        "label": survey.label if survey else one.group,
        "theme": law.label(law.THEMES, one.theme, now),
        "words": one.words,
        "owner": one.owner,
        "due_date": one.due_date,
        "late": not one.done_at and one.due_date < clock.london_date(now),
        "done_at": one.done_at,
        "done_words": one.done_words,
        "done_by": one.done_by_name,
        "made_at": one.made_at,
        "by": one.by_name,
        "href": reverse("surveys:finish", args=[one.id]),
    }
