"""How she may be reached, at a desk and on a telephone: looked at before ringing, said anew, taken back."""

import re

import pytest

pytestmark = pytest.mark.journey


def _press(person, name: str) -> None:
    person.page.get_by_role("button", name=name, exact=True).first.click()
    person.page.wait_for_load_state()


def _follow(person, name) -> None:
    person.page.get_by_role("link", name=name).first.click()
    person.page.wait_for_load_state()


def _ask(person, number: str) -> str:
    person.page.select_option("#way", "call")
    person.page.fill("#to", number)
    _press(person, "May I?")
    return person.page.inner_text("[aria-labelledby=before-you-ring] [role=status]")


@pytest.mark.parametrize(("screen", "number"), [("desk", "07700 900461"), ("phone", "07700 900462")])
def test_an_officer_looks_before_ringing_and_notes_the_number_she_gives(sign_in, screen, number):
    rosa = sign_in("rosa", screen)
    page = rosa.page
    rosa.open("/search/?q=Danielle+Hewett")
    _follow(rosa, "Danielle Louise Hewett")
    assert "Do not ring" in page.inner_text("[aria-labelledby=reach]")
    rosa.check("her page")
    _follow(rosa, "How to reach Danielle Louise Hewett")
    first = page.locator("[aria-labelledby=now] .fw-warning").first.inner_text()
    assert "Do not" in first, "the most dangerous stands first"
    rosa.check("the register")
    assert "another address or number is safe" in _ask(rosa, number)
    rosa.check("an answer")
    _follow(rosa, "Say how to reach them")
    page.select_option("#channel", "call")
    page.locator("#allowed-1").press("Space")
    page.fill("#address", number)
    page.fill("#from_time", "09:00")
    page.fill("#words", "A telephone at work that he knows nothing of.")
    page.fill("#password", "heron")
    page.locator("#said_by-1").press("Space")
    _press(rosa, "Note it")
    assert "Give both times" in page.inner_text("#to_time-error")
    assert page.input_value("#words") == "A telephone at work that he knows nothing of."
    assert page.input_value("#password") == "heron"
    rosa.check("a form with one time only")
    page.fill("#from_time", "")
    _press(rosa, "Note it")
    assert f"Ring {number}" in page.inner_text("[aria-labelledby=now]")
    assert "It was said that this is safe" in _ask(rosa, number)
    _follow(rosa, re.compile(rf"Take back.*Ring {number}"))
    page.fill("#because", "She has left that work.")
    rosa.check("taking it back")
    _press(rosa, "Take it back")
    assert "She has left that work." in page.inner_text("[aria-labelledby=before]")
    assert "is safe, not this one" in _ask(rosa, number)
    assert [one for one in rosa.troubles if "422" not in one] == []
