"""A notice or order that binds somebody: who may issue it, its legal test, what it may say, and its clocks.

The test is asked in questions whose answers are facts; each line of it comes out with the section it stands in,
met, not met or not yet known. What must only be considered is a line too: it asks whether, never what was said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fellwatch.rules import expressions
from fellwatch.rules.expressions import Expression, Leaf, Truth
from fellwatch.rules.reading import Table

RECKONED: Mapping[str, str] = {
    "subject_age": "How old is the person it would bind? Put the date of birth on their record.",
    "protected_age": "How old is the person to be protected? Put the date of birth on their record.",
}
"""Facts that the house works out; every other fact of a test is an answer."""

RANKS = ("constable", "sergeant", "inspector", "superintendent")


class BindsOn(StrEnum):
    SERVICE = "service"
    MAKING = "making"


@dataclass(frozen=True)
class Option:
    id: str
    label: str


@dataclass(frozen=True)
class Ask:
    """A question of the test. Without options it is answered in words."""

    id: str
    label: str
    hint: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Test:
    """One line of the legal test, and its words when it is met, not met and not known."""

    id: str
    law: str
    when: Expression
    met: str
    not_met: str


@dataclass(frozen=True)
class Term:
    """One thing an order may say. `asks` must each be answered yes first; `detail` names what is filled in."""

    id: str
    label: str
    law: str
    always: bool
    shared_home: bool
    detail: str
    detail_is_number: bool
    most_months: int
    asks: tuple[Option, ...]


@dataclass(frozen=True)
class LegalOrder:
    """`rank` is empty where a court or custody officer makes it. Facts and rules name clocks of the rulebook."""

    short: str
    rank: str
    made_by: str
    binds_on: BindsOn
    by_hand: bool
    states: tuple[str, ...]
    leads_to: str
    arrest: str
    breach: str
    starts: str
    heard_under: str
    length_under: str
    reviewed_under: str
    authorised: str
    breached: str
    court_under: str
    asks: tuple[Ask, ...]
    tests: tuple[Test, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Line:
    """One line of the test as it came out, in words."""

    id: str
    law: str
    truth: Truth
    words: str


@dataclass(frozen=True)
class Outcome:
    """Whether the test is met, and every line of it."""

    met: bool
    lines: tuple[Line, ...]

    @property
    def against(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.truth is not Truth.TRUE)


@dataclass(frozen=True)
class Chosen:
    """A term somebody wants in an order, what was filled in, and which of its own questions were answered yes."""

    term: str
    detail: str = ""
    yes: frozenset[str] = frozenset()
    months: int = 0


def decide(order: LegalOrder, facts: Mapping[str, object]) -> Outcome:
    """Try the whole test; unknown is not met, and says what to find out."""
    given = {name: value for name, value in facts.items() if value not in ("", None)}
    lines = tuple(_line(order, test, given) for test in order.tests)
    return Outcome(all(line.truth is Truth.TRUE for line in lines), lines)


def outranks(held: str, needed: str) -> bool:
    """Say whether a rank is the one needed or above it."""
    return held in RANKS and RANKS.index(held) >= RANKS.index(needed)


def find_term(order: LegalOrder, term: str) -> Term | None:
    """Find a term by its id."""
    return next((one for one in order.terms if one.id == term), None)


def terms_refused(order: LegalOrder, chosen: Sequence[Chosen], *, shared_home: bool) -> dict[str, str]:
    """Say beside each term why an order cannot say it so; empty where it may."""
    wrong = {one.term: problem for one in chosen if (problem := _refusal(order, one, shared_home))}
    picked = {one.term for one in chosen}
    missing = [term for term in order.terms if term.always and term.id not in picked]
    wrong |= {term.id: f"{order.short} must always say this ({term.law})." for term in missing}
    return wrong if wrong or chosen else {"": "Choose at least one thing it says."}


def _refusal(order: LegalOrder, chosen: Chosen, shared_home: bool) -> str:
    term = find_term(order, chosen.term)
    if term is None:
        return f"{order.short} cannot say this: choose from what the law allows."
    if term.shared_home and not shared_home:
        return f"Only where they live at the same premises ({term.law}). Say so in the grounds first, or take it out."
    if term.detail and not chosen.detail.strip():
        return f"Say {term.detail}."
    if term.detail_is_number and not (chosen.detail.strip().isdecimal() and 0 < int(chosen.detail) < 100_000):
        return f"Give {term.detail} as a whole number."
    unsaid = [ask.label for ask in term.asks if ask.id not in chosen.yes]
    if unsaid:
        return f"Only where the answer is yes: {' '.join(unsaid)} ({term.law})"
    if term.most_months and not 0 < chosen.months <= term.most_months:
        return f"For how many months: at least 1 and at most {term.most_months} at a time ({term.law})."
    return ""


def _line(order: LegalOrder, test: Test, facts: Mapping[str, object]) -> Line:
    truth = expressions.evaluate(test.when, facts).truth
    return Line(test.id, test.law, truth, test.met if truth is Truth.TRUE else _against(order, test, truth, facts))


def _against(order: LegalOrder, test: Test, truth: Truth, facts: Mapping[str, object]) -> str:
    if truth is Truth.FALSE:
        return test.not_met
    labels = {**RECKONED, **{ask.id: ask.label for ask in order.asks}}
    asked = dict.fromkeys(labels[fact] for fact in _facts_of(test.when))
    return f"Not known yet: {' '.join(asked)}"


def _facts_of(condition: Expression) -> Iterator[str]:
    match condition:
        case Leaf():
            yield condition.fact
        case expressions.Not(part):
            yield from _facts_of(part)
        case expressions.All(parts) | expressions.AnyOf(parts):
            for part in parts:
                yield from _facts_of(part)


def read(body: Table) -> LegalOrder:
    """Read an order's rule, finding every fault."""
    asks = tuple(_read_ask(entry) for entry in body.tables("asks", optional=True))
    known = {*RECKONED, *(ask.id for ask in asks)}
    order = LegalOrder(
        short=body.text("short"),
        rank=body.one_of("rank", ("", *RANKS), ""),
        made_by=body.text("made_by"),
        binds_on=body.choice("binds_on", BindsOn),
        by_hand=body.flag("by_hand"),
        states=body.words("states", ()),
        leads_to=body.text("leads_to", ""),
        arrest=body.text("arrest"),
        breach=body.text("breach"),
        starts=body.text("starts", ""),
        heard_under=body.text("heard_under", ""),
        length_under=body.text("length_under", ""),
        reviewed_under=body.text("reviewed_under", ""),
        authorised=body.text("authorised", ""),
        breached=body.text("breached", ""),
        court_under=body.text("court_under", ""),
        asks=asks,
        tests=tuple(_read_test(entry, known) for entry in body.tables("tests", optional=True)),
        terms=tuple(_read_term(entry) for entry in body.tables("terms")),
    )
    body.distinct("asks", (ask.id for ask in order.asks))
    body.distinct("terms", (term.id for term in order.terms))
    body.finish()
    return order


