"""Every write of the exchange: handing over, deciding on what arrives, and carrying messages both ways."""

from fellwatch.exchange.actions.deciding import decide
from fellwatch.exchange.actions.handing import hand_over, try_again, withdraw
from fellwatch.exchange.actions.peers import add_peer, close_peer
from fellwatch.exchange.actions.receiving import receive
from fellwatch.exchange.actions.speaking import answered_by_telephone, sent_by_mail

__all__ = [
    "add_peer",
    "answered_by_telephone",
    "close_peer",
    "decide",
    "hand_over",
    "receive",
    "sent_by_mail",
    "try_again",
    "withdraw",
]
