"""Put words beside a question whose answers come back too often; take them away again. Each stays with its dates."""

import uuid
from datetime import datetime

from fellwatch.assessments.access import PROMPT
from fellwatch.assessments.instruments import edition_of
from fellwatch.assessments.models import Prompt
from fellwatch.assessments.values import Invalid, NewPrompt
from fellwatch.foundation import access, audit, clock, once
from fellwatch.foundation.access import Actor

SHORTEST, LONGEST = 10, 300


def add_prompt(new: NewPrompt, *, by: Actor, now: datetime) -> uuid.UUID:
    """Show words beside a question from now, on desks and handhelds. Sent twice, they stand once."""
    access.check(by, PROMPT)
    with access.acting(by):
        once.only(new.id)
        if Prompt.objects.filter(id=new.id).exists():
            return new.id
        if problems := _problems(new, now):
            raise Invalid(problems)
        Prompt.objects.create(
            id=new.id,
            instrument=new.instrument,
            question=new.question,
            words=new.words.strip(),
            because=new.because.strip(),
            from_at=now,
            by_id=by.id,
            by_name=by.name,
        )
        _logged("prompt_added", new.id, f"{new.instrument}.{new.question}", by=by)
    return new.id


def end_prompt(prompt_id: uuid.UUID, because: str, *, by: Actor, now: datetime) -> None:
    """Take a prompt away, with the reason. Said twice, it ends once."""
    access.check(by, PROMPT)
    if len(because.strip()) < SHORTEST:
        raise Invalid({f"because-{prompt_id}": "Say in a sentence why it goes."})
    with access.acting(by):
        ended = Prompt.objects.filter(id=prompt_id, ended_at__isnull=True)
        if ended.update(ended_at=now, ended_because=because.strip()[:LONGEST]):
            _logged("prompt_ended", prompt_id, "", by=by)


def _problems(new: NewPrompt, now: datetime) -> dict[str, str]:
    problems = {}
    asked = edition_of(new.instrument, clock.london_date(now)).instrument if new.instrument else None
    if asked is None or new.question not in {one.id for one in asked.questions}:
        problems["question"] = "Choose the question it stands beside."
    elif Prompt.objects.filter(instrument=new.instrument, question=new.question, ended_at__isnull=True).exists():
        problems["question"] = "A prompt stands there already. Take that away first, so that each can be judged."
    if not SHORTEST <= len(new.words.strip()) <= LONGEST:
        problems["words"] = f"Write what the officer is to think of, in {SHORTEST} to {LONGEST} characters."
    if len(new.because.strip()) < SHORTEST:
        problems["because"] = "Say what is wrong with the answers that come now."
    return problems


def _logged(what: str, prompt_id: uuid.UUID, question: str, *, by: Actor) -> None:
    audit.record(
        by=by,
        action="alteration",
        sentence=f"assessments.{what}",
        subject=("prompt", prompt_id),
        detail={"question": question},
    )
