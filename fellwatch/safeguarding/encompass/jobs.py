"""What happens after a commit: schools are told of children, mailed, reminded.

The process sees every compartment, so that no child is forgotten; what it makes of a hidden record is hidden too, and
waits for somebody cleared.
"""

import uuid
from dataclasses import replace

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fellwatch.foundation import clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.foundation.accounts import roles
from fellwatch.rules.vocabulary import Vocabulary
from fellwatch.safeguarding.encompass import actions

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=3)


def actor() -> Actor:
    """Return the process that tells schools."""
    known = policy.parsed("compartments", clock.london_date(clock.now()), Vocabulary)
    return replace(roles.system("school-notices"), compartments=frozenset(code.code for code in known.codes))


@app.task(name="safeguarding.children_at_risk", retry=AGAIN, pass_context=False)
def children_at_risk(incident: str, domestic: bool = False) -> None:
    """Make the notices that an incident asks for; asked for by whoever stores an incident, a part in it or a form."""
    actions.consider(uuid.UUID(incident), domestic=domestic, by=actor(), now=clock.now())


@app.task(name="safeguarding.school_answered", retry=AGAIN, pass_context=False)
def school_answered(notice: str) -> None:
    """Carry what a school or an education team did into the records."""
    actions.carry(uuid.UUID(notice), by=actor(), now=clock.now())


@app.task(name="safeguarding.recount_school", retry=AGAIN, pass_context=False)
def recount_school(establishment: str) -> None:
    """Reckon the times of a school again, whose calendar changed."""
    actions.recount(uuid.UUID(establishment), by=actor(), now=clock.now())


@app.task(name="safeguarding.mail_school", retry=AGAIN, pass_context=False)
def mail_school(notice: str, kind: str, key: str) -> None:
    """Mail that something waits, by the one door for mail."""
    actions.deliver(uuid.UUID(notice), kind, uuid.UUID(key), by=actor(), now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="safeguarding.chase_schools", queueing_lock="safeguarding.chase_schools", pass_context=False)
def chase_schools(timestamp: int) -> None:
    """Send what was held, remind, and say whom only a telephone still reaches in time."""
    actions.note_mail(by=actor(), now=clock.now())
    actions.chase(by=actor(), now=clock.now())
