"""Handing over: sent once, carried by a job, said to be there only on a receipt that proves it, answered once."""

import threading
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.contact.calls import call
from tests.exchange.conftest import EASTMERE, WHY

pytestmark = pytest.mark.database


@pytest.fixture
def new(eastmere, told, alice, now):
    from fellwatch.contact import actions
    from fellwatch.exchange.values import NewHandover
    from fellwatch.records import queries

    logged = actions.log_incident(call(now), by=alice, now=now)
    parts = queries.incident(logged.incident_id, by=alice, now=now).parts
    person = next(part.person.id for part in parts if part.role == "caller")
    return NewHandover(eastmere, logged.incident_id, person, WHY, told)


@pytest.fixture
def answering(monkeypatch, carrier):
    """Let something answer at Eastmere's address: answering(lambda body: (status, text))."""
    servers = []

    def start(answer):
        class Server(BaseHTTPRequestHandler):
            def do_POST(self):
                status, text = answer(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.send_response(status)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *args):
                """Stay quiet."""

        server = HTTPServer(("127.0.0.1", 0), Server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        from fellwatch.exchange.models import Peer
        from fellwatch.foundation import access

        with access.acting(carrier):
            Peer.objects.filter(force=EASTMERE).update(address=f"http://127.0.0.1:{server.server_port}")

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def receipts(theirs):
    """Return what Eastmere answers: a receipt signed with its key, or with another."""

    def answer(body, *, key=theirs, **changes):
        import jwt

        from fellwatch.exchange.envelope import _letter, digest

        said = jwt.decode(body, options={"verify_signature": False})
        told = {
            "v": 1, "iss": said["aud"], "aud": said["iss"], "jti": "r", "iat": said["iat"], "kind": "receipt",
            "of": said["jti"], "digest": digest(_letter(said)), **changes,
        }  # fmt: skip
        return 200, jwt.encode(told, key, algorithm="EdDSA")

    return answer


def carry(carrier, now):
    """Carry every message that waits, as the job does."""
    from fellwatch.exchange.actions import delivering
    from fellwatch.exchange.models import Message
    from fellwatch.foundation import access

    with access.acting(carrier):
        waiting = list(Message.objects.filter(direction="out", state="waiting").values_list("id", flat=True))
    for id in waiting:
        delivering.deliver(id, by=carrier, now=now)


def test_sent_twice_it_is_one_handover_one_message_one_disclosure_and_two_clocks(new, alice, auditor, now):
    from fellwatch.duties import queries as duties
    from fellwatch.exchange import actions, queries
    from fellwatch.foundation.audit import chain

    ids = {actions.hand_over(new, by=alice, now=now) for _ in range(2)}
    (sent,) = queries.of_incident(new.incident_id, by=alice)
    assert ids == {sent.id}
    assert len(queries.handover(sent.id, by=alice).messages) == 1
    clocks = {one.rule: one.due_at for one in duties.about([sent.id], by=alice)}
    assert clocks == {"handover_receipt": now + timedelta(hours=1), "handover_answer": now + timedelta(days=1)}
    lines = [one for one in chain.lines(by=auditor, action="disclosure") if one.sentence == "exchange.handed_over"]
    assert [one.detail["told"] for one in lines] == [sorted(new.contents)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"force": "nobody"}, "force"),
        ({"necessity": "Useful."}, "necessity"),
        ({"contents": {"name": "Wanda Testcase"}}, "tell-risk"),
        ({"contents": {"opinion": "Much"}}, "tell-opinion"),
        ({"contents": {"name": "x" * 4001}}, "tell-name"),
    ],
)
def test_what_is_missing_or_may_not_be_told_is_refused_beside_its_field(new, alice, now, change, field):
    from fellwatch.exchange import actions, queries
    from fellwatch.exchange.values import Invalid

    with pytest.raises(Invalid) as wrong:
        actions.hand_over(replace(new, **change), by=alice, now=now)
    assert field in wrong.value.problems
    assert queries.of_incident(new.incident_id, by=alice) == ()


