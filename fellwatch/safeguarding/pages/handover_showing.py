"""Handovers in the words that pages show."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from fellwatch.duties.queries import DutyView
from fellwatch.exchange import contents, life
from fellwatch.exchange.values import Counted, HandoverView, MessageView, PeerView
from fellwatch.foundation import clock
from fellwatch.safeguarding.pages import showing

COLOURS = {"accepted": "green", "refused": "red", "returned": "yellow", "waiting": "orange", "reached": "blue"}
KINDS = {"handover": "Handed over", "answer": "Answer", "withdrawal": "Taken back"}
STATES = {"waiting": "not there yet", "arrived": "arrived", "refused": "turned away"}
OURS = "Waits for our answer"


def listed(one: HandoverView, clocks: Sequence[DutyView], now: datetime) -> dict[str, object]:
    """Return one line of the list: who, between whom, how it stands, and what is due next."""
    due = next((duty for duty in clocks if duty.state in {"open", "late"} and duty.due_at), None)
    return {
        "href": reverse("safeguarding:handover", args=[one.id]),
        "name": one.name,
        "between": between(one),
        "state": standing(one),
        "colour": COLOURS.get(one.state, ""),
        "trouble": one.trouble,
        "risk": one.contents.get("risk", "").split("\n")[0][:200],
        "clock": showing.clock(due, now) if due else None,
        "made_at": one.made_at,
        "by": one.made_by_name,
        "ours": ours(one),
    }


def between(one: HandoverView) -> str:
    """Say which way a handover goes."""
    return f"to {one.force_name}" if one.direction == "sent" else f"from {one.force_name}"


def standing(one: HandoverView) -> str:
    """Say how a handover stands, as whoever must act reads it."""
    return OURS if one.direction == "received" and one.state == "reached" else life.WORDS[one.state]


def ours(one: HandoverView) -> bool:
    """Whether the next step is this force's."""
    return one.state in ({"waiting", "returned"} if one.direction == "sent" else {"reached"})


def told(one: HandoverView, now: datetime) -> list[tuple[str, str]]:
    """Return exactly what was told, in the order of the fields."""
    known = [code.code for code in contents.fields(now)]
    rank = {code: at for at, code in enumerate(known)}
    names = sorted(one.contents, key=lambda code: (rank.get(code, len(known)), code))
    return [(contents.label(name, now), one.contents[name]) for name in names]


def story(one: HandoverView) -> list[dict[str, object]]:
    """Return every message, newest first, with its proof."""
    return [_line(message) for message in reversed(one.messages)]


def _line(message: MessageView) -> dict[str, object]:
    way = "sent" if message.direction == "out" else "received"
    tried = (
        f" Tried {message.tries} times, last at {clock.london(message.tried_at):%H:%M}."
        if message.state == "waiting" and message.tried_at
        else ""
    )
    proof = f"Fingerprint of what it says: {message.digest[:16]}."
    return {
        "title": f"{KINDS[message.kind]}, {way}: {STATES[message.state]}",
        "by": f"version {message.revision}",
        "at": message.arrived_at or message.made_at,
        "text": f"{message.problem}{tried} {proof}".strip(),
        "kind": "warning" if message.problem else "",
        "points": (),
    }


def measured(found: Counted) -> dict[str, object]:
    """Return how handovers went, with words and parts of a bar over 300."""
    waiting = found.sent - found.accepted - found.refused - found.returned
    counts = (("met", "Taken over", found.accepted), ("late", "Refused", found.refused),
              ("late-met", "Sent back", found.returned), ("running", "No answer yet", waiting))  # fmt: skip
    left, parts = 0.0, []
    for kind, words, count in counts:
        width = round(300 * count / found.sent, 1) if found.sent else 0.0
        parts.append({"kind": kind, "words": words, "count": count, "left": round(left, 1), "width": width})
        left += width
    return {
        "sent": found.sent,
        "words": f"{found.sent} handed over in the last year: {found.reached} known to be there, "
        f"{found.answered} answered.",
        "parts": parts,
        "reach": span(found.minutes_to_reach),
        "answer": span(found.minutes_to_answer),
    }


def span(minutes: float | None) -> str:
    """Say a span as people do."""
    if minutes is None:
        return "none yet"
    if minutes < 1:
        return "under a minute"
    return f"{minutes:.0f} min" if minutes < 120 else f"{minutes / 60:.1f} h"


def peers(found: Sequence[PeerView]) -> list[dict[str, str]]:
    """Return the forces, and how each is reached."""
    return [
        {
            "name": one.name,
            "how": "By the exchange" if one.connected else "By secure mail only",
            "telephone": one.telephone,
            "fingerprint": ", ".join(one.fingerprints),
        }
        for one in found
    ]
