"""An officer worries about somebody; the hub asks, one agency is the wrong one and another is absent; it decides."""

import re

import pytest

pytestmark = pytest.mark.journey

CONCERN = "Hides in the cupboard when he shouts; a bruise on the arm that nobody explains."
WHY = "They may have seen this person lately and know what the police cannot see."
MUCH = "Only what they need to look; earlier calls are left out."


def _press(person, name: str) -> None:
    person.page.get_by_role("button", name=name, exact=True).first.click()
    person.page.wait_for_load_state()


def _follow(person, name) -> None:
    person.page.get_by_role("link", name=name).first.click()
    person.page.wait_for_load_state()


def _choose(page, field: str, begins: str) -> None:
    page.select_option(field, page.locator(f"{field} option", has_text=begins).first.get_attribute("value"))


def _incident(rosa, last: bool) -> str:
    """Open an incident in which somebody can be named, and return its address."""
    rosa.open("/contact/board/")
    found = [one.get_attribute("href") for one in rosa.page.locator("[data-row] h2 a").all()]
    for href in reversed(found) if last else found:
        rosa.open(href)
        _follow(rosa, "Tell the safeguarding hub")
        if rosa.page.locator("#person option").count() > 1:
            return href
    raise AssertionError("No incident on the board names anybody.")


def _figures(maya) -> dict[str, list[str]]:
    maya.open("/safeguarding/hub/figures/")
    rows = maya.page.locator("section[aria-labelledby=asked] tbody tr").all()
    return {row.locator("th").inner_text(): [c.inner_text() for c in row.locator("td").all()] for row in rows}


def _number(rows, agency: str, column: int) -> int:
    return next((int(cells[column]) for name, cells in rows.items() if name.startswith(agency)), 0)


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_a_worry_becomes_a_decision_and_comes_back_to_the_officer(sign_in, screen):
    rosa, maya, cora, dana = (sign_in(name, screen) for name in ("rosa", "maya", "cora", "dana"))
    before = _figures(maya)
    maya.check("the fortnight")

    incident = _incident(rosa, last=screen == "phone")
    _press(rosa, "Tell the hub")
    assert rosa.page.locator(".govuk-error-summary").count() == 1
    rosa.page.select_option("#person", index=1)
    name = rosa.page.locator("#person option:checked").inner_text()
    rosa.page.locator("#kind-1").press("Space")
    rosa.page.fill("#concern", f"{CONCERN} ({screen})")
    _choose(rosa.page, "#colour", "Amber")
    _choose(rosa.page, "#basis", "To protect")
    _press(rosa, "Tell the hub")
    assert "what was done at once" in rosa.page.inner_text("#immediate-error")
    assert screen in rosa.page.input_value("#concern"), "what was typed is kept"
    rosa.check("raising with errors")
    rosa.page.fill("#immediate", "A grandmother stays the night.")
    rosa.page.fill("#basis_because", "Asking him would have put the child at risk.")
    _press(rosa, "Tell the hub")
    rosa.page.wait_for_url("**/raised/")
    reference = re.search(r"HUB-[\w-]+", rosa.page.inner_text("main"))[0]
    rosa.check("what was raised")

    _screened_and_asked(maya, name, reference)
    shown = maya.page.inner_text("section[aria-labelledby=agencies]")
    assert "Larch Refuge, not opened yet" in shown

    # The wrong agency was asked, and has read it already: it is taken back, and says that it kept nothing.
    dana.open("/partner/")
    _press_asked(dana, maya, "Larch Refuge")
    assert CONCERN in dana.page.inner_text("main")
    told = dana.page.url
    _of(maya, "Larch Refuge").locator("summary", has_text="What it was told").click()
    _of(maya, "Larch Refuge").get_by_role("link", name=re.compile("Take it back")).click()
    assert "Opened by Dana Crag" in maya.page.inner_text("main")
    _press(maya, "Take it back")
    assert maya.page.locator("#reason-error").count() == 1
    _choose(maya.page, "#reason", "It went to the wrong agency")
    maya.page.fill("#because", "It was meant for adult social care; the refuge was rung and has no part in this.")
    maya.check("taking back")
    _press(maya, "Take it back")
    dana.page.goto(told)
    assert CONCERN not in dana.page.inner_text("body")
    dana.open("/partner/")
    assert "Destroy every copy" in dana.page.inner_text("main")
    dana.check("the inbox with something taken back")
    dana.page.get_by_role("button", name=re.compile("Nothing of it is kept")).first.click()

    # Children's social care answers from its own sign-in.
    cora.open("/partner/")
    _press_asked(cora, maya, "Fellshire children")
    assert "Who is feared" in cora.page.inner_text("main")
    cora.page.fill("#answer", "Open to us since June; her worker saw her on Tuesday and was worried.")
    _press(cora, "Send the answer")
    assert cora.page.locator("#code-error").count() == 1
    _choose(cora.page, "#code", "Open to us now")
    cora.check("an answer with an error")
    _press(cora, "Send the answer")
    cora.page.wait_for_selector("text=Open to us now")

    # Adult social care is not in the room and does not answer: somebody who answers for it is rung.
    maya.page.reload()
    assert "her worker saw her on Tuesday" in maya.page.inner_text("section[aria-labelledby=agencies]")
    _of(maya, "Fellshire adult").get_by_role("link", name=re.compile("Take it to")).click()
    assert "Duty manager" in maya.page.input_value("#whom")
    _press(maya, "Record this")
    assert maya.page.locator("#said-error").count() == 1
    maya.page.fill("#said", "Told that nobody there has answered; she finds somebody within the hour.")
    _press(maya, "Record this")
    assert "Whoever answers for an absent agency" in maya.page.inner_text("main")
    maya.check("a contact with its agencies")

    _follow(maya, "Decide")
    _choose(maya.page, "#level", "Level 3")
    _choose(maya.page, "#decision", "An assessment")
    maya.page.fill("#because", f"The worker and the officer saw the same thing. ({screen})")
    _press(maya, "Decide, and tell whoever raised it")
    assert "Fellshire adult social care did not answer" in maya.page.inner_text("#without_because-error")
    maya.check("deciding without an answer")
    maya.page.fill("#without_because", "Nobody there answers, and the assessment cannot wait for it.")
    _press(maya, "Decide, and tell whoever raised it")
    assert "Without waiting for Fellshire adult social care" in maya.page.inner_text("main")

    # What came of it reaches the officer, on her own page and in the incident's log.
    rosa.open("/safeguarding/raised/")
    assert f"The worker and the officer saw the same thing. ({screen})" in rosa.page.inner_text("main")
    rosa.check("what came of it")
    for _ in range(20):
        rosa.open(incident)
        if f"The hub decided on {reference}" in rosa.page.inner_text("main"):
            break
        rosa.page.wait_for_timeout(1500)
    assert f"The hub decided on {reference}" in rosa.page.inner_text("main")

    after = _figures(maya)
    assert _number(after, "Fellshire children", 0) == _number(before, "Fellshire children", 0) + 1
    assert _number(after, "Fellshire children", 2) == _number(before, "Fellshire children", 2) + 1
    assert _number(after, "Fellshire adult", 3) == _number(before, "Fellshire adult", 3) + 1

    erin = sign_in("erin", screen)
    erin.open("/log/?who=Maya")
    lines = erin.page.inner_text("#lines").lower()
    for words in ("took a referral back", "took a question to whoever answers", "decided on a contact with the hub"):
        assert words in lines, words
    erin.open("/log/?who=Cora")
    assert "answered the hub" in erin.page.inner_text("#lines").lower()
    for person in (rosa, maya, cora, dana):
        assert [t for t in person.troubles if "422" not in t and "404" not in t] == []


