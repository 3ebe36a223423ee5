"""A risk form from the officer's desk to its supervisor and back, and the crime it told of: each from their own chair.

Something goes wrong for each of them, and is put right without anything typed being lost.
"""

import pytest

pytestmark = pytest.mark.journey

PROOF = "She was held by the throat on Friday; he says he will kill her if she goes."


def _incident(person) -> str:
    """Open a domestic incident of today, and return its address."""
    person.page.click("main a:has-text('Domestic incident') >> nth=0")
    person.page.wait_for_selector("h2#forms")
    return person.page.url


def _untouched(person) -> str:
    """Open a domestic incident for which nobody has begun a checklist yet, and return its address."""
    found = person.page.locator("main a:has-text('Domestic incident')")
    found.first.wait_for()
    addresses = [found.nth(n).get_attribute("href") for n in range(found.count())]
    for address in addresses:
        person.open(address)
        person.page.wait_for_selector("h2#forms")
        if person.page.locator("main a:has-text('Domestic abuse checklist')").count():
            return str(person.page.url)
    raise AssertionError(f"Somebody has begun a checklist for each of {len(addresses)} incidents.")


def _answer(page, name: str, place: int) -> None:
    page.check(f"#{name}-{place}", force=True)


def _press(person, name: str) -> None:
    person.page.get_by_role("button", name=name, exact=True).press("Enter")
    person.page.wait_for_load_state()


def test_a_form_is_handed_in_sent_back_put_right_and_the_crime_it_told_of_recorded(sign_in):
    rosa = sign_in("rosa")
    rosa.page.wait_for_selector("h1:has-text('Your incidents')")
    rosa.check("an officer's incidents")
    address = _untouched(rosa)
    rosa.check("the incident from the door")
    _press(rosa, "I attend this")
    assert "Rosa Pike" in rosa.page.inner_text(".fw-identity")

    _fill(rosa)
    _hand_in_with_a_hole(rosa)
    rosa.page.wait_for_selector("h2#crimes-title")
    assert "Strangulation or suffocation" in rosa.page.inner_text("section:has(#crimes-title)")
    assert "Waits for review" in rosa.page.inner_text("section:has(#forms)")

    sam = sign_in("sam")
    _send_back(sam)
    _put_right(rosa, address)
    _accept(sam)
    _record(sign_in("ivy"))

    erin = sign_in("erin")
    erin.open("/log/")
    said = erin.page.inner_text("#lines").lower()
    for line in ("handed in a form", "sent a form back", "accepted a form", "recorded a crime", "opened the forms"):
        assert line in said
    rosa.open(address.removeprefix(rosa.address))
    assert "Recorded FS/26/4711" in rosa.page.inner_text("section:has(#crimes-title)")
    assert [t for one in (rosa, sam, erin) for t in one.troubles if "422" not in t] == []


def _fill(rosa) -> None:
    """Answer the checklist; one answer is left open and the reason is forgotten."""
    page = rosa.page
    page.click("main a:has-text('Domestic abuse checklist')")
    page.wait_for_selector("[data-form]")
    rosa.check("an empty form")
    for number in range(1, 28):
        if number != 9:
            _answer(page, f"q{number}", 1 if number in (2, 17, 18) else 2)
    _answer(page, "answered_by", 1)
    page.check("input[name='none-victims_view']", force=True)
    _answer(page, "grade", 3)
    assert "of 31 answered" in page.inner_text("[data-form-said]")
    page.reload()
    assert page.is_checked("#q18-1"), "what was typed was lost on a reload"
    _press(rosa, "Save for now")
    assert "Saved" in page.inner_text(".fw-messages")
    assert page.is_checked("#q18-1")


def _hand_in_with_a_hole(rosa) -> None:
    page = rosa.page
    _press(rosa, "Hand it in")
    assert page.inner_text(".govuk-error-summary").count("\n") >= 2
    assert page.locator("#rationale-error").count() == 1
    assert page.locator("#q9-1-error").count() == 1
    rosa.check("a form with errors")
    _answer(page, "q9", 3)
    page.fill("#rationale", "Worried about her.")
    _press(rosa, "Hand it in")


def _send_back(sam) -> None:
    page = sam.page
    page.wait_for_selector("h1:has-text('What waits for review')")
    sam.check("what waits for review")
    page.click("main a:has-text('Domestic abuse checklist')")
    page.wait_for_selector("h2#decide")
    assert "Threats to kill" in page.inner_text("main")
    _answer(page, "outcome", 2)
    _press(sam, "Decide")
    assert "at least one answer" in page.inner_text(".govuk-error-summary")
    sam.check("a review with an error")
    page.locator("summary:has-text('Why you judge it so')").press("Enter")
    page.select_option("#reason-rationale", "rationale")
    page.fill("#why-rationale", "What happened, and when?")
    _answer(page, "outcome", 2)
    _press(sam, "Decide")
    assert "Sent back" in page.inner_text(".fw-messages")


