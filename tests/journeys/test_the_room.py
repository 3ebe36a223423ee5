"""The rest of the control room, each party from their own sign-in: one thing goes wrong and is put right."""

import re

import pytest

pytestmark = pytest.mark.journey

SCREENS = pytest.mark.parametrize("screen", ["desk", "phone"])


def _open_up(page, selector: str) -> None:
    if page.locator(selector).get_attribute("open") is None:
        page.locator(f"{selector} > summary").press("Enter")


def _answer(page, name: str, option: int = 1) -> None:
    page.locator(f"#{name}-{option}").press("Space")


def _log_of(erin, page) -> str:
    erin.open(f"/log/?kind=incident&subject={_id_of(page)}")
    return erin.page.inner_text("main")


def _id_of(page) -> str:
    return re.search(r"/incidents/([0-9a-f-]{36})/", page.url)[1]


def _quiet(*people) -> None:
    for person in people:
        troubles = [t for t in person.troubles if "422" not in t and not t.startswith("htmx:")]
        assert troubles == [], troubles


@SCREENS
def test_a_vulnerability_asks_its_questions_and_the_answer_moves_the_grade(sign_in, screen):
    alice, erin = sign_in("alice", screen), sign_in("erin")
    page = alice.page
    alice.open("/contact/calls/new/")
    page.fill("#summary", "Her friend says that she is on the bridge.")
    page.get_by_role("button", name="Add somebody else").press("Enter")
    page.fill("#person-0-name", "Wren Moss")
    page.select_option("#person-0-role", "at_risk")
    page.locator("#people summary", has_text="Vulnerabilities").press("Enter")
    page.locator("[name=person-0-vulnerabilities][value=suicidal]").press("Space")
    page.wait_for_selector("#prompts-0 .fw-prompt")
    assert "Ask plainly" in page.inner_text("#prompts-0")
    alice.check("a call with vulnerability questions")
    _answer(page, "person-0-prompt-suicidal_means")
    page.fill("#person-0-prompt-suicidal_where", "Footbridge at Skelmoss")

    # The kind of incident is forgotten: told, and the answers stand where they were.
    page.locator("[data-send]").press("Enter")
    page.wait_for_selector(".govuk-error-summary")
    assert page.locator("#person-0-prompt-suicidal_means-1").is_checked()
    assert page.input_value("#person-0-prompt-suicidal_where") == "Footbridge at Skelmoss"
    page.select_option("#opening_code", "concern_for_safety")
    page.wait_for_selector(".fw-proposal--emergency")
    page.locator("[data-send]").press("Enter")
    page.wait_for_url("**/contact/incidents/**")
    assert "Emergency" in page.inner_text(".fw-identity__grade")

    # Later she asks the rest, and puts on the warning that the answers suggest.
    page.get_by_role("link", name="2 of 4 questions answered").press("Enter")
    page.wait_for_url("**/people/**")
    alice.check("the questions afterwards")
    page.get_by_role("button", name=re.compile("Put it on")).press("Enter")
    page.wait_for_selector("#markers", state="detached")
    _answer(page, "prompt-suicidal_before", 3)
    _answer(page, "prompt-suicidal_now")
    page.get_by_role("button", name="Keep these answers").press("Enter")
    page.wait_for_selector("text=4 of 4 questions answered")
    alice.check("the answers kept")
    page.get_by_role("link", name="Incident").first.press("Enter")
    page.wait_for_url(re.compile(r"/incidents/[0-9a-f-]{36}/$"))
    assert "Suicide risk" in page.inner_text(".fw-warnings")
    assert "Vulnerability questions" in page.inner_text("#incident-log")
    assert "answered vulnerability questions" in _log_of(erin, page)
    _quiet(alice, erin)


def _welfare_call(alice, summary: str, code: str = "concern_for_safety") -> str:
    page = alice.page
    alice.open("/contact/calls/new/")
    page.fill("#summary", summary)
    page.select_option("#opening_code", code)
    page.locator("[data-send]").press("Enter")
    page.wait_for_url("**/contact/incidents/**")
    return page.url.removeprefix(alice.address)


