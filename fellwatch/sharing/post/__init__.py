"""How a message leaves the house: by SMTP, by GOV.UK Notify, or not at all where neither is set.

A carrier raises `Bounced` where the mailbox will never take it, `Later` where it may in a while.
"""

from typing import Protocol

from django.conf import settings

from fellwatch.sharing.post.troubles import Bounced, Held, Later

__all__ = ["Bounced", "Carrier", "Held", "Later", "carrier"]


class Carrier(Protocol):
    """What takes a message away."""

    def send(self, id: str, channel: str, address: str, subject: str, text: str) -> str:
        """Hand over one message; return what the carrier calls it."""

    def standing(self, provider_id: str) -> str:
        """Return what became of it: sent, bounced, or empty where the carrier does not say."""


def carrier() -> Carrier:
    """Return the carrier that this installation uses."""
    match settings.FELLWATCH_POST:
        case "smtp":
            from fellwatch.sharing.post.smtp import Smtp

            return Smtp()
        case "notify":
            from fellwatch.sharing.post.notify import Notify

            return Notify()
        case _:
            from fellwatch.sharing.post.nobody import Nobody

            return Nobody()
