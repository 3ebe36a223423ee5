"""How she is reached stands on a MARAC case, a disclosure request and in their steps; whoever rings is held to it."""

from datetime import timedelta

import pytest

from tests.safeguarding import marac_story as story
from tests.safeguarding.test_disclosures import ASKED, asked, checked
from tests.safeguarding.test_marac import _place, _refer, cast  # noqa: F401
from tests.safeguarding.test_marac_exits import _client

pytestmark = pytest.mark.database
NOW = story.MONDAY
SISTER = "07700 900451"


@pytest.fixture
def said(people, nadia):
    """Return a function that notes a rule about Danielle on the day the story begins."""
    from fellwatch.sharing.reach import actions
    from fellwatch.sharing.reach.values import NewRule

    def note(channel="call", allowed="yes", address=SISTER, **more):
        new = NewRule(people[1], channel, allowed, address, "self", **more)
        return actions.say(new, by=nadia, now=ASKED)

    return note


def _content(by, path):
    answer = _client(by).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_marac_case_and_its_contact_show_the_register_and_keep_its_words_beside_it(cast, people, said):  # noqa: F811
    from django.urls import reverse

    id = _refer(story.new(), cast["ida"])
    _place(id, people, cast["cora"])
    said(allowed="no", address="07700 900142", words="He answers it.")
    for path in (
        reverse("safeguarding:marac_case", args=[id]),
        reverse("safeguarding:marac_step", args=[id, "reached"]),
    ):
        page = _content(cast["cora"], path)
        assert "Do not ring 07700 900142" in page, path
        assert "At work, before noon" in page, "what the referral said is still there"
    partner = _content(cast["ida"], reverse("portal:marac_reach", args=[id]))
    assert "He answers it." not in partner, "a partner has what it was told, and no register"


def test_the_coordinator_notes_a_call_only_to_the_number_said_safe_in_its_hours(cast, people, said):  # noqa: F811
    from fellwatch.safeguarding.marac import actions, queries
    from fellwatch.safeguarding.marac.values import Invalid, Reached

    id = _refer(story.new(), cast["ida"])
    _place(id, people, cast["cora"])
    said(from_time="09:00", to_time="12:00")

    def reach(hours, means="call", to=SISTER):
        at = NOW + timedelta(hours=hours)
        actions.reached(id, Reached(at, False, "Nobody there.", "", means, to), by=cast["cora"], now=at)

    for wrong, field in (
        ({"hours": 5}, "to"), ({"hours": 1, "to": "07700 900142"}, "to"), ({"hours": 1, "means": "text"}, "to"),
        ({"hours": 1, "means": ""}, "means"), ({"hours": 1, "to": ""}, "to"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            reach(**wrong)
        assert list(refused.value.problems) == [field], wrong
    reach(1)
    reach(5, "met", "at her work")
    contacts = queries.referral(id, by=cast["ida"]).contacts
    assert [one.words for one in contacts] == ["By telephone. Nobody there.", "Face to face. Nobody there."]


def test_an_officers_referral_begins_with_what_the_register_says_and_no_other_number(cast, people, said):  # noqa: F811
    from django.urls import reverse

    path = reverse("safeguarding:marac_refer", args=[people[1]])
    assert "+447700900142" in _content(cast["nadia"], path)
    said(password="heron")
    page = _content(cast["nadia"], path)
    assert "+447700900142" not in page
    assert f"Ring {SISTER}. Say first: heron." in page


def test_a_disclosure_request_and_its_meeting_show_the_register(cast, people, said):  # noqa: F811
    case = asked(people, cast["nadia"])
    checked(case, cast["nadia"])
    said(allowed="no", address="07700 900142")
    for path in (f"/safeguarding/cases/{case}/", f"/safeguarding/cases/{case}/meet/"):
        page = _content(cast["nadia"], path)
        assert "Do not ring 07700 900142" in page, path
        assert "At work only." in page
    register = _content(cast["nadia"], f"/people/{people[1]}/reach/")
    assert "With request" in register, "its words are found where a rule is made of them"


def test_the_advisers_service_reads_it_where_it_is_shared_and_is_held_to_it(cast, people, said, system):  # noqa: F811
    from django.urls import reverse

    from fellwatch.safeguarding.marac import actions, queries
    from fellwatch.safeguarding.marac.values import Invalid, Reached
    from fellwatch.sharing import actions as sharing
    from fellwatch.sharing.reach import telling

    id = _refer(story.new(), cast["ida"])
    _place(id, people, cast["cora"])
    said()
    days = (NOW.date() - timedelta(days=30), NOW.date() + timedelta(days=300))
    for one in ("harbour-advocates", "tarn-homes"):
        sharing.agree(one, "Agreement", *days, ["name", "safe_contact"], "Both", by=system, now=NOW)
    telling.share(people[1], "harbour-advocates", "They reach her for the MARAC.", by=cast["nadia"], now=NOW)
    page = _content(cast["ida"], reverse("portal:marac_reach", args=[id]))
    assert f"Ring {SISTER}" in page
    assert "What the register says" in page
    at = NOW + timedelta(hours=1)
    with pytest.raises(Invalid) as refused:
        actions.reached(id, Reached(at, False, "Nobody there.", "", "call", "07700 900142"), by=cast["ida"], now=at)
    assert "to" in refused.value.problems
    actions.reached(id, Reached(at, False, "Nobody there.", "", "call", SISTER), by=cast["ida"], now=at)
    telling.share(people[1], "tarn-homes", "They move her next week.", by=cast["nadia"], now=NOW)
    assert queries.reach(id, by=cast["hal"]) == (), "another agency is not who reaches her here"
