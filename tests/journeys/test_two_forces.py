"""Two forces, two running installations: somebody who lives in the other's area is handed over, and answered for."""

import os
import re

import pytest

from tests.journeys.conftest import Installation, running

pytestmark = pytest.mark.journey

THEIRS = "E99000001"
WHY = "She goes home tonight, where only her own force can protect her."


@pytest.fixture(scope="module")
def eastmere(installation, tmp_path_factory):
    """Run Eastmere's own installation, and let the two operators exchange keys."""
    name = {"FELLWATCH_FORCE": THEIRS, "FELLWATCH_FORCE_NAME": "Eastmere Constabulary"}
    folder = tmp_path_factory.mktemp("eastmere")
    with running(f"fellwatch_eastmere_{os.getpid()}", folder, **name) as other:
        ours, theirs = _key(installation), _key(other)
        ours_told = ("--name", "Fellshire Police", "--address", installation.address, "--key", ours)
        theirs_told = ("--name", "Eastmere Constabulary", "--address", other.address, "--key", theirs)
        other.command("exchange", "add", "X23000099", *ours_told)
        installation.command("exchange", "add", THEIRS, *theirs_told, "--telephone", "01632 960900")
        installation.command("exchange", "add", "E99000002", "--name", "Westmere Police", "--telephone", "01632 960800")
        yield other


def _key(one: Installation) -> str:
    shown = one.command("exchange", "show")
    return re.search(r"^key: (.+)$", shown, re.MULTILINE)[1]


def _write(page, incident: str, force: str) -> None:
    page.select_option("#force", label=force)
    page.fill("#tell-address", "4 Sample Street, Mereford")
    page.fill("#tell-safe_contact", "Text first; he reads her messages after six.")
    page.fill("#tell-risk", "High: he says he will be waiting at her door.")
    page.fill("#tell-outstanding", "Arrest him. A visit before he is home at 02:00.")


def _away(alice, name: str) -> None:
    """Log a call of somebody who lives in another force's area, and open their handover."""
    page = alice.page
    alice.open("/contact/calls/new/")
    page.select_option("#opening_code", "concern_for_safety")
    page.fill("#caller_name", name)
    page.fill("#caller_home", "IP14")
    page.evaluate("document.querySelector('[data-send]').click()")
    page.wait_for_url("**/contact/incidents/**")
    alice.open("/contact/away/")
    page.get_by_role("link", name=f"Hand over {name}").press("Enter")


def _until(page, words: str) -> None:
    """Read a page again until it says something: another force's server answers in its own time."""
    for _ in range(60):
        if words in page.inner_text("main"):
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"Never said: {words}\n{page.inner_text('main')}")


