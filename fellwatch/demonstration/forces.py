"""Other forces: every one by secure mail, as nothing of theirs answers here; and an invented one that hands over."""

import contextlib
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from fellwatch.exchange import actions, envelope, keys
from fellwatch.exchange.envelope import Letter
from fellwatch.foundation import ids
from fellwatch.foundation.access import Actor
from fellwatch.records.geography.facts import facts

INVENTED = "E99000001"
TOLD = {
    "name": "Joanna Harkstone",
    "born": "14 Mar 1991",
    "sex": "female",
    "part": "victim",
    "address": "7 Weir Bank, Skelmoss",
    "safe_contact": "Ring her sister on 07700 900451. He answers her own telephone.",
    "what_happened": "At a hotel in Eastmere her partner held her by the throat. She went home by train, alone.",
    "risk": "High, by the domestic abuse checklist: strangulation, jealousy, a separation last month.",
    "others": "Her partner: suspect, not found",
    "done": "Statement and photographs taken. He is circulated as wanted.",
    "outstanding": "A visit tonight. Locks, and a word with her employer, where he has waited before.",
    "meeting_owner": "You, as she lives with you",
    "officer": "Detective Sergeant Moor, Eastmere, 01632 960901, day and night",
}


def fill(*, by: Actor, now: datetime) -> int:
    """Add the forces and what one of them handed over; return how many forces."""
    if not settings.FELLWATCH_EXCHANGE_KEY.exists():
        with contextlib.suppress(FileExistsError):
            keys.make(settings.FELLWATCH_EXCHANGE_KEY)
    forces = {code: name for code, name in facts().forces.items() if code != settings.FELLWATCH_FORCE}
    for code, name in forces.items():
        actions.add_peer(code, name, by=by)
    _handed_over(by, now)
    return len(forces) + 1


def _handed_over(by: Actor, now: datetime) -> None:
    """Let an invented force hand somebody over, with a key that is thrown away: nothing answers there."""
    theirs = Ed25519PrivateKey.generate()
    actions.add_peer(
        INVENTED, "Eastmere Constabulary", key=keys.text_of(theirs.public_key()), mail="desk@eastmere.example",
        telephone="01632 960900", by=by,
    )  # fmt: skip
    necessity = "She is at home in your area, alone, and he knows the address."
    body = {"contents": TOLD, "necessity": necessity, "by": "Detective Sergeant Moor"}
    made_at = now - timedelta(hours=2)
    letter = Letter(ids.new(), "handover", INVENTED, settings.FELLWATCH_FORCE, ids.new(), 1, made_at, body)
    actions.receive(envelope.seal(letter, now=made_at, key=theirs), by=by, now=made_at)
