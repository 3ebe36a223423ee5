"""Rates have intervals; what is too few to show is hidden so that no sum betrays it."""

import uuid
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.surveys import story
from tests.surveys.conftest import NOON

pytestmark = pytest.mark.database


@given(counts=some.lists(some.integers(0, 30), max_size=14), least=some.integers(5, 20))
def test_no_small_count_is_shown_nor_to_be_taken_from_the_sum(database, counts, least):
    from fellwatch.rules import surveys as rule

    seen = rule.shown(counts, least)
    assert len(seen) == len(counts)
    assert all(one in (None, count) for one, count in zip(seen, counts, strict=True))
    assert not [one for one in seen if one and one < least]
    hidden = [count for one, count in zip(seen, counts, strict=True) if one is None]
    assert not any(counts) or len(hidden) != 1 or sum(counts) < least
    assert bool(hidden) == any(0 < count < least for count in counts)


def _ended(theo, states, now=NOON):
    """Put lines in as they end, without anybody's record: what figures count is the state and the month."""
    from fellwatch.foundation import access, ids
    from fellwatch.surveys.models import Answers, Line, Selection

    made = Selection.objects.get()
    like = Line.objects.get()
    for number, (state, at) in enumerate(states):
        with access.acting(theo):
            Line.objects.create(
                id=ids.new(), selection=_selection(made), group=like.group, agency_id=like.agency_id,
                incident_id=like.incident_id, person_id=like.person_id, reference=f"T-{number}-{at:%m}", name="x",
                number="x", state=state, tried=1, made_at=at, closed_at=at,
            )  # fmt: skip
    return Answers


def _selection(like):
    from fellwatch.foundation import ids
    from fellwatch.surveys.models import Selection

    return Selection.objects.create(
        id=ids.new(), group=like.group, agency_id=like.agency_id, from_date=like.from_date, to_date=like.to_date,
        rule_version=1, found=1, asked=1, not_drawn=0, made_at=like.made_at, by_id=like.by_id, by_name="x",
    )  # fmt: skip


def test_a_rate_is_of_those_who_could_be_asked_to_the_end_with_its_interval(line, theo):
    from fellwatch.foundation import access
    from fellwatch.surveys import figures

    october = NOON - timedelta(days=30)
    states = [("answered", NOON)] * 4 + [("spent", NOON)] * 2 + [("refused", NOON)] + [("withdrawn", NOON)]
    states += [("stopped", NOON), ("unsafe", NOON), ("ended", NOON)] + [("answered", october)] * 6
    with access.acting(theo):
        _ended(theo, states)
    domestic, hate, _ = figures.surveyed(by=theo, now=NOON)
    assert [(month.whole, month.rate.part) for month in domestic.months if month.rate] == [(6, 6), (8, 4)]
    assert (domestic.all.part, domestic.all.whole) == (10, 14)
    assert domestic.all.low < domestic.all.rate < domestic.all.high
    assert dict(domestic.aside) == {"stopped": 1, "unsafe": 1, "ended": 1}
    assert domestic.waiting == 1
    assert hate.all is None


def test_a_month_of_four_is_hidden_with_another(line, theo):
    from fellwatch.foundation import access
    from fellwatch.surveys import figures

    months = [(NOON, 9), (NOON - timedelta(days=30), 4), (NOON - timedelta(days=61), 12)]
    with access.acting(theo):
        _ended(theo, [("answered", at) for at, count in months for _ in range(count)])
    domestic, *_ = figures.surveyed(by=theo, now=NOON)
    assert [month.whole for month in domestic.months][-3:] == [12, None, None]
    assert domestic.all.whole == 25


def test_answers_of_four_are_hidden_and_of_five_shown_with_their_interval(line, sylvie, theo):
    from fellwatch.foundation import access
    from fellwatch.surveys import figures
    from fellwatch.surveys.models import Answers

    def add(count):
        with access.acting(sylvie):
            for _ in range(count):
                Answers.objects.create(
                    id=uuid.uuid4(), group="domestic_abuse", agency_id=sylvie.agency, month=NOON.date().replace(day=1),
                    rule_version=1, answers={**story.ANSWERS, "safer": "not_asked"},
                )  # fmt: skip

    def seen():
        domestic, *_ = figures.surveyed(by=theo, now=NOON)
        return {one.question.id: one for one in domestic.questions}

    add(4)
    assert seen()["overall"].whole is None
    assert seen()["overall"].rate is None
    add(1)
    assert (seen()["overall"].rate.part, seen()["told"].rate.part, seen()["safer"].whole) == (5, 0, 0)
