"""Agencies are told of a meeting: called, moved, called off; each once, and nobody its cases are kept from."""

import re
from datetime import timedelta

import pytest

from tests.safeguarding import marac_story as story
from tests.shell.browsers import stranger

pytestmark = pytest.mark.database
NOW = story.MONDAY


@pytest.fixture
def cast(people, system):
    """The coordinator, an adviser, and at Tarn Homes a housing officer and somebody of the perpetrator's name."""
    from fellwatch.sharing.actions import restore_members

    story.agencies(system)
    found = {
        "cora": story.user("Cora Birk", "marac_coordinator"),
        "ida": story.user("Ida Fleet", "partner", "harbour-advocates"),
        "hal": story.user("Hal Moor", "partner", "tarn-homes"),
        "marc": story.user("Marc Oddie", "partner", "tarn-homes"),
    }
    joined = [(one.id, one.agency, one.name, _mail(one)) for name, one in found.items() if name != "cora"]
    restore_members(joined, by=system, now=NOW)
    return found


def _mail(who):
    return f"{who.name.split()[0].lower()}@{who.agency}.example"


def _tell(system, now=NOW):
    """Run what was asked for, as the worker does, twice over: a second time changes nothing."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from fellwatch.meetings import actions
    from fellwatch.meetings.actions import steps

    for job in ProcrastinateJob.objects.filter(task_name=steps.TELL).order_by("id"):
        for _ in range(2):
            actions.tell_agencies(job.args["meeting"], job.args["kind"], job.args["change"], by=system, now=now)
    ProcrastinateJob.objects.filter(task_name=steps.TELL).delete()


def _mailed(system, kind="meeting"):
    from fellwatch.foundation import access
    from fellwatch.sharing.models import Message

    with access.acting(system):
        rows = Message.objects.filter(kind=kind, state="waiting")
        return sorted(rows.values_list("address", flat=True))


def _listed(cast, people, meeting):
    from fellwatch.safeguarding.marac import actions
    from fellwatch.safeguarding.marac.values import Placed

    id = actions.refer(story.new(), by=cast["ida"], now=NOW)
    actions.place(id, Placed(people[1], (people[0],)), by=cast["cora"], now=NOW)
    actions.list_on(id, meeting, by=cast["cora"], now=NOW)
    return id


def _move(meeting, by, *, days=21, place="Fell House", now=NOW):
    from fellwatch.meetings import actions

    at = NOW + timedelta(days=days)
    actions.move(meeting, at, at + timedelta(hours=3), place, at.date(), by=by, now=now)


def test_an_agency_called_to_a_meeting_is_mailed_once_and_without_a_mailbox_it_is_seen_to_fail(cast, system, auditor):
    from fellwatch.foundation import access
    from fellwatch.foundation.audit import chain
    from fellwatch.sharing.models import Message

    story.meeting(cast["cora"])
    _tell(system)
    assert _mailed(system) == ["hal@tarn-homes.example", "ida@harbour-advocates.example", "marc@tarn-homes.example"]
    with access.acting(system):
        failed = dict(Message.objects.filter(state="failed").values_list("agency", "because"))
    assert failed == dict.fromkeys(("fell-children", "fell-health"), "Nobody there has a mailbox.")
    told = [line for line in chain.lines(by=auditor) if line.sentence == "meetings.told"]
    assert [(line.action, line.people) for line in told] == [("duty", 0)] * 2


def test_a_meeting_that_was_not_stored_after_all_asks_for_no_mail(cast):
    from django.db import transaction
    from procrastinate.contrib.django.models import ProcrastinateJob

    with transaction.atomic():
        story.meeting(cast["cora"])
        assert ProcrastinateJob.objects.filter(task_name="meetings.tell").count() == 1
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.filter(task_name="meetings.tell").exists()


def test_nobody_is_mailed_whom_every_case_is_kept_from_nor_a_mailbox_that_they_share(cast, people, system):
    from fellwatch.foundation import access
    from fellwatch.sharing.models import Agency, Member, Message

    meeting = story.meeting(cast["cora"])
    _listed(cast, people, meeting)
    _move(meeting, cast["cora"])
    with access.acting(system):
        Agency.objects.filter(code="tarn-homes").update(mailbox="all@tarn-homes.example")
    _tell(system)
    assert _mailed(system, "meeting_moved") == ["hal@tarn-homes.example", "ida@harbour-advocates.example"]
    with access.acting(system):
        Member.objects.filter(user_id=cast["hal"].id).update(left_at=NOW)
    _move(meeting, cast["cora"], days=28)
    _tell(system)
    with access.acting(system):
        (only,) = Message.objects.filter(kind="meeting_moved", agency="tarn-homes", state="failed")
    assert (only.address, only.name) == ("", "")
    assert "all@tarn-homes.example" not in _mailed(system, "meeting_moved")


def test_who_comes_is_asked_anew_at_another_time_and_not_at_another_place_and_the_same_again_tells_nobody(cast, system):
    from fellwatch.meetings import actions, queries
    from fellwatch.meetings.values import Invalid

    meeting, cora, hal = story.meeting(cast["cora"]), cast["cora"], cast["hal"]

    def answer():
        return next(one.state for one in queries.meeting(meeting, by=cora).attendance if one.agency == hal.agency)

    actions.say_coming(meeting, "coming", "Hal Moor", by=hal, now=NOW)
    _move(meeting, cora, days=14, place="Skelmoss library")
    assert answer() == "coming"
    _move(meeting, cora, place="Skelmoss library")
    assert answer() == "invited"
    _move(meeting, cora, place="Skelmoss library")
    _tell(system)
    assert _mailed(system, "meeting_moved").count("hal@tarn-homes.example") == 2
    with pytest.raises(Invalid) as wrong:
        _move(meeting, cora, days=-1, place="")
    assert set(wrong.value.problems) == {"starts_at", "place"}
    actions.begin(meeting, by=cora, now=NOW)
    with pytest.raises(Invalid):
        _move(meeting, cora, days=30)


def test_of_a_meeting_called_off_or_over_only_what_is_still_so_is_mailed(cast, system):
    from fellwatch.meetings import actions
    from fellwatch.meetings.values import Invalid

    off, over = story.meeting(cast["cora"]), story.meeting(cast["cora"], days=1)
    actions.call_off(off, by=cast["cora"], now=NOW)
    _tell(system, NOW + timedelta(days=2))
    assert _mailed(system) == [], "before the worker came round it was called off, or over"
    assert len(_mailed(system, "meeting_off")) == 3
    with pytest.raises(Invalid):
        actions.say_coming(off, "coming", "Hal Moor", by=cast["hal"], now=NOW)
    assert over


def test_the_mail_leads_a_partner_to_the_meeting_at_their_own_door(cast, people, system, monkeypatch):
    from django.conf import settings

    from fellwatch.foundation import access, clock
    from fellwatch.foundation.accounts.models import User
    from fellwatch.meetings import actions
    from fellwatch.sharing import wording
    from fellwatch.sharing.models import Message

    meeting = story.meeting(cast["cora"])
    id = _listed(cast, people, meeting)
    _move(meeting, cast["cora"], place="Skelmoss library")
    _tell(system)
    client = stranger()
    client.force_login(User.objects.get(id=cast["hal"].id), backend="django.contrib.auth.backends.ModelBackend")

    def follow(kind):
        with access.acting(system):
            one = Message.objects.get(kind=kind, address="hal@tarn-homes.example")
        mail = f"{wording.subject(kind)}\n{wording.text(kind, one.path)}"
        assert not re.search("Danielle|Oddie|MARAC-|Tarn Row", mail)
        (link,) = re.findall(re.escape(settings.FELLWATCH_ADDRESS) + r"(\S+)", mail)
        return client.get(link).content.decode()

    page = follow("meeting_moved")
    assert "Skelmoss library" in page
    assert "Say who comes" in page

    from fellwatch.safeguarding.marac import actions as marac

    marac.put_back(id, meeting, "It waits for the next one, and her adviser sees her.", by=cast["cora"], now=NOW)
    actions.call_off(meeting, by=cast["cora"], now=NOW)
    _tell(system)
    assert "marc@tarn-homes.example" not in _mailed(system, "meeting_off"), "it had no other case"
    page = follow("meeting_off")
    assert "Called off" in page
    assert "Say who comes" not in page
    monkeypatch.setattr(clock, "now", lambda: NOW)  # The list goes back 120 days.
    assert "Called off" in client.get("/partner/marac/").content.decode()
    assert b"STATUS:CANCELLED" in client.get(f"/partner/marac/meetings/{meeting}/meeting.ics").content


def test_everybody_of_the_agencies_is_asked_of_in_one_statement_which_nobody_else_may_ask(cast, people, system):
    from django.db import DatabaseError, connection, transaction
    from django.test.utils import CaptureQueriesContext

    from fellwatch.foundation import access
    from fellwatch.meetings import readers
    from fellwatch.sharing.actions import restore_members

    meeting = story.meeting(cast["cora"])
    _listed(cast, people, meeting)
    more = [story.user(f"Jo Rigg {at}", "partner", "tarn-homes") for at in range(6)]
    restore_members([(one.id, one.agency, one.name, _mail(one)) for one in more], by=system, now=NOW)
    gone = story.user("Gil Fenn", "auditor", "tarn-homes")
    restore_members([(gone.id, gone.agency, gone.name, _mail(gone))], by=system, now=NOW)
    with access.acting(system), CaptureQueriesContext(connection) as asked:
        found = readers.of(["tarn-homes", "harbour-advocates"])
    assert len(asked) == 1
    assert len(found) == 9, "whose account takes no part is not among them"
    assert {one.name for one in found if one.kept} == {"Marc Oddie"}
    with pytest.raises(DatabaseError), transaction.atomic(), access.acting(cast["cora"]):
        connection.cursor().execute("select meetings_account_kept_from(%s::uuid)", [cast["marc"].id])