def _read_ask(entry: Table) -> Ask:
    options = tuple(_read_option(one) for one in entry.tables("options", optional=True))
    ask = Ask(entry.text("id"), entry.text("label"), entry.text("hint", ""), options)
    entry.finish()
    return ask


def _read_option(entry: Table) -> Option:
    option = Option(entry.text("id"), entry.text("label"))
    entry.finish()
    return option


def _read_test(entry: Table, known: Collection[str]) -> Test:
    def is_asked(leaf: Leaf) -> Iterator[tuple[str, str]]:
        if leaf.fact not in known:
            yield f"{leaf.fact!r} is asked by nobody", "write the id of one of the asks"

    test = Test(
        entry.text("id"), entry.text("law"), entry.condition("when", is_asked), entry.text("met"), entry.text("not_met")
    )
    entry.finish()
    return test


def _read_term(entry: Table) -> Term:
    term = Term(
        id=entry.text("id"),
        label=entry.text("label"),
        law=entry.text("law"),
        always=entry.flag("always"),
        shared_home=entry.flag("shared_home"),
        detail=entry.text("detail", ""),
        detail_is_number=entry.flag("detail_is_number"),
        most_months=entry.whole("most_months", 0),
        asks=tuple(_read_option(one) for one in entry.tables("asks", optional=True)),
    )
    entry.finish()
    return term


def check_example(order: LegalOrder, example: Mapping[str, object]) -> str | None:
    """Try one worked example: facts with `met` (and `against`, ids of lines), or terms with `refused` ids."""
    if "terms" in example:
        return _check_terms(order, example)
    facts = example.get("facts")
    if not isinstance(facts, Mapping):
        return "an example needs `facts` and `met`, or `terms` and `refused`"
    outcome = decide(order, facts)
    against = [line.id for line in outcome.against]
    expected = example.get("against", [])
    right = outcome.met is example.get("met") and (not expected or against == expected)
    return None if right else f"met is {outcome.met}, against it: {against}"


def _check_terms(order: LegalOrder, example: Mapping[str, object]) -> str | None:
    terms, refused = example["terms"], example.get("refused", [])
    if not isinstance(terms, list) or not isinstance(refused, list):
        return "`terms` and `refused` are lists of ids"
    details = example.get("details", {})
    assert isinstance(details, Mapping)
    chosen = [Chosen(term, str(details.get(term, "")), months=int(str(details.get("months", 0)))) for term in terms]
    found = sorted(terms_refused(order, chosen, shared_home=example.get("shared_home") is True))
    return None if found == sorted(refused) else f"refused: {found}"
