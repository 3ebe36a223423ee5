"""The same room from its other chairs: files, people and places, what is owed, advice. Each on a desk and a phone."""

import re

import pytest

pytestmark = pytest.mark.journey

SCREENS = pytest.mark.parametrize("screen", ["desk", "phone"])
HEADINGS = "URN,EstablishmentName,Street,Town,Postcode,OpenDate\n"
PATIENCE = 60_000


def _open_up(details) -> None:
    if details.get_attribute("open") is None:
        details.locator("summary").first.press("Enter")


def _bring(mina, name: str, body: str) -> None:
    """Choose a file, say that the columns are as guessed, and wait until the dry run has ended."""
    page = mina.page
    mina.open("/imports/")
    page.select_option("#importer", "schools")
    page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": (HEADINGS + body).encode()})
    page.get_by_role("button", name="Look at it").press("Enter")
    page.wait_for_selector("#column-urn")
    mina.check("which column is which")
    page.get_by_role("button", name="Try it without changing anything").press("Enter")
    page.wait_for_selector("text=Dry run: nothing is changed.")
    page.wait_for_selector("main:has-text('Finished')", timeout=PATIENCE)


@SCREENS
def test_a_file_with_two_bad_rows_is_tried_taken_in_and_put_right(sign_in, screen):
    mina = sign_in("mina", screen)
    page = mina.page
    mina.check("imports")

    # No file and no kind: told so, beside each.
    page.get_by_role("button", name="Look at it").press("Enter")
    page.wait_for_selector("#file-error")
    mina.check("imports with errors")

    first = 910_001 if screen == "desk" else 920_001
    good = f"{first},Skelmoss Primary School,Kirk Bank,Skelmoss,FZ98 4TR,2001-09-01\n"
    bad = f"12,School without a number,,,FZ98 4TR,\n{first + 1},Ferry Bank School,,Furnholm Docks,NOT A CODE,\n"
    _bring(mina, f"schools-{screen}.csv", good + bad)
    report = page.inner_text("main")
    assert "Rows kept aside" in report
    assert "Urn" in report.title()
    assert "Postcode" in report.title()
    mina.check("the report of a dry run")

    page.get_by_role("button", name="Take it in for real").press("Enter")
    page.wait_for_function("!document.querySelector('main').innerText.includes('Dry run')")
    page.wait_for_selector("main:has-text('Finished')", timeout=PATIENCE)
    mina.check("the report of a real run")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download them all as CSV").click()
    aside = waiting.value.path().read_text()
    assert "NOT A CODE" in aside
    assert "School without a number" in aside
    assert "Skelmoss Primary" not in aside

    corrected = f"{first + 2},School without a number,,,FZ98 4TR,\n{first + 1},Ferry Bank School,,,FZ98 2XD,\n"
    _bring(mina, f"schools-{screen}-corrected.csv", corrected)
    page.get_by_role("button", name="Take it in for real").press("Enter")
    page.wait_for_function("!document.querySelector('main').innerText.includes('Dry run')")
    page.wait_for_selector("main:has-text('Finished')", timeout=PATIENCE)
    assert "kept aside" not in page.inner_text("#progress") or "0 kept aside" in page.inner_text("#progress")
    mina.open("/imports/")
    mina.check("imports with runs")

    erin = sign_in("erin", screen)
    erin.open("/log/?who=Mina")
    assert "import" in erin.page.inner_text("#lines").lower()
    erin.check("the log of the imports")
    assert [t for p in (mina, erin) for t in p.troubles if "400" not in t] == []


@SCREENS
def test_a_misspelt_name_leads_to_the_person_the_place_and_who_lived_there_that_day(sign_in, screen):
    alice = sign_in("alice", screen)
    page = alice.page
    alice.open("/search/?q=D")
    alice.check("a search too short")
    alice.open("/search/?q=Danyel+Hewit")
    alice.check("a search")
    page.get_by_role("link", name="Danielle Louise Hewett").first.press("Enter")
    page.wait_for_url("**/people/**")
    person = page.inner_text("main")
    assert "Marc Anthony Oddie" in person
    assert "Isla Rose Hewett" in person
    alice.check("a person")

    page.get_by_role("link", name=re.compile("14 Tarn Row")).first.press("Enter")
    page.wait_for_url("**/places/**")
    page.fill("#on", "the day before yesterday, I think")
    page.get_by_role("button", name="Show").press("Enter")
    page.wait_for_selector("#on-error")
    alice.check("a day that is none")
    page.fill("#on", "1 January 1970")
    page.get_by_role("button", name="Show").press("Enter")
    page.wait_for_selector("text=Household on 1 Jan 1970")
    assert "Nobody recorded there that day" in page.inner_text("main")
    alice.check("a place")
    assert [t for t in alice.troubles if "400" not in t] == []


