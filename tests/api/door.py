"""What the tests of the API share: somebody with a key, and a client that sends it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

CALL = {
    "channel": "999",
    "opening_code": "domestic_incident",
    "received_at": "2026-11-21T23:40:00+00:00",
    "summary": "He is back and shouting outside.",
    "qualifiers": ["domestic_abuse"],
    "caller_number": "07700 900142",
    "place": {"address": "14 Tarn Row", "postcode": "FZ1 1AA"},
    "people": [{"role": "caller", "name": "Danielle Hewett"}, {"role": "suspect", "name": "Marc Oddie"}],
    "dangers": {"suspect_present_or_returning": "yes", "in_progress": "yes", "domestic": "yes"},
    "thrive": {"threat": "Ex-partner outside, hammering on the door.", "engagement": "considered_none"},
}


@dataclass(frozen=True)
class Machine:
    """A program with a key."""

    key: str

    def send(self, method, path, body=None, **more):
        """Call the API and return the answer."""
        from django.test import Client

        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return Client(raise_request_exception=False, SERVER_NAME="localhost").generic(
            method, f"/api/v1{path}", headers=headers, **{"content_type": "", **data}, **more
        )

    def get(self, path):
        """Read."""
        return self.send("GET", path)

    def put(self, path, body=None):
        """Write under an id of our own."""
        return self.send("PUT", path, body)


def user(username, role, **values):
    """Make an account."""
    from fellwatch.foundation.accounts.models import User

    return User.objects.create(username=username, role=role, full_name=username.title(), **values)


def machine(holder, *, scopes=None, label="command and control", days=30, now=None):
    """Make a key for an account, good for its whole role unless scopes are given."""
    from fellwatch.foundation.accounts import actions, roles

    allowed = roles.actor(holder).permissions if scopes is None else scopes
    moment = now or datetime.now(UTC) - timedelta(seconds=1)
    by = roles.system("operator")
    key = actions.issue_key(holder.username, label=label, scopes=sorted(allowed), days=days, by=by, now=moment)
    return Machine(key)


def of_role(role, **values):
    """Make an account of a role, and its machine."""
    return machine(user(f"{role}.machine", role, **values))


def call(**values):
    """Return Danielle's call, received a minute ago, changed where `values` say."""
    received_at = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    return {**CALL, "received_at": received_at, **values}
