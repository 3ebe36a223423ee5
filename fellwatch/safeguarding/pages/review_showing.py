"""The review in the words that its pages show."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from fellwatch.assessments import queries as forms
from fellwatch.assessments.expecting import gaps
from fellwatch.assessments.expecting.queries import Gap
from fellwatch.assessments.instruments import edition_of
from fellwatch.assessments.sendings.telling import in_words
from fellwatch.assessments.values import FormView, ReviewView
from fellwatch.duties.queries import DutyView
from fellwatch.foundation import clock, policy
from fellwatch.rules import instruments, judgement, vocabulary
from fellwatch.rules.instruments import Question
from fellwatch.rules.vocabulary import Vocabulary
from fellwatch.safeguarding.pages import risk_line, showing
from fellwatch.safeguarding.pages.forms import Typed
from fellwatch.safeguarding.review.values import MISSING, OPEN, QUEUES, RETURNED, SECOND, SUBMITTED, Risk, Sums, Waiting

GRADES = {"high": "High", "medium": "Medium", "standard": "Standard"}
COLOURS = {"high": "red", "medium": "orange"}
QUEUE_TITLES = {
    SECOND: "For us to look at",
    SUBMITTED: "With a supervisor",
    RETURNED: "Sent back to the officer",
    OPEN: "Being written",
    MISSING: "Missing",
}
QUEUE_WORDS = {
    SECOND: "A supervisor has accepted these. The most dangerous and longest waiting first.",
    SUBMITTED: "Handed in, and not yet read by the officer's supervisor.",
    RETURNED: "With the officer, on handheld and desk, to be put right.",
    OPEN: "Begun and not handed in.",
    MISSING: "Called for by an incident and not there. Each closes by itself when the work appears.",
}
STATES = {
    "open": "Being written",
    "submitted": "With its supervisor",
    "second": "For the central team",
    "returned": "With the officer, sent back",
    "accepted": "Accepted by the supervisor: nobody looks again",
    "settled": "Decided by the central team",
}
APART = "Counted apart, by what no review has closed and nothing has settled"
OUTCOMES = {
    ("supervisor", "accepted"): "Accepted by the supervisor",
    ("supervisor", "returned"): "Sent back by the supervisor",
    ("central", "accepted"): "Accepted by the central team",
    ("central", "returned"): "Sent back by the central team",
    ("central", "regraded"): "Graded anew by the central team",
}


def chips(sums: Sums, chosen: str, team: str) -> list[dict[str, object]]:
    """Return the queues with their lengths."""
    kept = {"team": team} if team else {}
    return [
        {
            "text": QUEUE_TITLES[name],
            "href": f"?{urlencode({'queue': name, **kept})}",
            "on": name == chosen,
            "count": sums.queues[name],
        }
        for name in QUEUES
    ]


def team_chips(teams: Sequence[str], queue: str, chosen: str) -> list[dict[str, object]]:
    """Return the officers' teams to choose from."""
    found = [
        {"text": team, "href": f"?{urlencode({'queue': queue, 'team': team})}", "on": team == chosen} for team in teams
    ]
    return [*found, {"text": "Every team", "href": f"?{urlencode({'queue': queue})}", "on": False}] if found else []


def proof(sums: Sums) -> dict[str, object]:
    """Say how the queues add up, and what the stories count."""
    parts = " + ".join(f"{sums.queues[name]:,} {QUEUE_TITLES[name].lower()}" for name in QUEUES)
    return {
        "agree": sums.agree,
        "words": f"{parts} = {sums.total:,}. {APART}: {sums.open_work:,}.",
    }


def waiting(one: Waiting, now: datetime) -> dict[str, object]:
    """Return one line of a queue."""
    grade = GRADES.get(one.grade, "")
    return {
        "href": reverse("safeguarding:review_form", args=[one.id]),
        "title": one.title,
        "person": one.person_name,
        "reference": one.reference,
        "grade": f"{grade} risk" if grade else "No grade",
        "colour": COLOURS.get(one.grade, "grey"),
        "officer": ", ".join(said for said in (one.officer, one.team) if said),
        "line": _capital(one.line),
        "because": one.because,
        "since": one.since,
        "owner": label("risk_owners", one.owner, now) if one.owner else "",
        "clock": _clock(one.since, one.due_at, now),
    }


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _clock(since: datetime, due_at: datetime | None, now: datetime) -> dict[str, object] | None:
    if due_at is None:
        return None
    state = "late" if due_at < now else "running"
    return {"name": "Due", "from_at": since, "due_at": due_at, "state": state}


def gap(one: Gap) -> dict[str, object]:
    """Return one piece of missing work."""
    at = ("contact:incident", [one.incident_id]) if one.incident_id else ("safeguarding:cases", [])
    return {
        "title": one.title,
        "lacks": one.lacks,
        "person": one.person_name,
        "because": one.because if one.rule != gaps.SERVICE else "Authorised, and protecting nobody until it is served.",
        "owner": one.owner.replace("_", " "),
        "reference": one.reference,
        "href": reverse(at[0], args=at[1]),
        "since": one.since,
        "is_late": one.is_late,
        "clock": {
            "name": "Due",
            "from_at": one.since,
            "due_at": one.due_at,
            "state": "late" if one.is_late else "running" if one.due_at else "unknown",
        },
    }


