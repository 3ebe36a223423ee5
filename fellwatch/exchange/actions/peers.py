"""Whom this installation exchanges with: a force, its address, the keys it signs with."""

from urllib.parse import urlsplit

from fellwatch.exchange import keys
from fellwatch.exchange.access import CARRY
from fellwatch.exchange.models import Peer
from fellwatch.exchange.values import Invalid
from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor

NEAR = frozenset({"localhost", "127.0.0.1", "::1"})
MOST_KEYS = 2


def add_peer(
    force: str, name: str, *, by: Actor, address: str = "", key: str = "", mail: str = "", telephone: str = ""
) -> None:
    """Add a force, or correct what is known of it. A second key stands beside the first until the next replaces it.

    Raises Invalid where an address is neither https nor on this machine, or where a key cannot be read.
    """
    access.check(by, CARRY)
    if problems := _problems(force, name, address, key, mail):
        raise Invalid(problems)
    with access.acting(by):
        known = Peer.objects.filter(force=force).first()
        held = [one for one in known.keys if one != key] if known else []
        signing = ([key] if key else []) + held
        Peer.objects.update_or_create(
            force=force,
            defaults={
                "name": name, "address": address.rstrip("/"), "keys": signing[:MOST_KEYS], "mail": mail,
                "telephone": telephone, "closed": False,
            },
        )  # fmt: skip
        audit.record(by=by, action="alteration", sentence="exchange.peer_set", subject=("force", force))


def close_peer(force: str, *, by: Actor) -> bool:
    """Stop exchanging with a force: its messages are refused from now. Return False where it was closed already."""
    access.check(by, CARRY)
    with access.acting(by):
        closed = Peer.objects.filter(force=force, closed=False).update(closed=True)
        if closed:
            audit.record(by=by, action="alteration", sentence="exchange.peer_closed", subject=("force", force))
        return bool(closed)


def _problems(force: str, name: str, address: str, key: str, mail: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if not force.strip() or not name.strip():
        found["force"] = "Give the force's code and its name."
    parts = urlsplit(address)
    if address and not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in NEAR)):
        found["address"] = "The address starts with https://: what is told must not be read on its way."
    if mail and "@" not in mail:
        found["mail"] = "This is no mail address."
    try:
        if key:
            keys.read(key)
    except keys.NoKey as wrong:
        found["key"] = str(wrong)
    return found
