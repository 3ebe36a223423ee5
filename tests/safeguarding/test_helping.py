"""Help for victims: nothing she wrote is lost, nobody answers in an unsafe way, each scheme is followed."""

import json
import uuid
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fellwatch.safeguarding.helping import safe
from fellwatch.safeguarding.helping.values import NewActivation, Written

pytestmark = pytest.mark.database

WRITTEN = Written(uuid.UUID(int=7), "text", "07700 900613", words="He takes my card.", password="marmalade",
                  from_time=time(9), to_time=time(14, 30))  # fmt: skip
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)


@pytest.fixture
def door(database):
    from fellwatch.foundation.accounts import roles

    return roles.system("quiet-page")


@pytest.fixture
def hers(db, door):
    from fellwatch.safeguarding.helping import actions

    actions.take(WRITTEN, by=door, now=NOON)
    return WRITTEN.id


@given(
    means=some.sampled_from(["text", "call", "mail"]),
    said=some.sampled_from(["text", "call", "mail", "none"]),
    start=some.none() | some.times(),
    end=some.none() | some.times(),
    minutes=some.integers(0, 1439),
)
def test_only_the_way_and_the_hours_she_named_are_ever_safe(means, said, start, end, minutes):
    now = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(minutes=minutes)
    free = not safe.why_not(means, said, start, end, now)
    inside = not (start and end) or (start <= now.time() < end if start <= end else not end <= now.time() < start)
    assert free == (means == said and inside)


def test_a_message_sent_twice_is_one_with_one_clock_and_a_line_in_the_log(hers, door, detective, auditor):
    from fellwatch.duties import queries as duties
    from fellwatch.foundation.audit import chain
    from fellwatch.safeguarding.helping import actions, queries

    actions.take(replace(WRITTEN, words="Something else"), by=door, now=NOON + timedelta(hours=2))
    _, (one,) = queries.messages(by=detective)
    assert (one.words, one.means, one.password) == ("He takes my card.", "text", "marmalade")
    (clock,) = duties.about([hers], by=detective)
    assert (clock.rule, clock.due_at) == ("help_message_answer", NOON + timedelta(hours=1))
    assert "helping.listed" in [line.sentence for line in chain.lines(by=auditor, action="consultation")]


def test_whoever_takes_calls_reads_none_of_it(hers, alice):
    from fellwatch.foundation.access import Refused
    from fellwatch.safeguarding.helping import queries

    with pytest.raises(Refused):
        queries.message(hers, by=alice)


@pytest.mark.parametrize(("means", "now"), [("call", NOON), ("mail", NOON), ("text", NIGHT), ("none", NOON)])
def test_an_attempt_that_is_not_safe_is_refused_and_leaves_no_trace(hers, detective, means, now):
    from fellwatch.orders.values import Invalid
    from fellwatch.safeguarding.helping import actions, queries

    with pytest.raises(Invalid) as told:
        actions.attempt(hers, means, "no", "Nothing was said.", by=detective, now=now)
    assert "means" in told.value.problems
    assert queries.message(hers, by=detective).attempts == ()


def test_a_safe_answer_ends_the_clock_and_a_second_end_is_told_so(hers, detective):
    from fellwatch.duties import queries as duties
    from fellwatch.orders.values import Invalid
    from fellwatch.safeguarding.helping import actions, queries

    actions.attempt(hers, "text", "yes", "She answered with her word.", by=detective, now=NOON + timedelta(minutes=20))
    assert [one.state for one in duties.about([hers], by=detective)] == ["met"]
    with pytest.raises(Invalid) as told:
        actions.close(hers, "danger_sent", "A unit is on its way.", "", by=detective, now=NOON)
    assert "reference" in told.value.problems
    actions.close(hers, "reached_safe", "She goes to her sister on Friday.", "", by=detective, now=NOON)
    assert queries.message(hers, by=detective).state == "closed"
    with pytest.raises(Invalid):
        actions.close(hers, "reached_safe", "She goes to her sister on Friday.", "", by=detective, now=NOON)


