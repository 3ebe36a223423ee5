"""A form looked at again: sent back to its officer, put right, graded anew, and what it did to the figures."""

import pytest

pytestmark = pytest.mark.journey

EXPLAINED = "The neighbour heard it twice before; the bruise is older than tonight. This is more than it says."


def _press(person, name: str) -> None:
    person.page.get_by_role("button", name=name, exact=True).first.press("Enter")
    person.page.wait_for_load_state()


def _choose(page, name: str, place: int) -> None:
    page.check(f"#{name}-{place}", force=True)


def _count(page, queue: str) -> int:
    return int(page.inner_text(f".fw-chip:has-text('{queue}') .fw-count"))


def _of_rosa(gwen) -> str:
    """Return the address of a form that Rosa handed in and the team has not looked at."""
    gwen.open("/safeguarding/review/?team=south+response")
    row = gwen.page.locator(".fw-case:has-text('Rosa Pike')").last
    return str(row.locator("a").first.get_attribute("href"))


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_the_queue_and_the_figures_stand_up_on_any_screen(sign_in, screen):
    gwen = sign_in("gwen", screen)
    gwen.page.wait_for_selector("h1:has-text('Second review')")
    assert "Nothing is invisible" in gwen.page.inner_text("main")
    gwen.check("the queue")
    gwen.open("/safeguarding/review/?queue=missing")
    assert "late" in gwen.page.inner_text("main")
    gwen.check("what is missing")
    gwen.open("/safeguarding/review/")
    gwen.page.click(".fw-case a >> nth=0")
    gwen.page.wait_for_selector("h2#decide")
    gwen.check("a form between its queue and its thread")
    vera = sign_in("vera", screen)
    vera.open("/safeguarding/returns/")
    assert "Backlog by age and risk" in vera.page.inner_text("main")
    assert vera.page.locator("summary:has-text('Add a prompt')").count() == 0, "a superintendent only reads"
    vera.check("returns and backlog")
    assert gwen.troubles + vera.troubles == []


def test_a_form_is_sent_back_put_right_graded_anew_and_counted(sign_in):
    gwen, rosa = sign_in("gwen"), sign_in("rosa")
    address = _of_rosa(gwen)
    back_before = _count(gwen.page, "Sent back to the officer")
    _send_back(gwen, address)
    assert _count(gwen.page, "Sent back to the officer") == back_before + 1
    _put_right(rosa)
    _grade_anew(gwen, address)
    _told(rosa)
    _given_away(gwen, address)
    _measured(sign_in("theo"))
    _logged(sign_in("erin"))
    assert [t for one in (gwen, rosa) for t in one.troubles if "422" not in t] == []


def _send_back(gwen, address: str) -> None:
    page = gwen.page
    gwen.open(address)
    _choose(page, "outcome", 3)
    _press(gwen, "Decide")
    assert "at least one answer" in page.inner_text(".govuk-error-summary")
    gwen.check("a review with an error")
    page.locator("summary:has-text('Why you judge it so')").press("Enter")
    page.select_option("#reason-rationale", "rationale")
    page.fill("#why-rationale", "Which day was it, and who heard it?")
    _choose(page, "outcome", 3)
    _press(gwen, "Decide")
    assert "on the officer's handheld and desk" in page.inner_text(".fw-messages")
    assert "Nothing is invisible" in page.inner_text("main")


def _put_right(rosa) -> None:
    page = rosa.page
    rosa.open("/response/")
    row = page.locator(".fw-item:has-text('Which day was it, and who heard it?')")
    assert "Returned to you by Gwen Bield because" in row.inner_text()
    rosa.check("an officer's incidents with a return")
    row.locator("a").first.click()
    page.wait_for_selector("h2#forms")
    assert "Returned to you because" in page.inner_text("section:has(#forms)")
    page.click("main a:has-text('Domestic abuse checklist')")
    assert "The reason does not carry the grade." in page.inner_text(".fw-returned")
    assert "Owned by the" in page.inner_text("main")
    page.fill("#rationale", "On Friday at nine, in the hall: said that she would not see Christmas.")
    _press(rosa, "Hand it in")
    said = page.inner_text(".fw-messages")
    assert "The central team looks at it again." in said
    assert "Owned by the" in said


def _grade_anew(gwen, address: str) -> None:
    page = gwen.page
    gwen.open(address)
    assert "Put right. Was:" in page.inner_text("main")
    _choose(page, "outcome", 2)
    page.locator("#grade").select_option(index=1)
    page.fill("#note", "More.")
    _press(gwen, "Decide")
    assert "Explain the new grade" in page.inner_text(".govuk-error-summary")
    assert page.input_value("#note") == "More."
    page.fill("#note", EXPLAINED)
    _press(gwen, "Decide")
    assert "Graded anew" in page.inner_text(".fw-messages")
    gwen.open(address)
    assert "a specialist's; the officer's:" in page.inner_text(".fw-identity")
    assert EXPLAINED in page.inner_text(".fw-review__thread")


def _told(rosa) -> None:
    rosa.page.reload()
    assert f"by Gwen Bield: {EXPLAINED}" in rosa.page.inner_text("section:has(#forms)")


def _given_away(gwen, address: str) -> None:
    """The owner is changed by hand: first without a reason, then with one."""
    page = gwen.page
    gwen.open(address)
    page.locator("summary:has-text('Give it to another owner')").press("Enter")
    page.select_option("#owner", "response")
    _press(gwen, "Give it to them")
    assert "Say why in a sentence" in page.inner_text(".govuk-error-summary")
    page.fill("#because", "They know the family and are there again tomorrow.")
    _press(gwen, "Give it to them")
    assert "The response team that attended" in page.inner_text("section:has(#owner-title)")


def _measured(theo) -> None:
    page = theo.page
    theo.open("/safeguarding/returns/")
    assert "The reason does not carry the grade" in page.inner_text("section:has(#reasons)")
    assert "south response" in page.inner_text("section:has(#teams)")
    assert "19 times in 20" in page.inner_text("section:has(#prompts)")
    page.locator("summary:has-text('Add a prompt')").press("Enter")
    page.select_option("#question", "dash.rationale")
    page.fill("#words", "Say when it happened, and who saw it.")
    page.fill("#because", "Reasons that would fit any form.")
    _press(theo, "Add the prompt")
    assert "A prompt stands there already" in page.inner_text(".govuk-error-summary")
    assert page.input_value("#words") == "Say when it happened, and who saw it."
    page.select_option("#question", "dash.q18")
    _press(theo, "Add the prompt")
    assert "from now, on desks and handhelds" in page.inner_text(".fw-messages")
    theo.check("returns with a new prompt")


def _logged(erin) -> None:
    erin.open("/log/")
    said = erin.page.inner_text("#lines").lower()
    for line in (
        "sent a form back from the central team",
        "graded a form anew",
        "gave a risk to another owner",
        "added a prompt beside a question",
    ):
        assert line in said, line
