"""What officers keep and whom they find, a victim who withdraws, and a crime that is no crime only if it is none.

Each from its own chair; each time something goes wrong, nothing typed is lost, and it is put right.
"""

import pytest

pytestmark = pytest.mark.journey


def _press(person, name: str, within: str = "main") -> None:
    person.page.locator(within).get_by_role("button", name=name).first.press("Enter")
    person.page.wait_for_load_state()


def _open(person, summary: str, within: str = "main") -> None:
    """Open what is folded away, where it is not open already."""
    found = person.page.locator(f"{within} summary:has-text('{summary}')").first
    if found.evaluate("one => !one.parentElement.open"):
        found.press("Enter")


def _incidents(person):
    """Go to the domestic incidents of today, one after the other."""
    person.open("/response/")
    found = person.page.locator("main a:has-text('Domestic incident')")
    found.first.wait_for()
    for address in [found.nth(n).get_attribute("href") for n in range(found.count())]:
        person.open(address)
        person.page.wait_for_selector("h2#forms")
        yield person.page.url.removeprefix(person.address)


def _log(erin) -> str:
    erin.open("/log/")
    return erin.page.inner_text("#lines").lower()


def _quiet(*people) -> None:
    assert [t for one in people for t in one.troubles if "422" not in t] == []


def test_an_exhibit_goes_from_hand_to_hand_and_nobody_had_it_twice(sign_in):
    rosa = sign_in("rosa", "phone")
    page = rosa.page
    address = next(_incidents(rosa))
    _open(rosa, "Add an exhibit")
    page.fill("#exhibit_reference", "RP/7")
    page.fill("#seized_where", "Kitchen table")
    _press(rosa, "Keep", "section:has(#evidence-title) form[action$='/exhibits/']")
    assert "so that nobody takes it for another" in page.inner_text(".govuk-error-summary")
    assert page.input_value("#exhibit_reference") == "RP/7"
    rosa.check("an exhibit with an error on a phone")
    page.fill("#description", "Phone with a cracked screen")
    page.fill("#seal", "S0991")
    _press(rosa, "Keep", "section:has(#evidence-title) form[action$='/exhibits/']")

    _open(rosa, "It changes hands")
    page.fill("input[name^='to_whom-']", "Property store, shelf 4")
    page.fill("input[name^='moved_at-']", "2026-01-01T10:00")
    _press(rosa, "Add this step")
    assert "had it later than that" in page.inner_text(".govuk-error-summary")
    assert page.input_value("input[name^='to_whom-']") == "Property store, shelf 4"
    moved_at = page.input_value("#seized_at")
    page.fill("input[name^='moved_at-']", moved_at)
    _press(rosa, "Add this step")
    steps = page.locator("section:has(#evidence-title) ol li")
    assert steps.count() == 2
    assert "→ Property store, shelf 4" in steps.nth(1).inner_text()
    rosa.check("continuity on a phone")

    erin = sign_in("erin")
    assert "moved an exhibit" in _log(erin)
    assert address
    _quiet(rosa, erin)


def test_somebody_nobody_had_named_is_linked_and_a_form_is_asked_about_them(sign_in):
    rosa = sign_in("rosa")
    page = rosa.page
    next(_incidents(rosa))
    _open(rosa, "Add somebody")
    page.check("#role-1", force=True)
    page.fill("#relationship", "mother")
    _press(rosa, "Add", "form[action$='/household/']")
    assert "Give a name, or describe them: they can be named later." in page.inner_text(".govuk-error-summary")
    assert page.locator("#forenames-error").count() == 1
    assert page.input_value("#relationship") == "mother"
    page.fill("#forenames", "Tom")
    page.fill("#surname", "Thornwood")
    page.fill("#born_year", "2022")
    _press(rosa, "Add", "form[action$='/household/']")
    assert "Tom Thornwood" in page.inner_text("section:has(#household-title)")
    assert "Tom Thornwood" in page.inner_text("section:has(#forms)")

    _open(rosa, "Add somebody")
    page.check("#role-4", force=True)
    page.fill("#forenames", "Bethany")
    page.fill("#surname", "Thornwood")
    _press(rosa, "Add", "form[action$='/household/']")
    hers = "section:has(h2:has-text('Victim: Bethany Thornwood'))"
    assert "Not asked yet" in page.inner_text(hers)
    assert "checklist (27): Bethany Thornwood" in page.inner_text("section:has(#forms)")
    rosa.check("an incident with two victims")
    erin = sign_in("erin")
    assert "linked somebody of the household" in _log(erin)
    _quiet(rosa, erin)


