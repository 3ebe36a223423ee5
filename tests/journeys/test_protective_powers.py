"""Protective powers in the browser: a notice from its thought to the court, and a disclosure that will not wait."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

pytestmark = pytest.mark.journey


def _press(person, name: str) -> None:
    person.page.get_by_role("button", name=name, exact=True).first.click()
    person.page.wait_for_load_state()


def _follow(person, name) -> None:
    person.page.get_by_role("link", name=name).first.click()
    person.page.wait_for_load_state()


def _find(person, said: str, name: str) -> str:
    person.open(f"/search/?q={said}")
    _follow(person, name)
    person.page.wait_for_url("**/people/**")
    return person.page.url.removeprefix(person.address)


def _choose(page, field: str, begins: str) -> None:
    page.select_option(field, page.locator(f"{field} option", has_text=begins).first.get_attribute("value"))


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_a_disclosure_that_will_not_wait_for_the_forum(sign_in, screen):
    nadia = sign_in("nadia", screen)
    page = nadia.page
    nadia.check("the list")
    _find(nadia, "Marc+Oddie", "Marc Anthony Oddie")
    _follow(nadia, "Open a disclosure request about them")
    page.select_option("#route", "ask_for_other")
    _choose(page, "#at_risk", "Danielle Louise Hewett")
    page.fill("#applicant", "Her sister")
    page.fill("#why", f"He has begun to wait outside her work. ({screen})")
    page.fill("#safe_contact", "At work, before noon.")
    _press(nadia, "Open the request")
    assert page.input_value("#applicant") == "Her sister"
    nadia.check("a request that says nothing of danger")
    page.locator("#in_danger-1").press("Space")
    _press(nadia, "Open the request")
    nadia.open(page.url.removeprefix(nadia.address))
    _follow(nadia, "Record the first checks")
    page.check("#systems-pnc")
    page.fill("#found", "Two assaults on a former partner.")
    page.locator("#in_danger-1").press("Space")
    _press(nadia, "Record the checks")
    assert "Police National Database" in page.inner_text("#not_searched_because-error")
    page.fill("#not_searched_because", "The national systems are down; asked again at eight.")
    _press(nadia, "Record the checks")
    _follow(nadia, "Tell them now: it cannot wait")
    page.fill("#urgent_because", "He has bought a knife and waits for her.")
    page.select_option("#recipient", "at_risk")
    page.fill("#by_whom", "Nadia Croft")
    page.select_option("#undertaking", "signed")
    page.fill("#words", "Told of both assaults; she goes to her sister's tonight.")
    _press(nadia, "Record this")
    assert "two professionals" in page.inner_text("#by_whom-error")
    nadia.check("told by one alone")
    page.fill("#by_whom", "Nadia Croft, an adviser of Skelmoss Aid")
    _press(nadia, "Record this")
    story = page.inner_text("[aria-labelledby=thread]")
    assert "Told before any forum" in story
    assert "Checks done" in page.inner_text("body"), "the request goes on to its forum"
    nadia.check("a request after telling")


def _watch(ahead: int = 0) -> str:
    """Return the time on a watch, or so many minutes ahead, as a field takes it."""
    return f"{datetime.now(ZoneInfo('Europe/London')) + timedelta(minutes=ahead):%Y-%m-%dT%H:%M}"


def test_a_notice_from_its_thought_to_the_court_and_a_breach(sign_in):
    nadia, vera, rosa = sign_in("nadia"), sign_in("vera"), sign_in("rosa")
    case = _written(nadia)
    _refused(vera, case)
    _put_right(nadia, case)
    _authorised(vera, case)
    _served(rosa)
    _heard(nadia, case)
    _broken(nadia, case)
    nadia.open("/safeguarding/")
    assert "hear" in nadia.page.inner_text("[aria-labelledby=measures]").lower()
    erin = sign_in("erin")
    said = _log(erin)
    for line in ("refused a notice", "authorised a notice", "made a paper for service"):
        assert line in said, line
    assert [t for one in (nadia, vera, rosa) for t in one.troubles if "422" not in t] == []


def _log(erin) -> str:
    """Return what the log says, on its first page and on the one before: each page read writes lines of its own."""
    erin.open("/log/")
    newest = erin.page.inner_text("#lines")
    erin.page.click("a[rel=next]")
    erin.page.wait_for_load_state()
    return (newest + erin.page.inner_text("#lines")).lower()


def _written(nadia) -> str:
    """Write a notice; what nobody asked him is named before it can go for authority."""
    page = nadia.page
    _find(nadia, "Marc+Oddie", "Marc Anthony Oddie")
    _follow(nadia, "Consider a protection notice against them")
    _choose(page, "#at_risk", "Danielle Louise Hewett")
    _press(nadia, "Open the case")
    case = page.url.removeprefix(nadia.address)
    _follow(nadia, "Answer the legal test")
    page.locator("#violence-1").check(force=True)
    page.select_option("#relation", "cohabitant")
    page.locator("#necessary-1").check(force=True)
    page.locator("#lives_with-1").check(force=True)
    page.fill("#grounds", "Threw her against the door. He says that next time he will not stop.")
    page.fill("#bail_not_enough", "Released without charge: there are no conditions.")
    page.fill("#child_welfare", "Isla, 5, was upstairs; children's services know.")
    page.fill("#victim_opinion", "She is afraid that it makes things worse.")
    page.fill("#occupants_opinion", "Nobody else lives there.")
    _press(nadia, "Keep these answers")
    assert "Not considered yet" not in page.inner_text("[aria-labelledby=test]")
    _follow(nadia, "Choose what it says")
    page.check("#terms-leave")
    _press(nadia, "Keep this")
    _follow(nadia, "Send it for authority")
    _press(nadia, "Send it")
    assert "What the person it would bind sa" in page.inner_text(".govuk-error-summary")
    nadia.check("a notice that may not be sent yet")
    nadia.open(case)
    _follow(nadia, "Answer the legal test")
    assert "next time" in page.input_value("#grounds")
    page.fill("#subject_view", "Says that it is his home.")
    _press(nadia, "Keep these answers")
    _follow(nadia, "Send it for authority")
    _press(nadia, "Send it")
    assert "Waiting for authority" in page.inner_text("body")
    return case


def _refused(vera, case: str) -> None:
    page = vera.page
    vera.open(case)
    _follow(vera, "Decide: authorise or refuse")
    vera.check("a notice to decide")
    _press(vera, "Refuse and send back")
    assert page.locator("#words-error").count() == 1
    page.fill("#words", "Say when it happened and who saw it: a court will ask.")
    _press(vera, "Refuse and send back")
    assert "Being written" in page.inner_text("body")


def _put_right(nadia, case: str) -> None:
    page = nadia.page
    nadia.open(case)
    assert "who saw it: a court will ask" in page.inner_text("[aria-labelledby=thread]")
    _follow(nadia, "Answer the legal test")
    page.fill("#grounds", "On Tuesday at nine, seen by a neighbour, he threw her against the door.")
    _press(nadia, "Keep these answers")
    _follow(nadia, "Send it for authority")
    _press(nadia, "Send it")


def _authorised(vera, case: str) -> None:
    vera.open(case)
    _follow(vera, "Decide: authorise or refuse")
    vera.page.fill("#words", "Necessary: nothing else keeps him away tonight.")
    _press(vera, "Authorise")
    assert "Authorised" in vera.page.inner_text("body")
    assert "None runs" not in vera.page.inner_text("[aria-labelledby=owed]"), "the clock of service runs"


def _served(rosa) -> None:
    """A constable at the door: a failed attempt needs its words; the notice binds when it is in his hands."""
    page = rosa.page
    _find(rosa, "Marc+Oddie", "Marc Anthony Oddie")
    _follow(rosa, "Domestic violence protection notice")
    _follow(rosa, "Record service, or that it failed")
    page.locator("#served-2").check(force=True)
    page.fill("#at", _watch())
    page.fill("#officer", "PC 1234 Pike")
    _press(rosa, "Record this")
    assert "what was tried" in page.inner_text(".govuk-error-summary").lower()
    page.fill("#words", "Nobody answered; the car is gone.")
    _press(rosa, "Record this")
    _follow(rosa, "Record service, or that it failed")
    page.locator("#served-1").check(force=True)
    page.fill("#at", _watch())
    page.select_option("#means", "post")
    page.fill("#officer", "PC 1234 Pike")
    _press(rosa, "Record this")
    assert "personally by a constable" in page.inner_text(".govuk-error-summary")
    rosa.check("a notice served the wrong way")
    page.select_option("#means", "in_person")
    _press(rosa, "Record this")
    assert "In force" in page.inner_text("main") or "in force" in page.inner_text("main")


def _heard(nadia, case: str) -> None:
    """The hearing clock runs from service, with its working; the court makes an order of 28 days, not of 29."""
    page = nadia.page
    nadia.open(case)
    owed = page.inner_text("[aria-labelledby=owed]").lower()
    assert "heard" in owed
    page.locator("[aria-labelledby=owed] summary").first.click()
    assert "48 h" in page.inner_text("[aria-labelledby=owed]")
    for paper in page.locator("[aria-labelledby=papers] a").all():
        found = page.request.get(nadia.address + str(paper.get_attribute("href")))
        assert found.body()[:5] == b"%PDF-"
    nadia.check("a notice in force")
    _follow(nadia, "List the hearing")
    page.fill("#court", "Skelmoss magistrates")
    page.fill("#listed_at", _watch(60 * 20))
    page.fill("#told_how", "By hand at service")
    _press(nadia, "Record the listing")
    nadia.open(case)
    _follow(nadia, "Record what the court did")
    page.select_option("#outcome", "granted")
    page.fill("#heard_at", _watch())
    page.fill("#days", "29")
    _press(nadia, "Record this")
    assert page.locator(".govuk-error-summary").count() == 1
    nadia.check("an order too long")
    page.fill("#days", "28")
    _press(nadia, "Record this")
    nadia.open(case)
    assert "Domestic violence protection order" in page.inner_text("main")


def _broken(nadia, case: str) -> None:
    """A breach of the order: arrested, and before the court within 24 hours."""
    page = nadia.page
    nadia.open(case)
    _follow(nadia, "Report a breach")
    page.fill("#happened_at", _watch())
    page.fill("#words", "He came back in by the yard.")
    _press(nadia, "Report it")
    assert page.locator(".govuk-error-summary").count() == 1
    page.fill("#arrested_at", _watch())
    _press(nadia, "Report it")
    nadia.open(case)
    page.locator("[aria-labelledby=owed] summary").first.click()
    assert "24 h" in page.inner_text("[aria-labelledby=owed]")
    _follow(nadia, "Record that the court had the person arrested")
    page.fill("#at", _watch())
    page.fill("#outcome", "Fined; the order goes on.")
    _press(nadia, "Record this")
    nadia.open(case)
    assert "Before the court" in page.inner_text("[aria-labelledby=thread]")
    nadia.check("a case after a breach")
