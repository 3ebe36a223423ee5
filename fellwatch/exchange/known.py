"""The keys by which another force is known."""

from fellwatch.exchange.access import CARRY
from fellwatch.exchange.models import Peer
from fellwatch.foundation import access
from fellwatch.foundation.access import Actor


@access.reads
def keys_of(force: str, *, by: Actor) -> list[str]:
    """Return the keys a force signs with; none where we do not exchange with it."""
    access.check(by, CARRY)
    found = Peer.objects.filter(force=force, closed=False).values_list("keys", flat=True).first()
    return list(found or [])
