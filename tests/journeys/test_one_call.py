"""A call at twenty to midnight, told from every chair in the room."""

import re
import time

import pytest

pytestmark = pytest.mark.journey


def _answer(page, name: str, option: int = 1) -> None:
    page.locator(f"#{name}-{option}").press("Space")


def _press(page, name: str) -> None:
    """Press a button of the panel, and look up when the panel has taken it in: it is offered no longer."""
    button = page.locator("#known").get_by_role("button", name=name).first
    button.press("Enter")
    button.wait_for(state="detached")


def _take_the_call(alice) -> None:
    page = alice.page
    alice.open("/contact/calls/new/")
    page.fill("#caller_number", "07700 900142")
    page.locator("#caller_name").press_sequentially("Danyel Hew", delay=40)
    page.wait_for_selector("#known .fw-candidate--sure")
    panel = page.inner_text("#known")
    assert re.search(r"Probably\s+Danielle Louise Hewett", panel)
    assert "Marc" in panel, "the marker of the man who may be at the door"
    assert "Isla" in panel, "the child who lives there"
    assert panel.count("Domestic incident") >= 2, "both earlier incidents"


def test_a_call_from_the_first_ring_to_the_auditors_desk(sign_in):
    alice, bob, hugh, erin = (sign_in(name) for name in ("alice", "bob", "hugh", "erin"))

    # Bob watches the board and Hugh his queue while Alice takes the call.
    bob.open("/contact/board/")
    hugh.open("/contact/desk/")
    bob.page.wait_for_selector(".fw-live--live")
    hugh.page.wait_for_selector(".fw-live--live")

    _take_the_call(alice)
    page = alice.page
    alice.check("the call screen with somebody known")

    # She picks the people and says what is happening.
    page.locator("#known .fw-candidate--sure button", has_text="This is them").press("Enter")
    page.wait_for_selector("#people .fw-person__name")
    page.wait_for_selector("#known .fw-candidate__chosen")
    _press(page, "Use 14 Tarn Row")
    page.wait_for_function("document.querySelector('#address').value === '14 Tarn Row, Skelmoss'")
    assert page.input_value("#postcode") == "FZ98 4TR"
    _press(page, "Add as suspect")
    page.wait_for_selector(".fw-person__name:text('Marc Anthony Oddie')")
    _press(page, "Add as child who lives there")
    page.wait_for_selector(".fw-person__name:text('Isla Rose Hewett')")
    assert "Children at this address: Isla Rose Hewett (5)" in page.inner_text("#people")
    page.fill("#summary", "He is back and hammering on the door.")
    for question in ("in_progress", "suspect_present_or_returning", "domestic"):
        _answer(page, f"danger-{question}")
    _answer(page, "crime_disclosed")
    page.fill("#crime_which", "Assault in July")

    # She forgets what kind of incident it is: told beside the field, and nothing she typed is lost.
    page.locator("[data-send]").press("Enter")
    page.wait_for_selector(".govuk-error-summary")
    assert page.input_value("#summary") == "He is back and hammering on the door."
    assert page.locator("#opening_code-error").count() == 1
    alice.check("the call screen with an error")

    page.select_option("#opening_code", "domestic_incident")
    page.fill("#thrive-threat", "Former partner outside, hammering.")
    for element in ("harm", "risk", "investigation", "vulnerability", "engagement"):
        page.locator(f"[name=none-{element}]").press("Space")
    _answer(page, "safeguarding_considered")
    page.fill("#safeguarding_what", "Isla is upstairs with the door locked.")
    page.wait_for_selector(".fw-proposal--emergency")
    assert "because" in page.inner_text(".fw-proposal--emergency")

    before = bob.page.locator("[data-row]").count()
    began = time.monotonic()
    page.locator("[data-send]").press("Enter")
    bob.page.wait_for_function(f"document.querySelectorAll('[data-row]').length > {before}")
    assert time.monotonic() - began < 5
    page.wait_for_url("**/contact/incidents/**")
    alice.check("the incident")
    incident = page.url.removeprefix(alice.address)
    assert "Emergency" in page.inner_text(".fw-identity__grade")
    people = page.inner_text("[aria-labelledby=people-title]")
    assert re.search(r"Marc Anthony Oddie\s+34\s+Suspect", people)
    assert re.search(r"Isla Rose Hewett\s+5\s+Child who lives there", people)
    assert "An officer attends" in page.inner_text("#incident-duties")

    # It is on Hugh's queue with the rule that put it there; he advises, and it lands in the log of the incident.
    row = hugh.page.locator("[data-row]", has_text="Tarn Row").first
    row.wait_for()
    assert "Here because" in row.inner_text()
    hugh.check("the help desk")
    hugh.open(incident)
    hugh.page.locator("summary", has_text="Send advice").press("Enter")
    hugh.page.fill("#advice", "He is on bail not to attend. Tell the unit before they arrive.")
    hugh.page.get_by_role("button", name="Send advice").press("Enter")
    hugh.page.wait_for_selector(".fw-advice--given")
    page.wait_for_function("document.querySelector('#incident-log').innerText.includes('on bail not to attend')")

    # She rings back: looked at again, both versions stay.
    page.locator("#regrade summary").first.press("Enter")
    page.select_option("#trigger", "repeat_call")
    page.fill("#said", "She rang back: he has kicked the door in.")
    page.get_by_role("button", name="Record this grade").press("Enter")
    page.wait_for_function("document.querySelectorAll('[aria-labelledby=grading] .fw-version').length === 2")

    # Somebody asks for a lower grade because nobody is free: refused, and the delay is recorded instead.
    bob.open(incident)
    bob.page.locator("#regrade summary").first.press("Enter")
    bob.page.select_option("#trigger", "new_information")
    bob.page.select_option("#grade", "scheduled")
    bob.page.select_option("#reason_code", "no_units")
    bob.page.fill("#rationale", "There is nobody free until the morning shift comes on.")
    bob.page.get_by_role("button", name="Record this grade").press("Enter")
    bob.page.wait_for_selector(".govuk-error-summary")
    assert bob.page.input_value("#rationale").startswith("There is nobody free")
    assert "Emergency" in bob.page.inner_text(".fw-identity__grade")
    bob.check("a refused downgrade")

    # What waits, most dangerous first.
    bob.open("/contact/waiting/")
    hers = bob.page.locator("[data-row]", has_text="Tarn Row").first
    assert "suspect near" in hers.inner_text()
    assert "downgrade refused" in hers.inner_text()
    urgencies = bob.page.eval_on_selector_all("[data-row]", "rows => rows.map(row => Number(row.dataset.urgency))")
    assert urgencies == sorted(urgencies, reverse=True)
    bob.check("what is waiting")

    # Erin sees who looked and what they did, and the chain verifies.
    erin.open(f"/log/?kind=incident&subject={incident.strip('/').split('/')[-1]}")
    told = erin.page.inner_text("main")
    for name in ("Alice Beck", "Hugh"):
        assert name in told
    erin.check("the log")
    erin.open("/log/verify/")
    assert erin.page.inner_text("h1") == "The log is whole"
    erin.page.fill("#noted", erin.page.inner_text("#head"))
    erin.page.get_by_role("button", name="Check again").click()
    assert erin.page.inner_text("h1") == "The log is whole"
    erin.check("the verified log")
    for person in (alice, bob, hugh, erin):
        troubles = [t for t in person.troubles if "422" not in t]
        assert troubles == []


