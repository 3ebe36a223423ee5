"""What is made of the answers: themes marked by somebody who reads them, and what is changed because of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from fellwatch.foundation import access, audit, clock, ids, once, plain
from fellwatch.foundation.access import Actor
from fellwatch.orders.values import Invalid
from fellwatch.records.queries import Missing
from fellwatch.surveys import law
from fellwatch.surveys.access import CODE
from fellwatch.surveys.models import Answers, Change

SHORTEST, LONGEST = 10, 2_000


@dataclass(frozen=True)
class NewChange:
    """What is to change, because of which theme, by whom and until when."""

    group: str
    theme: str
    words: str
    owner: str
    due_date: date | None
    id: uuid.UUID = field(default_factory=ids.new)


def mark_themes(answers_id: uuid.UUID, themes: Sequence[str], *, by: Actor, now: datetime) -> None:
    """Mark the themes in what somebody said; none is a judgement too. Marked anew, the last marks hold."""
    access.check(by, CODE)
    with access.acting(by):
        once.only(answers_id)
        known = {one.code for one in law.codes(law.THEMES, now)}
        if set(themes) - known:
            raise Invalid({"themes": "Choose from the list."})
        marked = Answers.objects.filter(id=answers_id).update(
            themes=sorted(set(themes)), read_at=now, read_by_name=by.name
        )
        if not marked:
            raise Missing("These answers were taken back.")
        audit.record(
            by=by, action="alteration", sentence="surveys.themes_marked", subject=("answers", answers_id),
            detail={"themes": sorted(set(themes))},
        )  # fmt: skip


def add_change(new: NewChange, *, by: Actor, now: datetime) -> uuid.UUID:
    """Note what is to change because of what victims said. Sent twice, it is noted once."""
    access.check(by, CODE)
    with access.acting(by):
        once.only(new.id)
        if Change.objects.filter(id=new.id).exists():
            return new.id
        problems: dict[str, str] = {}
        if new.group not in law.groups():
            problems["group"] = "Choose the group."
        if new.theme not in {one.code for one in law.codes(law.THEMES, now)}:
            problems["theme"] = "Choose what victims said that leads to this."
        ask = "Say what will be different, in a sentence that somebody else can judge."
        if wrong := plain.needed(new.words, ask, LONGEST, SHORTEST):
            problems["words"] = wrong
        if wrong := plain.needed(new.owner, "Name who sees to it.", 200):
            problems["owner"] = wrong
        if new.due_date is None or new.due_date < clock.london_date(now):
            problems["due_date"] = "Give a day that is still to come."
        if problems or new.due_date is None:
            raise Invalid(problems)
        Change.objects.create(
            id=new.id, group=new.group, theme=new.theme, words=new.words.strip(), owner=new.owner.strip(),
            due_date=new.due_date, made_at=now, by_id=by.id, by_name=by.name,
        )  # fmt: skip
        audit.record(
            by=by, action="collection", sentence="surveys.change_noted", subject=("change", new.id),
            detail={"group": new.group, "theme": new.theme},
        )  # fmt: skip
        return new.id


def finish_change(change_id: uuid.UUID, words: str, *, by: Actor, now: datetime) -> None:
    """Say that a change was made, and what shows it."""
    access.check(by, CODE)
    with access.acting(by):
        once.only(change_id)
        found = Change.objects.filter(id=change_id).first()
        if found is None:
            raise Missing("There is no such change.")
        if found.done_at:
            raise Invalid({"words": f"{found.done_by_name} has said that it is done."})
        if wrong := plain.needed(words, "Say what shows that it is different now.", LONGEST, SHORTEST):
            raise Invalid({"words": wrong})
        Change.objects.filter(id=change_id).update(done_at=now, done_words=words.strip(), done_by_name=by.name)
        audit.record(by=by, action="alteration", sentence="surveys.change_made", subject=("change", change_id))
