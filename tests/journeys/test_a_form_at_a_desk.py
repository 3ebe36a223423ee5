"""A risk form from the officer's desk to its supervisor and back, and the crime it told of: each from their own chair.

Something goes wrong for each of them, and is put right without anything typed being lost.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

pytestmark = pytest.mark.journey

PROOF = "She was held by the throat on Friday; he says he will kill her if she goes."


def _incident(person) -> str:
    """Open a domestic incident of today, and return its address."""
    person.page.click("main a:has-text('Domestic incident') >> nth=0")
    person.page.wait_for_selector("h2#forms")
    return person.page.url


def _domestic(person) -> Iterator[str]:
    """Open the domestic incidents of today one after the other, and yield the reference of each."""
    items = person.page.locator("main .fw-item", has=person.page.locator("h3 a:has-text('Domestic incident')"))
    items.first.wait_for()
    titles = [items.nth(n).locator("h3") for n in range(items.count())]
    found = [(one.locator("a").get_attribute("href"), one.locator("span").inner_text()) for one in titles]
    for address, reference in found:
        person.open(address)
        person.page.wait_for_selector("h2#forms")
        yield reference


def _untouched(person) -> tuple[str, str]:
    """Open a domestic incident for which nobody has begun a checklist; return its address and reference.

    What was sent back to the officer comes first in the list, with its forms filled in.
    """
    for reference in _domestic(person):
        rows = person.page.locator("section:has(#forms) li:has-text('Domestic abuse checklist')").all_inner_texts()
        if rows and all("Not begun" in row for row in rows):
            return person.page.url, reference
    raise AssertionError("Somebody has begun a checklist for each domestic incident.")


def _undecided(person) -> None:
    """Open a suspect of whom nothing is said yet: neither arrested nor, with a reason, not arrested."""
    for _ in _domestic(person):
        found = person.page.locator("section:has(#suspects-title) li:has-text('Nothing said yet') a")
        if found.count():
            person.check("the incident on a phone")
            found.first.click()
            person.page.wait_for_selector("h1:has-text('Suspect')")
            return
    raise AssertionError("Something is said of each suspect already.")


def _click_item(person, text: str, reference: str) -> None:
    """Open the row of a list that is about one incident."""
    row = person.page.locator("main .fw-item", has_text=reference)
    row.locator(f"a:has-text('{text}')").first.click()
    person.page.wait_for_load_state()


def _answer(page, name: str, place: int) -> None:
    page.check(f"#{name}-{place}", force=True)


def _press(person, name: str) -> None:
    person.page.get_by_role("button", name=name, exact=True).press("Enter")
    person.page.wait_for_load_state()


def test_a_form_is_handed_in_sent_back_put_right_and_the_crime_it_told_of_recorded(sign_in):
    rosa = sign_in("rosa")
    rosa.page.wait_for_selector("h1:has-text('Your incidents')")
    rosa.check("an officer's incidents")
    address, reference = _untouched(rosa)
    rosa.check("the incident from the door")
    _press(rosa, "I attend this")
    assert "Rosa Pike" in rosa.page.inner_text(".fw-identity")

    _fill(rosa)
    _hand_in_with_a_hole(rosa)
    rosa.page.wait_for_selector("h2#crimes-title")
    assert "Strangulation or suffocation" in rosa.page.inner_text("section:has(#crimes-title)")
    assert "Waits for review" in rosa.page.inner_text("section:has(#forms)")

    sam = sign_in("sam")
    _send_back(sam, reference)
    _put_right(rosa, address)
    _accept(sam, reference)
    _record(sign_in("ivy"), reference)

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


def _send_back(sam, reference: str) -> None:
    page = sam.page
    page.wait_for_selector("h1:has-text('What waits for review')")
    sam.check("what waits for review")
    _click_item(sam, "Domestic abuse checklist", reference)
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


def _accept(sam, reference: str) -> None:
    page = sam.page
    sam.open("/response/review/")
    _click_item(sam, "Domestic abuse checklist", reference)
    assert "Changed, was: Worried about her." in page.inner_text("main")
    _answer(page, "outcome", 1)
    _press(sam, "Decide")
    assert "Accepted" in page.inner_text(".fw-messages")


def _record(ivy, reference: str) -> None:
    page = ivy.page
    page.wait_for_selector("h1:has-text('Crimes that wait')")
    ivy.check("crimes that wait")
    waiting = page.locator("main a:has-text('Strangulation')").count()
    _click_item(ivy, "Strangulation", reference)
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


def _last_day(page):
    """Return the last day of bail as the page says it."""
    said = re.search(r"Bail would end with (\d+ \w+ \d{4})", page.inner_text("main"))
    return datetime.strptime(f"{said[1]} +0000", "%d %b %Y %z").date()


def test_bail_is_refused_to_the_wrong_rank_then_ends_by_the_law_with_its_working(sign_in):
    rosa = sign_in("rosa", "phone")
    page = rosa.page
    _undecided(rosa)
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
    last = _last_day(page)
    page.fill("#answer_at", f"{last - timedelta(days=9)}T10:00")
    page.fill("#station", "Skelmoss police station")
    _press(rosa, "Release")
    assert "The law asks for the last day of bail" in page.inner_text(".govuk-error-summary")
    assert page.input_value("#station") == "Skelmoss police station"
    rosa.check("a day to answer bail with an error")
    page.fill("#answer_at", f"{last}T10:00")
    _press(rosa, "Release")
    shown = page.inner_text("main")
    assert "Ends in" in shown
    assert "To answer bail at Skelmoss police station" in shown
    page.locator("summary:has-text('Why is this due then?')").first.press("Enter")
    assert "Starts on suspect arrested" in page.inner_text("main")
    rosa.check("bail on a phone")
    page.locator("summary:has-text('Appoint another day')").press("Enter")
    page.fill("#answer_at", f"{last}T14:30")
    _press(rosa, "Appoint")
    assert "how they were told" in page.inner_text(".govuk-error-summary")
    page.fill("#appoint_because", "He works until two. Told by letter.")
    _press(rosa, "Appoint")
    assert "14:30" in page.inner_text("main")
    page.locator("summary:has-text('Was to answer bail')").press("Enter")
    page.locator("summary:has-text('They came, or were arrested')").press("Enter")
    _answer(page, "came_how", 2)
    _press(rosa, "Record it")
    assert "Record first that they did not come" in page.inner_text(".govuk-error-summary")
    _answer(page, "came_how", 1)
    _press(rosa, "Record it")
    page.wait_for_selector("section:has-text('Bail') .govuk-tag:has-text('Came')")
    rosa.check("bail answered, on a phone")
    assert [t for t in rosa.troubles if "422" not in t] == []
