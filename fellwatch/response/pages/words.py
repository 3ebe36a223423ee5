"""The words in which response's pages say codes, states and answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from fellwatch.duties.queries import DutyView
from fellwatch.response import checks
from fellwatch.rules.instruments import CONSIDERED_NONE, Instrument, Question, is_answered

STATES = {
    "not_begun": "Not begun",
    "open": "Begun",
    "submitted": "Waits for review",
    "returned": "Sent back",
    "accepted": "Accepted",
    "second": "With the central team",
    "settled": "Accepted by the central team",
}
GRADES = {"high": "High", "medium": "Medium", "standard": "Standard"}
STANCES = {
    "yes": "Supports action",
    "undecided": "Undecided",
    "no": "Does not support action",
    "withdrawn": "Did, and has withdrawn",
    "not_known": "Not known",
}
KINDS = {"bail": "Bail", "under_investigation": "Under investigation, without conditions"}
RANKS = {
    "custody_officer": "Custody officer",
    "inspector": "Inspector",
    "superintendent": "Superintendent",
    "chief_officer": "Assistant chief constable or above",
    "court": "Magistrates' court",
}
ENDS = {"no_further_action": "No further action", "out_of_court": "Settled out of court"}
MEMBERS = {
    "child_present": "Child who is there",
    "child_resident": "Child who lives there, away now",
    "dependant": "Older person or adult who depends on somebody there",
    "victim": "Victim",
    "suspect": "Suspect",
    "witness": "Witness",
}
CAME = {"came": "They came", "arrested": "Arrested for not coming"}
DUTY_STATES = {"open": "running", "late": "late", "met": "met", "waived": "waived", "replaced": "paused"}


def options(words: Mapping[str, str]) -> list[dict[str, str]]:
    """Return a table of words as choices."""
    return [{"code": code, "text": text} for code, text in words.items()]


def codes(name: str, on: datetime) -> list[dict[str, str]]:
    """Return a list of codes as choices."""
    return [{"code": one.code, "text": one.label} for one in checks.codes(name, on).codes]


def answer(question: Question, given: object) -> str:
    """Return an answer as people read it."""
    if not is_answered(given):
        return "Not answered"
    if given == CONSIDERED_NONE:
        return "Considered: none"
    labels = {option.value: option.label for option in question.options}
    if isinstance(given, list):
        return ", ".join(labels.get(str(one), str(one)) for one in given)
    return labels.get(str(given), str(given))


def label_of(instrument: Instrument, name: str) -> str:
    """Return the words of a question by its id."""
    return next((one.label for one in instrument.library if one.id == name), name)


def told_by(sources: Sequence[Mapping[str, object]], titles: Mapping[str, str]) -> str:
    """Say which forms told of a crime, and which answers."""
    said = []
    for source in sources:
        title = titles.get(str(source["instrument"]), str(source["instrument"]))
        questions = source.get("questions")
        numbers = ", ".join(str(one).removeprefix("q") for one in questions) if isinstance(questions, list) else ""
        said.append(f"{title}: {numbers.replace('_', ' ')}")
    return "; ".join(said)


def duty(one: DutyView) -> dict[str, object]:
    """Return a duty as its clock bar shows it."""
    state = "unknown" if one.due_at is None and one.state in {"open", "late"} else DUTY_STATES[one.state]
    return {
        "name": one.title,
        "from_at": one.started_at,
        "due_at": one.due_at,
        "state": state,
        "working": one.working,
        "rule": f"{one.rule} {one.rule_version}",
        "confidence": one.confidence,
        "because": one.trouble,
    }