@SCREENS
def test_a_lower_grade_is_proposed_and_a_supervisor_refuses_then_agrees(sign_in, screen):
    alice, bob, erin = sign_in("alice", screen), sign_in("bob", screen), sign_in("erin")
    page = alice.page
    incident = _welfare_call(alice, "Shouting next door, it has gone quiet.", "domestic_incident")

    def propose() -> None:
        alice.open(incident)
        _open_up(page, "#regrade")
        page.select_option("#trigger", "new_information")
        page.select_option("#grade", "scheduled")
        page.select_option("#reason_code", "victim_safe")
        page.fill("#rationale", "She is at her sister's in another town until Monday.")
        page.locator("#regrade summary", has_text="THRIVE").press("Enter")
        page.fill("#again-threat", "He does not know where she is.")
        page.get_by_role("button", name="Record this grade").press("Enter")
        page.wait_for_selector("text=Waits for a supervisor")

    propose()
    assert "Priority" in page.inner_text(".fw-identity__grade")
    alice.check("a lower grade proposed")

    # Bob finds it among what is his to decide. He forgets to say why he refuses: told beside the field.
    bob.open("/contact/waiting/")
    bob.check("what waits, with decisions to make")
    bob.page.locator("[aria-labelledby=decide] a", has_text="Domestic incident").last.press("Enter")
    bob.page.wait_for_url("**/contact/incidents/**")
    refuse = bob.page.get_by_role("button", name="Refuse it")
    refuse.press("Enter")
    bob.page.wait_for_selector(".fw-field__error")
    bob.check("a refusal without its reason")
    bob.page.locator("textarea[id^=because-]").fill("Nobody has spoken to her yet.")
    bob.page.get_by_role("button", name="Refuse it").press("Enter")
    bob.page.wait_for_selector("text=Refused by Bob Tarn: Nobody has spoken to her yet.")

    propose()
    bob.open(incident)
    bob.page.get_by_role("button", name="Agree to the lower grade").press("Enter")
    bob.page.wait_for_selector("text=Agreed by Bob Tarn.")
    assert "Scheduled" in bob.page.inner_text(".fw-identity__grade")
    told = _log_of(erin, page)
    for words in ("proposed a lower grade", "refused a lower grade", "agreed to a lower grade"):
        assert words in told
    _quiet(alice, bob, erin)


@SCREENS
def test_police_do_not_go_only_when_all_is_ruled_out_and_a_supervisor_sends_somebody_all_the_same(sign_in, screen):
    alice, bob, erin = sign_in("alice", screen), sign_in("bob", screen), sign_in("erin")
    page = alice.page
    incident = _welfare_call(alice, "The ward cannot reach a patient who went home.")
    page.get_by_role("link", name="Do police go?").press("Enter")
    page.wait_for_url("**/attendance/")
    alice.check("do police go")
    page.select_option("#ask-area", "welfare")
    page.fill("#ask-requester", "Ward 4")
    page.fill("#ask-done", "Rang him twice.")
    for ground in ("crime", "life", "serious_harm", "domestic", "police_duty"):
        _answer(page, f"ask-{ground}", 2)
    _answer(page, "ask-child", 3)

    # A child is not ruled out, and nobody was told: refused beside each, and the answers stand.
    page.get_by_role("button", name="Police do not go").press("Enter")
    page.wait_for_selector("text=A child is at risk: not ruled out.")
    assert page.locator("#ask-told-1-error").count() == 1
    assert page.input_value("#ask-requester") == "Ward 4"
    alice.check("going cannot be declined")
    _answer(page, "ask-child", 2)
    _answer(page, "ask-told")
    page.fill("#ask-who_will", "Crisis team by 22:00")
    page.get_by_role("button", name="Police do not go").press("Enter")
    page.wait_for_selector("text=A supervisor has not looked at this yet.")

    bob.open("/contact/waiting/")
    bob.page.locator("[aria-labelledby=decide] a", has_text="Concern").last.press("Enter")
    bob.page.wait_for_url("**/attendance/")
    bob.page.fill("#review_because", "The ward has heard nothing from the crisis team.")
    bob.page.get_by_role("button", name="Send somebody").press("Enter")
    bob.page.wait_for_selector("text=Overturned: somebody is sent by Bob Tarn")
    bob.check("a decision overturned")
    alice.open(incident)
    assert "Police do not go" in page.inner_text("[aria-labelledby=going]")
    told = _log_of(erin, page)
    assert "decided that police do not go" in told
    assert "reviewed a decision not to go" in told
    _quiet(alice, bob, erin)
