"""What each vulnerability asks: its questions, the facts an answer brings into the grade, the marker it suggests.

The core asks under `vulnerability_prompts`; a force adds instruments of its own whose names begin so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from fellwatch.assessments.instruments import Edition, edition
from fellwatch.foundation import policy
from fellwatch.rules import instruments
from fellwatch.rules.errors import NoVersion
from fellwatch.rules.instruments import Question

CORE = "vulnerability_prompts"
PICKED = "vulnerabilities"

Answers = Mapping[str, object]


@dataclass(frozen=True)
class Progress:
    """How many of somebody's questions are answered, of how many asked."""

    answered: int
    asked: int


@lru_cache(maxsize=64)
def editions(on: date) -> tuple[Edition, ...]:
    """Return the instruments that ask on a day: the core's first, then the force's own."""
    named = sorted(rule for rule in policy.of_kind("instrument") if rule.startswith(CORE))
    return tuple(found for rule in named if (found := _edition(rule, on)))


def _edition(rule: str, on: date) -> Edition | None:
    try:
        return edition(rule, on)
    except NoVersion:
        return None


def asked(vulnerabilities: Sequence[str], answers: Answers, on: date) -> tuple[Question, ...]:
    """Return the questions that these vulnerabilities bring, in the order they were picked."""
    found = [question for form in editions(on) for question in _asked(form, vulnerabilities, answers)]
    return tuple(sorted(found, key=lambda question: list(vulnerabilities).index(question.section)))


def _asked(form: Edition, vulnerabilities: Sequence[str], answers: Answers) -> Iterator[Question]:
    given = of_form(form, vulnerabilities, answers)
    return (one for one in instruments.asked(form.instrument, given) if one.section in vulnerabilities)


def of_form(form: Edition, vulnerabilities: Sequence[str], answers: Answers) -> dict[str, object]:
    """Return what belongs to one instrument: the vulnerabilities it knows, and the answers it asks for."""
    questions = {question.id: question for question in form.instrument.questions}
    picked = [one for one in vulnerabilities if one in questions[PICKED].values] or ["none"]
    own = {name: answer for name, answer in answers.items() if name in questions and name != PICKED}
    kept = {name: answer for name, answer in own.items() if questions[name].section in picked}
    return {PICKED: picked, **kept}


def progress(vulnerabilities: Sequence[str], answers: Answers, on: date) -> Progress:
    """Count the questions asked of somebody and those answered; not known is an answer."""
    if not answers:
        return _unanswered(tuple(vulnerabilities), on)
    questions = asked(vulnerabilities, answers, on)
    return Progress(sum(1 for one in questions if answers.get(one.id)), len(questions))


@lru_cache(maxsize=1024)
def _unanswered(vulnerabilities: tuple[str, ...], on: date) -> Progress:
    """Return the same for whoever has said nothing yet: most of a shift, with the same few vulnerabilities."""
    return Progress(0, len(asked(vulnerabilities, {}, on)))


def facts(vulnerabilities: Sequence[str], answers: Answers, on: date) -> frozenset[str]:
    """Return the facts that answers say yes to: the means to hand is a danger to life."""
    return _projected("flags", vulnerabilities, answers, on)


def markers(vulnerabilities: Sequence[str], answers: Answers, on: date) -> frozenset[str]:
    """Return the kinds of marker that answers suggest; somebody decides whether to put one on."""
    return _projected("markers", vulnerabilities, answers, on)


def _projected(name: str, vulnerabilities: Sequence[str], answers: Answers, on: date) -> frozenset[str]:
    found: set[str] = set()
    for form in editions(on) if answers else ():
        kept = instruments.projections(form.instrument, of_form(form, vulnerabilities, answers)).get(name)
        found.update(map(str, kept) if isinstance(kept, list | tuple) else ())
    return frozenset(found)


def problems(vulnerabilities: Sequence[str], answers: Answers, on: date) -> dict[str, str]:
    """Return what is wrong with answers, by question; a question nobody asks is left out."""
    return {
        problem.question: f"{problem.what} {problem.do}"
        for form in editions(on)
        for problem in instruments.validate(form.instrument, of_form(form, vulnerabilities, answers))
    }
