"""Somebody who is watched asks for help unseen, from her own telephone; the desk answers only as she said is safe."""

import json
import re

import pytest

pytestmark = pytest.mark.journey

KEPT = """async () => {
  const done = (asked) => new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result) })
  const files = []
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const one of await cache.keys()) files.push([name, one.url, await (await cache.match(one)).text()])
  }
  const notes = []
  for (const { name, version } of await indexedDB.databases()) {
    const base = await done(indexedDB.open(name, version))
    for (const store of base.objectStoreNames)
      notes.push([name, store, await done(base.transaction(store).objectStore(store).getAll())])
    base.close()
  }
  const page = { title: document.title, at: location.href, length: history.length }
  return { files, notes, local: { ...localStorage }, session: { ...sessionStorage }, page }
}"""
HIDDEN = """() => {
  Object.defineProperty(document, 'hidden', { value: true, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}"""
WORDS = "He takes my bank card and counts the miles on the car."


def _open(page, address: str) -> None:
    page.goto(f"{address}/walks/")
    page.fill("#q", "hare bell")
    page.get_by_role("button", name="Find").press("Enter")
    page.wait_for_selector("text=You are not alone")


def _left_behind(page) -> str:
    """Return everything this browser keeps of the page: files, stores, cookies, and what it calls itself."""
    kept = page.evaluate(KEPT)
    kept["cookies"] = page.context.cookies()
    return json.dumps(kept)


def _wait_until_sent(page) -> None:
    for _ in range(120):
        if page.evaluate("indexedDB.databases().then((all) => all.length)") == 0:
            return
        page.wait_for_timeout(250)
    raise AssertionError("The note never went.")