def test_a_receipt_that_proves_it_ends_the_first_clock(new, alice, carrier, now, answering, receipts):
    from fellwatch.duties import queries as duties
    from fellwatch.exchange import actions, queries

    answering(receipts)
    sent = actions.hand_over(new, by=alice, now=now)
    carry(carrier, now)
    seen = queries.handover(sent, by=alice)
    assert (seen.state, seen.reached_how, seen.trouble) == ("reached", "exchange", "")
    states = {one.rule: one.state for one in duties.about([sent], by=alice)}
    assert states == {"handover_receipt": "met", "handover_answer": "open"}


@pytest.mark.parametrize("wrong", [{"key": Ed25519PrivateKey.generate()}, {"of": "another"}, {"digest": "0" * 64}])
def test_a_receipt_that_proves_nothing_leaves_it_on_the_way_and_says_so(
    new, alice, carrier, now, answering, receipts, wrong
):
    from fellwatch.exchange import actions, queries
    from fellwatch.exchange.actions.delivering import NotThere

    answering(lambda body: receipts(body, **wrong))
    sent = actions.hand_over(new, by=alice, now=now)
    with pytest.raises(NotThere):
        carry(carrier, now)
    seen = queries.handover(sent, by=alice)
    assert seen.state == "waiting"
    assert "Ring them" in seen.trouble


def test_a_server_that_is_down_is_tried_again_and_one_that_refuses_is_not(new, alice, carrier, now, answering):
    from fellwatch.exchange import actions, queries
    from fellwatch.exchange.actions.delivering import NotThere

    sent = actions.hand_over(new, by=alice, now=now)
    with pytest.raises(NotThere):
        carry(carrier, now)
    assert "cannot be reached" in queries.handover(sent, by=alice).trouble
    answering(lambda body: (503, "busy"))
    with pytest.raises(NotThere):
        carry(carrier, now)
    answering(lambda body: (401, '{"problem": "unknown_force", "say": "Exchange keys first."}'))
    carry(carrier, now)
    (message,) = queries.handover(sent, by=alice).messages
    assert (message.state, message.tries) == ("refused", 3)
    assert "Exchange keys first." in queries.handover(sent, by=alice).trouble


def test_an_answer_moves_it_and_a_second_answer_does_not(new, alice, carrier, now, written):
    from fellwatch.exchange import actions, queries
    from fellwatch.exchange.envelope import Unfit

    sent = actions.hand_over(new, by=alice, now=now)
    yes = {"state": "accepted", "words": "DS Moor has her now.", "by": "DS Moor"}
    actions.receive(written("answer", yes, now=now, handover=sent)[1], by=carrier, now=now)
    seen = queries.handover(sent, by=alice)
    assert (seen.state, seen.answer, seen.answered_by_name) == ("accepted", yes["words"], "DS Moor")
    no = {"state": "refused", "words": "Not ours after all.", "by": "DS Moor"}
    with pytest.raises(Unfit) as unfit:
        actions.receive(written("answer", no, now=now, handover=sent)[1], by=carrier, now=now)
    assert unfit.value.code == "out_of_turn"
    assert queries.handover(sent, by=alice).state == "accepted"


def test_what_came_back_is_sent_again_as_a_second_version(new, alice, carrier, now, written, told):
    from fellwatch.exchange import actions, queries

    sent = actions.hand_over(new, by=alice, now=now)
    more = {"state": "returned", "reason": "too_little", "words": "Which school?", "by": "DS Moor"}
    actions.receive(written("answer", more, now=now, handover=sent)[1], by=carrier, now=now)
    later = now + timedelta(hours=1)
    actions.hand_over(replace(new, contents={**told, "children": "Theo (6), Mereford Primary"}), by=alice, now=later)
    seen = queries.handover(sent, by=alice)
    assert (seen.state, seen.revision, seen.contents["children"]) == ("waiting", 2, "Theo (6), Mereford Primary")
    assert [one.revision for one in seen.messages if one.kind == "handover"] == [1, 2]