@SCREENS
def test_a_restricted_record_is_announced_to_one_and_read_by_another(sign_in, screen):
    alice, bob = sign_in("alice", screen), sign_in("bob", screen)
    for person in (alice, bob):
        person.open("/search/?q=Rosalind+Fairwater")
        person.check("a search with a restricted record")
    assert "restricted record" in alice.page.inner_text("main").lower()
    assert alice.page.get_by_role("link", name="Rosalind Fairwater").count() == 0
    bob.page.get_by_role("link", name="Rosalind Fairwater").press("Enter")
    bob.page.wait_for_url("**/people/**")
    bob.check("a restricted person")
    hers = bob.page.url.removeprefix(bob.address)
    alice.open(hers)
    assert "Rosalind" not in alice.page.inner_text("body")
    alice.check("a page that is not hers to see")


@SCREENS
def test_a_supervisor_waives_a_duty_only_with_a_reason_that_can_be_judged(sign_in, screen):
    bob = sign_in("bob", screen)
    bob.check("what is waiting")
    page = bob.page
    page.get_by_role("link", name="Late duties").press("Enter")
    page.wait_for_url("**/duties/")
    waiver = page.locator("details", has_text="Waive this")
    for _ in range(20):
        if waiver.count():
            break
        page.wait_for_timeout(3000)
        page.reload()
    before = waiver.count()
    bob.check("late duties")

    _open_up(waiver.first)
    field = waiver.first.locator("textarea")
    field.fill("ok")
    waiver.first.get_by_role("button", name="Waive").press("Enter")
    page.wait_for_selector(".govuk-error-summary")
    assert page.locator("textarea[aria-invalid=true]").input_value() == "ok"
    bob.check("a reason too short")

    page.locator("textarea[aria-invalid=true]").fill("She was seen at the station and is safe; nobody is needed there.")
    page.locator("details[open]", has_text="Waive this").get_by_role("button", name="Waive").press("Enter")
    page.wait_for_selector("text=The reason stays with the duty")
    assert page.locator("details", has_text="Waive this").count() < before
    bob.check("a duty waived")


@SCREENS
def test_an_officer_asks_for_advice_and_says_what_came_of_it(sign_in, screen):
    rosa, hugh = sign_in("rosa", screen), sign_in("hugh")
    page = rosa.page
    rosa.open("/contact/board/")
    rosa.check("the board of an officer")
    row = page.locator("[data-row] h2 a").nth(0 if screen == "desk" else 1)
    incident = row.get_attribute("href")
    row.press("Enter")
    page.wait_for_url("**/contact/incidents/**")
    rosa.check("an incident as an officer sees it")

    asking = page.locator("details", has_text="Ask the help desk")
    _open_up(asking)
    page.get_by_role("button", name="Ask", exact=True).press("Enter")
    page.wait_for_selector("#question-error")
    rosa.check("a question without words")
    page.fill("#question", f"May I tell the neighbour who we are looking for? ({screen})")
    page.get_by_role("button", name="Ask", exact=True).press("Enter")
    page.wait_for_selector("#incident-advice:has-text('Waiting for an answer')")

    hugh.open("/contact/desk/")
    assert hugh.page.locator(f"[data-row] a[href='{incident}']").count() == 1
    hugh.open(incident)
    hugh.page.fill("#advice", "No. Say only that he must not come back, and ring us if he does.")
    hugh.page.get_by_role("button", name="Send advice").press("Enter")
    page.wait_for_selector("#incident-advice:has-text('ring us if he does')")

    outcome = page.locator("[id^=outcome-]").last
    outcome.select_option("acted_on_in_part")
    page.get_by_role("button", name="Record", exact=True).last.press("Enter")
    page.wait_for_selector(".govuk-error-summary")
    assert page.locator("select[id^=outcome-]").last.input_value() == "acted_on_in_part"
    rosa.check("an outcome without its reason")
    page.locator("input[id^=reason-]").last.fill("She had told the neighbour before we came.")
    page.get_by_role("button", name="Record", exact=True).last.press("Enter")
    page.wait_for_selector("#incident-advice:has-text('She had told the neighbour')")
    hugh.page.wait_for_selector("#incident-advice:has-text('She had told the neighbour')")
    rosa.check("advice with what came of it")
    assert [t for p in (rosa, hugh) for t in p.troubles if "422" not in t] == []
