"""Handhelds: set up, in touch, told to destroy what they hold; and the doors they speak through."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from tests.handheld.sent import Wire, body, door
from tests.shell.browsers import browser, stranger

pytestmark = pytest.mark.database


def test_setting_up_gives_the_officer_the_recovery_key_and_a_first_contact(rosas):
    again = rosas.enrol().json()
    assert set(again) == {"officer", "key", "contact", "now"}
    assert len(again["key"]) > 500


def test_a_handheld_set_up_by_one_officer_speaks_for_nobody_else(rosas, db):
    other = Wire(browser("response_officer"), rosas.id)
    assert other.ask("sync/", {}).json()["problem"] == "not_enrolled"
    assert rosas.ask("sync/", {}, token="x" * 44).json()["problem"] == "not_enrolled"


def test_without_a_name_it_is_not_set_up_and_is_told_what_to_do(db, key):
    answer = Wire(browser("response_officer")).enrol(" ")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["name"])


def test_the_day_holds_what_the_officer_may_see_and_comes_once(rosas, alice, db):
    from fellwatch.foundation import clock

    at = door(alice, clock.now())
    first = rosas.ask("sync/", {}).json()
    (card,) = first["cards"]
    assert (card["id"], card["address"]) == (str(at.incident), "14 Tarn Row, FZ1 1AA")
    assert {one["id"] for one in first["forms"]} >= {"dash", "positive_action"}
    assert "thrive" not in {one["id"] for one in first["forms"]}
    second = rosas.ask("sync/", {"have": {card["id"]: card["mark"]}, "forms": first["forms_mark"]}).json()
    assert (second["cards"], second["forms"], second["order"]) == ([], None, [card["id"]])


def test_everybody_on_a_card_is_in_the_log_when_it_is_handed_out_and_only_then(rosas, alice, auditor, db):
    from fellwatch.foundation import clock
    from fellwatch.foundation.audit import chain

    door(alice, clock.now())
    (card,) = rosas.ask("sync/", {}).json()["cards"]
    rosas.ask("sync/", {"have": {card["id"]: card["mark"]}})
    (line,) = [one for one in chain.lines(by=auditor) if one.sentence == "handheld.card_sent"]
    assert line.people == 2


def test_an_incident_that_becomes_restricted_is_taken_off_the_list_of_what_may_be_held(rosas, alice, db):
    from fellwatch.foundation import access, clock
    from fellwatch.records.models import Incident

    at = door(alice, clock.now())
    (card,) = rosas.ask("sync/", {}).json()["cards"]
    if not any(field.name == "compartment" for field in Incident._meta.fields):
        pytest.skip("incidents have no compartment")
    from dataclasses import replace

    cleared = replace(alice, id=uuid.uuid4(), compartments=frozenset({"restricted"}))
    with access.acting(cleared):
        Incident.objects.filter(id=at.incident).update(compartment="restricted")
    assert rosas.ask("sync/", {"have": {card["id"]: card["mark"]}}).json()["order"] == []


def test_a_clock_five_hours_fast_moves_no_legal_time(rosas, alice, db):
    from fellwatch.assessments import queries
    from fellwatch.foundation import access, clock
    from fellwatch.foundation.accounts import roles
    from fellwatch.foundation.accounts.models import User

    at = door(alice, clock.now())
    fast = (datetime.now(UTC) + timedelta(hours=5)).timestamp() * 1000
    contact = rosas.ask("sync/", {}, at=fast).json()["contact"]
    stamp = {"at": fast + 1000, "running": 2000, "start": "a", "contact": contact}
    written = json.loads(body(at, {"q18": "yes"}))
    written["changes"][0]["stamp"] = stamp
    answer = rosas.ask("sendings/", json.dumps(written), at=fast + 2000, running=3000)
    assert answer.status_code == 200, answer.content
    rosa = roles.actor(User.objects.get(id=rosas.client.session["_auth_user_id"]))
    with access.acting(rosa):
        heard = max(one.heard_at for one in queries.crimes_of(at.incident, by=rosa))
    assert abs(heard - datetime.now(UTC)) < timedelta(minutes=1)


def test_whoever_is_signed_out_is_told_to_sign_in_and_nothing_is_stored(rosas, alice, db):
    from fellwatch.foundation import clock

    at = door(alice, clock.now())
    out = Wire(stranger(), rosas.id)
    answer = out.ask("sendings/", body(at, {"q18": "yes"}))
    assert (answer.status_code, answer.json()["problem"]) == (401, "sign_in")


def test_a_handheld_told_to_destroy_what_it_holds_hears_it_locked_and_signed_out_and_reports(rosas, bob, db, now, key):
    from fellwatch.foundation import sealed
    from fellwatch.handheld import actions, queries

    locked = Wire(stranger(), rosas.id)
    assert locked.ask("standing/", {}).json() == {"wipe": False, "because": ""}
    assert actions.ask_wipe(rosas.id, "Left in a taxi", by=bob, now=now)
    assert rosas.ask("sync/", {}).status_code == 410
    assert locked.ask("standing/", {}).json() == {"wipe": True, "because": "Left in a taxi"}
    envelope = sealed_to(key.with_name("public.pem"), {"kind": "form"})
    report = {"destroyed": [{"what": "Form", "where": "dash"}], "sealed": {"form 1": envelope}}
    for _ in range(2):
        assert locked.ask("wiped/", report).json() == {"done": True}
    pages = browser("control_supervisor")
    assert "HH-014" in pages.get("/handheld/devices/").content.decode()
    assert "It destroyed the following" in pages.get(f"/handheld/devices/{rosas.id}/").content.decode()
    assert pages.get(f"/handheld/devices/{rosas.id}/rescued/").content.count(b"sealed") == 1
    seen = queries.device(rosas.id, by=bob)
    assert (seen.state, len(seen.destroyed), seen.rescued) == ("wiped", 1, 1)
    ((record, stored),) = queries.rescued(rosas.id, by=bob)
    assert sealed.Opener(key, "a long passphrase").open(stored) == {"kind": "form"}
    assert record == "form 1"


def sealed_to(public, value, content=b""):
    """Seal as the handheld's own code does."""
    import base64
    import os

    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import padding
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key, nonce = os.urandom(32), os.urandom(12)
    oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
    wrapped = serialization.load_pem_public_key(public.read_bytes()).encrypt(key, oaep)
    plain = json.dumps(value).encode() + (b"\0" + content if content else b"")
    parts = {"key": wrapped, "nonce": nonce, "data": AESGCM(key).encrypt(nonce, plain, None)}
    return json.dumps({name: base64.b64encode(part).decode() for name, part in parts.items()})