@pytest.mark.parametrize(
    "said",
    [
        {"means": "pigeon", "words": "x" * 9000},
        {"means": "text", "reach": ""},
        {"means": None, "from": "half past", "to": "25:00", "at": "yesterday"},
        {"words": "A\x00B \ud800"},
        {"at": "9999-01-01T00:00:00Z"},
        {},
    ],
)
def test_whatever_she_wrote_is_kept_as_far_as_it_can_be_and_nobody_answers_in_a_way_she_did_not_name(
    db, detective, tmp_path, monkeypatch, said
):
    from django.conf import settings

    from fellwatch.foundation import sealed
    from fellwatch.quiet import taking
    from fellwatch.safeguarding.helping import queries

    key = tmp_path / "key.pem"
    sealed.make_key(key, tmp_path / "public.pem", "")
    monkeypatch.setattr(settings, "FELLWATCH_QUIET_KEY", key)
    taking.take(uuid.UUID(int=9), _sealed(key, said), now=NOON)
    _, (one,) = queries.messages(by=detective)
    assert one.means == "none"
    assert len(one.words) <= 4000


def _sealed(key, said):
    import base64
    import os

    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import padding
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    public = serialization.load_pem_private_key(key.read_bytes(), None).public_key()
    data, nonce = os.urandom(32), os.urandom(12)
    how = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
    parts = (public.encrypt(data, how), nonce, AESGCM(data).encrypt(nonce, json.dumps(said).encode(), None))
    return json.dumps(dict(zip(("key", "nonce", "data"), (base64.b64encode(p).decode() for p in parts), strict=True)))


def test_an_activation_is_followed_until_whoever_asked_was_told(db, detective):
    from fellwatch.duties import queries as duties
    from fellwatch.orders.values import Invalid
    from fellwatch.safeguarding.helping import actions, queries

    new = NewActivation("banking", "Fell & Tarn Bank, Carrowby", NOON, "", {"at_risk": "3,900", "method": "courier"})
    for _ in range(2):
        actions.activate(new, by=detective, now=NOON)
    actions.arrive(new.id, NOON + timedelta(minutes=14), by=detective, now=NOON + timedelta(hours=1))
    actions.conclude(new.id, "stopped", "She kept her savings.", "3900", "no", by=detective, now=NOON)
    (open_one,) = queries.activations(by=detective, since=NOON - timedelta(days=9)).shown
    assert (open_one.state, open_one.outcome) == ("open", "stopped")
    actions.conclude(new.id, "stopped", "She kept her savings.", "", "yes", by=detective, now=NOON)
    _, banking = queries.counted(by=detective, since=NOON - timedelta(days=9))
    assert (banking.told, banking.in_an_hour, banking.venue_told, banking.pence_stopped) == (1, 1, 1, 390_000)
    assert {one.rule: one.state for one in duties.about([new.id], by=detective)} == {
        "activation_attended": "met",
        "activation_followed": "met",
    }
    with pytest.raises(Invalid):
        actions.arrive(new.id, NOON, by=detective, now=NOON)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"venue": " "}, "venue"),
        ({"told_at": NOON + timedelta(hours=1)}, "told_at"),
        ({"reference": "no such log"}, "reference"),
        ({"facts": {"at_risk": "a lot"}}, "at_risk"),
    ],
)
def test_what_is_wrong_with_an_activation_stands_beside_its_field(db, detective, change, field):
    from fellwatch.orders.values import Invalid
    from fellwatch.safeguarding.helping import actions

    new = NewActivation("banking", "Fell & Tarn Bank", NOON, "", {"at_risk": "640"})
    with pytest.raises(Invalid) as told:
        actions.activate(replace(new, **change), by=detective, now=NOON)
    assert list(told.value.problems) == [field]


@pytest.mark.parametrize("words", [" ", "x" * 4_001, "She answered. \x00"])
def test_what_an_officer_writes_is_refused_beside_its_field_and_never_cut(hers, detective, words):
    from fellwatch.orders.values import Invalid
    from fellwatch.safeguarding.helping import actions

    later = NOON + timedelta(minutes=20)
    for step in (
        lambda: actions.attempt(hers, "text", "yes", words, by=detective, now=later),
        lambda: actions.close(hers, "reached_safe", words, "", by=detective, now=later),
    ):
        with pytest.raises(Invalid) as told:
            step()
        assert set(told.value.problems) == {"words"}