def test_the_same_call_on_a_small_screen_by_keyboard_alone(sign_in):
    alice = sign_in("alice", "phone")
    alice.check("the board")
    alice.open("/contact/calls/new/")
    alice.check("an empty call")
    page = alice.page
    page.keyboard.type("Danyel Hewitt")
    page.keyboard.press("Tab")
    page.keyboard.type("07700 900142")
    page.wait_for_selector("#known .fw-candidate--sure")
    alice.check("a call with somebody known")


def test_nothing_typed_is_lost_when_the_line_goes_down_or_the_page_is_closed(sign_in):
    alice = sign_in("alice")
    page = alice.page
    alice.open("/contact/calls/new/")
    page.wait_for_url(re.compile(r"/contact/calls/[0-9a-f-]{36}/"))
    page.fill("#summary", "He is outside")
    page.wait_for_function("document.querySelector('[data-saved]').innerText.includes('Draft saved')")
    page.context.set_offline(True)
    page.fill("#summary", "He is outside with a bat")
    page.wait_for_selector("[data-connection]:not([hidden])")
    page.context.set_offline(False)
    page.wait_for_selector("[data-connection]", state="hidden")
    page.wait_for_timeout(1500)
    here = page.url
    page.goto("about:blank")
    page.goto(here)
    assert page.input_value("#summary") == "He is outside with a bat"


