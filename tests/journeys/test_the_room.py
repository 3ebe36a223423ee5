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
    assert "Look again" in bob.page.locator("[data-row]").first.inner_text()
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


@SCREENS
def test_the_helpline_advises_somebody_is_held_and_want_of_an_assessor_is_no_reason_to_keep_them(sign_in, screen):
    alice, noor, erin = sign_in("alice", screen), sign_in("noor", screen), sign_in("erin")
    page, hers = alice.page, noor.page
    noor.check("the helpline's desk")
    question = f"Is there a plan for her? Asked on a {screen}."
    alice.open("/contact/calls/new/")
    page.fill("#summary", "A woman on the wrong side of the railing.")
    page.get_by_role("button", name="Add somebody else").press("Enter")
    page.fill("#person-0-name", f"Wren {screen.title()}moss")
    page.select_option("#person-0-role", "at_risk")
    page.select_option("#opening_code", "concern_for_safety")
    page.locator("[data-send]").press("Enter")
    page.wait_for_url("**/contact/incidents/**")
    incident = page.url.removeprefix(alice.address)

    # Alice asks; she forgets to say about whom, and is told beside the field.
    page.locator("summary", has_text="Ask the helpline").press("Enter")
    page.fill("#helpline_question", question)
    page.locator("form[action$='/helpline/'] button").press("Enter")
    page.wait_for_selector("#about-error")
    alice.check("a question to the helpline without its person")
    assert page.input_value("#helpline_question") == question
    page.fill("#about", "Wren, thirty, on the footbridge, talking.")
    page.locator("form[action$='/helpline/'] button").press("Enter")
    page.wait_for_selector("text=Nobody has taken it yet.")

    # Noor is told by her own desk within seconds. She takes the question and advises; no incident opens to her.
    hers.get_by_role("link", name=question).press("Enter")
    hers.get_by_role("button", name="Take this question").press("Enter")
    hers.wait_for_selector("text=Taken")
    noor.check("a question taken")
    hers.select_option("#advice_code", "detain")
    hers.fill("#advice", "Known to the team; nothing else will hold tonight.")
    hers.get_by_role("button", name="Send advice").press("Enter")
    hers.wait_for_selector("#advice", state="detached")
    noor.open(incident)
    assert "does not include" in hers.inner_text("main")
    page.wait_for_function("document.querySelector('#incident-log').innerText.includes('nothing else will hold')")
    alice.open(incident)
    _answer(page, "agreed", 2)
    page.fill("#consultation_outcome", "Held, taken to Larch House.")
    page.get_by_role("button", name="Record what came of it").press("Enter")
    page.wait_for_selector("#disagreement-error")
    page.fill("#disagreement", "She came down by herself first.")
    page.get_by_role("button", name="Record what came of it").press("Enter")
    page.wait_for_selector("text=Not followed")

    # Held in a home? That power is not there. Then the clock runs from arrival.
    alice.open(f"{incident}detention/")
    page.select_option("#person", index=1)
    page.select_option("#section", "136")
    _answer(page, "in_a_home")
    page.fill("#grounds", "On the railing, would not come back.")
    page.get_by_role("button", name="Record that they are held").press("Enter")
    page.wait_for_selector("#in_a_home-1-error")
    alice.check("a power that is not there")
    _answer(page, "in_a_home", 2)
    page.get_by_role("button", name="Record that they are held").press("Enter")
    page.wait_for_selector("text=No clock runs yet.")
    page.select_option("#place", label="Larch House, Skelmoss Infirmary (2 free)")
    page.get_by_role("button", name="Record the place").press("Enter")
    page.wait_for_selector("text=The power ends")
    alice.check("somebody held")
    page.locator("summary", has_text="A doctor extends it").press("Enter")
    page.fill("#extension_doctor", "Dr Fell")
    page.select_option("#extension_reason", "no_assessor")
    page.fill("#extension_hours", "12")
    page.get_by_role("button", name="Record the extension").press("Enter")
    page.wait_for_selector("#extension_reason-error")
    assert page.input_value("#extension_doctor") == "Dr Fell"
    page.select_option("#extension_reason", "condition")
    page.get_by_role("button", name="Record the extension").press("Enter")
    page.wait_for_selector("text=Dr Fell, 12 hours")

    # The gap behind the refusal is logged by the hour; Noor takes it up the ladder of the protocol.
    noor.open("/contact/crisis-care/")
    gap = hers.locator(".fw-duty", has_text="A longer detention was asked for because of it").first
    gap.locator("summary").press("Enter")
    gap.locator("select").select_option(label="On-call manager of the trust")
    gap.get_by_role("button", name="Record that it was taken higher").press("Enter")
    hers.wait_for_selector("text=Taken to On-call manager of the trust by Noor Sedge")
    noor.check("crisis care")
    assert "Wren" not in hers.inner_text("main")
    noor.open("/contact/helpline/weeks/")
    noor.check("waits and disagreement")
    assert "did not follow the advice in" in hers.inner_text("main")

    alice.open(f"{incident}detention/")
    page.locator("summary", has_text="It has ended").press("Enter")
    page.select_option("#outcome", "community")
    page.fill("#outcome_text", "Home with her sister and a plan: Dr Fell.")
    page.get_by_role("button", name="Record the end").press("Enter")
    page.wait_for_selector("text=Home, with a plan")
    told = _log_of(erin, page)
    for words in ("asked the mental-health helpline", "recorded a detention", "recorded the extension"):
        assert words in told
    _quiet(alice, erin)


