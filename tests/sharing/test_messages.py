"""Outgoing messages: by a real mail server, with nothing about anybody in them, and each failure in sight."""

import json
import socket
import threading
from datetime import time, timedelta
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

pytestmark = pytest.mark.database
HERS = "una@agencies.example"
SAID = {"channel": "mail", "address": HERS, "address_key": HERS, "said_by": "self", "noted_by_name": "Alice"}


class Mailboxes:
    """What a mail server took; mailboxes named so refuse for good or for now."""

    def __init__(self):
        self.taken, self.later = [], 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone@"):
            return "550 5.1.1 No such mailbox here"
        if address.startswith("full@"):
            self.later += 1
            return "452 4.2.2 Mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken.append((envelope.rcpt_tos, envelope.content))
        return "250 Taken"


@pytest.fixture
def post(database):
    """Run a real mail server beside the test, and send by it."""
    from aiosmtpd.controller import Controller
    from django.test import override_settings

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    boxes = Mailboxes()
    server = Controller(boxes, hostname="127.0.0.1", port=port)
    server.start()
    with override_settings(FELLWATCH_POST="smtp", EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        yield boxes
    server.stop()


def _made(system, now, address=HERS, **more):
    from fellwatch.sharing import actions

    return actions.message("waits", address=address, path="/partner/", by=system, now=now, **more)


def _row(id, system):
    from fellwatch.foundation import access
    from fellwatch.sharing.models import Message

    with access.acting(system):
        return Message.objects.get(id=id)


def test_an_agency_is_told_that_something_waits_and_nothing_of_what_or_whom(post, new, member, detective, system, now):
    from fellwatch.foundation import access
    from fellwatch.sharing import actions, delivering
    from fellwatch.sharing.models import Message

    receipt = actions.refer(new, by=detective, now=now)
    for _ in range(2):
        delivering.tell_agency(new.id, "waits", by=system, now=now)
    with access.acting(system):
        waiting = list(Message.objects.filter(about=new.id).values_list("id", flat=True))
    for id in waiting * 2:
        delivering.deliver(id, last=False, by=system, now=now)
    people = ["dana.crag@agencies.example", "dana@agencies.example", "ida@agencies.example"]
    assert sorted(to for (to,), _ in post.taken) == people
    (_, content), *_ = post.taken
    mail = message_from_bytes(content)
    text = mail.get_payload(decode=True).decode()
    assert "/partner/" in text
    said = f"{mail['Subject']} {text}".casefold()
    secret = [receipt, str(new.id), *new.contents.values(), "hewett", "danielle", "oddie", "victim", "abuse", "refuge"]
    assert [one for one in secret if one.casefold() in said] == []


def test_a_mailbox_that_is_gone_is_a_bounce_in_sight_and_a_correction_sends_it_again(post, system, steward, db, now):
    from fellwatch.sharing import actions, delivering
    from fellwatch.sharing.people import queries

    id = _made(system, now, "gone@agencies.example")
    delivering.deliver(id, last=False, by=system, now=now)
    (shown,) = queries.messages(by=steward, troubled=True)
    assert (shown.state, shown.attempts) == ("bounced", 1)
    assert "No such mailbox" in shown.because
    assert queries.undelivered(by=steward) == 1
    actions.send_again(id, "una@agencies.example", by=steward, now=now)
    delivering.deliver(id, last=False, by=system, now=now)
    assert _row(id, system).state == "sent"
    assert queries.undelivered(by=steward) == 0


def test_a_mailbox_that_is_full_is_tried_again_and_fails_in_sight_at_the_last(post, system, db, now):
    from fellwatch.sharing import delivering
    from fellwatch.sharing.post import Later

    id = _made(system, now, "full@agencies.example")
    with pytest.raises(Later):
        delivering.deliver(id, last=False, by=system, now=now)
    assert _row(id, system).state == "waiting"
    delivering.deliver(id, last=True, by=system, now=now)
    row = _row(id, system)
    assert (row.state, row.attempts, post.later) == ("failed", 2, 2)


def test_a_delivery_report_that_comes_back_later_marks_its_message(post, system, db, now):
    from fellwatch.sharing import delivering

    id = _made(system, now)
    delivering.deliver(id, last=False, by=system, now=now)
    sent = message_from_bytes(post.taken[0][1])
    report = (
        "From: MAILER-DAEMON@agencies.example\nTo: fellwatch@localhost\nSubject: Undelivered\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nIt did not arrive.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; agencies.example\n\n"
        "Final-Recipient: rfc822; una@agencies.example\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 No such mailbox\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {sent['Message-ID']}\n\n--b--\n"
    )
    assert delivering.take_bounce(report.encode(), by=system, now=now)
    assert not delivering.take_bounce(report.encode(), by=system, now=now), "known already"
    assert not delivering.take_bounce(report.replace("failed", "delayed").encode(), by=system, now=now)
    assert not delivering.take_bounce(b"Subject: hello\n\nNo report.", by=system, now=now)
    row = _row(id, system)
    assert row.state == "bounced"
    assert "550" in row.because


def test_without_a_mail_server_messages_are_held_where_they_are_seen(system, steward, db, now):
    from fellwatch.sharing import delivering
    from fellwatch.sharing.people import queries

    id = _made(system, now)
    delivering.deliver(id, last=False, by=system, now=now)
    (shown,) = queries.messages(by=steward, troubled=True)
    assert shown.state == "held"
    assert "FELLWATCH_SMTP_HOST" in shown.because


def test_a_server_that_does_not_answer_is_tried_again(system, db, now):
    from django.test import override_settings

    from fellwatch.sharing import delivering
    from fellwatch.sharing.post import Later

    id = _made(system, now)
    with override_settings(FELLWATCH_POST="smtp", EMAIL_HOST="127.0.0.1", EMAIL_PORT=9), pytest.raises(Later):
        delivering.deliver(id, last=False, by=system, now=now)


def test_an_agency_in_which_nobody_may_know_leaves_a_message_that_failed_in_sight(new, detective, system, now):
    from fellwatch.foundation import access
    from fellwatch.sharing import actions, delivering
    from fellwatch.sharing.models import Agency, Member, Message

    with access.acting(system):
        Member.objects.update(left_at=now)
        Agency.objects.update(mailbox="")
    actions.refer(new, by=detective, now=now)
    assert delivering.tell_agency(new.id, "waits", by=system, now=now) == 0
    with access.acting(system):
        assert Message.objects.get(about=new.id).state == "failed"


@pytest.mark.parametrize(
    ("rule", "sent"),
    [
        (None, False),
        ({"allowed": False}, False),
        ({"allowed": True}, True),
        ({"allowed": True, "from_time": time(23, 0), "to_time": time(1, 0)}, True),
        ({"allowed": True, "from_time": time(9, 0), "to_time": time(15, 0)}, False),
        ({"allowed": True, "to_date": "past"}, False),
    ],
)
def test_nothing_is_sent_to_somebody_protected_but_as_they_said(post, new, alice, system, now, rule, sent):
    """It is 23:40: what is safe from 23:00 to 01:00 is safe now, what is safe in school hours is not."""
    from fellwatch.foundation import access, ids
    from fellwatch.sharing import delivering
    from fellwatch.sharing.models import SafeContact

    if rule is not None:
        rule = rule | ({"to_date": now.date() - timedelta(days=1)} if "to_date" in rule else {})
        with access.acting(alice):
            SafeContact.objects.create(id=ids.new(), person_id=new.person_id, said_at=now, **SAID, **rule)
    id = _made(system, now, person_id=new.person_id)
    delivering.deliver(id, last=False, by=system, now=now)
    assert bool(post.taken) is sent
    assert _row(id, system).state == ("sent" if sent else "refused")


def test_a_rule_that_changes_before_it_is_sent_stops_it(post, new, alice, system, now):
    from fellwatch.foundation import access, ids
    from fellwatch.sharing import delivering
    from fellwatch.sharing.models import SafeContact

    said = {"person_id": new.person_id, **SAID}
    with access.acting(alice):
        SafeContact.objects.create(id=ids.new(), allowed=True, said_at=now, **said)
    id = _made(system, now, person_id=new.person_id)
    with access.acting(alice):
        SafeContact.objects.create(id=ids.new(), allowed=False, said_at=now + timedelta(minutes=1), **said)
    delivering.deliver(id, last=False, by=system, now=now)
    assert (post.taken, _row(id, system).state) == ([], "refused")


@pytest.mark.parametrize(
    ("address", "hours", "state"),
    [
        (HERS, (), "sent"),
        (HERS.upper(), (), "sent"),
        ("other@agencies.example", (), "refused"),
        (HERS, ("09:00", "15:00"), "refused"),
    ],
)
def test_the_mail_door_sends_to_the_safe_address_in_its_hours_and_to_no_other(
    post, new, alice, system, now, address, hours, state
):
    from fellwatch.sharing import delivering, safe
    from fellwatch.sharing.reach import actions
    from fellwatch.sharing.reach.values import NewRule

    start, end = hours or ("", "")
    said = NewRule(new.person_id, "mail", "yes", HERS.title(), "self", from_time=start, to_time=end)
    actions.say(said, by=alice, now=now)
    id = _made(system, now, address, person_id=new.person_id)
    delivering.deliver(id, last=False, by=system, now=now)
    row = _row(id, system)
    assert row.state == state
    assert bool(post.taken) is (state == "sent")
    because = {"sent": "", "refused": safe.NOT_NOW if hours else safe.ELSEWHERE}
    assert row.because == because[state]


def test_nothing_else_in_the_house_sends_mail():
    from pathlib import Path

    package = Path(__file__).resolve().parents[2] / "fellwatch"
    senders = ("django.core.mail", "smtplib", "notifications_python_client", "send_mail(")
    found = {
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if any(one in path.read_text() for one in senders)
    }
    assert found == {"sharing/post/smtp.py", "sharing/post/notify.py"}


class Notify(BaseHTTPRequestHandler):
    """As much of GOV.UK Notify's interface as one message needs."""

    asked: list = []
    standing = "delivered"

    def do_POST(self):
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.path, said))
        refused = said.get("email_address", "").startswith("gone@")
        self._answer(400 if refused else 201, {"errors": []} if refused else {"id": "n-1"})

    def do_GET(self):
        self._answer(200, {"id": "n-1", "status": self.standing})

    def _answer(self, code, body):
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *said):
        """Say nothing."""


