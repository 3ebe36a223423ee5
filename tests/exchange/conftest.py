"""Two keys: ours, and that of Eastmere, a force that exists only here."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

EASTMERE = "E99000001"


@pytest.fixture
def carrier(database):
    from fellwatch.foundation.accounts import roles

    return roles.system("exchange")


@pytest.fixture
def ours(settings_key):
    from fellwatch.exchange import keys

    return keys.make(settings_key)


@pytest.fixture
def settings_key(database, tmp_path, monkeypatch):
    from django.conf import settings

    path = tmp_path / "exchange_key.pem"
    monkeypatch.setattr(settings, "FELLWATCH_EXCHANGE_KEY", path)
    return path


@pytest.fixture
def theirs():
    return Ed25519PrivateKey.generate()


@pytest.fixture
def eastmere(db, ours, theirs, carrier):
    """Eastmere Constabulary exchanges with us; nothing answers at its address."""
    from fellwatch.exchange import actions, keys

    actions.add_peer(
        EASTMERE, "Eastmere Constabulary", address="http://127.0.0.1:9", key=keys.text_of(theirs.public_key()),
        mail="handover@eastmere.example", telephone="01632 960900", by=carrier,
    )  # fmt: skip
    return EASTMERE


@pytest.fixture
def written(eastmere, theirs):
    """Return a maker of messages as Eastmere would sign them: written("handover", {...}, handover=..., revision=1)."""
    from fellwatch.exchange import envelope
    from fellwatch.exchange.envelope import Letter
    from fellwatch.foundation import ids

    def make(kind, body, *, now, handover=None, revision=1, id=None, to="X23000099", key=None, signed_at=None):
        letter = Letter(id or ids.new(), kind, EASTMERE, to, handover or ids.new(), revision, now, body)
        return letter, envelope.seal(letter, now=signed_at or now, key=key or theirs)

    return make


TOLD = {
    "name": "Wanda Testcase",
    "part": "victim",
    "address": "4 Sample Street, Mereford",
    "what_happened": "Pushed on the promenade by her partner at 22:10.",
    "risk": "High: he follows her, and a new baby.",
    "outstanding": "Arrest him; her sister drives her home tonight.",
    "officer": "Sergeant Pell, 01632 960901",
}
WHY = "She goes home tonight, where only her own force can protect her."


@pytest.fixture
def told():
    return dict(TOLD)