def _decide(page, button: str, **fields: str) -> None:
    for field, value in fields.items():
        if page.locator(f"select#{field}").count():
            page.select_option(f"#{field}", label=value)
        else:
            page.fill(f"#{field}", value)
    page.get_by_role("button", name=button).press("Enter")
    page.wait_for_load_state()


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_somebody_who_lives_elsewhere_is_handed_over_sent_back_completed_and_taken_over(sign_in, eastmere, screen):
    alice = sign_in("alice", screen)
    page = alice.page
    _away(alice, {"desk": "Corin Sandgate", "phone": "Petra Holmrook"}[screen])
    page.wait_for_selector("#force")
    alice.check("a handover to be written")
    name = page.input_value("#tell-name")
    assert name in page.inner_text("h1")

    # Nothing said of why, and no force: told so beside each, and what was typed stays.
    page.fill("#tell-risk", "High: he says he will be waiting at her door.")
    page.get_by_role("button", name="See what they will see").press("Enter")
    page.wait_for_selector("#necessity-error")
    assert page.input_value("#tell-risk").startswith("High")
    alice.check("a handover with errors")

    _write(page, "", "Eastmere Constabulary")
    page.fill("#necessity", WHY)
    page.get_by_role("button", name="See what they will see").press("Enter")
    page.wait_for_selector("text=This is exactly what Eastmere Constabulary will see")
    assert "he reads her messages" in page.inner_text("main")
    alice.check("what they will see")
    page.get_by_role("button", name="Send it to Eastmere").press("Enter")
    page.wait_for_url(re.compile(r"/handovers/[0-9a-f-]{36}/$"))
    ours = page.url
    _until(page, "Handed over, sent: arrived")
    assert "There, not answered yet" in page.inner_text("body")
    alice.check("a handover that is there")

    # Eastmere's own detective, at Eastmere's own installation, asks for more: the children were forgotten.
    theirs = sign_in("hugh", screen, at=eastmere.address)
    theirs.open("/safeguarding/handovers/")
    theirs.check("handovers that came")
    theirs.page.get_by_role("link", name=name, exact=True).first.press("Enter")
    theirs.page.wait_for_selector("text=What was told")
    theirs.check("a handover that came")
    at_eastmere = theirs.page.url
    assert "he reads her messages" in theirs.page.inner_text("main")
    theirs.page.get_by_role("link", name="Ask for more").press("Enter")
    _decide(theirs.page, "Send it back", answer="Who?")
    assert theirs.page.locator("#reason-error").count() == 1
    theirs.check("an answer with errors")
    _decide(theirs.page, "Send it back", reason="It says too little to act on",
            answer="Are there children in the home, and which schools?")  # fmt: skip
    _until(theirs.page, "Answer, sent: arrived")

    page.goto(ours)
    _until(page, "Are there children in the home")
    page.get_by_role("link", name="Say more, and send it again").press("Enter")
    page.fill("#tell-children", "Theo Testcase (6), Mereford Primary School")
    page.get_by_role("button", name="See what they will see").press("Enter")
    page.get_by_role("button", name="Send it to Eastmere").press("Enter")
    _until(page, "Handed over, sent: arrived version 2")

    theirs.page.goto(at_eastmere)
    _until(theirs.page, "Theo Testcase")
    theirs.page.get_by_role("link", name="Take them over").press("Enter")
    theirs.page.wait_for_selector("#person")
    theirs.check("taking somebody over")
    theirs.page.select_option("#person", "new")
    _decide(theirs.page, "Take them over", part="Victim", opening_code="Domestic incident",
            answer="DS Moor has her now; a car is at her door from 01:30.")  # fmt: skip
    _until(theirs.page, "Answer, sent: arrived")
    theirs.page.get_by_role("link", name=name).first.press("Enter")
    theirs.page.wait_for_url("**/people/**")
    assert "Handed over" in theirs.page.inner_text("main") or "Domestic incident" in theirs.page.inner_text("main")

    # The officer who handed her over reads it on the incident; the measure has moved; both logs tell of it.
    page.goto(ours)
    _until(page, "DS Moor has her now")
    assert "Taken over" in page.inner_text("body")
    page.get_by_role("link", name="The incident").press("Enter")
    page.wait_for_selector("text=Eastmere Constabulary has taken over")
    hugh = sign_in("hugh", screen)
    hugh.open("/safeguarding/handovers/")
    measures = hugh.page.inner_text("section[aria-labelledby=measures]")
    assert re.search(r"Taken over\s+[1-9]", measures)
    hugh.check("handovers, answered")
    for place, who, said in (
        (alice.address, "Alice", "handed somebody over"),
        (eastmere.address, "Hugh", "answered another force"),
    ):
        erin = sign_in("erin", screen, at=place)
        erin.open(f"/log/?who={who}")
        assert said in erin.page.inner_text("#lines")
    assert [t for p in (alice, theirs, hugh) for t in p.troubles if "422" not in t] == []


def test_a_force_without_an_exchange_is_told_by_secure_mail_and_by_telephone(sign_in, eastmere):
    alice = sign_in("alice")
    page = alice.page
    _away(alice, "Ida Lazonby")
    _write(page, "", "Westmere Police")
    page.fill("#necessity", WHY)
    page.get_by_role("button", name="See what they will see").press("Enter")
    page.get_by_role("button", name="Send it to Westmere").press("Enter")
    page.wait_for_selector("text=send the pack by secure mail")
    here = page.url
    with page.expect_download() as waiting:
        page.evaluate(
            "href => { const a = document.createElement('a'); a.href = href; a.download = 'pack.pdf'; a.click() }",
            page.get_by_role("link", name="The pack for secure mail").get_attribute("href"),
        )
    assert waiting.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_role("link", name="The pack went by secure mail").press("Enter")
    _decide(page, "Record it", answer="night.desk@westmere.example, just now")
    assert "not there yet" in page.inner_text("body").lower()
    page.get_by_role("link", name="They told us by telephone").press("Enter")
    _decide(page, "Record it", state="They refuse")
    assert page.locator("#who-error").count() == 1
    alice.check("a telephone answer with errors")
    _decide(page, "Record it", state="They refuse", who="Inspector Lowe 88", reason="They have moved out of our area",
            answer="She moved to Eastmere in the spring: hand her over to them.")  # fmt: skip
    page.goto(here)
    assert "Refused: They have moved out of our area" in page.inner_text("main")
    assert [t for t in alice.troubles if "422" not in t] == []
