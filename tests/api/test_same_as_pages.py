"""A call sent by machine and the same call typed on the page leave the same rows behind."""

import pytest

from tests.api import door

pytestmark = pytest.mark.database

THRIVE = {
    "threat": "Ex-partner outside, hammering on the door.",
    "engagement": "considered_none",
    "safeguarding_considered": "yes",
}
OUR_OWN = {
    "id",
    "number",
    "reference",
    "reference_key",
    "created_at",
    "received_at",
    "at",
    "xid",
    "actor",
    "actor_name",
    "purpose",
    "by_name",
}
TIMES = {"graded_at", "attend_by", "updated_at", "placed_at", "started_at", "due_at", "warn_at", "working"}
POINTERS = {"about", "person_id", "place_id", "incident_id", "duty_id", "by_id", "created_by", "subject_id", "people"}


def _by_machine(id):
    body = door.call(
        people=[
            {"role": "caller", "name": "Danielle Hewett", "phone": "07700 900142", "date_of_birth": "4 3 1991"},
            {"role": "suspect", "name": "Marc Oddie", "vulnerabilities": []},
        ],
        thrive={**THRIVE, "systems_checked": ["incidents", "markers", "children"]},
    )
    answer = door.machine(door.user("twin", "call_taker")).put(f"/incidents/{id}", body)
    assert answer.status_code == 201, answer.content


def _on_the_page(id):
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(door.user("twin", "call_taker"), backend="django.contrib.auth.backends.ModelBackend")
    typed = {
        "do": "send",
        "channel": "999",
        "opening_code": "domestic_incident",
        "summary": "He is back and shouting outside.",
        "qualifiers": ["domestic_abuse"],
        "caller_name": "Danielle Hewett",
        "caller_number": "07700 900142",
        "caller_born": "4 3 1991",
        "address": "14 Tarn Row",
        "postcode": "FZ1 1AA",
        "person-0-role": "suspect",
        "person-0-name": "Marc Oddie",
        "danger-suspect_present_or_returning": "yes",
        "danger-in_progress": "yes",
        "danger-domestic": "yes",
        "thrive-threat": THRIVE["threat"],
        "none-engagement": "on",
        "safeguarding_considered": "yes",
    }
    answer = client.post(f"/contact/calls/{id}/", typed)
    assert answer.status_code == 302, answer.content.decode()[:2000]


def _rows(send, by):
    """Send the call, take down every row of every room, and undo it all."""
    from django.apps import apps
    from django.db import transaction

    from fellwatch.foundation import access, ids

    with transaction.atomic():
        send(ids.new())
        with access.acting(by):
            rooms = ("records", "contact", "duties", "assessments", "recognition")
            models = [model for room in rooms for model in apps.get_app_config(room).get_models()]
            found = {model.__name__: _plain(model) for model in models}
        found["log"] = _logged(by)
        transaction.set_rollback(True)
    return found


def _plain(model):
    rows = [{k: v for k, v in row.items() if k not in OUR_OWN | TIMES | POINTERS} for row in model.objects.values()]
    return sorted(map(repr, rows))


def _logged(by):
    from fellwatch.foundation.audit import chain

    lines = [one for one in chain.lines(by=by, limit=500) if one.sentence != "accounts.key_issued"]
    return sorted((line.sentence, line.subject_kind, line.people, str(line.detail)) for line in lines)


def test_the_same_call_leaves_the_same_rows_and_the_same_log(db, bob):
    from dataclasses import replace

    from fellwatch.foundation.access.permissions import READ_LOG

    reader = replace(bob, permissions=bob.permissions | {READ_LOG})
    by_machine, on_the_page = _rows(_by_machine, reader), _rows(_on_the_page, reader)
    assert by_machine["Incident"]
    assert len(by_machine["PersonName"]) == 2
    for kind, rows in by_machine.items():
        assert rows == on_the_page[kind], kind
