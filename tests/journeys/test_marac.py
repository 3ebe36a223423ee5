"""The MARAC, each party from its own sign-in: an adviser, a coordinator, a housing officer, an officer, the chair."""

import re
from datetime import date, timedelta

import pytest

pytestmark = pytest.mark.journey
DAY = (date.today() - timedelta(days=2)).isoformat()  # noqa: DTZ011


def _press(person, name, **kwargs) -> None:
    person.page.get_by_role("button", name=name, **kwargs).first.click()
    person.page.wait_for_load_state()


def _follow(person, name) -> None:
    person.page.get_by_role("link", name=name).first.click()
    person.page.wait_for_load_state()


def _tick(person, field: str, value: str) -> None:
    person.page.locator(f"input[name={field}][value='{value}']").press("Space")


def _describe(person, victim: str, perpetrator: str) -> None:
    """Fill in a referral as a partner knows it."""
    page = person.page
    page.fill("#victim_name", victim)
    page.fill("#perpetrator_name", perpetrator)
    _happened(person)


def _happened(person) -> None:
    page = person.page
    page.fill("#happened", "He waited outside her work and said that he would burn the house down.")
    page.select_option("#behaviour", "violence")
    page.fill("#happened_date", DAY)
    page.fill("#judgement_because", "He has bought petrol, and she has stopped going out.")
    _tick(person, "consent", "no")
    _tick(person, "aware", "yes")
    page.select_option("#basis", "safeguarding")
    page.fill("#basis_because", "She fears what he does if he learns that she agreed.")


def _place(grace, victim: str, *, known: bool) -> str:
    """Say who is meant: by the first candidate, or by making both anew. Return the case's address."""
    grace.open("/safeguarding/marac/")
    _follow(grace, victim)
    case = grace.page.url.removeprefix(grace.address)
    _follow(grace, "Say who is meant")
    grace.check("who is meant")
    for field in ("victim", "perpetrator"):
        if known:
            grace.page.locator(f"input[name={field}]").first.press("Space")
        else:
            _tick(grace, field, "new")
    _press(grace, "These are the two")
    return case


def _mailed(person, mailbox, meeting: str, subject: str) -> None:
    """Wait for somebody's mail about a meeting, and follow it; nothing but that something waits stands in it."""
    to, path = "lee@agencies.example", meeting.replace("/safeguarding/", "/partner/")
    for _ in range(120):
        told = [
            str(mail.get_payload(decode=True)) for who, mail in mailbox.sent if to in who and subject in mail["Subject"]
        ]
        if words := next((words for words in told if path in words), ""):
            assert "Petra" not in words
            return person.open(path)
        person.page.wait_for_timeout(500)
    raise AssertionError(f"{to} was never mailed {subject!r}: {[mail['Subject'] for _, mail in mailbox.sent]}")


def _quarter(grace) -> int:
    grace.open("/safeguarding/marac/quarter/")
    row = grace.page.locator("tr", has_text="Cases heard").inner_text()
    return int(re.findall(r"\d+", row)[0])


