"""A victim is asked what the police did: somebody else answers the first call, the team puts it right, she answers.

A supervisor chooses, the surveyor rings from her own sign-in, a reviewer finds another safe way; the rate moves.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.journey
OVERVIEW, LIST = "/safeguarding/surveys/", "/partner/surveys/"


def _press(person, name: str) -> None:
    person.page.get_by_role("button", name=name, exact=True).first.press("Enter")
    person.page.wait_for_load_state()


def _follow(person, name: str) -> None:
    person.page.get_by_role("link", name=name).first.click()
    person.page.wait_for_load_state()


def _ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).date().isoformat()


def _rate(person) -> tuple[int, int]:
    """Return how many answered, of how many who were asked to the end, as the page says it of domestic abuse."""
    person.open(OVERVIEW)
    said = re.search(
        r"(\d+) of (\d+), [\d.]+ per cent \(19 times", person.page.inner_text("section:has(#group-domestic_abuse)")
    )
    assert said, person.page.inner_text("main")[:1500]
    return int(said[1]), int(said[2])


def _choose(theo) -> str:
    """Choose whom to ask, after one wrong try; return the name of somebody on the list."""
    page = theo.page
    theo.open(f"{OVERVIEW}choose/domestic_abuse/")
    theo.check("choosing whom to ask")
    page.fill("#from_date", _ago(500))
    page.fill("#most", "0")
    _press(theo, "Choose them")
    assert "Choose from a year at most" in page.inner_text("#to_date-error")
    assert "from 1 to 500" in page.inner_text("#most-error")
    theo.check("a choosing with errors")
    page.fill("#from_date", _ago(400))
    page.fill("#to_date", _ago(42))
    page.fill("#most", "40")
    _press(theo, "Choose them")
    page.wait_for_selector("h2#asked")
    assert "They have not said that a call is safe" in page.inner_text("section:has(#why)")
    theo.check("who was chosen and who was not")
    return page.locator("section:has(#asked) .fw-case h3").first.inner_text()


def _line(sylvie, name: str) -> None:
    sylvie.open(LIST)
    sylvie.page.locator(".fw-case", has_text=name).last.locator("a").click()
    sylvie.page.wait_for_load_state()


def _somebody_else_answers(sylvie, name: str) -> str:
    """Ring, and say that a wrong person answered, after one wrong try; return the number that was rung."""
    page = sylvie.page
    sylvie.check("whom to ring, on a phone")
    _line(sylvie, name)
    sylvie.check("a line, on a phone")
    number = page.locator("dl div:has(dt:text-is('Number')) dd").inner_text()
    assert "incident" not in page.inner_text("main").lower()
    _follow(sylvie, "Record a call")
    page.fill("#words", "A man, who asked who rings.")
    _press(sylvie, "Record the call")
    assert "Say what came of the call" in page.inner_text("#result-error")
    assert page.input_value("#words") == "A man, who asked who rings."
    sylvie.check("a call with an error, on a phone")
    page.select_option("#result", "wrong_person")
    _press(sylvie, "Record the call")
    assert "the team looks at it" in page.inner_text("main")
    assert number not in page.inner_text("main")
    assert page.get_by_role("link", name="Record a call").count() == 0
    return number


def _put_right(gwen, name: str, wrong: str) -> None:
    """Find her another safe way: the number that somebody else answered is refused."""
    page = gwen.page
    for _ in range(60):
        gwen.open(f"{OVERVIEW}told/")
        if page.locator(".fw-case", has_text=f"Somebody else answered: {name}").locator(".fw-clock").count():
            break
        page.wait_for_timeout(1_000)
    assert "A man, who asked who rings." in page.inner_text("main")
    gwen.check("what surveyors told")
    _follow(gwen, f"Somebody else answered: {name}")
    _press(gwen, "Put it right")
    assert "whether somebody may ring them again" in page.inner_text("#again-1-error")
    page.check("#again-1", force=True)
    page.fill("#number", wrong)
    page.fill("#words", "Met her at her sister's, whom she had named; she showed her passport.")
    _press(gwen, "Put it right")
    assert "number that somebody else answered" in page.inner_text("#number-error")
    gwen.check("putting it right, with an error")
    page.fill("#number", "07700 900188")
    _press(gwen, "Put it right")
    page.wait_for_selector("h1:has-text('Told by surveyors')")
    assert "They have said anew how a call is safe" in page.inner_text("main")


def _she_answers(sylvie, name: str) -> None:
    page = sylvie.page
    _line(sylvie, name)
    assert "07700 900188" in page.inner_text("main")
    _follow(sylvie, "Record a call")
    page.select_option("#result", "answered")
    _press(sylvie, "Record the call")
    page.wait_for_selector("#better")
    page.fill("#better", "Tell me before he is let out.")
    _press(sylvie, "Keep the answers")
    assert "Choose an answer" in page.inner_text("#overall-error")
    assert page.input_value("#better") == "Tell me before he is let out."
    sylvie.check("answers with errors, on a phone")
    for choice in page.locator("select").all():
        choice.select_option(index=1)
    _press(sylvie, "Keep the answers")
    assert "Answered" in page.inner_text("main")
    sylvie.check("a line at its end, on a phone")


def test_somebody_else_answers_and_it_is_put_right_before_she_is_asked(sign_in):
    theo = sign_in("theo")
    before = _rate(theo)
    theo.check("victims' voice")
    name = _choose(theo)
    assert _rate(theo) == before

    sylvie = sign_in("sylvie", "phone")
    wrong = _somebody_else_answers(sylvie, name)
    gwen = sign_in("gwen")
    _put_right(gwen, name, wrong)
    _she_answers(sylvie, name)
    assert _rate(theo) == (before[0] + 1, before[1] + 1)
    small = sign_in("theo", "phone")
    small.open(OVERVIEW)
    small.page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
    small.check("victims' voice on a phone")

    gwen.open(f"{OVERVIEW}said/domestic_abuse/")
    said = gwen.page.inner_text("main")
    assert "Tell me before he is let out." in said
    assert name not in said, "nobody can tell who said it"
    gwen.check("what they said")

    erin = sign_in("erin")
    erin.open("/log/")
    lines = erin.page.inner_text("#lines").lower()
    for line in (
        "chose victims to be asked and gave their names to a surveyor",
        "rang somebody for a survey, and somebody else answered",
        "told the safeguarding team that somebody else answered",
        "started the clock of what a surveyor was told",
        "put right a call that somebody else answered",
        "wrote down what somebody answered to a survey",
    ):
        assert line in lines, line
    assert [t for one in (theo, sylvie, gwen, small, erin) for t in one.troubles if "422" not in t] == []