def test_what_a_press_changed_stays_where_the_whole_form_was_sent_and_the_draft_was_not(sign_in):
    alice = sign_in("alice")
    page = alice.page
    alice.open("/contact/calls/new/")
    page.wait_for_url(re.compile(r"/contact/calls/[0-9a-f-]{36}/"))
    page.route("**/draft/", lambda route: route.abort())
    page.fill("#caller_number", "07700 900142")
    page.fill("#caller_name", "Danyel Hewitt")
    button = page.locator("#known").get_by_role("button", name="Use 14 Tarn Row")
    button.wait_for()
    # A copy of the button is one that no script listens to.
    button.evaluate("button => { const same = button.cloneNode(true); button.replaceWith(same); same.click() }")
    button.wait_for(state="detached")
    page.wait_for_function("document.querySelector('#address').value === '14 Tarn Row, Skelmoss'")
    assert page.input_value("#caller_name") == "Danyel Hewitt"
    page.fill("#summary", "He is outside")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(page.url)
    assert page.input_value("#summary") == "He is outside", "what was typed since is kept in the tab"


def test_a_double_click_sends_one_incident(sign_in):
    alice = sign_in("alice")
    page = alice.page
    alice.open("/contact/calls/new/")
    page.select_option("#opening_code", "alarm")
    page.fill("#summary", "Bell ringing at the boathouse, nobody there.")
    page.evaluate("const b = document.querySelector('[data-send]'); b.click(); b.click()")
    page.wait_for_url("**/contact/incidents/**")
    reference = re.search(r"Log (\d{6}-\d{5})", page.inner_text("body"))[1]
    alice.open("/contact/board/")
    assert page.locator("[data-row]", has_text=reference).count() == 1


def test_without_scripts_a_call_is_taken_all_the_same(chromium, sign_in):
    alice = sign_in("alice", java_script_enabled=False)
    page = alice.page
    alice.open("/contact/calls/new/")
    page.fill("#caller_number", "07700 900142")
    page.fill("#caller_name", "Danyel Hewitt")
    page.get_by_role("button", name="Look again").last.click()
    assert "Danielle Louise Hewett" in page.inner_text("#known")
    page.locator("#known").get_by_role("button", name="Use 14 Tarn Row").click()
    assert page.input_value("#postcode") == "FZ98 4TR"
    page.locator("#known").get_by_role("button", name="Add as suspect").first.click()
    assert "Marc Anthony Oddie" in page.inner_text("#people")
    page.select_option("#opening_code", "concern_for_safety")
    page.fill("#summary", "Worried about a neighbour.")
    page.locator("[data-send]").click()
    page.wait_for_url("**/contact/incidents/**")
    assert "Worried about a neighbour." in page.inner_text("main")


def test_somebody_without_the_role_is_refused_in_words_and_the_refusal_is_logged(sign_in):
    erin = sign_in("erin")
    erin.open("/contact/board/")
    assert "does not include" in erin.page.inner_text("main")
    erin.open("/log/?action=refusal")
    assert "Erin" in erin.page.inner_text("main")
