"""However much an agency was sent, its inbox begins with what is due first, counts the whole and leads to all of it."""

import re
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.shell.browsers import stranger

pytestmark = pytest.mark.database


@pytest.fixture
def send(new, detective):
    """Send something to Dana's agency about a matter of its own, and return its id."""
    from fellwatch.duties.actions import Fact
    from fellwatch.foundation import ids
    from fellwatch.sharing import actions

    def sent(at, kind="referral", colour="", **changes):
        id = ids.new()
        owes = Fact("research.asked", at, {"colour": colour, "in_hub": "yes"}) if colour else None
        what = replace(new, id=id, kind=kind, about=uuid.uuid4(), **changes)
        actions.refer(what, by=detective, now=at, owes=owes)
        return id

    return sent


@pytest.fixture
def door(member, monkeypatch):
    """Return Dana's browser, in which a page of a part has two lines, and the first page one of each."""
    from fellwatch.foundation.accounts.models import User
    from fellwatch.portal.pages import inbox

    monkeypatch.setattr(inbox, "SHOWN", 1)
    monkeypatch.setattr(inbox, "PAGE", 2)
    client = stranger()
    client.force_login(User.objects.get(id=member.id), backend="django.contrib.auth.backends.ModelBackend")

    def page(query="", status=200):
        answer = client.get(f"/partner/{query}")
        assert answer.status_code == status
        return answer.content.decode()

    return page


def _receipts(page):
    return re.findall(r"<strong>[A-Z][a-z ]+:? ([0-9A-F]{8})</strong>", page)


def _receipt_of(ids, by):
    from fellwatch.foundation import access
    from fellwatch.sharing.models import Referral

    with access.acting(by):
        found = dict(Referral.objects.filter(id__in=ids).values_list("id", "receipt"))
    return [found[id] for id in ids]


def test_what_is_due_first_stands_first_whatever_was_sent_first(send, new, detective, dana, now):
    from fellwatch.sharing import actions, queries

    green = send(now, "research", "green")
    invited = send(now + timedelta(minutes=30), "discussion")
    red = send(now + timedelta(minutes=40), "research", "red")
    rapid = replace(new, id=uuid.uuid4())
    actions.refer(rapid, by=detective, now=now + timedelta(minutes=50))
    rows = queries.inbox(by=dana)["waiting"].rows
    assert [row.id for row in rows] == [invited, rapid.id, red, green]
    assert rows[1].due_at == now + timedelta(minutes=110)
    assert rows[0].due_at is None
    assert queries.owed(by=dana, now=now + timedelta(minutes=111)).late == 1


def test_the_first_page_counts_the_whole_and_every_line_stands_on_one_page_of_its_part(
    send, detective, member, door, now
):
    from fellwatch.sharing import actions

    waiting, taken, done = ([send(now + timedelta(minutes=n)) for n in range(3)] for _ in range(3))
    for place, id in enumerate(taken + done):
        at = now + timedelta(hours=1 + place)
        actions.open_referral(id, by=member, now=at)
        actions.answer_referral(id, "accepted", "A worker rings her now.", by=member, now=at)
    for id in done:
        actions.complete_referral(id, "service_given", "She is in the refuge with both children.", by=member, now=at)
    first = door()
    assert "3 referrals without an answer" in first
    assert "3 in all; the 1 due first are shown." in first
    assert "3 in all; the 1 taken first are shown." in first
    oldest = _receipt_of([waiting[0], taken[0], done[2]], member)
    assert _receipts(first) == oldest, "due first, taken first, answered last"
    for part, ids in (("waiting", waiting), ("taken", taken), ("answered", done[::-1])):
        pages = [door(f"?part={part}&page={number}") for number in range(3)]
        assert [one for page in pages for one in _receipts(page)] == _receipt_of(ids, member)
        assert [len(_receipts(page)) for page in pages] == [2, 1, 0]
        assert ["The next ones" in page for page in pages] == [True, False, False]
        assert "None is on this page." in pages[2]
        assert "The ones before" in pages[2]
    assert "3 to 3 are shown" in door("?part=waiting&page=1")


def test_a_number_that_is_no_page_shows_the_first_and_a_part_that_is_none_is_not_found(send, door, now):
    send(now)
    assert "1 referral without an answer" in door("?part=waiting&page=x")
    door("?part=everything", status=404)


def test_what_was_taken_back_waits_for_a_word_first_and_is_counted(send, detective, member, door, now):
    from fellwatch.sharing import actions, queries

    sent = [send(now + timedelta(minutes=n)) for n in range(3)]
    receipts = _receipt_of(sent, detective)
    for place, id in enumerate(sent):
        at = now + timedelta(hours=1 + place)
        actions.recall(id, "wrong_agency", "It was meant for children's social care.", by=detective, now=at)
    (oldest, *_), _ = queries.recalls(by=member)
    actions.confirm_recall(oldest.id, by=member, now=now + timedelta(hours=5))
    assert queries.owed(by=member, now=now).back == 2
    first = door()
    assert "2 in all; the 1 taken back first are shown." in first
    assert _receipts(first) == [receipts[1]]
    pages = [door(f"?part=back&page={number}") for number in range(2)]
    assert [_receipts(page) for page in pages] == [receipts[1:], []]
    assert f"Taken back: {receipts[0]}" in pages[1]


def test_another_agency_is_shown_and_counted_nothing_of_it(send, dana, now):
    from fellwatch.sharing import queries

    send(now)
    other = replace(dana, agency="fells-homes")
    assert queries.owed(by=other, now=now).waiting == 0
    assert [one.rows for one in queries.inbox(by=other).values()] == [(), (), ()]


def test_the_log_has_one_entry_for_a_page_with_how_many_it_listed(send, dana, auditor, now):
    from fellwatch.foundation.audit import chain
    from fellwatch.sharing import queries

    for place in range(2):
        send(now + timedelta(minutes=place))
    queries.inbox(by=dana, cut=slice(1))
    (line,) = [line for line in chain.lines(by=auditor) if line.sentence == "sharing.inbox_read"]
    assert line.detail["referrals"] == 1
