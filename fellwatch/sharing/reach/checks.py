"""What must be right before something is noted of how to reach somebody: each problem beside its field."""

import re
import uuid
from dataclasses import dataclass
from datetime import date, datetime, time

from fellwatch.foundation import clock
from fellwatch.recognition import phones
from fellwatch.sharing import safe
from fellwatch.sharing.checks import Invalid, unfit
from fellwatch.sharing.reach.values import HOW, MET, NUMBERS, SAYS, WAYS, NewRule

SHORTEST = 10
CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)(?::00)?", re.ASCII)
FIRST = (
    "Look at How to reach them first. If it was done already, say so in the incident's log: it may have put them in "
    "danger."
)
TEXTS = ("address", "said_by_name", "because", "words", "password", "if_other", "kept_from")


@dataclass(frozen=True)
class Read:
    """What was typed, read: whether it is safe, and when."""

    allowed: bool
    from_time: time | None
    to_time: time | None
    from_date: date
    to_date: date | None


def read(new: NewRule, now: datetime) -> Read:
    """Read what was typed, or raise Invalid with every problem."""
    problems = _way(new) | _source(new) | unfit({name: str(getattr(new, name)) for name in TEXTS})
    today = clock.london_date(now)
    start, end = _time(new.from_time, "from_time", problems), _time(new.to_time, "to_time", problems)
    if bool(new.from_time.strip()) != bool(new.to_time.strip()):
        problems["to_time" if new.from_time.strip() else "from_time"] = "Give both times, or neither for any hour."
    elif start and start == end:
        problems["to_time"] = "These are the same time. Leave both empty for any hour."
    if (start or end) and new.allowed == "no":
        problems.setdefault("from_time", "What is not safe is not safe at any hour. Note the safe hours as a safe way.")
    began = _day(new.from_date, "from_date", problems) or today
    until = _day(new.to_date, "to_date", problems)
    if until and until <= max(began, today):
        problems["to_date"] = "Give a day that is still to come, after it begins."
    if problems:
        raise Invalid(problems)
    return Read(new.allowed == "yes", start, end, began, until)


def _way(new: NewRule) -> dict[str, str]:
    problems: dict[str, str] = {}
    if new.channel not in WAYS:
        problems["channel"] = "Choose the way."
    if new.allowed not in {"yes", "no"}:
        problems["allowed-1"] = "Say whether it is safe."
    wrong = address_problem(new.channel, new.address)
    if wrong and (new.address.strip() or new.allowed == "yes"):
        problems["address"] = wrong
    return problems


def address_problem(channel: str, address: str) -> str:
    """Return what is wrong with a number or an address; empty for none."""
    if not address.strip():
        return "Give the number or address that it is about: only that one is safe."
    if channel in NUMBERS:
        number = phones.read(address)
        return "" if isinstance(number, str) and number else "Give a telephone number, like 07700 900123."
    if channel == "mail" and "@" not in address.strip().strip("@"):
        return "Give an e-mail address, like name@example.com."
    return ""


def unsafe(person_id: uuid.UUID, how: str, to: str, at: datetime) -> dict[str, str]:
    """Return why they must not be reached so at that time, beside the fields `means` and `to`; empty where they may.

    Whoever records a call, a text, a letter or a visit asks this first, within what the actor may read.
    """
    if how not in HOW:
        return {"means": "Choose how."}
    if how in MET:
        return unfit({"to": to})
    wrong = address_problem(how, to)
    if wrong:
        return {"to": "Give the number or address that was used." if not to.strip() else wrong}
    why = safe.why_not(person_id, how, to, at)
    return {"to": f"{why} {FIRST}"} if why else {}


def _source(new: NewRule) -> dict[str, str]:
    if new.said_by not in SAYS:
        return {"said_by-1": "Say who says so."}
    if new.said_by == "agency" and not new.said_by_name.strip():
        return {"said_by_name": "Name the agency, and who there said it."}
    if new.said_by == "officer" and len(new.because.strip()) < SHORTEST:
        return {"because": "Say why, in a sentence that somebody else can judge."}
    return {}


def _time(text: str, field: str, problems: dict[str, str]) -> time | None:
    if not text.strip():
        return None
    found = CLOCK.fullmatch(text.strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        problems[field] = "Give a time of day, such as 09:30."
        return None
    return time(int(found[1]), int(found[2]))


def _day(text: str, field: str, problems: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        problems[field] = "Give the day, such as 16/10/2026."
        return None
