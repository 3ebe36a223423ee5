"""What the board has learnt: published, read at a partner's own door, put into practice with what shows it."""

import re

import pytest

pytestmark = pytest.mark.journey
DO = "Ask at each contact what he has bought this week, and write the answer down."
SHOWS = "Our contact form of 1 November asks it; ten of ten forms looked at have an answer."


def _press(person, name: str) -> None:
    person.page.locator("main").get_by_role("button", name=name).first.press("Enter")
    person.page.wait_for_load_state()


def _counts(grace) -> tuple[int, int]:
    """Return how many readings the board has, and how many agencies have put a lesson into practice."""
    grace.open("/safeguarding/lessons/")
    said = grace.page.inner_text("main")
    found = re.search(r"(\d+) of \d+ readings, (\d+) in practice", said)
    assert found, said[:300]
    return int(found[1]), int(found[2])


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_a_lesson_is_published_read_by_a_partner_and_put_into_practice_with_evidence(sign_in, screen):
    title = f"Ask what he has bought this week ({screen})"
    grace = sign_in("grace", screen)
    before = _counts(grace)

    # It names nobody to read it: told beside the list, and what she wrote is kept.
    grace.open("/safeguarding/lessons/new/")
    page = grace.page
    page.locator("select#board").select_option("domestic")
    page.locator("select#kind").select_option("learning")
    page.fill("#title", title)
    page.fill("#seen", "Twice nobody had asked, and petrol was in the shed.")
    page.fill("#do", DO)
    ticked = page.locator("input[name=agencies]:checked")
    while ticked.count():
        ticked.first.press("Space")
    _press(grace, "Publish it")
    assert "Tick who must read it" in page.inner_text("#agencies")
    assert page.input_value("#do") == DO
    grace.check("a lesson that names nobody")
    page.locator("input[name=agencies][value='fellshire-adults']").press("Space")
    _press(grace, "Publish it")
    page.wait_for_selector(f"main a:has-text('{title}')")
    grace.check("lessons")

    # Otis, at adult social care's own door, reads it; nobody else's door shows it.
    otis = sign_in("otis", screen)
    otis.open("/partner/lessons/")
    otis.check("a partner's lessons")
    otis.page.locator(f"main a:has-text('{title}')").first.press("Enter")
    otis.page.wait_for_selector("text=What to do differently")
    _press(otis, "I have read it")
    otis.page.wait_for_selector("text=The board has your receipt")
    assert _counts(grace) == (before[0] + 1, before[1])
    ida = sign_in("ida")
    ida.open("/partner/lessons/")
    assert title not in ida.page.inner_text("main")

    # "Yes" alone shows nothing: refused beside its field, his choice is kept, then he says what shows it.
    otis.page.get_by_role("link", name="Say what you changed").press("Enter")
    otis.page.wait_for_selector("#evidence")
    otis.page.locator("input[name=state][value=adopted]").press("Space")
    _press(otis, "Say so")
    assert "Say what changed" in otis.page.inner_text("#evidence-error")
    assert otis.page.locator("input[name=state][value=adopted]").is_checked()
    otis.check("a lesson without evidence")
    otis.page.fill("#evidence", SHOWS)
    _press(otis, "Say so")
    otis.page.wait_for_selector(f"text={SHOWS}")

    # The board's figure moves, the lesson says who changed what, and the log says who did it.
    assert _counts(grace) == (before[0] + 1, before[1] + 1)
    grace.page.locator(f"main a:has-text('{title}')").first.press("Enter")
    grace.page.wait_for_selector(f"text={SHOWS}")
    grace.check("how far a lesson has come")
    erin = sign_in("erin")
    erin.open("/log/")
    said = erin.page.inner_text("#lines").lower()
    for line in ("published a lesson", "read a lesson", "put a lesson into practice"):
        assert line in said, line
    assert [t for one in (grace, otis, ida, erin) for t in one.troubles if "422" not in t] == []