def test_from_an_advisers_referral_to_what_was_done(sign_in, mailbox):
    ida, grace, lee = sign_in("ida", "phone"), sign_in("grace"), sign_in("lee", "phone")
    heard_before = _quarter(grace)
    grace.check("the quarter")

    # The adviser refers, at first without saying by whom: told beside the field, and nothing typed is lost.
    ida.open("/partner/marac/")
    ida.check("the partner's MARAC")
    _follow(ida, "Refer somebody")
    ida.check("a referral")
    _describe(ida, "Petra Lowfell", "")
    _press(ida, "Refer", exact=True)
    assert "perpetrator's name" in ida.page.inner_text("#perpetrator_name-error")
    assert ida.page.input_value("#victim_name") == "Petra Lowfell"
    ida.check("a referral with an error")
    ida.page.fill("#perpetrator_name", "Gavin Ruskin")
    _press(ida, "Refer", exact=True)
    assert "Petra Lowfell" in ida.page.inner_text("main")

    case = _place(grace, "Petra Lowfell", known=False)
    assert "To be put on an agenda" in grace.page.inner_text("body")
    grace.check("a case")

    # The adviser reaches the victim in time.
    ida.open("/partner/marac/")
    _follow(ida, "Petra Lowfell")
    _follow(ida, "Note a contact")
    ida.check("reaching the victim")
    _tick(ida, "reached", "yes")
    ida.page.fill("#words", "Met at work. Wants to stay in her home.")
    _press(ida, "Record it")
    assert "Say whether they want help" in ida.page.inner_text("main")
    _tick(ida, "engaged", "yes")
    _press(ida, "Record it")
    assert "Reached" in ida.page.inner_text("main")

    # The coordinator calls a meeting and asks the agencies; one does not answer, is chased, and answers.
    grace.open("/safeguarding/marac/meetings/new/")
    grace.check("calling a meeting")
    grace.page.fill("#title", "MARAC, Ferrybank")
    grace.page.fill("#place", "Fell House")
    _press(grace, "Call it, and invite them")
    assert "Say who chairs it" in grace.page.inner_text("main")
    grace.page.fill("#chair", "DI Ewan Scar")
    _press(grace, "Call it, and invite them")
    meeting = grace.page.url.removeprefix(grace.address)
    grace.open(f"{case}list/")
    option = grace.page.locator("#meeting option", has_text="Ferrybank").first.get_attribute("value")
    grace.page.select_option("#meeting", option)
    _press(grace, "Put it on, and ask the agencies")
    grace.open(meeting)
    _follow(grace, "Change when or where")
    grace.page.fill("#place", "")
    _press(grace, "Change it, and tell them")
    assert "Say where" in grace.page.inner_text("main")
    grace.check("when and where")
    grace.page.fill("#place", "Skelmoss library")
    _press(grace, "Change it, and tell them")
    for subject in ("A meeting waits", "was changed"):
        _mailed(lee, mailbox, meeting, subject)
        assert "Skelmoss library" in lee.page.inner_text("main")
    _follow(lee, "Say who comes")
    _tick(lee, "state", "coming")
    lee.page.fill("#name", "Lee Moor")
    _press(lee, "Say so")
    assert "Coming" in lee.page.inner_text("main")
    grace.open(meeting)
    _press(grace, "Send the agenda")
    grace.check("a meeting")
    grace.open("/safeguarding/marac/")
    grace.page.get_by_role("button", name="Chase Fells Homes for Petra Lowfell").click()
    grace.page.wait_for_load_state()
    grace.check("the board")
    lee.open("/partner/marac/")
    assert "chased 1 time" in lee.page.inner_text("main")
    _follow(lee, "Answer about Petra Lowfell")
    _tick(lee, "known", "known")
    lee.page.fill("#facts", "yes")
    _press(lee, "Send the answer")
    assert lee.page.input_value("#facts") == "yes"
    lee.check("an answer too short")
    lee.page.fill("#facts", "The tenancy is hers alone since May; two complaints of shouting.")
    _press(lee, "Send the answer")
    assert "Known to them" in lee.page.inner_text("main")

    # The chair hears it: facts apart from what they mean, an action by two keys, then the next.
    ewan = sign_in("ewan")
    ewan.open(meeting)
    _press(ewan, "Begin the meeting")
    ewan.check("the chair's page")
    page = ewan.page
    page.fill("#words", "Fit a reinforced door at her home.")
    page.keyboard.press("Alt+Shift+Digit1")
    assert page.locator("input[name=agency]").first.is_checked()
    _press(ewan, "Add the action")
    assert "by when" in page.inner_text("#days-1-error")
    assert page.input_value("#words") == "Fit a reinforced door at her home."
    page.keyboard.press("Alt+Shift+KeyW")
    _press(ewan, "Add the action")
    assert "Fit a reinforced door" in page.inner_text("main")
    page.fill("#facts", "He is on bail until the ninth.")
    page.fill("#analysis", "Rising.")
    page.fill("#decision", "Her home is made safer this week.")
    _press(ewan, "Next case")
    _press(ewan, "Close the meeting")
    ewan.check("a meeting that is over")

    # The housing officer does what was promised; the minutes are corrected; the quarter has one more.
    lee.open("/partner/marac/")
    _follow(lee, re.compile("Say what came of it.*reinforced door"))
    _tick(lee, "state", "done")
    lee.page.fill("#answer", "Fitted this morning; a photograph is on the tenancy file.")
    _press(lee, "Record it")
    grace.open(f"{meeting}minutes/")
    assert "photograph is on the tenancy file" in grace.page.inner_text("main")
    grace.check("minutes")
    _follow(grace, re.compile("Correct"))
    grace.page.fill("#facts", "He is on bail until the tenth.")
    grace.page.fill("#because", "The officer in the case rang: the tenth, not the ninth.")
    _press(grace, "Correct them")
    assert "Version 2" in grace.page.inner_text("main")
    assert _quarter(grace) == heard_before + 1

    # Another agency refers the same two: nobody says that it is a repeat, and it is found.
    lee.open("/partner/marac/refer/")
    _describe(lee, "Petra Lowfell", "Gavin Ruskin")
    _press(lee, "Refer", exact=True)
    _place(grace, "Petra Lowfell", known=True)
    assert "A repeat: last referred" in grace.page.inner_text("main")
    assert "cannot be triaged" in grace.page.inner_text("main")

    # An officer refers her because of somebody else: a panel turns it down, and he reads why.
    nadia = sign_in("nadia")
    grace.page.locator("section[aria-labelledby=who] a").first.click()
    grace.page.wait_for_url("**/people/**")
    victim = grace.page.url.rsplit("/", 2)[1]
    nadia.open(f"/safeguarding/marac/people/{victim}/")
    nadia.check("an officer's referral")
    nadia.page.fill("#perpetrator_named", "Colin Thwaitely")
    _happened(nadia)
    _press(nadia, "Refer", exact=True)
    theirs = nadia.page.url.removeprefix(nadia.address)
    assert "Waiting for the panel" in nadia.page.inner_text("body")
    grace.open(f"{theirs}triage/")
    _tick(grace, "outcome", "single_agency")
    grace.page.check("#panel-fells-homes")
    grace.page.fill("#because", "In custody until spring, and her adviser sees her weekly: one plan protects as well.")
    _press(grace, "Record the decision")
    assert "A panel needs 2 agencies" in grace.page.inner_text("main")
    grace.page.check("#panel-larch-refuge")
    _press(grace, "Record the decision")
    nadia.open(theirs)
    assert "her adviser sees her weekly" in nadia.page.inner_text("section[aria-labelledby=panel]")

    erin = sign_in("erin")
    erin.open("/log/?who=Ewan")
    assert "finished with a case in a meeting" in erin.page.inner_text("#lines")
    assert [t for p in (ida, grace, lee, ewan, nadia) for t in p.troubles if "422" not in t] == []


