"""People of an agency: invited by a link that works once, joined, and out the moment they leave."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.shell.browsers import stranger

pytestmark = pytest.mark.database
WORDS = "kettle marsh lantern"


@pytest.fixture
def link(listed, lead, now):
    """Invite Una, and return the address that her mail holds."""
    from fellwatch.foundation import clock
    from fellwatch.sharing import actions

    actions.invite("larch-refuge", "Una Moss", "Una@Agencies.example", "partner", by=lead, now=clock.now())
    return _link()


def _link():
    from fellwatch.foundation import access
    from fellwatch.foundation.accounts import roles
    from fellwatch.sharing import wording
    from fellwatch.sharing.models import Message

    with access.acting(roles.system("tests")):
        row = Message.objects.filter(kind="invitation").latest("made_at")
    assert row.address == "una@agencies.example"
    assert row.path == "/", "no secret is written down"
    return re.search(r"/partner/invitation/\S+/", wording.text(row.kind, row.path, row.about))[0]


def _join(client, link, **said):
    typed = {"username": "una.moss", "password": WORDS, "again": WORDS, **said}
    return client.post(link, typed)


def test_an_invitation_makes_one_account_once(link):
    from fellwatch.foundation.accounts.models import User

    una = stranger()
    assert "Una Moss" in una.get(link).content.decode()
    assert _join(una, link).status_code == 302
    assert una.get("/partner/").status_code == 200
    user = User.objects.get(username="una.moss")
    assert (user.agency, user.role) == ("larch-refuge", "partner")
    assert stranger().get(link).status_code == 404
    assert _join(stranger(), link, username="somebody.else").status_code == 404


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"username": "U"}, "username"),
        ({"password": "short", "again": "short"}, "password"),
        ({"again": "another thing"}, "again"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_link_stays_good(link, said, field):
    una = stranger()
    answer = _join(una, link, **said)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.content.decode()
    assert WORDS not in answer.content.decode()
    assert _join(una, link).status_code == 302


def test_a_link_ends_with_its_time_when_it_is_withdrawn_and_when_a_newer_one_is_sent(link, lead, now):
    from fellwatch.foundation import clock
    from fellwatch.foundation.accounts import roles
    from fellwatch.sharing import actions
    from fellwatch.sharing.people import queries

    secret = link.split("/")[-2]
    door = roles.system("portal")
    with pytest.raises(LookupError):
        queries.invited(secret, by=door, now=clock.now() + timedelta(days=8))
    actions.invite("larch-refuge", "Una Moss", "una@agencies.example", "partner", by=lead, now=clock.now())
    assert stranger().get(link).status_code == 404
    newer = _link()
    assert stranger().get(newer).status_code == 200
    (waiting,) = [
        o for o in queries.invitations(by=lead, agency="larch-refuge", now=clock.now()) if o.state == "waiting"
    ]
    actions.withdraw_invitation(waiting.id, by=lead, now=clock.now())
    assert stranger().get(newer).status_code == 404
    assert stranger().get("/partner/invitation/made-up~by-hand/").status_code == 404


def test_whoever_leaves_is_out_at_their_next_step_and_in_what_is_open(link, lead, now):
    from fellwatch.foundation import clock
    from fellwatch.foundation.accounts.models import User
    from fellwatch.foundation.accounts.present import Present
    from fellwatch.sharing import actions
    from fellwatch.sharing.people import queries

    una = stranger()
    _join(una, link)
    user = User.objects.get(username="una.moss")
    open_stream = Present(user.id, una.session.session_key)
    assert open_stream.actor()
    (row,) = [one for one in queries.members(by=lead, agency="larch-refuge") if one.user_id == user.id]
    actions.leave(row.id, by=lead, now=clock.now())
    assert una.get("/partner/").status_code == 302
    open_stream.asked_at = -60
    assert open_stream.actor() is None
    (row,) = [one for one in queries.members(by=lead, agency="larch-refuge") if one.user_id == user.id]
    assert row.left_by_name == lead.name


def test_a_lead_looks_after_her_own_agency_only_and_never_removes_herself(listed, lead, system, now):
    from fellwatch.foundation.access import Refused
    from fellwatch.foundation.accounts.models import User
    from fellwatch.sharing import actions
    from fellwatch.sharing.checks import Invalid
    from fellwatch.sharing.models import Member
    from fellwatch.sharing.queries import Missing

    User.objects.create(id=lead.id, username="lena", role="partner_lead", agency="larch-refuge")
    actions.restore_members([(lead.id, "larch-refuge", lead.name, "lena@agencies.example")], by=system, now=now)
    from fellwatch.foundation import access

    with access.acting(system):
        own = Member.objects.get(user_id=lead.id).id
        theirs = Member.objects.exclude(agency="larch-refuge").first().id
    with pytest.raises(Invalid):
        actions.leave(own, by=lead, now=now)
    with pytest.raises(Missing):
        actions.leave(theirs, by=lead, now=now)
    with pytest.raises(Refused):
        actions.invite("fells-homes", "Una Moss", "una@agencies.example", "partner", by=lead, now=now)
    with pytest.raises(Refused):
        actions.invite(
            "larch-refuge", "Una Moss", "una@agencies.example", "partner", by=replace(lead, permissions=frozenset()),
            now=now,
        )  # fmt: skip
