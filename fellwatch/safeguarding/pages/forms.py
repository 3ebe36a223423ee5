"""A step as a form: its fields, what was typed, and reading it. One template draws every step."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import HttpRequest

from fellwatch.foundation import clock, ids, plain
from fellwatch.foundation.access import Actor
from fellwatch.orders.values import Invalid
from fellwatch.records import earlier
from fellwatch.rules.legal_orders import Chosen, LegalOrder

LONGEST = 20_000


@dataclass(frozen=True)
class Option:
    """One answer to choose."""

    code: str
    text: str
    hint: str = ""


@dataclass(frozen=True)
class Field:
    """One field. `kind` is text, area, choose, ask, many, moment, day or time."""

    id: str
    label: str
    kind: str = "text"
    hint: str = ""
    options: tuple[Option, ...] = ()
    value: str = ""
    values: tuple[str, ...] = ()
    rows: int = 3
    details: tuple["Field", ...] = ()
    """Fields that belong to one option of `many`, by its code in their id: "detail-leave"."""


@dataclass(frozen=True)
class Typed:
    """What somebody typed, as it came."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def get(self, name: str, default: str = "") -> str:
        """Return the last value of a field, without blanks around it."""
        values = self.fields.get(name)
        return values[-1].strip() if values else default

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field."""
        return tuple(self.fields.get(name, ()))

    def moment(self, name: str) -> datetime:
        """Read a time on a watch in London, or raise Invalid beside the field."""
        try:
            read = datetime.fromisoformat(self.get(name))
        except ValueError:
            raise Invalid({name: "Give the day and the time, such as 16/10/2026 22:15."}) from None
        local = read.replace(tzinfo=clock.LONDON)
        if clock.london(local.astimezone(tz=clock.now().tzinfo)).replace(tzinfo=None) != read:
            raise Invalid({name: "There was no such time: the clocks went forward over it."})
        return local

    def moment_or_none(self, name: str) -> datetime | None:
        """Read a time, or none where nothing was typed."""
        return self.moment(name) if self.get(name) else None

    def day_or_none(self, name: str) -> date | None:
        """Read a day, none where nothing was typed, or raise Invalid beside the field."""
        if not self.get(name):
            return None
        try:
            return date.fromisoformat(self.get(name))
        except ValueError:
            raise Invalid({name: "Give the day, such as 16/10/2026."}) from None

    def id(self) -> uuid.UUID:
        """Return the form's own identifier, which makes sending it twice harmless."""
        return as_id(self.get("id")) or ids.new()

    def number(self, name: str) -> int:
        """Read a whole number; anything else is 0, which no rule accepts."""
        text = self.get(name)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


@dataclass(frozen=True)
class Step:
    """One decision on one page. What `do` returns, if words, is the address to go on to."""

    title: str
    button: str
    fields: tuple[Field, ...]
    do: Callable[[Typed, Actor, datetime], object]
    lede: str = ""
    points: tuple[str, ...] = ()
    points_head: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    warns: bool = False
    seen: int = 0
    other: tuple[str, str] | None = None
    """A second button: the value it sends as `do`, and its words."""


def typed(request: HttpRequest) -> Typed:
    """Return what was posted, with a visible mark for what cannot be stored."""
    posted = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    return Typed({n: [plain.marked(str(v))[:LONGEST] for v in values] for n, values in posted.items()})


def known_now(fields: Sequence[Field], said: Typed) -> Typed:
    """Return what was typed, with whoever it chose under an id they had before a merge as who they are now.

    A page that was opened before offered them so. It reads as the actor.
    """
    offered = {one.id: {option.code for option in one.options} for one in fields if one.options}
    chosen = {text for name, codes in offered.items() for text in said.all(name) if text not in codes}
    old = {text: id for text in chosen if (id := as_id(text))}
    if not old:
        return said
    led = earlier.leads(old.values())
    now = {text: str(led[id]) for text, id in old.items()}
    renewed = {name: [now.get(text, text) for text in said.all(name)] for name in offered if said.all(name)}
    return Typed({**said.fields, **renewed})


def as_id(text: str) -> uuid.UUID | None:
    """Read an identifier; anything else is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def watch(at: datetime) -> str:
    """Write an instant as a field of day and time takes it."""
    return f"{clock.london(at):%Y-%m-%dT%H:%M}"


def filled(fields: Sequence[Field], said: Typed) -> list[Field]:
    """Put what was typed back into the fields; before anything is typed they keep their own values."""
    if not said.fields:
        return list(fields)
    return [
        Field(
            one.id, one.label, one.kind, one.hint, one.options, said.get(one.id), said.all(one.id), one.rows,
            tuple(filled(one.details, said)),
        )
        for one in fields
    ]  # fmt: skip


def terms(rule: LegalOrder, chosen: Sequence[Chosen] = ()) -> Field:
    """Return the field in which somebody picks what an order says, with what each term needs filled in."""
    picked = {one.term: one for one in chosen}
    details: list[Field] = []
    for term in rule.terms:
        had = picked.get(term.id, Chosen(term.id))
        if term.detail:
            details.append(Field(f"detail-{term.id}", f"Say {term.detail}", value=had.detail))
        if term.most_months:
            hint = f"At most {term.most_months}"
            details.append(Field(f"months-{term.id}", "For how many months", hint=hint, value=str(had.months or "")))
        if term.asks:
            asked = tuple(Option(ask.id, ask.label) for ask in term.asks)
            details.append(Field(f"yes-{term.id}", "Tick what is so", "many", options=asked, values=tuple(had.yes)))
    options = tuple(
        Option(term.id, term.label, _term_hint(term.always, term.shared_home, term.law)) for term in rule.terms
    )
    ticked = tuple(picked) or tuple(term.id for term in rule.terms if term.always)
    return Field("terms", "What it says", "many", options=options, values=ticked, details=tuple(details))


def chosen(rule: LegalOrder, said: Typed) -> list[Chosen]:
    """Read which terms were picked."""
    wanted = said.all("terms")
    return [
        Chosen(
            term.id, said.get(f"detail-{term.id}"), frozenset(said.all(f"yes-{term.id}")),
            said.number(f"months-{term.id}"),
        )
        for term in rule.terms
        if term.id in wanted
    ]  # fmt: skip


def _term_hint(always: bool, shared_home: bool, law: str) -> str:
    needs = "Always" if always else "Only where they live at the same premises" if shared_home else ""
    return f"{needs} ({law})" if needs else law


def beside(problems: Mapping[str, str]) -> list[dict[str, str]]:
    """Return problems as the summary and the fields take them: a term's stands beside the list of terms."""
    named = {"seen": "main", "": "terms"}
    return [{"text": text, "href": f"#{named.get(name, name)}"} for name, text in problems.items()]