def test_another_force_cannot_answer_for_them(new, alice, carrier, now, ours):
    from fellwatch.exchange import actions, envelope, keys
    from fellwatch.exchange.envelope import Letter, Unfit
    from fellwatch.foundation import ids

    sent = actions.hand_over(new, by=alice, now=now)
    westmere = Ed25519PrivateKey.generate()
    actions.add_peer("E99000002", "Westmere Police", key=keys.text_of(westmere.public_key()), by=carrier)
    body = {"state": "accepted", "words": "Ours.", "by": "X"}
    letter = Letter(ids.new(), "answer", "E99000002", "X23000099", sent, 1, now, body)
    with pytest.raises(Unfit) as unfit:
        actions.receive(envelope.seal(letter, now=now, key=westmere), by=carrier, now=now)
    assert unfit.value.code == "out_of_turn"


def test_taking_somebody_over_makes_one_incident_and_answers(written, told, carrier, detective, now):
    from fellwatch.exchange import actions, queries
    from fellwatch.records import queries as records
    from fellwatch.safeguarding import handing

    letter, text = written("handover", {"contents": told, "necessity": WHY, "by": "Pell"}, now=now)
    actions.receive(text, by=carrier, now=now)
    seen = queries.handover(letter.handover, by=detective)
    say = "DS Garth has her now; a car goes at once."
    made = {
        handing.take_over(
            queries.handover(letter.handover, by=detective),
            "new",
            "victim",
            say,
            "domestic_incident",
            by=detective,
            now=now,
        )
        for _ in range(2)
    }
    (incident,) = made
    found = records.incident(incident, by=detective, now=now)
    assert [(part.person.name, part.role) for part in found.parts] == [("Wanda Testcase", "victim")]
    after = queries.handover(seen.id, by=detective)
    assert (after.state, after.person_id) == ("accepted", found.parts[0].person.id)
    assert [one.kind for one in after.messages if one.direction == "out"] == ["answer"]


def test_an_address_that_others_could_read_on_its_way_is_refused(carrier):
    from fellwatch.exchange import actions
    from fellwatch.exchange.values import Invalid

    for wrong in ({"address": "http://eastmere.example"}, {"key": "short"}, {"mail": "nowhere"}):
        with pytest.raises(Invalid) as told:
            actions.add_peer("E99000003", "Northmere Police", by=carrier, **wrong)
        assert set(told.value.problems) == set(wrong)


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"state": "maybe"}, {"state"}),
        ({"who": " "}, {"who"}),
        ({"who": "x" * 121}, {"who"}),
        ({"who": "DS \x00 Fell"}, {"who"}),
        ({"answer": "x" * 4_001}, {"answer"}),
        ({"answer": "half \ud800 a pair"}, {"answer"}),
        ({"state": "refused", "answer": "No."}, {"answer", "reason"}),
    ],
)
def test_what_was_said_by_telephone_is_told_beside_its_field_where_it_cannot_be_kept(new, alice, now, said, fields):
    from fellwatch.exchange import actions
    from fellwatch.exchange.values import Invalid

    actions.hand_over(new, by=alice, now=now)
    whole = {"state": "reached", "who": "DS Fell, 4471", "answer": "", **said}
    with pytest.raises(Invalid) as wrong:
        actions.answered_by_telephone(new.id, **whole, by=alice, now=now)
    assert set(wrong.value.problems) == fields


def test_an_answer_by_telephone_stands_with_who_gave_it(new, alice, now):
    from fellwatch.exchange import actions, queries

    actions.hand_over(new, by=alice, now=now)
    actions.answered_by_telephone(new.id, "accepted", "DS Fell, 4471", "", by=alice, now=now)
    found = queries.handover(new.id, by=alice)
    assert (found.state, found.answered_by_name) == ("accepted", "DS Fell, 4471, by telephone to Alice Beck")


@pytest.mark.parametrize("words", [" ", "x" * 4_001, "To \x00 them."])
def test_words_about_the_mail_are_needed_and_must_be_such_as_can_be_kept(new, alice, now, words):
    from fellwatch.exchange import actions
    from fellwatch.exchange.values import Invalid

    actions.hand_over(new, by=alice, now=now)
    with pytest.raises(Invalid) as wrong:
        actions.sent_by_mail(new.id, words, by=alice, now=now)
    assert set(wrong.value.problems) == {"answer"}
