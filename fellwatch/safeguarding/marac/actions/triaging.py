"""A panel of partners decides on a police referral; what it turned down can come back; anything can be withdrawn."""

import uuid
from datetime import datetime

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.safeguarding.marac import law
from fellwatch.safeguarding.marac.access import WRITE
from fellwatch.safeguarding.marac.actions import placing, steps
from fellwatch.safeguarding.marac.values import Invalid, Triaged

LEAST = 20


def triage(referral_id: uuid.UUID, new: Triaged, *, by: Actor, now: datetime) -> None:
    """Keep what the panel decided, who sat on it and why. Whoever referred reads it, and so does the log."""
    access.check(by, WRITE)
    with access.acting(by):
        row = steps.turn(referral_id)
        rule = law.conference(clock.london_date(row.referred_at))
        outcome, problems = rule.outcome(new.outcome), {}
        panel = sorted({one.strip() for one in new.panel if one.strip()})
        if row.state != "to_triage":
            problems["outcome-1"] = "A repeat and a partner's referral cannot be triaged; or somebody has decided."
        if outcome is None:
            problems["outcome-1"] = "Choose what the panel decided."
        if len(panel) < rule.panel_at_least:
            problems["panel"] = f"A panel needs {rule.panel_at_least} agencies: tick who sat on it."
        because = new.because.strip()
        if len(because) < LEAST:
            problems["because"] = "Write the panel's reasons, so that whoever referred can judge them."
        if problems or outcome is None:
            raise Invalid(problems)
        because = steps.words(because, "because", "", least=0)
        state = steps.step(row, "hear" if outcome.heard else "turn_down")
        steps.move(
            row,
            state,
            "outcome-1",
            triage_outcome=outcome.id,
            triage_because=because,
            triage_panel=panel,
            triaged_at=now,
        )
        steps.tell(row, "triaged", f"{outcome.label}. {because} {outcome.owes}".strip(), by=by, at=now)
        steps.logged("triaged", row, by=by, outcome=outcome.id, panel=len(panel))
        if outcome.heard:
            placing.accepted(row, by=by, now=now, why="The panel wants it heard.")


def reopen(referral_id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> None:
    """Bring a referral before the conference after all that a panel turned down."""
    access.check(by, WRITE)
    why = steps.words(because, "because", "Say what has changed.", least=10)
    with access.acting(by):
        row = steps.turn(referral_id)
        steps.move(row, steps.step(row, "reopen"), "because")
        placing.accepted(row, by=by, now=now, why=f"Brought back: {why}")
        steps.logged("reopened", row, by=by)


def withdraw(referral_id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> None:
    """Withdraw a referral made by mistake; it stays readable, and no longer counts as one."""
    access.check(by, WRITE)
    why = steps.words(because, "because", "Say why: a mistake, a second sending of the same.", least=10)
    with access.acting(by):
        row = steps.turn(referral_id)
        steps.move(row, steps.step(row, "withdraw"), "because")
        steps.tell(row, "withdrawn", why, by=by, at=now)
        steps.logged("withdrawn", row, by=by)
