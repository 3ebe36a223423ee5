"""Help for victims: the quiet page's key, somebody who wrote on it, a bank that rang, a venue that asked for Angela."""

from datetime import datetime, time, timedelta

from django.conf import settings

from fellwatch.foundation import clock, ids, sealed
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts import roles
from fellwatch.safeguarding.helping import actions
from fellwatch.safeguarding.helping.values import NewActivation, Written

BANKS = (
    (23, "Fell & Tarn Bank, Carrowby branch", "8200", "courier", "stopped_arrest", "8200"),
    (16, "Fell & Tarn Bank, Skelmoss branch", "2450", "safe_account", "stopped", "2450"),
    (9, "Harbour Building Society, Furnholm", "12000", "romance", "paid", ""),
    (4, "Fell & Tarn Bank, Carrowby branch", "640", "trader", "stopped", "640"),
)
VENUES = (
    (20, "The Ferry Inn, Furnholm", "home_safe"),
    (11, "Nine Standards, Carrowby", "spoken_to"),
    (5, "The Ferry Inn, Furnholm", "arrest"),
)


def fill(*, by: Actor, now: datetime) -> int:
    """Add what the pages show; return how many things."""
    key = settings.FELLWATCH_QUIET_KEY
    if not key.exists():
        sealed.make_key(key, key.with_name("quiet_public.pem"), "")
    written = Written(
        id=ids.new(),
        means="text",
        reach="07700 900613",
        words="He counts the miles on the car and takes my bank card. I want to leave before Christmas.",
        password="marmalade",
        never="Never ring. Never come to the door.",
        from_time=time(9),
        to_time=time(14, 30),
        written_at=now - timedelta(minutes=25),
    )
    actions.take(written, by=roles.system("quiet-page"), now=now - timedelta(minutes=24))
    for bank in BANKS:
        _bank(by, now, *bank)
    for pub in VENUES:
        _venue(by, now, *pub)
    facts = {"at_risk": "3900", "method": "safe_account", "customer": "81, alone, still on the telephone with them."}
    venue = "Harbour Building Society, Carrowby"
    actions.activate(NewActivation("banking", venue, now - timedelta(minutes=12), "", facts), by=by, now=now)
    return len(BANKS) + len(VENUES) + 2


def _bank(by: Actor, now: datetime, days: int, venue: str, at_risk: str, method: str, outcome: str, got: str) -> None:
    told_at = _noon(now, days)
    new = NewActivation("banking", venue, told_at, "", {"at_risk": at_risk, "method": method})
    _through(new, outcome, got, by)


def _venue(by: Actor, now: datetime, days: int, venue: str, outcome: str) -> None:
    new = NewActivation(
        "angela", venue, _noon(now, days) - timedelta(hours=13), "", {"who": "By the bar, a green coat"}
    )
    _through(new, outcome, "", by)


def _through(new: NewActivation, outcome: str, stopped: str, by: Actor) -> None:
    at = new.told_at
    actions.activate(new, by=by, now=at)
    actions.arrive(new.id, at + timedelta(minutes=9 + at.day), by=by, now=at + timedelta(hours=1))
    words = "Seen, spoken to alone, and brought home by a friend."
    actions.conclude(new.id, outcome, words, stopped, "yes", by=by, now=at + timedelta(days=2))


def _noon(now: datetime, days: int) -> datetime:
    return clock.london(now - timedelta(days=days)).replace(hour=12, minute=10, second=0, microsecond=0)
