"""A disclosure that will not wait for the forum: a safeguarding officer, a superintendent and the log."""

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
