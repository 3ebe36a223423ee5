"""A partner's file, from the data manager's desk to a reviewer's word, a mistake put right, and the log of it."""

import re

import pytest

pytestmark = pytest.mark.journey

PATIENCE = 120_000
HEADING = "Tenancy,First name,Last name,DOB,Gender,Telephone,Home address,Postcode\n"


def _somebody(rita) -> dict[str, str]:
    """Return somebody of the county as the reviewer's queue has them, whose home no earlier twin has come to."""
    page = rita.page
    for _ in range(60):  # the county's own file is still being linked when the product has just begun
        rita.open("/communities/review/")
        if "Is this one person?" not in page.inner_text("main"):
            page.wait_for_timeout(2000)
            continue
        found = _shown(page)
        rita.open(found["href"])
        if "Zebedee" not in page.inner_text("main"):
            return found
        rita.open("/communities/review/")
        page.keyboard.press("n")
        page.wait_for_selector("text=Left for another look.")
    pytest.fail("The reviewer's queue names nobody.")


def _shown(page) -> dict[str, str]:
    """Return whom a pair shows, with their page's address."""
    link = page.locator("main a[href^='/people/']").first
    rows = {
        row.locator("th").inner_text(): row.locator("td").nth(1).inner_text().removeprefix("Our person").strip()
        for row in page.locator(".fw-pair tbody tr").all()
    }
    return {**rows, "href": link.get_attribute("href")}


def _bring(mina, name: str, body: str) -> None:
    page = mina.page
    mina.open("/imports/")
    page.select_option("#importer", "partner_housing")
    page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": (HEADING + body).encode()})
    page.get_by_role("button", name="Look at it").press("Enter")
    page.wait_for_selector("#column-reference")
    mina.check("which column is which")


def _try(mina) -> None:
    page = mina.page
    page.get_by_role("button", name="Try it without changing anything").press("Enter")
    page.wait_for_selector("main:has-text('Finished')", timeout=PATIENCE)


def _standing(page, column: int) -> int:
    """Return a number of housing's row of the overview."""
    text = page.locator("tr", has_text="Housing").locator("td").nth(column).inner_text()
    return int(text.split()[0].replace(",", ""))


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_a_housing_file_is_linked_looked_at_and_one_wrong_word_put_right(sign_in, screen):
    rita, mina = sign_in("rita", screen), sign_in("mina", screen)
    her = _somebody(rita)
    surname = her["Name"].partition(";")[0].split()[-1]
    forename, born = her["Name"].split()[0], her["Date of birth"]
    street, _, rest = her["Address"].partition(",")
    postcode = her["Address"].rpartition(",")[2].strip()
    code = "D" if screen == "desk" else "P"
    plain = f'{code}1,{forename},{surname},{born},,,"{street}, {rest}",{postcode}\n'
    twin = f'{code}2,Zebedee,{surname},{born},,,"{street}, {rest}",{postcode}\n'
    stranger = f"{code}3,Quillon,Farrowby,1 May 1931,M,,1 Far End,ZZ9 9ZZ\n"
    wrong = f"{code}4,Ann,Beck,99/99/1990,F,,,\n"

    # The file names its number "Tenancy": told what is missing, she says which column it is.
    _bring(mina, f"housing-{screen}.csv", plain + twin + stranger + wrong)
    page = mina.page
    page.get_by_role("button", name="Try it without changing anything").press("Enter")
    page.wait_for_selector("#column-reference-error")
    mina.check("a column that is missing")
    page.select_option("#column-reference", "Tenancy")
    page.select_option("#column-address", "Home address")
    _try(mina)
    report = page.inner_text("main")
    assert "What the file is like" in report
    assert "first on line 5" in report
    assert "is not a date of birth" in report
    mina.check("the profile of a file")
    page.get_by_role("button", name="Take it in for real").press("Enter")
    page.wait_for_selector("text=Link these records to people", timeout=PATIENCE)
    mina.check("a partner's file taken in")
    page.get_by_role("button", name="Link these records to people").click()
    page.get_by_role("button", name="Link Housing").press("Enter")
    for _ in range(40):
        if "Linking now" not in page.inner_text("main"):
            break
        page.wait_for_timeout(2000)
        mina.open("/communities/")
    mina.check("partner records")

    # The reviewer decides from the keyboard; the twin was wrongly called the same, and is taken off again.
    page = rita.page
    before = (rita.open("/communities/"), _standing(page, 2), _standing(page, 5))[1:]
    for _ in range(40):
        rita.open("/communities/review/")
        if f"Housing {code}2" in page.inner_text("main"):
            break
        rita.check("a pair") if _ == 0 else None
        page.keyboard.press("n")
        page.wait_for_selector("text=Left for another look.")
    assert f"Housing {code}2" in page.inner_text("main")
    assert "perhaps a twin" in page.inner_text("main")
    rita.check("a twin beside somebody of ours")
    page.keyboard.press("s")
    page.wait_for_selector("text=Joined to")
    rita.open(her["href"])
    assert "Zebedee" in page.inner_text("main")
    rita.check("what somebody is made of")
    page.locator("li", has_text=f"Housing {code}2").get_by_role("link", name="Not this person").click()
    page.get_by_role("button", name="Take it off").press("Enter")
    page.wait_for_selector("#because-error")
    rita.check("taking a record off, without a reason")
    page.fill("#because", "A twin brother, who was at the door himself.")
    page.get_by_role("button", name="Take it off").press("Enter")
    page.wait_for_selector("text=Taken off. This is whose record it is now.")
    assert "Zebedee" in page.inner_text("h1, .moj-identity-bar, main")
    rita.open(her["href"])
    assert f"Housing {code}2" not in page.inner_text(".fw-made-of")

    # The measure moved: one more decided by a person, one more undone.
    rita.open("/communities/")
    assert (_standing(page, 2), _standing(page, 5)) == (before[0] + 1, before[1] + 1)

    erin = sign_in("erin", screen)
    erin.open(f"/log/?person={her['href'].strip('/').rpartition('/')[2]}")
    said = erin.page.inner_text("#lines")
    assert re.search("joined a partner.s record to somebody", said)
    assert re.search("took a partner.s record off somebody", said)
    erin.check("the log of joining and undoing")
    assert [t for p in (mina, rita, erin) for t in p.troubles if "400" not in t] == []
