"""What another force's installation sends: taken once, from whom it says, for us, now; or turned away with a reason."""

import uuid
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.exchange.conftest import EASTMERE, WHY

pytestmark = pytest.mark.database


def body(told):
    return {"contents": told, "necessity": WHY, "by": "Sergeant Pell"}


def take(text, carrier, now):
    from fellwatch.exchange import actions

    return actions.receive(text, by=carrier, now=now)


def test_a_handover_is_stored_with_its_clock_and_a_receipt_that_the_sender_can_check(
    written, told, carrier, detective, now, ours
):
    from fellwatch.duties import queries as duties
    from fellwatch.exchange import envelope, queries

    letter, text = written("handover", body(told), now=now)
    signed = take(text, carrier, now)
    assert envelope.check_receipt(signed, letter, keys_of=lambda force: [ours]) == now.replace(microsecond=0)
    seen = queries.handover(letter.handover, by=detective)
    assert (seen.direction, seen.state, dict(seen.contents)) == ("received", "reached", told)
    (clock,) = duties.about([seen.id], by=detective)
    assert (clock.rule, clock.due_at) == ("handover_decision", now + timedelta(days=1))


def test_the_same_message_again_gets_the_same_receipt_and_changes_nothing(written, told, carrier, detective, now):
    from fellwatch.exchange import queries

    letter, text = written("handover", body(told), now=now)
    first = take(text, carrier, now)
    _, again = written(
        "handover", body(told), now=now, handover=letter.handover, id=letter.id, signed_at=now + timedelta(hours=5)
    )
    assert take(again, carrier, now + timedelta(hours=5)) == first
    assert len(queries.handover(letter.handover, by=detective).messages) == 1


def test_one_id_that_says_two_things_is_turned_away_and_logged(written, told, carrier, auditor, now):
    from fellwatch.exchange.envelope import Unfit
    from fellwatch.foundation.audit import chain

    letter, text = written("handover", body(told), now=now)
    take(text, carrier, now)
    _, other = written("handover", body({**told, "risk": "Standard."}), now=now, handover=letter.handover, id=letter.id)
    with pytest.raises(Unfit) as unfit:
        take(other, carrier, now)
    assert (unfit.value.code, unfit.value.status) == ("replayed", 409)
    lines = [one for one in chain.lines(by=auditor, action="refusal") if one.sentence == "exchange.turned_away"]
    assert [one.detail["problem"] for one in lines] == ["replayed"]


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"key": Ed25519PrivateKey.generate()}, "signature"),
        ({"to": "E23000001"}, "wrong_force"),
        ({"signed_at": -16}, "clock"),
        ({"signed_at": 16}, "clock"),
        ({"revision": 0}, "unreadable"),
    ],
)
def test_a_message_that_is_not_from_them_to_us_now_is_turned_away(written, told, carrier, now, how, code):
    from fellwatch.exchange.envelope import Unfit
    from fellwatch.exchange.models import Handover
    from fellwatch.foundation import access

    if "signed_at" in how:
        how = {"signed_at": now + timedelta(minutes=how["signed_at"])}
    _, text = written("handover", body(told), now=now, **how)
    with pytest.raises(Unfit) as unfit:
        take(text, carrier, now)
    assert unfit.value.code == code
    with access.acting(carrier):
        assert not Handover.objects.exists()


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "e30.e30.", "é", "eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0."])
def test_what_is_no_message_is_turned_away(eastmere, carrier, now, text):
    from fellwatch.exchange.envelope import Unfit

    with pytest.raises(Unfit):
        take(text, carrier, now)


@pytest.mark.parametrize(
    "contents",
    [
        None,
        {},
        {"risk": "High"},
        {"name": "x" * 4001},
        {"name": 3},
        {"name": "A\x00B"},
        {"Name!": "A", "name": "B"},
        {f"f{'x' * n}": "A" for n in range(45)},
    ],
)
def test_contents_that_cannot_be_kept_are_turned_away(written, carrier, now, contents):
    from fellwatch.exchange.envelope import Unfit

    _, text = written("handover", {"contents": contents}, now=now)
    with pytest.raises(Unfit) as unfit:
        take(text, carrier, now)
    assert unfit.value.code == "contents"


def test_a_field_that_only_a_newer_version_knows_is_kept(written, told, carrier, detective, now):
    from fellwatch.exchange import contents, queries

    letter, text = written("handover", body({**told, "interpreter": "Polish"}), now=now)
    take(text, carrier, now)
    assert queries.handover(letter.handover, by=detective).contents["interpreter"] == "Polish"
    assert contents.label("interpreter", now) == "Interpreter"


def test_a_force_that_was_closed_is_not_known(written, told, carrier, now):
    from fellwatch.exchange import actions
    from fellwatch.exchange.envelope import Unfit

    actions.close_peer(EASTMERE, by=carrier)
    with pytest.raises(Unfit) as unfit:
        take(written("handover", body(told), now=now)[1], carrier, now)
    assert unfit.value.code == "unknown_force"


def test_what_is_withdrawn_before_it_is_taken_over_is_forgotten(written, told, carrier, detective, now):
    from fellwatch.exchange import queries

    letter, text = written("handover", body(told), now=now)
    take(text, carrier, now)
    because = {"because": "She lives in another force's area.", "by": "Pell"}
    take(written("withdrawal", because, now=now, handover=letter.handover)[1], carrier, now)
    seen = queries.handover(letter.handover, by=detective)
    assert (seen.state, dict(seen.contents), seen.answer) == ("withdrawn", {}, because["because"])
    from fellwatch.exchange.models import Message
    from fellwatch.foundation import access

    with access.acting(detective):
        assert "Wanda" not in str(list(Message.objects.values_list("body", flat=True)))


def test_an_answer_to_what_was_never_sent_is_out_of_turn(written, carrier, now):
    from fellwatch.exchange.envelope import Unfit

    _, text = written("answer", {"state": "accepted", "words": "Ours."}, now=now, handover=uuid.uuid4())
    with pytest.raises(Unfit) as unfit:
        take(text, carrier, now)
    assert unfit.value.code == "out_of_turn"


def test_handovers_stand_in_pages_what_is_ours_first_and_the_counts_are_of_all(
    written, told, carrier, detective, auditor, now, monkeypatch
):
    from fellwatch.exchange import actions, queries
    from fellwatch.foundation import access
    from fellwatch.foundation.audit.models import AuditEntry

    monkeypatch.setattr(queries, "PAGE", 2)
    letters = [written("handover", body(told), now=now - timedelta(minutes=late)) for late in (3, 2, 1, 0)]
    for _, text in letters:
        take(text, carrier, now)
    first, *others = (letter.handover for letter, _ in letters)
    actions.decide(first, "refused", "They never lived here.", reason="not_here", by=detective, now=now)
    found = [queries.listed(by=detective, since=now - timedelta(days=30), page=page) for page in range(3)]
    assert [[one.id for one in page.shown] for page in found] == [others[:2], [others[2], first], []]
    assert {(page.total, page.ours) for page in found} == {(4, 3)}
    with access.acting(auditor):
        entries = AuditEntry.objects.filter(actor=detective.id, sentence="exchange.listed").order_by("id")
        assert [entry.subject_id for entry in entries] == ["2", "2", "0"]
