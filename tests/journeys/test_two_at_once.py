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


def test_what_somebody_is_writing_stays_while_the_rest_of_the_page_tells_the_news(sign_in):
    alice, rosa, hugh = sign_in("alice"), sign_in("rosa"), sign_in("hugh")
    incident, page = _logged(alice), rosa.page
    rosa.open(incident)
    page.locator("details", has_text="Ask the help desk").locator("summary").press("Enter")
    page.fill("#question", "May I force the back door?")
    page.get_by_role("button", name="Ask", exact=True).press("Enter")
    page.wait_for_selector("#incident-advice:has-text('Waiting for an answer')")
    hugh.open(incident)
    hugh.page.fill("#advice", "Only for life and limb.")
    hugh.page.get_by_role("button", name="Send advice").press("Enter")
    page.wait_for_selector("#incident-advice:has-text('life and limb')")
    assert page.locator("[data-held]").is_hidden(), "the grade has not changed"

    # She has written and looks elsewhere on the page; then what she sent comes back with an error. Both stay.
    fields = ("select", "input[id^=reason-]")
    named = [page.locator(f"#incident-advice {one}").get_attribute("id") for one in fields]
    outcome, reason = (page.locator(f"#{id}") for id in named)
    outcome.select_option("acted_on_in_part")
    page.evaluate("document.activeElement.blur()")
    _write(alice, incident, WORDS["alice"])
    alice.page.evaluate(PRESS)
    page.wait_for_selector(f"#incident-log:has-text('{WORDS['alice']}')")
    hugh.page.locator("details", has=hugh.page.locator("#advice")).locator("summary").press("Enter")
    hugh.page.fill("#advice", "Wait for the keyholder: he is on his way.")
    hugh.page.get_by_role("button", name="Send advice").press("Enter")
    page.wait_for_selector("#incident-advice:has-text('Wait for the keyholder')")
    assert page.locator("#incident-advice select").count() == 2
    assert page.locator("[data-held]").inner_text() == "The grade, THRIVE or who has it changed: show"
    assert outcome.input_value() == "acted_on_in_part"
    outcome.locator("xpath=ancestor::form").get_by_role("button", name="Record").press("Enter")
    page.wait_for_selector(".govuk-error-summary")
    page.evaluate("document.activeElement.blur()")
    _write(alice, incident, WORDS["bob"])
    alice.page.evaluate(PRESS)
    page.wait_for_selector(f"#incident-log:has-text('{WORDS['bob']}')")
    assert outcome.input_value() == "acted_on_in_part"
    assert page.locator("#incident-advice .govuk-error-message").count() == 1
    rosa.check("news beside what she is writing")

    # Emptied again, what waited is painted as soon as she leaves the field.
    outcome.select_option("")
    outcome.focus()
    page.evaluate("document.activeElement.blur()")
    page.wait_for_function("!document.querySelector('#incident-advice .govuk-error-message')")
    reason.fill("")
    assert [t for p in (alice, rosa, hugh) for t in p.troubles if "422" not in t] == []


def test_what_is_saved_while_a_page_is_still_coming_stands_on_it_a_moment_later(sign_in):
    alice, bob, board = sign_in("alice"), sign_in("bob"), sign_in("bob")
    board.open("/contact/board/")  # Somebody listens all the time.
    board.page.wait_for_selector(".fw-live--live")
    incident = _logged(alice)
    held = []
    bob.page.route("**/board/stream/*", lambda route: held.append(route))
    bob.page.goto(f"{bob.address}{incident}", wait_until="domcontentloaded")
    bob.page.wait_for_function("document.querySelector('#incident-log')")
    _write(alice, incident, WORDS["alice"])
    alice.page.evaluate(PRESS)
    alice.page.wait_for_function(f"{VERSIONS} === 2")
    assert WORDS["alice"] not in bob.page.inner_text("main")
    assert len(held) == 1
    held[0].continue_()
    bob.page.wait_for_function(
        f"document.querySelector('#incident-log').innerText.includes({WORDS['alice']!r})", timeout=5000
    )
    assert alice.troubles == bob.troubles == []