def test_a_victim_withdraws_and_the_case_goes_on_with_what_there_is(sign_in, installation):
    sam = sign_in("sam")
    before = _unsupported(sam)
    rosa = sign_in("rosa")
    page = rosa.page
    address = next(one for one in _incidents(rosa) if page.locator("text=Not asked yet").count())
    victim = "section:has(h2:has-text('Victim: ')):has-text('Not asked yet') >> nth=0"
    name = page.inner_text(f"{victim} >> h2").removeprefix("Victim: ").strip()
    hers = f"section:has(h2:has-text('Victim: {name}'))"
    _open(rosa, "Does the victim support action?", hers)
    page.check(f"{hers} input[value='withdrawn']", force=True)
    _press(rosa, "Keep what they say", hers)
    assert "Say why, in their words." in page.inner_text(".govuk-error-summary")
    assert page.is_checked(f"{hers} input[value='withdrawn']")
    rosa.check("a victim with an error")
    page.fill(f"{hers} textarea[name^='stance_words']", "He is the children's father, and she is afraid.")
    _press(rosa, "Keep what they say", hers)
    assert "Evidence without the victim is looked for" in page.inner_text(hers)

    page.fill(f"{hers} textarea[name^='evidence_words']", "The 999 recording, film, the neighbour at 12.")
    _press(rosa, "Decide", hers)
    assert "Say whether the case goes on." in page.inner_text(".govuk-error-summary")
    page.check(f"{hers} input[name^='goes_on'][value='yes']", force=True)
    _press(rosa, "Decide", hers)
    assert "The case goes on without the victim" in page.inner_text(hers)
    assert "Evidence without the victim is looked for" not in page.inner_text(hers)
    installation.job("response", "keep_figures")  # The call may be older than the hour that a page counts anew.
    assert _unsupported(sam) != before
    erin = sign_in("erin")
    assert "looked for evidence without the victim" in _log(erin)
    assert address
    _quiet(rosa, sam, erin)


def _unsupported(sam) -> str:
    """Return the figures of victims who do not support action, as the table says them."""
    sam.open("/measures/response/")
    heading = sam.page.locator("h2", has_text="support action").first
    block = heading.locator("xpath=ancestor::*[.//table][1]")
    return block.locator("tbody").first.text_content() or ""


def test_a_crime_is_no_crime_only_if_the_registrar_agrees_and_one_that_is_refused_is_recorded(sign_in):
    ivy = sign_in("ivy")
    page = ivy.page
    page.wait_for_selector("h1:has-text('Crimes that wait')")
    address = page.locator("main .fw-item a").first.get_attribute("href")
    ivy.open(address)
    _open(ivy, "Ask the registrar")
    page.fill("#ask_because", "She says now that it never happened.")
    _press(ivy, "Ask", "form[action$='/no-crime/']")
    assert "what can be verified" in page.inner_text(".govuk-error-summary").lower()
    assert page.input_value("#ask_because").startswith("She says now")
    ivy.check("a request with an error")
    page.fill("#ask_source", "Her call on Saturday, recording 118.")
    _press(ivy, "Ask", "form[action$='/no-crime/']")
    assert "Waits for the registrar" in page.inner_text("main")

    ada = sign_in("ada")
    ada.page.wait_for_selector("h1:has-text('Crimes that wait')")
    assert "No crime asked for" in ada.page.inner_text("main")
    ada.open(address)
    ada.page.check("#agreed-2", force=True)
    _press(ada, "Answer")
    assert "Say why" in ada.page.inner_text(".govuk-error-summary")
    assert ada.page.is_checked("#agreed-2")
    ada.check("an answer with an error")
    ada.page.fill("#answer_words", "A retraction alone verifies nothing. Record it.")
    _press(ada, "Answer")
    assert "Refused: it must be recorded" in ada.page.inner_text("main")

    ivy.open(address)
    assert "A retraction alone verifies nothing." in page.inner_text("main")
    page.fill("#crime_number", "FS/26/4799")
    page.fill("#owner", "DC 4 Pat Garth")
    _press(ivy, "Record the crime")
    assert "clock has stopped" in page.inner_text(".fw-messages")
    erin = sign_in("erin")
    said = _log(erin)
    for line in ("asked the registrar", "refused that a crime is none", "recorded a crime"):
        assert line in said
    _quiet(ivy, ada, erin)
