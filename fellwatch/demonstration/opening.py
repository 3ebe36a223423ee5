"""Bring the county into a working installation: rows, sign-ins, the index of people, the calls still open."""

from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TypeVar

import psycopg
from django.db import connections

from fellwatch.demonstration import (
    accounts,
    after_the_call,
    agencies,
    ahead,
    answering,
    conferences,
    crisis_care,
    decided,
    forces,
    helping,
    hub,
    live,
    loader,
    partners,
    protecting,
    reaching,
    reviewed,
    ruling,
    schools,
    surveys,
)
from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts import roles
from fellwatch.foundation.accounts.models import User
from fellwatch.foundation.database import hurrying, letting_go
from fellwatch.recognition import index, mapped

ACTOR = "demonstration"
Progress = Callable[[int, int], None]
T = TypeVar("T")


def begin(*, scale: float, seed: int) -> AbstractContextManager[loader.Begun]:
    """Begin to make the county's rows while the database is still made ready."""
    return loader.begin(scale=scale, seed=seed, now=clock.now(), by=roles.system(ACTOR), rule=ruling.ruler)


def steps(
    *, scale: float, seed: int, begun: loader.Begun | None = None, progress: Progress | None = None
) -> Iterator[str]:
    """Do one step after another, yielding what each did. What does not wait for anything else is done beside it."""
    by = roles.system(ACTOR)
    now = begun.county.setting.now if begun else clock.now()
    with hurrying.hurried():
        loaded = loader.load(
            _owner(), scale=scale, seed=seed, now=now, by=by, rule=ruling.ruler, begun=begun, progress=progress
        )
        if loaded.already:
            yield "The county is here already."
            return
        yield f"{sum(loaded.rows.values()):,} rows loaded."
        yield f"{accounts.create()} sign-ins ready."
        yield from _together(_index(progress), _past(by, seed, loaded.setting.now))
        opened = yield from _together(_calls(loaded, by, seed, progress), _followed(seed, loaded.setting.now))
    loader.say_opened(_owner(), by, opened)
    yield f"{opened} calls open on the board."


def _together(here: Generator[str, None, T], there: Iterator[str]) -> Generator[str, None, T]:
    """Do two lists of steps at once, the second in a process of its own; return what the first returns."""
    letting_go.everything()
    with ahead.made(_there(there)) as coming:
        returned = yield from here
        yield from coming
    return returned


def _there(steps: Iterator[str]) -> Iterator[str]:
    yield from steps
    letting_go.everything()


def _index(progress: Progress | None) -> Generator[str, None, None]:
    yield f"{index.rebuild(progress):,} people indexed."
    with mapped.building():
        mapped.write(by=roles.system("recognition-index"))


def _past(by: Actor, seed: int, now: datetime) -> Iterator[str]:
    """Do what asks nothing of the index of people, and is there before tonight's calls."""
    yield f"{agencies.fill(by=by)} partner agencies."
    yield f"{forces.fill(by=roles.system('exchange'), now=now)} forces to hand over to."
    yield f"{helping.fill(by=_user('hugh'), now=now)} messages for help and activations of schemes."
    asked = crisis_care.fill(by=by, adviser=_user("noor"), seed=seed, now=now)
    yield f"{asked} questions to the mental-health helpline."
    yield f"{after_the_call.fill(by=by, seed=seed, now=now)} incidents of domestic abuse attended."
    yield f"{protecting.open_cases(_user('nadia'), _user('vera'), now)} notices, orders and disclosure requests."
    yield f"{reaching.fill(officer=_user('nadia'), now=now)} rules of how people may be reached."
    yield f"{conferences.fill(now=now)} cases of the MARAC."
    yield f"{answering.fill(by=_user('rosa'), now=now)} suspects on bail, one of whom did not answer it."
    looked_at = reviewed.fill(by=by, supervisor=_user("theo"), seed=seed, now=now)
    yield f"{looked_at} forms looked at again in a year."


def _calls(loaded: loader.Loaded, by: Actor, seed: int, progress: Progress | None) -> Generator[str, None, int]:
    """Open tonight's calls, and do what looks at them; return how many there are."""
    now = loaded.setting.now
    opened = live.open_calls(loaded.calls, by=_user("alice"), now=now, progress=progress)
    yield f"{partners.bring(by=_user('mina'), seed=seed, now=now)} records of children's social care."
    raised = hub.fill(_user("rosa"), _user("maya"), {code: _user(name) for code, name in hub.ANSWER}, now)
    yield f"{raised} contacts with the safeguarding hub."
    yield f"{schools.fill(by=by, officer=_user('nadia'), seed=seed, now=now)} notices to schools."
    yield f"{decided.fill(by=_user('alice'), now=now)} things the room is in the middle of."
    return opened


def _followed(seed: int, now: datetime) -> Iterator[str]:
    """Do what follows from incidents that are closed."""
    waiting = after_the_call.hand_in(by=_user("rosa"), now=now)
    people = {"officer": _user("rosa"), "supervisor": _user("sam"), "reviewer": _user("gwen")}
    yield f"{waiting + reviewed.queue(**people, now=now)} forms of the last days waiting."
    callers = {"plain-questions": _user("sylvie"), "linden-centre": _user("tamsin")}
    asked_of = surveys.fill(surveys.People(_user("theo"), _user("gwen"), callers), seed=seed, now=now)
    yield f"{asked_of} victims put on a surveyor's list."


def _owner() -> psycopg.Connection:
    connections["owner"].ensure_connection()
    found: psycopg.Connection = connections["owner"].connection
    return found


def _user(username: str) -> Actor:
    return roles.actor(User.objects.get(username=username))
