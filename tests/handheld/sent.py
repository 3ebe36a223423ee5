"""Sendings for tests: Rosa at Danielle's door."""

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

DEVICE = uuid.UUID(int=7)
TOKEN = "k" * 44


@dataclass(frozen=True)
class Door:
    """Danielle's home at two in the morning, as the control room logged it."""

    incident: uuid.UUID
    danielle: uuid.UUID
    marc: uuid.UUID


def door(alice: Any, now: Any) -> Door:
    """Log the call of the story."""
    from fellwatch.contact import actions
    from fellwatch.foundation import access
    from fellwatch.records.models import IncidentPerson
    from tests.contact.calls import call

    logged = actions.log_incident(call(now), by=alice, now=now)
    with access.acting(alice):
        parts = dict(IncidentPerson.objects.filter(incident_id=logged.incident_id).values_list("role", "person_id"))
    return Door(logged.incident_id, parts["caller"], parts["suspect"])


def body(
    at: Door, answers: dict[str, Any], *, seen: int = 0, finished: bool = False, id: Any = None, **other: Any
) -> str:
    """Return a sending as a handheld writes it."""
    data = {
        "id": str(id or uuid.uuid4()),
        "form": str(uuid.UUID(int=1)),
        "incident": str(at.incident),
        "person": str(at.danielle),
        "instrument": "dash",
        "version": 1,
        "variant": "",
        "finished": finished,
        "changes": [{"question": name, "answer": answer, "seen": seen} for name, answer in answers.items()],
    }
    return json.dumps(data | other)


def receive(written: str, *, by: Any, now: Any, times: Any = None) -> Any:
    """Send it."""
    from fellwatch.assessments.sendings import actions, reading

    return actions.receive(reading.read(written), times or {}, device_id=DEVICE, by=by, now=now)


class Wire:
    """A handheld as the server hears it."""

    def __init__(self, client, id=None):
        self.client, self.id = client, id or uuid.uuid4()

    def ask(self, path, data, token=TOKEN, **clock):
        said = {"at": datetime.now(UTC).timestamp() * 1000, "running": 1000, "start": "a", **clock}
        return self.client.post(
            f"/handheld/{path}",
            data if isinstance(data, str | bytes) else json.dumps({"clock": said, **data}),
            content_type="application/json",
            headers={"X-Handheld": str(self.id), "X-Handheld-Key": token, "X-Handheld-Clock": json.dumps(said)},
        )

    def enrol(self, name="HH-014"):
        return self.ask("enrol/", {"name": name})
