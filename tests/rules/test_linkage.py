"""A model joins what is plain; a twin, a namesake's birth and a stranger's name are looked at by a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellwatch.rules import linkage
from fellwatch.rules.linkage import LEVELS, Policy
from tests.rules import rulebook_under_test as book

POLICY: Policy = book.parsed("partner_linkage")
PAIRS = st.fixed_dictionaries({}, optional={field: st.sampled_from(names) for field, names in LEVELS.items()})


@pytest.mark.parametrize(("id", "place"), book.examples("linkage_policy"))
def test_worked_example_comes_out_as_written(id: str, place: int) -> None:
    assert linkage.check_example(book.parsed(id), book.example(id, place)) is None


@given(levels=PAIRS)
def test_whatever_else_agrees_another_forename_is_never_joined_without_a_number_of_her_own(levels) -> None:
    levels = {**levels, "forename": "differs"}
    levels.pop("identifier", None)
    assert linkage.outcome(POLICY, POLICY.likelihood(levels, 500_000), linkage.caution(levels)) != "joined"


@given(levels=PAIRS)
def test_another_year_of_birth_is_never_joined_without_a_number_of_her_own(levels) -> None:
    levels = {**levels, "date_of_birth": "differs"}
    levels.pop("identifier", None)
    assert linkage.outcome(POLICY, POLICY.likelihood(levels, 500_000), linkage.caution(levels)) != "joined"


@given(levels=PAIRS)
def test_the_more_people_a_force_knows_the_less_a_likeness_says(levels) -> None:
    assert POLICY.likelihood(levels, 10_000) >= POLICY.likelihood(levels, 1_000_000)


def test_every_guard_has_words() -> None:
    assert set(linkage.GUARDS) <= set(linkage.CAUTIONS)
    assert {level for asked in linkage.GUARDS.values() for f, names in asked.items() for level in names} <= {
        "unknown",
        *(name for names in LEVELS.values() for name in names),
    }
