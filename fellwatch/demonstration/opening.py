"""Bring the county into a working installation: rows, sign-ins, the index of people, the calls still open."""

from collections.abc import Callable, Iterator
from datetime import datetime

import psycopg
from django.db import connections

from fellwatch.demonstration import (
    accounts,
    after_the_call,
    agencies,
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
from fellwatch.recognition import index, mapped

ACTOR = "demonstration"
Progress = Callable[[int, int], None]


def steps(*, scale: float, seed: int, now: datetime | None = None, progress: Progress | None = None) -> Iterator[str]:
    """Do one step after another, yielding what each did."""
    by = roles.system(ACTOR)
    loaded = loader.load(
        _owner(), scale=scale, seed=seed, now=now or clock.now(), by=by, rule=ruling.ruler, progress=progress
    )
    if loaded.already:
        yield "The county is here already."
        return
    yield f"{sum(loaded.rows.values()):,} rows loaded."
    yield f"{accounts.create()} sign-ins ready."
    yield f"{index.rebuild(progress):,} people indexed."
    with mapped.building():
        mapped.write(by=roles.system("recognition-index"))
    opened = live.open_calls(loaded.calls, by=_user("alice"), now=loaded.setting.now, progress=progress)
    yield f"{agencies.fill(by=by)} partner agencies."
    yield f"{forces.fill(by=roles.system('exchange'), now=loaded.setting.now)} forces to hand over to."
    yield f"{helping.fill(by=_user('hugh'), now=loaded.setting.now)} messages for help and activations of schemes."
    asked = crisis_care.fill(by=by, adviser=_user("noor"), seed=seed, now=loaded.setting.now)
    yield f"{asked} questions to the mental-health helpline."
    brought = partners.bring(by=_user("mina"), seed=seed, now=loaded.setting.now)
    yield f"{brought} records of children's social care."
    attended = after_the_call.fill(by=by, seed=seed, now=loaded.setting.now)
    cases = protecting.open_cases(_user("nadia"), _user("vera"), loaded.setting.now)
    yield f"{cases} notices, orders and disclosure requests."
    rules = reaching.fill(officer=_user("nadia"), now=loaded.setting.now)
    yield f"{rules} rules of how people may be reached."
    heard = conferences.fill(now=loaded.setting.now)
    yield f"{heard} cases of the MARAC."
    partners_of = {code: _user(name) for code, name in hub.ANSWER}
    raised = hub.fill(_user("rosa"), _user("maya"), partners_of, loaded.setting.now)
    yield f"{raised} contacts with the safeguarding hub."
    bailed = answering.fill(by=_user("rosa"), now=loaded.setting.now)
    yield f"{bailed} suspects on bail, one of whom did not answer it."
    waiting = after_the_call.hand_in(by=_user("rosa"), now=loaded.setting.now)
    yield f"{attended} incidents of domestic abuse attended, {waiting} forms waiting for review."
    looked_at = reviewed.fill(by=by, supervisor=_user("theo"), seed=seed, now=loaded.setting.now)
    people = {"officer": _user("rosa"), "supervisor": _user("sam"), "reviewer": _user("gwen")}
    queued = reviewed.queue(**people, now=loaded.setting.now)
    yield f"{looked_at} forms looked at again in a year, {queued} of the last days waiting."
    told = schools.fill(by=by, officer=_user("nadia"), seed=seed, now=loaded.setting.now)
    yield f"{told} notices to schools."
    callers = {"plain-questions": _user("sylvie"), "linden-centre": _user("tamsin")}
    asked_of = surveys.fill(surveys.People(_user("theo"), _user("gwen"), callers), seed=seed, now=loaded.setting.now)
    yield f"{asked_of} victims put on a surveyor's list."
    begun = decided.fill(by=_user("alice"), now=loaded.setting.now)
    yield f"{begun} things the room is in the middle of."
    loader.say_opened(_owner(), by, opened)
    yield f"{opened} calls open on the board."


def _owner() -> psycopg.Connection:
    connections["owner"].ensure_connection()
    found: psycopg.Connection = connections["owner"].connection
    return found


def _user(username: str) -> Actor:
    return roles.actor(User.objects.get(username=username))
