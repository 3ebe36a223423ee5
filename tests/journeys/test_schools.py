"""Two children of one house before school: one mail comes back, one notice goes to the wrong school; each is put right.

An officer names the children; the team, a school and the education team each act from their own sign-in.
"""

import re

import pytest

pytestmark = pytest.mark.journey


def _press(person, name: str) -> None:
    person.page.get_by_role("button", name=name, exact=True).first.press("Enter")
    person.page.wait_for_load_state()


def _add_child(rosa, forename: str, school: str, born: str) -> None:
    """Name a child of the house and write the form about it, with the school as the mother says it."""
    page = rosa.page
    home = page.url
    page.locator("summary:has-text('Add somebody')").press("Enter")
    role = page.locator(".fw-ask__one:has(input[name=role])", has_text="Child who lives").locator("input")
    role.check(force=True)
    page.fill("#forenames", forename)
    page.fill("#surname", "Fellows")
    page.fill("#born_year", born)
    page.locator("form[action*=household] button").press("Enter", timeout=120_000)  # the first search compiles
    page.wait_for_selector(f"section:has(#household-title) a:has-text('{forename} Fellows')")
    page.locator("section:has(#forms) a", has_text=forename).first.click()
    page.wait_for_selector("[data-form]")
    page.check("#who-1", force=True)
    page.check("#seen-1", force=True)
    page.fill("#said", "He broke the door.")
    page.fill("#school", school)
    _press(rosa, "Save for now")
    rosa.open(home.removeprefix(rosa.address))


def _open_recent(rosa) -> None:
    """Open a domestic incident of the last days: what is older than a week goes to no school by itself."""
    items = rosa.page.locator(".fw-item", has=rosa.page.locator("a:has-text('Domestic incident')"))
    items.first.wait_for()
    for place in range(items.count()):
        days = re.search(r"(\d+) d \d+ h ago", items.nth(place).inner_text())
        if days is None or int(days[1]) < 6:
            items.nth(place).locator("a").first.click()
            rosa.page.wait_for_selector("h2#forms")
            return
    raise AssertionError(f"Each of {items.count()} domestic incidents is older than six days.")


def _shows(person, path: str, words: str) -> None:
    """Look at a page until it says something: the mail is on its way, the watch comes round every minute."""
    for _ in range(120):
        person.open(path)
        if words in person.page.inner_text("main"):
            return
        person.page.wait_for_timeout(2_500)
    raise AssertionError(f"{path} never said {words!r}:\n{person.page.inner_text('main')[:2000]}")


def _row(person, child: str):
    return person.page.locator(".fw-case", has_text=child)


def _recalled(person) -> int:
    person.open("/safeguarding/schools/measures/")
    return int(re.search(r"(\d+) notices? went to a wrong school", person.page.inner_text("main"))[1])


def _wrong_mailbox(nadia) -> str:
    """The lead of the story's school has left and the mailbox is gone; nobody has said so. Return the school's name."""
    page = nadia.page
    peggys = page.locator("tr", has_text="Peggy Lowther").locator("a")
    for place in range(peggys.count()):
        nadia.open("/safeguarding/schools/places/")
        peggys.nth(place).click()
        if "school-of-the-story" in page.inner_text("main"):
            break
    name = page.inner_text("h1")
    page.get_by_role("link", name="Correct who is told").click()
    page.fill("#email", "nobody")
    _press(nadia, "Keep this")
    assert "Write a mail address" in page.inner_text("#email-error")
    nadia.check("a school with an error")
    page.fill("#email", "gone@school.example")
    _press(nadia, "Keep this")
    nadia.check("a school")
    return name


