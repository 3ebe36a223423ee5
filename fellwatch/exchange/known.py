"""The keys by which another force is known. Read inside the transaction of whoever checks a signature."""

from fellwatch.exchange.models import Peer


def keys_of(force: str) -> list[str]:
    """Return the keys a force signs with; none where we do not exchange with it."""
    found = Peer.objects.filter(force=force, closed=False).values_list("keys", flat=True).first()
    return list(found or [])