@SCREENS
def test_a_detective_listens_in_while_a_visitor_rings_and_her_home_force_is_named(sign_in, screen):
    alice, hugh, erin = sign_in("alice", screen), sign_in("hugh", screen), sign_in("erin")
    page, his = alice.page, hugh.page
    said = f"Somebody followed her from the ferry, told on a {screen}."
    alice.open("/contact/calls/new/")
    page.fill("#caller_name", "Ash Weald")
    page.fill("#caller_home", "NOT ONE")
    page.fill("#summary", said)
    page.wait_for_function("document.querySelector('[data-saved]').innerText.includes('Draft saved')")

    # Hugh finds the call among those being taken; Alice sees that he listens and what he says.
    hugh.open("/contact/listening/")
    hugh.check("the calls being taken")
    his.locator(".fw-row", has_text=said).get_by_role("button", name="Listen in").press("Enter")
    his.wait_for_selector(f"text={said}")
    page.wait_for_selector("text=Hugh Garth listens in on this call.")
    his.get_by_role("button", name="Send it").press("Enter")
    his.wait_for_selector("#live_advice-error")
    hugh.check("nothing was said to the call taker")
    his.fill("#live_advice", "Ask whether she knows him.")
    his.get_by_role("button", name="Send it").press("Enter")
    page.wait_for_selector("text=Ask whether she knows him.")
    alice.check("a call that is listened to")

    # The home postcode cannot be read: told beside the field. Then it names the force while she speaks.
    page.select_option("#opening_code", "suspicious")
    page.locator("[data-send]").press("Enter")
    page.wait_for_selector("#caller_home-error")
    page.fill("#caller_home", "CT1")
    page.wait_for_selector("#known:has-text('police area of Kent')")
    page.locator("[data-send]").press("Enter")
    page.wait_for_url("**/contact/incidents/**")
    assert "Home is in the police area of Kent (CT1)" in page.inner_text("[aria-labelledby=people-title]")
    assert "Ask whether she knows him." in page.inner_text("#incident-advice")
    his.wait_for_selector("text=This call has been sent.")
    alice.open("/contact/away/")
    alice.check("who is away from home")
    assert "Ash Weald" in page.inner_text("main")
    alice.page.go_back()
    told = _log_of(erin, page)
    assert "listened in on a call" in told
    assert "advised during a call" in told
    _quiet(alice, hugh, erin)


@SCREENS
def test_a_supervisor_reads_the_shift_and_goes_everywhere_by_keyboard(sign_in, screen):
    bob = sign_in("bob", screen)
    page = bob.page
    page.keyboard.press("Alt+Shift+S")
    page.wait_for_url("**/contact/shift/")
    bob.check("the shift")
    words = page.inner_text("main")
    for heading in ("What came", "What waits", "Reached, against the time promised", "Who holds what"):
        assert heading in words
    page.goto(f"{page.url}?hours=nonsense")
    assert "in 8 hours" in page.inner_text("main"), "an unknown length falls back to a shift"
    page.keyboard.press("Alt+Shift+K")
    page.wait_for_selector("#keys[open]")
    listed = page.inner_text("#keys")
    for way in ("Board", "Take a call", "Waiting", "Shift", "Listen in", "Away from home", "Crisis care"):
        assert way in listed
    bob.check("the keys of the page")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+Shift+B")
    page.wait_for_url("**/contact/board/")
    page.keyboard.press("Alt+Shift+ArrowDown")
    first = page.evaluate("document.activeElement.href")
    assert "/contact/incidents/" in first
    page.keyboard.press("Alt+Shift+ArrowDown")
    assert page.evaluate("document.activeElement.href") != first
    page.keyboard.press("Alt+Shift+ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/contact/incidents/**")
    page.keyboard.press("Alt+Shift+E")
    page.wait_for_function("document.activeElement.id === 'entry'")
    page.keyboard.press("Alt+Shift+G")
    page.wait_for_function("document.activeElement.id === 'trigger'")
    page.keyboard.press("Alt+Shift+N")
    page.wait_for_url(re.compile(r"/contact/calls/[0-9a-f-]{36}/"))
    _quiet(bob)


