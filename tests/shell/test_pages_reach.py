"""The page of how to reach somebody: the most dangerous first, what is wrong beside its field, what held before."""

import re

import pytest

from tests.shell.browsers import browser, household

pytestmark = pytest.mark.database

HERS = {
    "channel": "call",
    "allowed": "yes",
    "address": "07700 900451",
    "words": "Her sister's number, at work.",
    "password": "heron",
    "if_other": "Say it is the dentist.",
    "kept_from": "Marc and his mother",
    "said_by": "self",
}


@pytest.fixture
def home(db, alice):
    return household(alice)


def _say(client, home, **typed):
    return client.post(f"/people/{home.danielle}/reach/say/", {**HERS, **typed})


def _page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", answer.content.decode())


def test_silence_is_said_to_be_a_no(home):
    page = _page(browser("call_taker"), f"/people/{home.danielle}/reach/")
    assert "Silence is a no" in page
    assert "Say how to reach them" in page


def test_a_number_on_her_page_says_what_the_register_says_of_it(home):
    client = browser("call_taker")
    assert '07700 900142 <span class="fw-quiet">not known whether safe' in _page(client, f"/people/{home.danielle}/")
    assert _say(client, home).status_code == 302
    assert "do not call: they named another number" in _page(client, f"/people/{home.danielle}/")
    _say(client, home, allowed="no", address="07700 900142", words="He answers it.", password="", if_other="")
    page = _page(client, f"/people/{home.danielle}/")
    assert "do not call: not safe" in page
    assert "not known whether safe" not in page


def test_what_must_not_be_done_stands_first_then_what_is_safe_with_all_one_must_know(home):
    client = browser("call_taker")
    assert _say(client, home).status_code == 302
    _say(client, home, allowed="no", address="07700 900142", words="He answers it.", password="", if_other="")
    page = _page(client, f"/people/{home.danielle}/reach/")
    assert page.index("Do not ring 07700 900142") < page.index("Ring 07700 900451")
    for told in ("Say first: heron", "If somebody else answers: Say it is the dentist.", "Marc and his mother"):
        assert told in page, told
    assert "Said by themself, noted by Call Taker Fell" in page


@pytest.mark.parametrize(
    ("typed", "beside", "says"),
    [
        ({"address": ""}, "address", "Give the number or address"),
        ({"allowed": ""}, "allowed-1", "Say whether it is safe"),
        ({"said_by": "officer"}, "because", "Say why"),
        ({"from_time": "09:00"}, "to_time", "Give both times"),
        ({"to_date": "2020-01-01"}, "to_date", "still to come"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(home, typed, beside, says):
    client = browser("call_taker")
    answer = _say(client, home, **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'id="{beside}-error".*?{says}', page, re.DOTALL)
    for kept in ("heron", "Say it is the dentist.", "Marc and his mother", "at work."):
        assert kept in page, kept
    assert "Silence is a no" in _page(client, f"/people/{home.danielle}/reach/"), "nothing was stored"


def test_a_rule_is_said_anew_from_what_it_was_and_the_old_one_stays_readable(home):
    client = browser("call_taker")
    _say(client, home)
    page = _page(client, f"/people/{home.danielle}/reach/")
    anew = re.search(r'href="([^"]+\?replaces=[^"]+)"', page)[1]
    form = _page(client, anew)
    assert 'value="07700 900451"' in form
    assert "heron" in form
    assert client.post(anew, {**HERS, "address": "07700 900600", "words": "She has a new number."}).status_code == 302
    page = _page(client, f"/people/{home.danielle}/reach/")
    assert page.index("Ring 07700 900600") < page.index("What held before") < page.index("Ring 07700 900451")
    late = client.post(anew, {**HERS, "address": "07700 900601"})
    assert late.status_code == 422
    assert b"meanwhile" in late.content


def test_a_rule_is_taken_back_with_a_reason_and_without_one_it_stays(home):
    client = browser("call_taker")
    _say(client, home)
    end = re.search(r'href="([^"]+/end/)"', _page(client, f"/people/{home.danielle}/reach/"))[1]
    assert client.post(end, {"because": ""}).status_code == 422
    assert client.post(end, {"because": "Her sister has moved away."}).status_code == 302
    page = _page(client, f"/people/{home.danielle}/reach/")
    assert page.index("Silence is a no") < page.index("by Call Taker Fell: Her sister has moved away.")


def test_whoever_means_to_ring_is_told_whether_this_number_may_be_rung_now(home):
    client = browser("response_officer")
    _say(client, home)
    path = f"/people/{home.danielle}/reach/"
    assert b"It was said that this is safe" in client.post(path, {"way": "call", "to": "07700900451"}).content
    assert b"another address or number is safe" in client.post(path, {"way": "call", "to": "07700 900142"}).content
    wrong = client.post(path, {"way": "call", "to": "12"})
    assert wrong.status_code == 422
    assert b'value="12"' in wrong.content


def test_the_chair_reads_and_writes_nothing(home):
    page = _page(browser("marac_chair"), f"/people/{home.danielle}/reach/")
    assert "/reach/say/" not in page


def test_what_was_said_on_a_call_is_shown_and_made_a_rule(home):
    client = browser("call_taker")
    page = _page(client, f"/people/{home.danielle}/reach/")
    assert "This number, not the landline." in page
    taken = re.search(r'href="([^"]+\?said=call-[^"]+)"', page)[1]
    assert "This number, not the landline." in _page(client, taken)


def test_the_person_and_the_incident_show_what_is_dangerous_and_lead_to_the_register(home):
    client = browser("call_taker")
    _say(client, home, allowed="no", address="07700 900142")
    for path in (f"/people/{home.danielle}/", f"/contact/incidents/{home.incidents[0]}/"):
        page = _page(client, path)
        assert "Do not ring 07700 900142" in page, path
        assert f'href="/people/{home.danielle}/reach/"' in page, path


def test_whoever_may_not_read_the_register_sees_nothing_of_it_on_the_persons_page(home):
    _say(browser("call_taker"), home)
    page = _page(browser("crime_recorder"), f"/people/{home.danielle}/")
    assert "900451" not in page
    assert "/reach/" not in page


def test_an_agency_is_let_in_with_a_reason_and_out_again_from_the_page(home, system):
    from fellwatch.demonstration import agencies
    from fellwatch.foundation import clock

    agencies.fill(by=system, now=clock.now())
    client = browser("call_taker")
    path = f"/people/{home.danielle}/reach/"
    assert "Larch Refuge" in _page(client, f"{path}share/")
    wrong = client.post(f"{path}share/", {"agency": "larch-refuge", "because": ""})
    assert wrong.status_code == 422
    assert b'value="larch-refuge" selected' in wrong.content
    client.post(f"{path}share/", {"agency": "larch-refuge", "because": "They find her a bed tonight."})
    page = _page(client, path)
    assert "They find her a bed tonight." in page
    assert client.post(re.search(r'action="([^"]+/share/[^"]+/end/)"', page)[1]).status_code == 302
    assert "They find her a bed tonight." not in _page(client, path)