def form(found: FormView, now: datetime) -> dict[str, Any]:
    """Return what stands above a form: state, grades apart, flags, owner, story of its reviews."""
    edition = edition_of(found.instrument, clock.london_date(found.received_at))
    judged = judgement.judge(edition.instrument, found.answers)
    return {
        "state": STATES[found.state],
        "officer_grade": GRADES.get(found.grade, ""),
        "officer_colour": COLOURS.get(found.grade, "grey"),
        "specialist_grade": GRADES.get(found.specialist_grade, ""),
        "specialist_colour": COLOURS.get(found.specialist_grade, "grey"),
        "grades": [
            {"code": code, "text": text} for code, text in GRADES.items() if found.grade and code != found.acting_grade
        ],
        "flags": forms.flag_words(found),
        "judged": judged if judged.scores else None,
        "wording": edition.wording,
        "confidence": edition.confidence,
        "owner": label("risk_owners", found.owner, now) if found.owner else "",
        "owner_because": found.owner_because,
        "owners": [
            {
                "at": one.at,
                "title": label("risk_owners", one.owner, one.at),
                "text": one.changed_because or one.because,
                "by": one.by_name if one.by_hand else "By policy",
                "kind": "",
                "points": [],
            }
            for one in reversed(found.owners)
        ],
        "reviews": [_review(one, found) for one in found.reviews],
    }


def _review(one: ReviewView, found: FormView) -> dict[str, object]:
    asked = edition_of(found.instrument, clock.london_date(found.received_at)).instrument
    labels = {question.id: question.label for question in asked.library}
    moved = f": {GRADES.get(one.officer_grade, 'no grade')} to {GRADES.get(one.grade, '')}" if one.grade else ""
    return {
        "title": OUTCOMES[one.stage, one.outcome] + (moved if one.outcome == "regraded" else ""),
        "number": one.number,
        "by": one.by_name,
        "at": one.at,
        "note": one.note,
        "reasons": [
            f"{labels.get(name, name)}: {label('return_reasons', given['code'], one.at)}"
            + (f". {given['words']}" if given.get("words") else "")
            for name, given in one.reasons.items()
        ],
    }


def sections(
    found: FormView, sent_back: Mapping[str, Any], before: FormView | None, said: Typed
) -> list[dict[str, Any]]:
    """Return the questions that were asked, each with what changed since it was sent back and since last time."""
    instrument = edition_of(found.instrument, clock.london_date(found.received_at)).instrument
    asked = {one.id for one in instruments.asked(instrument, found.answers)}
    return [
        {
            "title": section.title,
            "questions": [
                _question(one, found, sent_back, before, said)
                for one in instrument.questions
                if one.section == section.id and one.id in asked
            ],
        }
        for section in instrument.sections
    ]


def _question(
    one: Question, found: FormView, sent_back: Mapping[str, Any], before: FormView | None, said: Typed
) -> dict[str, object]:
    answer = found.answers.get(one.id)
    earlier = before.answers.get(one.id) if before else None
    return {
        "id": one.id,
        "label": f"{one.number}. {one.label}" if one.number else one.label,
        "answer": in_words(one, answer),
        "is_yes": answer == "yes",
        "words": found.answers.get(one.words_id, ""),
        "was": in_words(one, sent_back.get(one.id)) if sent_back and sent_back.get(one.id) != answer else "",
        "last_time": in_words(one, earlier) if before and earlier != answer and one.options else "",
        "last_time_at": before.received_at if before else None,
        "reason": said.get(f"reason-{one.id}"),
        "why": said.get(f"why-{one.id}"),
    }


def thread(steps: Sequence[Risk], now: datetime) -> dict[str, Any]:
    """Return the thread of a risk: its line, its words, and each step newest first."""
    graded = [step for step in steps if step.grade]
    last = graded[-1] if graded else None
    words = f"{len(steps)} steps, {len(graded)} of them a grade."
    if last:
        words += f" {GRADES.get(last.grade, last.grade)} since {clock.london(last.at):%-d %b %Y}."
    return {
        "drawn": risk_line.draw(steps, now),
        "words": words,
        "steps": [
            {
                "at": step.at,
                "title": step.title,
                "text": step.because,
                "by": step.by_name,
                "kind": "grade" if step.grade else "call" if step.incident_id and not step.form_id else "",
                "points": [],
            }
            for step in reversed(steps)
        ],
    }


def duty(one: DutyView, now: datetime) -> dict[str, object]:
    """Return a clock that runs about a form."""
    return showing.clock(one, now)


def codes(name: str, now: datetime) -> list[dict[str, str]]:
    """Return a list of codes as choices."""
    found = policy.parsed(name, clock.london_date(now), Vocabulary)
    return [{"code": one.code, "text": one.label} for one in found.codes]


def label(name: str, code: str, on: datetime) -> str:
    """Return a code in words."""
    found = vocabulary.find(policy.parsed(name, clock.london_date(on), Vocabulary), code)
    return found.label if found else code