@SCREENS
def test_a_referral_tells_a_refuge_what_it_needs_and_the_refuge_takes_it_from_its_own_door(sign_in, screen):
    hugh, dana, erin = sign_in("hugh", screen), sign_in("dana", screen), sign_in("erin")
    page, hers = hugh.page, dana.page
    dana.check("an agency's referrals")
    hugh.open("/contact/calls/new/")
    page.fill("#caller_name", f"Wren {screen.title()}fell")
    page.fill("#summary", "He has changed the locks. She sits in the car with the baby.")
    page.select_option("#opening_code", "domestic_incident")
    page.locator("[data-send]").press("Enter")
    page.wait_for_url("**/contact/incidents/**")
    incident = page.url.removeprefix(hugh.address)
    page.get_by_role("link", name="Refer somebody").press("Enter")
    page.select_option("#person", index=1)
    page.select_option("#agency", "larch-refuge")
    page.get_by_role("button", name="Go on").press("Enter")
    page.wait_for_selector("#necessity")
    hugh.check("what may be told")

    # She has not agreed, and he gives no reason: told beside each field, and what he typed stays.
    page.select_option("#basis", "consent")
    page.locator("[name=tell][value=what_happened]").press("Space")
    page.fill("#tell-what_happened", "Locked out tonight with a baby.")
    page.get_by_role("button", name="Look at what is sent").press("Enter")
    page.wait_for_selector("#necessity-error")
    assert page.locator("#agreed-1-error").count() == 1
    assert page.input_value("#tell-what_happened") == "Locked out tonight with a baby."
    hugh.check("a referral that may not be sent")
    page.select_option("#basis", "safeguarding")
    page.fill("#necessity", "The refuge has to find her and the baby a bed tonight.")
    page.fill("#proportionality", "They must know whom to keep away; her history is left out.")
    page.get_by_role("button", name="Look at what is sent").press("Enter")
    page.wait_for_selector("text=This, and nothing else, goes to")
    hugh.check("exactly what is sent")
    assert "changed the locks" not in page.inner_text("main")
    page.get_by_role("button", name="Send it").press("Enter")
    page.wait_for_url("**/contact/incidents/**")
    sent = page.inner_text("#incident-referrals")
    assert "Sent, not opened yet" in sent
    receipt = re.search(r"receipt ([0-9A-F]{8})", sent)[1]

    # Dana opens it, which is the receipt; she cannot decline without saying why. No record of the police opens to her.
    dana.open("/partner/")
    hers.locator("li", has_text=receipt).get_by_role("button").press("Enter")
    hers.wait_for_selector("text=Locked out tonight with a baby.")
    hers.get_by_role("button", name="We cannot").press("Enter")
    hers.wait_for_selector("#answer-error")
    dana.check("an answer without its reason")
    hers.fill("#answer", "A worker rings her within the hour; the room is ready.")
    hers.get_by_role("button", name="We take this").press("Enter")
    hers.wait_for_selector("text=You took this")
    dana.open(incident)
    assert "does not include" in hers.inner_text("main")

    page.wait_for_function("document.querySelector('#incident-log').innerText.includes('has taken this')")
    hugh.open(incident)
    assert "Taken" in page.inner_text("#incident-referrals")
    assert "Met" in page.locator(".fw-duty", has_text="A partner answers a rapid referral").inner_text()
    told = _log_of(erin, page)
    assert "referred somebody to a partner" in told
    assert "took a referral" in told
    _quiet(hugh, erin)


def test_a_detective_finishes_with_an_incident_and_says_what_was_missed(sign_in):
    alice, hugh, bob, erin = (sign_in(name) for name in ("alice", "hugh", "bob", "erin"))
    incident = _welfare_call(alice, "He follows her to work, again.", "domestic_incident")
    page = hugh.page
    hugh.open(incident)
    page.get_by_role("button", name="Finished with this one").press("Enter")
    page.wait_for_selector("#agreed_grade-1-error")
    hugh.check("finished without a word on the grade")
    _answer(page, "agreed_grade", 2)
    page.fill("#missed", "Emergency: he waits outside. Nobody asked about the child.")
    page.get_by_role("button", name="Finished with this one").press("Enter")
    page.wait_for_selector("#incident-log:has-text('the grade is not right')")
    bob.open("/contact/shift/")
    row = bob.page.locator("tr", has_text="of them with protection missed")
    assert int(row.locator("td").inner_text()) >= 1
    assert "said what the help desk found" in _log_of(erin, page)
    _quiet(alice, hugh, bob, erin)
