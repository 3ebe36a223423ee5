"""Forms as data: their questions, what is missing, what is wrong, and what is kept in columns.

Answers are plain JSON: words for text, a value or a list of values for choices. A text question that was
thought about and came to nothing is answered `considered_none`, which is an answer; an empty one is not.
What somebody said in their own words stands beside an answer under the question's id and `_words`.
The handheld asks the same definitions in JavaScript; tests/rules/test_two_evaluators.py holds both equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from fellwatch.rules import expressions
from fellwatch.rules.expressions import UNSAID, Expression, Facts, Truth

CONSIDERED_NONE = "considered_none"
WORDS = "_words"

Answers = Mapping[str, object]


class QuestionKind(StrEnum):
    TEXT = "text"
    TEXT_OR_NONE = "text_or_none"
    YES_NO = "yes_no"
    CHOICE = "choice"
    MULTI = "multi"


class ProjectionKind(StrEnum):
    COMPLETE = "complete"
    ANSWER = "answer"
    SCORE = "score"
    FLAGS = "flags"
    HOLDS = "holds"


@dataclass(frozen=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """One question. `risk_order` runs from the least to the most dangerous answer.

    `variants` names the local variants that ask it; none named means all. `do` tells somebody who left
    it out what to do.
    """

    id: str
    section: str
    label: str
    help: str
    do: str
    kind: QuestionKind
    options: tuple[Option, ...]
    required: bool
    skip_when: Expression | None
    risk_order: tuple[str, ...]
    longest: int
    variants: tuple[str, ...]
    number: str = ""
    """The official number on the published form, where there is one."""
    words: bool = False
    """Whether somebody's own words may stand beside the answer."""
    words_for: tuple[str, ...] = ()
    """Answers that are incomplete without words: `not_asked` needs to say why."""

    @property
    def words_id(self) -> str:
        return f"{self.id}{WORDS}"

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(option.value for option in self.options)


@dataclass(frozen=True)
class Section:
    id: str
    title: str


@dataclass(frozen=True)
class Flag:
    """A condition over the answers, for a flag or a column of its own."""

    id: str
    when: Expression
    label: str = ""


@dataclass(frozen=True)
class Threshold:
    """A score from which a grade is proposed. It may raise a judgement, never lower one."""

    id: str
    score: str
    at_least: int
    grade: str


@dataclass(frozen=True)
class Supplement:
    """Another instrument that an answer opens."""

    instrument: str
    when: Expression
    reason: str


