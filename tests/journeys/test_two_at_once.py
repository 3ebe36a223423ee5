"""Two people at one incident at the same moment: one is told, nobody's words are lost, both versions stand."""

import re

import pytest

pytestmark = pytest.mark.journey
WORDS = {
    "alice": "She rang back: the back window is broken as well.",
    "bob": "The keyholder says nobody should be inside.",
}
VERSIONS = "document.querySelectorAll('[aria-labelledby=grading] .fw-version').length"
PRESS = "[...document.querySelectorAll('#regrade button')].find(b => b.innerText === 'Record this grade').click()"


def _logged(alice) -> str:
    page = alice.page
    alice.open("/contact/calls/new/")
    page.select_option("#opening_code", "alarm")
    page.fill("#summary", "Bell ringing at the boathouse, a light moves inside.")
    page.evaluate("document.querySelector('[data-send]').click()")
    page.wait_for_url("**/contact/incidents/**")
    return page.url.removeprefix(alice.address)


def _write(person, incident: str, words: str) -> None:
    person.open(incident)
    person.page.locator("#regrade summary").first.press("Enter")
    person.page.select_option("#trigger", "new_information")
    person.page.fill("#said", words)


def test_of_two_who_grade_at_the_same_moment_one_is_told_keeps_the_words_and_decides_again(sign_in):
    people = {name: sign_in(name) for name in WORDS}
    erin = sign_in("erin")
    incident = _logged(people["alice"])
    for name, person in people.items():
        _write(person, incident, WORDS[name])
    for person in people.values():
        person.page.evaluate(PRESS)
    for person in people.values():
        person.page.wait_for_function(f"document.querySelector('#grade-error') || {VERSIONS} === 2")
    told = [name for name, person in people.items() if person.page.locator(".govuk-error-summary").count()]
    assert len(told) == 1, "one stands, the other is told"
    (second,) = told
    page = people[second].page
    first_name = {"alice": "Bob Tarn", "bob": "Alice Beck"}[second]
    beside = page.inner_text("#grade-error")
    assert re.search(rf"{first_name} graded this \w+ while you were writing", beside)
    assert "your words are kept below" in beside
    assert page.input_value("#said") == WORDS[second]
    assert page.input_value("#trigger") == "new_information"
    people[second].check("told that somebody graded it meanwhile")

    page.get_by_role("button", name="Record this grade").press("Enter")
    page.wait_for_function(f"{VERSIONS} === 3")
    kept = page.inner_text("main")
    assert all(words in kept for words in WORDS.values()), "what both said stands on the incident"
    erin.open(f"/log/?kind=incident&subject={incident.strip('/').split('/')[-1]}")
    logged = erin.page.inner_text("main")
    assert {name for name in ("Alice Beck", "Bob Tarn") if name in logged} == {"Alice Beck", "Bob Tarn"}
    for person in (*people.values(), erin):
        assert [t for t in person.troubles if "422" not in t] == []


def test_a_double_click_on_a_grade_records_it_once(sign_in):
    alice = sign_in("alice")
    _write(alice, _logged(alice), WORDS["alice"])
    alice.page.evaluate(f"{PRESS}; {PRESS}")
    alice.page.wait_for_function(f"{VERSIONS} > 1")
    alice.page.reload()
    assert alice.page.evaluate(VERSIONS) == 2
    assert alice.page.inner_text("#incident-log").count(WORDS["alice"]) == 1
    assert alice.troubles == []