def test_she_writes_without_signal_nothing_tells_on_her_and_the_desk_answers_as_she_said(chromium, sign_in, address):
    context = chromium.new_context(viewport={"width": 320, "height": 700}, bypass_csp=True)
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(f"{address}/walks/")
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.keys().then((names) => names.length > 0)")
    page.reload()

    # To anybody it is a list of walks, and a wrong word finds walks or none.
    assert page.title() == "Fell Walks"
    page.fill("#q", "quarry")
    page.get_by_role("button", name="Find").press("Enter")
    page.wait_for_function("document.querySelectorAll('.walk:not([hidden])').length === 1")
    assert "999" not in page.inner_text("body")
    from tests.journeys.conftest import Person

    her = Person(page, address)
    her.check("the walks")
    context.set_offline(True)
    _open(page, address)
    her.check("the help")
    assert page.title() == "Fell Walks"

    # How she may be answered is asked before anything can be sent; what she typed stays.
    page.fill("#words", WORDS)
    page.get_by_role("button", name="Send it").press("Enter")
    page.wait_for_selector("text=Choose one, so that nobody answers")
    assert page.input_value("#words") == WORDS
    page.get_by_label("By text message").check()
    page.fill("#reach", "07700 900613")
    page.fill("#password", "marmalade")
    page.fill("#never", "Never ring.")
    page.get_by_role("button", name="Send it").press("Enter")
    page.wait_for_selector("text=It is kept here, locked")
    kept = _left_behind(page)
    for told in ("bank card", "marmalade", "900613", "police", "999", "danger", "Fellwatch"):
        assert told.lower() not in kept.lower(), told
    assert json.loads(kept)["cookies"] == []
    assert json.loads(kept)["page"]["length"] <= 3

    # Somebody comes in: another tab, and the walks are back. With signal the note goes by itself.
    page.evaluate(HIDDEN)
    page.wait_for_selector("text=Short walks")
    assert "marmalade" not in page.content()
    context.set_offline(False)
    page.goto(f"{address}/walks/")
    _wait_until_sent(page)

    hugh = sign_in("hugh")
    hugh.open("/safeguarding/help/")
    hugh.check("messages for help")
    hugh.page.locator(".fw-case", has_text="counts the miles on the car.").get_by_role("link").last.press("Enter")
    hugh.page.wait_for_selector("text=What she wrote")
    assert WORDS in hugh.page.inner_text("main")
    assert "marmalade" in hugh.page.inner_text("main")
    hugh.check("a message for help")
    here = hugh.page.url

    # A call is refused before it is made; the text is not.
    hugh.page.get_by_role("link", name="Answer her now").press("Enter")
    hugh.page.select_option("#means", label="By telephone call")
    hugh.page.get_by_label("No", exact=True).check()
    hugh.page.fill("#words", "Rang once.")
    hugh.page.get_by_role("button", name="Record the attempt").press("Enter")
    hugh.page.wait_for_selector("#means-error")
    assert "only this is safe" in hugh.page.inner_text("#means-error")
    assert hugh.page.input_value("#words") == "Rang once."
    hugh.check("an attempt that is not safe")
    hugh.page.select_option("#means", label="By text message")
    hugh.page.get_by_label("Yes", exact=True).check()
    hugh.page.fill("#words", "Answered with her word. Wants a refuge on Friday.")
    hugh.page.get_by_role("button", name="Record the attempt").press("Enter")
    hugh.page.wait_for_url(here)
    hugh.page.get_by_role("link", name="End it").press("Enter")
    hugh.page.select_option("#outcome", label="Reached, and safe for now")
    hugh.page.fill("#words", "The refuge has a room for her on Friday.")
    hugh.page.get_by_role("button", name="End it").press("Enter")
    hugh.page.wait_for_url(here)
    assert "Reached, and safe for now" in hugh.page.inner_text("main")

    # She takes the page off her telephone: nothing of it is left but the line in the history.
    _open(page, address)
    page.get_by_role("button", name="Take this page off this device").press("Enter")
    page.wait_for_selector("text=is gone from this device")
    left = json.loads(_left_behind(page))
    assert (left["files"], left["notes"]) == ([], [])
    page.route("https://**", lambda route: route.fulfill(body="weather"))
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile("metoffice"))
    context.close()

    erin = sign_in("erin")
    erin.open("/log/?who=Hugh")
    lines = erin.page.inner_text("#lines")
    assert "read a message for help" in lines
    assert "tried to answer a message for help" in lines
    assert [t for t in hugh.troubles if "422" not in t] == []


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_a_bank_that_rang_hears_what_came_of_it(sign_in, screen):
    hugh = sign_in("hugh", screen)
    page = hugh.page
    hugh.open("/safeguarding/activations/")
    hugh.check("activations")
    before = _told(page, "Banking Protocol")
    page.get_by_role("link", name="A bank rang").press("Enter")
    page.wait_for_selector("#venue")
    venue = f"Tarnside Savings, {screen}"
    page.fill("#at_risk", "all of it")
    page.get_by_role("button", name="Record it").press("Enter")
    page.wait_for_selector("#venue-error")
    assert page.locator("#at_risk-error").count() == 1 or "pounds" in page.inner_text("main").lower()
    hugh.check("an activation with errors")
    page.fill("#venue", venue)
    page.fill("#at_risk", "7500")
    page.select_option("#method", label="Told to move it to a safe account")
    page.get_by_role("button", name="Record it").press("Enter")
    page.wait_for_url("**/activations/")
    page.get_by_role("link", name=re.compile(f"Police are there.*{venue}")).press("Enter")
    page.get_by_role("button", name="Record it").press("Enter")
    page.wait_for_url("**/activations/")
    page.get_by_role("link", name=re.compile(f"What came of it.*{venue}")).press("Enter")
    page.select_option("#outcome", label="Payment stopped: it was fraud")
    page.fill("#stopped", "7500")
    page.fill("#words", "She kept her savings; her nephew stays with her.")
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Record it").press("Enter")
    page.wait_for_url("**/activations/")
    case = page.locator(".fw-case", has_text=venue)
    assert "They have not been told what came of it." in case.inner_text()
    page.get_by_role("link", name=re.compile(f"What came of it.*{venue}")).press("Enter")
    page.select_option("#outcome", label="Payment stopped: it was fraud")
    page.fill("#words", "She kept her savings. The branch was rung and told.")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Record it").press("Enter")
    page.wait_for_url("**/activations/")
    assert "Ended" in page.locator(".fw-case", has_text=venue).inner_text()
    assert _told(page, "Banking Protocol") == before + 1
    assert [t for t in hugh.troubles if "422" not in t] == []


def _told(page, scheme: str) -> int:
    words = page.locator("figure", has_text=scheme).inner_text()
    return int(re.search(r"Outcome known, and told\s+(\d+)", words)[1])