def _press_asked(partner, maya, agency: str) -> None:
    """Open what Maya has just asked: its receipt stands on her page, and in the agency's inbox what is due first."""
    receipt = re.search(r"receipt ([0-9A-F]{8})", _of(maya, agency).inner_text())[1]
    if partner.page.locator(f"text={receipt}").count() == 0:
        partner.open("/partner/?part=waiting")
    partner.page.get_by_role("button", name=re.compile(receipt)).click()
    partner.page.wait_for_url(re.compile(r"/partner/[0-9a-f-]{36}/$"))


def _of(maya, agency: str):
    return maya.page.locator("section[aria-labelledby=agencies] .fw-advice", has_text=agency).first


def _screened_and_asked(maya, name: str, reference: str) -> None:
    """Make it red, and ask three agencies, one of them by mistake; each will see only what it may have."""
    page = maya.page
    maya.open("/safeguarding/hub/")
    page.locator(".fw-case", has_text=reference).locator("h2 a").click()
    _follow(maya, "Set the colour")
    page.select_option("#colour", "red")
    _press(maya, "Keep it")
    assert "what changes the colour" in page.inner_text("#because-error")
    page.fill("#because", "The school rang: the child did not come in.")
    _press(maya, "Keep it")
    assert "Amber to red" in page.inner_text("section[aria-labelledby=story]")
    _follow(maya, "Ask what agencies know")
    for one in page.locator("input[name=agencies]").all():
        one.set_checked(one.get_attribute("value") in {"fellshire-children", "fellshire-adults", "larch-refuge"})
    page.fill("#necessity", WHY)
    page.fill("#tell-asked", "What do you know since June, and who has it?")
    page.check("input[name=tell][value=suspect]")
    page.fill("#tell-suspect", "Whoever shouted")
    _press(maya, "Look at what each will see")
    assert "Say why this much" in page.inner_text("#proportionality-error")
    maya.check("sharing with an error")
    page.fill("#proportionality", MUCH)
    _press(maya, "Look at what each will see")
    adults = page.locator("section", has_text="Fellshire adult social care will see this").last.inner_text()
    assert "Left out, because this agency may not be told: who is feared" in adults
    assert "Whoever shouted" not in adults
    assert "Whoever shouted" in page.locator("section", has_text="Fellshire children").last.inner_text()
    maya.check("exactly what each will see")
    _press(maya, "Ask them")
    page.wait_for_selector("text=Receipts")
    assert name.split()[0] in page.inner_text("h1")