def _put_right(rosa, address: str) -> None:
    page = rosa.page
    rosa.open("/response/")
    assert "sent back" in page.inner_text("main")
    rosa.open(address.removeprefix(rosa.address))
    page.click("main a:has-text('Domestic abuse checklist')")
    assert "What happened, and when?" in page.inner_text(".fw-returned")
    rosa.check("a form that was sent back")
    page.fill("#rationale", PROOF)
    _press(rosa, "Hand it in")
    page.wait_for_selector("h2#forms")


def _accept(sam) -> None:
    page = sam.page
    sam.open("/response/review/")
    page.click("main a:has-text('Domestic abuse checklist')")
    assert "Changed, was: Worried about her." in page.inner_text("main")
    _answer(page, "outcome", 1)
    _press(sam, "Decide")
    assert "Accepted" in page.inner_text(".fw-messages")


def _record(ivy) -> None:
    page = ivy.page
    page.wait_for_selector("h1:has-text('Crimes that wait')")
    ivy.check("crimes that wait")
    waiting = page.locator("main a:has-text('Strangulation')").count()
    page.click("main a:has-text('Strangulation')")
    _press(ivy, "Record the crime")
    assert page.locator("#crime_number-error").count() == 1
    ivy.check("a crime with errors")
    page.fill("#crime_number", "FS/26/4711")
    page.fill("#owner", "DC 4 Pat Garth")
    _press(ivy, "Record the crime")
    assert "clock has stopped" in page.inner_text(".fw-messages")
    assert page.locator("main a:has-text('Strangulation')").count() == waiting - 1
    assert [t for t in ivy.troubles if "422" not in t] == []


def test_what_was_done_shows_by_month_with_the_national_figure_beside(sign_in):
    sam = sign_in("sam", "phone")
    page = sam.page
    sam.open("/measures/response/")
    page.wait_for_selector("h2:has-text('Arrests')")
    assert "the national figure is 41.0 per cent" in page.inner_text("main")
    assert "Invented for the demonstration" in page.inner_text("main")
    page.locator("summary:has-text('The figures as a table')").first.press("Enter")
    assert page.locator("table tbody tr").count() >= 13
    sam.check("measures on a phone")
    assert sam.troubles == []


def test_the_next_officer_sees_the_address_on_one_card(sign_in):
    rosa = sign_in("rosa", "phone")
    address = _incident(rosa)
    rosa.page.click("a:has-text('Before you arrive')")
    rosa.page.wait_for_selector("h1:has-text('Before you arrive')")
    assert "Children" in rosa.page.inner_text("main")
    rosa.check("the card on a phone")
    assert address
    assert rosa.troubles == []


def test_bail_is_refused_to_the_wrong_rank_then_ends_by_the_law_with_its_working(sign_in):
    rosa = sign_in("rosa", "phone")
    page = rosa.page
    _incident(rosa)
    rosa.check("the incident on a phone")
    page.locator("section:has(#suspects-title) a").first.click()
    page.wait_for_selector("h1:has-text('Suspect')")
    rosa.check("a suspect on a phone")
    page.fill("#offence", "Threats to kill")
    _press(rosa, "Record the arrest")
    page.locator("summary:has-text('Release before charge')").press("Enter")
    _answer(page, "kind", 2)
    page.select_option("#rank", "custody_officer")
    page.fill("#authorised_by", "PS 1 Lee Scar")
    page.fill("#because", "Named witnesses still to be seen; her sister stays with her.")
    _press(rosa, "Release")
    assert "an inspector must have looked" in page.inner_text(".govuk-error-summary")
    assert page.input_value("#because").startswith("Named witnesses")
    rosa.check("a release with an error")
    _answer(page, "kind", 1)
    page.select_option("#condition-0", "no_contact")
    page.fill("#condition_words-0", "Her, directly or through others")
    page.fill("#victim_view", "Wants him kept from the school too.")
    _press(rosa, "Release")
    shown = page.inner_text("main")
    assert "Ends in" in shown
    page.locator("summary:has-text('Why is this due then?')").first.press("Enter")
    assert "Starts on suspect arrested" in page.inner_text("main")
    rosa.check("bail on a phone")
    assert [t for t in rosa.troubles if "422" not in t] == []