def test_a_key_that_is_not_the_forces_opens_nothing(tmp_path, key):
    from fellwatch.foundation import sealed

    sealed.make_key(tmp_path / "other.pem", tmp_path / "other_public.pem", "")
    envelope = sealed_to(key.with_name("public.pem"), {"kind": "form"})
    with pytest.raises(sealed.CannotOpen):
        sealed.Opener(tmp_path / "other.pem", "").open(envelope)
    with pytest.raises(sealed.CannotOpen):
        sealed.Opener(key, "wrong")
    with pytest.raises(sealed.CannotOpen):
        sealed.Opener(key, "a long passphrase").open(envelope[:-9] + 'AAAAAA"}')


def test_nobody_is_wiped_without_a_reason_or_by_whoever_may_not(rosas, bob, charlie, db, now):
    from fellwatch.assessments.values import Invalid
    from fellwatch.foundation.access import Refused
    from fellwatch.handheld import actions

    with pytest.raises(Invalid):
        actions.ask_wipe(rosas.id, " ", by=bob, now=now)
    with pytest.raises(Refused):
        actions.ask_wipe(rosas.id, "Left in a taxi", by=charlie, now=now)


@pytest.mark.parametrize("path", ["sync/", "sendings/", "photographs/", "standing/", "wiped/", "enrol/"])
@pytest.mark.parametrize("data", ["", "{", "[]", "null", b"\xff\xfe", '{"clock": 3, "have": 1}'])
def test_nonsense_is_answered_with_what_to_do(rosas, path, data):
    answer = rosas.ask(path, data)
    assert answer.status_code in {200, 422}, answer.content
    assert answer.json().get("words", "x")


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("devices/", {"control_supervisor", "response_supervisor", "data_manager"}),
        ("differences/", {"call_taker", "control_supervisor", "response_officer", "response_supervisor", "help_desk"}),
    ],
)
def test_a_page_opens_for_the_roles_that_may_and_for_no_other(db, path, may):
    for role in ("call_taker", "control_supervisor", "response_officer", "response_supervisor", "help_desk", "auditor"):
        assert browser(role).get(f"/handheld/{path}").status_code == (200 if role in may else 403), role
    assert stranger().get(f"/handheld/{path}").status_code == 302


def test_the_page_itself_its_worker_and_its_manifest_are_the_same_for_everybody(db):
    for path in ("", "worker.js", "manifest.webmanifest"):
        mine, theirs = (client.get(f"/handheld/{path}").content for client in (browser("auditor"), stranger()))
        assert mine == theirs
    manifest = stranger().get("/handheld/manifest.webmanifest").json()
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}


SOME = uuid.UUID(int=0)
PAGES = ("devices/", f"devices/{SOME}/", f"devices/{SOME}/rescued/", "differences/", f"differences/{SOME}/")
SAID = ("enrol/", "sync/", "sendings/", "notes/", "photographs/", f"photographs/{SOME}/0/")
UNLOCKED = ("standing/", "wiped/")


def test_every_address_is_closed_to_a_stranger_and_to_somebody_without_a_role(db):
    for page in (*PAGES, f"photographs/{SOME}/"):
        assert stranger().get(f"/handheld/{page}").status_code == 302, page
        assert browser().get(f"/handheld/{page}").status_code == 403, page
    for path in (*SAID, *UNLOCKED):
        for client in (stranger(), browser()):
            answer = Wire(client).ask(path, {})
            assert answer.status_code in {401, 403, 422}, (path, answer.content)
            assert answer.json()["problem"] in {"sign_in", "refused", "not_enrolled", "invalid"}, path


def test_every_address_of_the_handheld_is_in_one_of_these_tests():
    from fellwatch.handheld.pages.urls import urlpatterns

    open_to_all = {"app", "worker", "manifest"}
    assert len(urlpatterns) == len(PAGES) + len(SAID) + len(UNLOCKED) + len(open_to_all) + 1


def test_forty_cards_cost_no_more_statements_than_one(alice, actor, now, db):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from fellwatch.contact import actions
    from fellwatch.handheld import queries
    from fellwatch.records.actions import NewPlace
    from tests.contact.calls import call

    rosa = actor("Rosa Pike", "response_officer", "")

    def cost(have):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = queries.day(have, [], by=rosa, now=now)
        return len(asked), found

    door(alice, now)
    _, first = cost({})
    one, _ = cost({card["id"]: card["mark"] for card in first.cards})
    for number in range(1, 8):
        place = NewPlace(house=str(number), street="Beck Lane", postcode="FZ1 1AB")
        actions.log_incident(call(now, place=place), by=alice, now=now)
    _, all = cost({})
    assert len(all.cards) == 8
    many, again = cost({card["id"]: card["mark"] for card in all.cards})
    assert again.cards == ()
    assert many == one