@dataclass(frozen=True)
class Projection:
    """A value taken out of the answers into a typed column."""

    name: str
    kind: ProjectionKind
    questions: tuple[str, ...]
    counts: tuple[str, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class Variant:
    """A local form of an instrument: the same questions, and those it adds."""

    id: str
    title: str


@dataclass(frozen=True)
class Instrument:
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    projections: tuple[Projection, ...]
    variants: tuple[Variant, ...]
    variant: str
    library: tuple[Question, ...]
    """Every question of every variant; `questions` are those that this variant asks."""
    every_section: tuple[Section, ...]
    about: str = "incident"
    """Whom one copy of the form is about: the incident, or one person in a part."""
    judgement: str = ""
    """The question that asks for the officer's own grade; no score is shown before it is answered."""
    thresholds: tuple[Threshold, ...] = ()
    doubtful_from: int = 0
    """How many of the scored questions may be left unsaid before the score itself is in doubt; 0 never asks."""
    supplements: tuple[Supplement, ...] = ()


@dataclass(frozen=True)
class Missing:
    question: str
    label: str
    do: str


@dataclass(frozen=True)
class Completeness:
    """How far an assessment has got: what is answered, of how many asked, and what to do about the rest."""

    complete: bool
    missing: tuple[Missing, ...]
    answered: int
    total: int


@dataclass(frozen=True)
class AnswerProblem:
    """An answer that cannot be kept as it is. The words typed are the reader's to put right, never lost."""

    question: str
    what: str
    do: str


def for_variant(instrument: Instrument, variant: str) -> Instrument:
    """Give a local variant: the questions it asks, and the sections that hold one."""
    questions = tuple(one for one in instrument.library if not one.variants or variant in one.variants)
    used = {question.section for question in questions}
    sections = tuple(section for section in instrument.every_section if section.id in used)
    return replace(instrument, variant=variant, questions=questions, sections=sections)


def asked(instrument: Instrument, answers: Answers) -> tuple[Question, ...]:
    """List the questions that these answers do not skip. A skip in doubt is not taken."""
    known = as_facts(answers)
    return tuple(
        question
        for question in instrument.questions
        if question.skip_when is None or not expressions.holds(question.skip_when, known)
    )


def completeness(instrument: Instrument, answers: Answers) -> Completeness:
    """Say whether every required question asked has an answer, and what to do where one has not."""
    required = [question for question in asked(instrument, answers) if question.required]
    missing = [lack for question in required if (lack := _lack(question, answers))]
    return Completeness(
        complete=not missing,
        missing=tuple(missing),
        answered=len(required) - len(missing),
        total=len(required),
    )


def _lack(question: Question, answers: Answers) -> Missing | None:
    answer = answers.get(question.id)
    if not is_answered(answer):
        return Missing(question.id, question.label, question.do)
    if answer in question.words_for and not is_answered(answers.get(question.words_id)):
        return Missing(question.words_id, question.label, "Say why, in a few words.")
    return None


def validate(instrument: Instrument, answers: Answers) -> tuple[AnswerProblem, ...]:
    """List what is wrong with the answers given; a missing answer is not wrong, only missing."""
    questions = {question.id: question for question in instrument.questions}
    beside = {question.words_id: question for question in instrument.questions if question.words}
    problems: list[AnswerProblem] = []
    for name, answer in answers.items():
        if name in questions and is_answered(answer):
            problems += _answer_problems(questions[name], answer)
        elif name in beside and is_answered(answer):
            problems += _text_problems(replace(beside[name], id=name), answer)
        elif name not in questions and name not in beside:
            problems.append(AnswerProblem(name, "This form does not ask that.", "Take the answer out."))
    return tuple(problems)


def projections(instrument: Instrument, answers: Answers) -> dict[str, object]:
    """Take the values of the typed columns out of the answers. Skipped questions give nothing."""
    kept = {question.id: answers.get(question.id) for question in asked(instrument, answers)}
    return {one.name: _project(instrument, one, kept) for one in instrument.projections}


def opened(instrument: Instrument, answers: Answers) -> tuple[Supplement, ...]:
    """List the further instruments that these answers call for."""
    known = as_facts({question.id: answers.get(question.id) for question in asked(instrument, answers)})
    return tuple(one for one in instrument.supplements if expressions.holds(one.when, known))


def riskier(question: Question, one: str, other: str) -> str | None:
    """Choose the more dangerous of two answers; None where the instrument ranks neither against the other."""
    if one == other:
        return one
    order = question.risk_order
    if one not in order or other not in order:
        return None
    return max(one, other, key=order.index)


def is_answered(answer: object) -> bool:
    match answer:
        case str():
            return bool(answer.strip())
        case list() | tuple():
            return bool(answer)
        case _:
            return answer is not None


def _answer_problems(question: Question, answer: object) -> Sequence[AnswerProblem]:
    match question.kind:
        case QuestionKind.TEXT | QuestionKind.TEXT_OR_NONE:
            return _text_problems(question, answer)
        case QuestionKind.YES_NO | QuestionKind.CHOICE:
            given: object = [answer]
        case QuestionKind.MULTI:
            given = answer
    if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
        return [AnswerProblem(question.id, f"{question.label}: not an answer.", "Choose from the list.")]
    known = (*question.values, *UNSAID)
    return [
        AnswerProblem(question.id, f"{question.label}: {one[:40]!r} is not a choice.", "Choose from the list.")
        for one in given
        if one not in known
    ]


def _text_problems(question: Question, answer: object) -> Sequence[AnswerProblem]:
    if not isinstance(answer, str):
        return [AnswerProblem(question.id, f"{question.label}: needs words.", "Write what was said.")]
    if len(answer) > question.longest:
        over = len(answer) - question.longest
        what = f"{question.label}: {over} characters too long."
        return [AnswerProblem(question.id, what, f"Shorten it to {question.longest}.")]
    if answer == CONSIDERED_NONE and question.kind is QuestionKind.TEXT:
        what = f"{question.label}: cannot be left at none."
        return [AnswerProblem(question.id, what, "Write what was said.")]
    return []


def _project(instrument: Instrument, projection: Projection, answers: Answers) -> object:
    known = as_facts(answers)
    match projection.kind:
        case ProjectionKind.COMPLETE:
            return completeness(instrument, answers).complete
        case ProjectionKind.ANSWER:
            return answers.get(projection.questions[0])
        case ProjectionKind.SCORE:
            return sum(answers.get(question) in projection.counts for question in projection.questions)
        case ProjectionKind.FLAGS:
            return [flag.id for flag in projection.flags if expressions.holds(flag.when, known)]
        case ProjectionKind.HOLDS:
            truth = expressions.evaluate(projection.flags[0].when, known).truth
            return None if truth is Truth.UNKNOWN else truth is Truth.TRUE


def as_facts(answers: Answers) -> Facts:
    # An empty box is nobody's answer, so a skip condition must find it unknown.
    return {f"answer.{name}": answer for name, answer in answers.items() if is_answered(answer)}
