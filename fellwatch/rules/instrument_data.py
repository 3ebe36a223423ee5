"""Read an instrument from the rulebook, and try its worked examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fellwatch.rules import instruments, judgement
from fellwatch.rules.condition_data import LeafCheck
from fellwatch.rules.expressions import UNSAID, Leaf, Operator
from fellwatch.rules.instruments import (
    CONSIDERED_NONE,
    Flag,
    Instrument,
    Option,
    Projection,
    ProjectionKind,
    Question,
    QuestionKind,
    Section,
    Supplement,
    Threshold,
    Variant,
)
from fellwatch.rules.reading import Table

LONGEST = 4000
"""Characters a text answer may have unless the question says otherwise."""

ABOUT = ("incident", "victim", "suspect", "child", "adult", "household")
"""Whom a form may be about; `household` is anyone who lives there, child or adult."""

YES_NO = (Option("yes", "Yes"), Option("no", "No"), Option("not_known", "Not known"))


@dataclass(frozen=True)
class AnswerSet:
    """Answers that several questions share, safest first in `risk_order`."""

    id: str
    options: tuple[Option, ...]
    risk_order: tuple[str, ...]
    words_for: tuple[str, ...]


def read(body: Table) -> Instrument:
    """Read sections, questions and projections, finding every fault."""
    sections = tuple(_read_section(entry) for entry in body.tables("sections"))
    variants = tuple(_read_variant(entry) for entry in body.tables("variants", optional=True))
    sets = {one.id: one for one in map(_read_set, body.tables("answer_sets", optional=True))}
    entries = body.tables("questions")
    check = _leaf_check({str(entry.data.get("id")): _options(entry, sets) for entry in entries})
    questions = tuple(_read_question(entry, sections, variants, sets, check) for entry in entries)
    projections = tuple(_read_projection(entry, questions, check) for entry in body.tables("projections"))
    body.distinct("sections", (section.id for section in sections))
    body.distinct("questions", (question.id for question in questions))
    body.distinct("projections", (projection.name for projection in projections))
    variant = body.one_of("variant", (one.id for one in variants)) if variants else ""
    whole = Instrument(
        sections,
        questions,
        projections,
        variants,
        variant,
        questions,
        sections,
        about=body.one_of("about", ABOUT, "incident"),
        judgement=body.text("judgement", ""),
        thresholds=tuple(_read_threshold(entry, projections) for entry in body.tables("thresholds", optional=True)),
        doubtful_from=body.whole("doubtful_from", 0),
        supplements=tuple(_read_supplement(entry, check) for entry in body.tables("supplements", optional=True)),
    )
    _check_judgement(body, whole)
    body.finish()
    return instruments.for_variant(whole, variant)


def check_example(instrument: Instrument, example: Mapping[str, object]) -> str | None:
    """Try one worked example: `answers`, and any of `complete`, `missing`, `wrong` and `projections`."""
    answers, variant = example.get("answers"), example.get("variant", instrument.variant)
    if not isinstance(answers, Mapping) or not isinstance(variant, str):
        return "an example needs `answers` and what is expected of them"
    form = instruments.for_variant(instrument, variant)
    found = instruments.completeness(form, answers)
    outcome: dict[str, object] = {
        "complete": found.complete,
        "missing": [one.question for one in found.missing],
        "wrong": [one.question for one in instruments.validate(form, answers)],
        "asked": [question.id for question in instruments.asked(form, answers)],
    }
    judged = judgement.judge(form, answers)
    outcome |= {"suggested": judged.suggested, "below": judged.below, "doubted": judged.doubt != ""}
    outcome["supplements"] = [one.instrument for one in instruments.opened(form, answers)]
    kept = instruments.projections(form, answers)
    wanted = example.get("projections", {})
    outcome["projections"] = {name: kept.get(name) for name in wanted} if isinstance(wanted, Mapping) else {}
    wrong = [f"{key} is {outcome[key]!r}" for key in outcome if key in example and example[key] != outcome[key]]
    return "; ".join(wrong) or None


def _leaf_check(options: Mapping[str, tuple[Option, ...]]) -> LeafCheck:
    """Object to a condition about a question the form does not ask, or an answer it does not offer."""

    def check(leaf: Leaf) -> Iterator[tuple[str, str]]:
        name = leaf.fact.removeprefix("answer.")
        if name == leaf.fact or name not in options:
            yield f"{leaf.fact!r} is no answer of this form", 'write "answer." and the id of a question'
            return
        known = {option.value for option in options[name]} | UNSAID | {CONSIDERED_NONE}
        wanted = leaf.expected if isinstance(leaf.expected, tuple) else (leaf.expected,)
        if options[name] and leaf.operator in (Operator.EQ, Operator.IN) and not set(wanted) <= known:
            yield f"{name} cannot be answered {wanted!r}", f"use one of {', '.join(sorted(known))}"

    return check


def _options(entry: Table, sets: Mapping[str, AnswerSet]) -> tuple[Option, ...]:
    if entry.data.get("kind") == QuestionKind.YES_NO:
        return YES_NO
    if entry.has("answers"):
        return sets[name].options if (name := str(entry.data["answers"])) in sets else ()
    read_options = []
    for option in entry.tables("options", optional=True):
        read_options.append(Option(option.text("value"), option.text("label")))
        option.finish()
    return tuple(read_options)


def _read_question(
    entry: Table,
    sections: tuple[Section, ...],
    variants: tuple[Variant, ...],
    sets: Mapping[str, AnswerSet],
    check: LeafCheck,
) -> Question:
    chosen = sets.get(entry.one_of("answers", sets)) if entry.has("answers") else None
    question = Question(
        id=entry.text("id"),
        section=entry.one_of("section", (section.id for section in sections)),
        label=entry.text("label"),
        help=entry.text("help"),
        do=entry.text("do"),
        kind=entry.choice("kind", QuestionKind),
        options=_options(entry, sets),
        required=entry.flag("required", True),
        skip_when=entry.condition("skip_when", check) if entry.has("skip_when") else None,
        risk_order=entry.words("risk_order", chosen.risk_order if chosen else ()),
        longest=entry.whole("longest", LONGEST),
        variants=entry.words("variants", ()),
        number=entry.text("number", ""),
        words=entry.flag("words", chosen is not None and bool(chosen.words_for)),
        words_for=chosen.words_for if chosen else (),
    )
    _check_question(entry, question, [variant.id for variant in variants])
    entry.finish()
    return question


def _check_question(entry: Table, question: Question, variants: Iterable[str]) -> None:
    needs_options = question.kind in (QuestionKind.CHOICE, QuestionKind.MULTI)
    if needs_options is not (bool(question.options) and question.kind is not QuestionKind.YES_NO):
        entry.fault("options", "a choice needs options, and nothing else has them", "add or remove them")
    known = {*question.values, *UNSAID}
    if question.risk_order and not set(question.values) <= set(question.risk_order) <= known:
        entry.fault("risk_order", "must rank every answer and no other", "list each answer once, safest first")
    if question.risk_order[:1] and question.risk_order[0] in UNSAID:
        entry.fault("risk_order", "has not known as the safest answer", "put it after the safest")
    if question.id.endswith(instruments.WORDS):
        entry.fault("id", f"ends in {instruments.WORDS}, which names the words beside an answer", "give it another id")
    for variant in sorted(set(question.variants) - set(variants)):
        entry.fault("variants", f"no variant is called {variant!r}", "use an id from [[version.body.variants]]")


def _read_set(entry: Table) -> AnswerSet:
    options = []
    for option in entry.tables("options"):
        options.append(Option(option.text("value"), option.text("label")))
        option.finish()
    found = AnswerSet(entry.text("id"), tuple(options), entry.words("risk_order", ()), entry.words("words_for", ()))
    entry.finish()
    return found


def _read_threshold(entry: Table, projections: tuple[Projection, ...]) -> Threshold:
    scores = [one.name for one in projections if one.kind is ProjectionKind.SCORE]
    threshold = Threshold(entry.text("id"), entry.one_of("score", scores), entry.whole("at_least"), entry.text("grade"))
    entry.finish()
    return threshold


def _read_supplement(entry: Table, check: LeafCheck) -> Supplement:
    supplement = Supplement(entry.text("instrument"), entry.condition("when", check), entry.text("reason"))
    entry.finish()
    return supplement


def _check_judgement(body: Table, instrument: Instrument) -> None:
    """The grade an officer gives is a question of the form, and thresholds propose its answers."""
    if not instrument.judgement and not instrument.thresholds:
        return
    asked = next((one for one in instrument.library if one.id == instrument.judgement), None)
    if asked is None or not asked.risk_order:
        body.fault("judgement", "must name a question that ranks its answers", "give that question a risk_order")
        return
    for threshold in instrument.thresholds:
        if threshold.grade not in asked.risk_order:
            body.fault("thresholds", f"{threshold.grade!r} is no answer of {asked.id}", "use one that it ranks")


def _read_projection(entry: Table, questions: tuple[Question, ...], check: LeafCheck) -> Projection:
    projection = Projection(
        name=entry.text("name"),
        kind=entry.choice("kind", ProjectionKind),
        questions=entry.words("questions", ()),
        counts=entry.words("counts", ("yes",)),
        flags=tuple(_read_flag(flag, check) for flag in entry.tables("flags", optional=True)),
    )
    for name in sorted(set(projection.questions) - {question.id for question in questions}):
        entry.fault("questions", f"no question is called {name!r}", "use the id of a question")
    if problem := _lacks(projection):
        entry.fault("kind", problem, "add what it needs")
    entry.finish()
    return projection


def _lacks(projection: Projection) -> str:
    match projection.kind:
        case ProjectionKind.ANSWER if len(projection.questions) != 1:
            return "needs exactly one question"
        case ProjectionKind.SCORE if not projection.questions:
            return "needs the questions it counts"
        case ProjectionKind.FLAGS if not projection.flags:
            return "needs flags"
        case ProjectionKind.HOLDS if len(projection.flags) != 1:
            return "needs exactly one flag"
    return ""


def _read_flag(entry: Table, check: LeafCheck) -> Flag:
    flag = Flag(entry.text("id"), entry.condition("when", check), entry.text("label", ""))
    entry.finish()
    return flag


def _read_section(entry: Table) -> Section:
    section = Section(entry.text("id"), entry.text("title"))
    entry.finish()
    return section


def _read_variant(entry: Table) -> Variant:
    variant = Variant(entry.text("id"), entry.text("title"))
    entry.finish()
    return variant
