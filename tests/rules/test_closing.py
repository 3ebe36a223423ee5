"""What a closing must carry, as the shipped rule says and as any rule of the kind may."""

import pytest

from fellwatch.rules import closing
from fellwatch.rules.reading import Table
from tests.rules import rulebook_under_test as book

BODY = book.raw("incident_closing")["version"][0]["body"]
EXAMPLES = book.raw("incident_closing")["version"][0]["example"]
RULE = closing.read(Table(BODY))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one["name"])
def test_a_worked_example_holds(example):
    assert closing.check_example(RULE, example) is None


def test_what_nobody_said_asks_for_nothing():
    assert closing.needed(RULE, {}) == ()
    assert closing.needed(RULE, {"domestic": "not_known", "crime_disclosed": "refused"}) == ()


def test_every_piece_has_an_honest_way_out_and_none_of_them_is_about_resources():
    for need in RULE.needs:
        assert need.reasons, need.id
        assert not any("unit" in one.label or "busy" in one.label for one in need.reasons)


def test_an_example_that_does_not_hold_says_what_came_out():
    assert closing.check_example(RULE, {"facts": {"domestic": "yes"}, "needs": []}) == "it must carry risk_form, school"
    shown = {"need": "crime", "reason": "with_registrar", "words": "Told them at nine.", "stands": False}
    assert closing.check_example(RULE, shown) == "it stands"
    assert "no piece" in closing.check_example(RULE, {"need": "nothing"})


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"evidence": "hope"}, "evidence"),
        ({"when": {"eq": ["domestik", "yes"]}}, "when"),
        ({"reasons": []}, "reasons"),
        ({"roles": "victim"}, "roles"),
    ],
)
def test_a_piece_that_cannot_be_is_refused_where_it_stands(change, where):
    problems = []
    closing.read(Table({**BODY, "needs": [{**BODY["needs"][1], **change}]}, "", problems))
    assert any(where in str(fault) for fault in problems)