@pytest.fixture
def notify(database):
    from django.test import override_settings

    server = HTTPServer(("127.0.0.1", 0), Notify)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    key = "test-00000000-0000-0000-0000-000000000000-00000000-0000-0000-0000-000000000001"
    url = f"http://127.0.0.1:{server.server_port}"
    Notify.asked = []
    with override_settings(
        FELLWATCH_POST="notify", FELLWATCH_NOTIFY_KEY=key, FELLWATCH_NOTIFY_URL=url, FELLWATCH_NOTIFY_MAIL="t-mail",
        FELLWATCH_NOTIFY_TEXT="t-text",
    ):  # fmt: skip
        yield Notify
    server.shutdown()


def test_notify_stands_behind_the_same_door(notify, system, db, now):
    from fellwatch.sharing import delivering

    ids = [_made(system, now), _made(system, now, "gone@agencies.example")]
    ids.append(_made(system, now, "07700900142", channel="text"))
    for id in ids:
        delivering.deliver(id, last=False, by=system, now=now)
    assert [_row(id, system).state for id in ids] == ["sent", "bounced", "sent"]
    assert [path for path, _ in notify.asked] == [f"/v2/notifications/{kind}" for kind in ("email", "email", "sms")]
    notify.standing = "permanent-failure"
    assert delivering.ask_carrier(by=system, now=now) == 2
    assert _row(ids[0], system).state == "bounced"