def test_somebody_of_the_perpetrators_name_sees_nothing_at_any_exit(sign_in):
    ida, grace, lee = sign_in("ida"), sign_in("grace"), sign_in("lee", "phone")
    ida.open("/partner/marac/refer/")
    _describe(ida, "Orla Fennick", "Lee Moor")
    _press(ida, "Refer", exact=True)
    case = _place(grace, "Orla Fennick", known=False)
    assert "Kept out" in grace.page.inner_text("section[aria-labelledby=kept]")
    grace.open("/safeguarding/marac/meetings/new/")
    grace.page.fill("#title", "MARAC, Cairnthwaite")
    grace.page.fill("#place", "Fell House")
    grace.page.fill("#chair", "DI Ewan Scar")
    _press(grace, "Call it, and invite them")
    meeting = grace.page.url.removeprefix(grace.address)
    grace.open(f"{case}list/")
    option = grace.page.locator("#meeting option", has_text="Cairnthwaite").first.get_attribute("value")
    grace.page.select_option("#meeting", option)
    _press(grace, "Put it on, and ask the agencies")
    grace.open(meeting)
    _press(grace, "Send the agenda")
    assert "Orla Fennick" in grace.page.inner_text("main")

    id, partners = case.rstrip("/").rsplit("/", 1)[1], meeting.replace("/safeguarding/", "/partner/")
    for path in ("/partner/marac/", partners, f"{partners}minutes/"):
        lee.open(path)
        assert "Orla" not in lee.page.content(), path
    lee.open(partners)
    assert "1." not in lee.page.inner_text("main").split("Who comes")[0].split("Agenda")[1], "no gap, no number"
    for path in (f"/partner/marac/cases/{id}/", f"/partner/marac/cases/{id}/answer/"):
        answer = lee.page.request.get(lee.address + path)
        assert answer.status == 404, path
        assert "Orla" not in answer.text()
    for path in (f"{partners}minutes.pdf", f"{partners}meeting.ics"):
        answer = lee.page.request.get(lee.address + path)
        assert answer.status == 200
        assert b"Orla" not in answer.body()
    heath = sign_in("heath", "phone")
    heath.open(partners)
    assert "Orla Fennick" in heath.page.inner_text("main")
