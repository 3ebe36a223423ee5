"""Which forms an incident asks for, and that the risk tool is each force's choice from its day."""

from __future__ import annotations

from fellwatch.rules import body_path, forms
from fellwatch.rules.forms import Forms
from fellwatch.rules.reading import Table
from tests.rules import rulebook_under_test as book

PEOPLE = (("d", "victim"), ("m", "suspect"), ("i", "child_resident"))


def _rule(version: int, **chosen: str) -> Forms:
    body: object = next(one for one in book.raw("forms_at_the_door")["version"] if one["number"] == version)["body"]
    for path, value in chosen.items():
        body = body_path.replaced(body, path, value)
    assert isinstance(body, dict)
    return forms.read(Table(body))


def _risk(rule: Forms) -> list[str]:
    found = forms.asked(rule, {"domestic": "yes", "opening_code": "domestic_incident"}, PEOPLE)
    return [one.instrument for one in found if one.person == "d" and one.required]


def test_a_force_that_chose_the_frequency_form_asks_it_of_each_victim() -> None:
    assert _risk(_rule(2, tool="dara")) == ["dara"]
    assert _risk(_rule(2)) == ["dash"]


def test_before_the_frequency_form_there_was_nothing_to_choose() -> None:
    earlier = next(one for one in book.raw("forms_at_the_door")["version"] if one["number"] == 1)
    assert "local" not in earlier
    assert _risk(_rule(1)) == ["dash"]


def test_every_form_asked_for_is_an_instrument_about_somebody() -> None:
    for line in _rule(2).lines:
        name = "dash" if line.instrument == forms.TOOL else line.instrument
        assert book.parsed(name).about != "incident", line.id


def test_somebody_with_two_parts_is_asked_about_once() -> None:
    people = (("i", "child_present"), ("i", "child_resident"))
    found = forms.asked(_rule(2), {"domestic": "yes"}, people)
    assert [one.instrument for one in found] == ["household_voice"]