def test_one_mail_comes_back_and_one_school_is_the_wrong_one(sign_in, mailbox):
    nadia = sign_in("nadia")
    nadia.open("/safeguarding/schools/places/")
    nadia.check("the schools")
    school = _wrong_mailbox(nadia)
    before = _recalled(nadia)

    rosa = sign_in("rosa")
    _open_recent(rosa)
    _add_child(rosa, "Wren", school, "2017")
    _add_child(rosa, "Robin", school, "2015")

    _shows(nadia, "/safeguarding/schools/", "The mail came back: gone@school.example: 550")
    assert _row(nadia, "Wren Fellows").count() == 1
    nadia.check("who will not know")
    _telephone(nadia)

    peggy = sign_in("peggy", "phone")
    _not_ours(peggy)
    una = sign_in("una")
    other = _which_school(una)
    _shows(nadia, "/safeguarding/schools/", other)
    assert other in _row(nadia, "Robin Fellows").first.inner_text()
    assert _recalled(nadia) == before + 1
    nadia.check("how it goes")

    erin = sign_in("erin")
    erin.open("/log/")
    said = erin.page.inner_text("#lines").lower()
    for line in (
        "told a school of a child",
        "told a school by telephone",
        "opened a notice about a child",
        "said that a child is not at their school",
        "recalled a notice",
        "said where a child learns",
    ):
        assert line in said, line
    assert not any("Fellows" in str(mail) for _, mail in mailbox.sent), "no mail names a child"
    assert [t for one in (nadia, rosa, peggy, una, erin) for t in one.troubles if "422" not in t] == []


def _telephone(nadia) -> None:
    page = nadia.page
    _row(nadia, "Wren Fellows").get_by_role("link", name="Wren Fellows", exact=False).first.click()
    page.wait_for_selector("h2#said")
    assert "He broke the door." in page.inner_text("section:has(#said)")
    nadia.check("a notice")
    page.get_by_role("link", name="Telephone the school").click()
    page.fill("#spoke_to", "Peggy Lowther, deputy head")
    _press(nadia, "They know now")
    assert "what they will do" in page.inner_text("#words-error")
    assert page.input_value("#spoke_to") == "Peggy Lowther, deputy head"
    nadia.check("a call with an error")
    page.fill("#words", "Mr Pike meets her at the gate.")
    _press(nadia, "They know now")
    assert "Told by telephone" in page.inner_text("body")


def _not_ours(peggy) -> None:
    """One child she knows already, from the telephone; the other, she says, is not at her school."""
    page = peggy.page
    peggy.check("a school's notices on a phone")
    for _ in range(2):
        peggy.open("/partner/schools/")
        page.get_by_role("button", name="Open it").first.press("Enter")
        page.wait_for_selector("h1:has-text('Notice S-')")
        if "Robin Fellows" in page.inner_text("main"):
            break
        page.fill("#answer", "Mr Pike met her at the gate.")
        _press(peggy, "We know, and do this")
    page.locator("summary:has-text('not at our school')").press("Enter")
    _press(peggy, "Not our pupil")
    assert "left when" in page.inner_text("#words-error")
    peggy.check("a notice with an error on a phone")
    page.fill("#words", "Moved to another school in June, I do not know which.")
    _press(peggy, "Not our pupil")
    for _ in range(40):
        page.reload()
        if "recalled this notice" in page.inner_text("main"):
            break
        page.wait_for_timeout(500)
    assert "recalled this notice" in page.inner_text("main")
    assert "Robin" not in page.inner_text("main")


def _which_school(una) -> str:
    """Answer as the education team, after one wrong try; return the school that is then told."""
    page = una.page
    _shows(una, "/partner/schools/", "Not opened yet")
    una.check("what an education team is asked")
    for _ in range(page.get_by_role("button", name="Open it").count()):
        una.open("/partner/schools/")
        page.get_by_role("button", name="Open it").first.press("Enter")
        page.wait_for_selector("h1:has-text('Notice S-')")
        if "Robin Fellows" in page.inner_text("main"):
            break
    assert "He broke the door" not in page.inner_text("main"), "to find a school nobody needs more than a name"
    page.select_option("#setting", "school")
    _press(una, "Answer")
    assert "Choose the school" in page.inner_text("#establishment-error")
    una.check("an answer without a school")
    other = page.locator("#establishment option").nth(3)
    name = other.inner_text()
    page.select_option("#establishment", other.get_attribute("value"))
    _press(una, "Answer")
    assert "the school is told" in page.inner_text("main") or "closed" in page.inner_text("main")
    return name
