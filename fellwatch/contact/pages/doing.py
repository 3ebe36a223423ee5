"""What may be done with an incident now: the forms of its page, with what was typed into them."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from fellwatch.assessments.instruments import edition
from fellwatch.contact import access as contact
from fellwatch.contact import rulings
from fellwatch.contact.closing import Missing, NoteView
from fellwatch.contact.pages import choices
from fellwatch.contact.pages.typed import Typed
from fellwatch.contact.values import GivenReason, Handled
from fellwatch.foundation import clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.records.values import IncidentView
from fellwatch.rules.closing import Evidence

CLOSING = frozenset({"result", "closing_codes", "closing_qualifiers", "crime_reference", "reasons"})
"""The fields of the form that closes; the reasons have names that begin so."""


def regrade(seen: IncidentView, handled: Handled, typed: Typed, now: datetime) -> dict[str, object]:
    """Return the form that looks at the grade again, with what was typed."""
    return {
        "href": reverse("contact:regrade", args=[seen.id]),
        "seen": handled.number,
        "id": ids.new(),
        "triggers": choices.choices("regrade_triggers", now),
        "trigger": typed.get("trigger"),
        "grades": choices.choices("grades", now),
        "grade": typed.get("grade"),
        "reasons": choices.groups("downgrade_reasons", now),
        "reason_code": typed.get("reason_code"),
        "rationale": typed.get("rationale"),
        "said": typed.get("said"),
        "dangers": [
            {
                "code": code.code,
                "text": code.label,
                "guidance": "",
                "value": typed.get(f"danger-{code.code}") or handled.dangers.get(code.code, ""),
            }
            for code in choices.in_use("danger_questions", now)
        ],
        "answers3": choices.YES_NO_UNKNOWN,
        "again": [
            {"code": q.id, "title": q.label, "hint": q.help, "value": typed.get(f"again-{q.id}")}
            for q in edition("thrive", clock.london_date(now)).instrument.questions
            if q.section == "elements"
        ],
    }


def form(seen: IncidentView, action: str, typed: Typed, field: str) -> dict[str, object]:
    """Return a form of one field, with an identifier that makes sending it twice harmless."""
    return {"href": reverse(f"contact:{action}", args=[seen.id]), "id": ids.new(), "value": typed.get(field)}


def desk_form(seen: IncidentView, handled: Handled, typed: Typed, by: Actor) -> dict[str, object] | None:
    """Return the help desk's own form for its detectives, and the question form for everybody else."""
    if contact.ADVISE in by.permissions:
        asked = next((one.id for one in handled.advice if not one.text), "")
        return {
            **form(seen, "advise", typed, "advice"),
            "field": "advice",
            "answers": asked,
            "label": "Answer the question" if asked else "Give advice",
            "button": "Send advice",
        }
    if contact.ASK_ADVICE in by.permissions:
        return {
            **form(seen, "ask_advice", typed, "question"),
            "field": "question",
            "answers": "",
            "label": "Ask the help desk",
            "button": "Ask",
        }
    return None


def progress(seen: IncidentView, handled: Handled, typed: Typed, now: datetime) -> dict[str, object]:
    """Return how far it has got and the steps that may follow."""

    def href(name: str) -> str:
        return reverse(f"contact:{name}", args=[seen.id])

    moving = handled.state in {"graded", "assigned"}
    return {
        "words": _standing(handled, now),
        "attend_by": handled.attend_by if moving else None,
        "assign_href": href("assign"),
        "arrive_href": href("arrive"),
        "delay_href": href("delay"),
        "close_href": href("close"),
        "unit": typed.get("unit"),
        "delays": choices.choices("delays", now),
        "delay": typed.get("delay"),
        "may_assign": moving,
        "may_arrive": handled.state == "assigned",
        "closing_codes": choices.groups("nsir_closing", now),
        "closing_code": typed.get("closing_codes"),
        "qualifiers": choices.choices("nsir_qualifiers", now),
        "kept_qualifiers": typed.all("closing_qualifiers") or seen.opening_qualifiers,
        "result": typed.get("result"),
        "crime_reference": typed.get("crime_reference"),
    }


def reasons(typed: Typed) -> dict[str, GivenReason]:
    """Return the reasons given for what a closing lacks, by the key of what is missing."""
    said = typed.beginning("reasons.")
    keys = {name.rpartition(".")[0] for name in said}
    return {key: GivenReason(said.get(f"{key}.reason", ""), said.get(f"{key}.words", "")) for key in keys}


def lack(one: Missing, seen: IncidentView, typed: Typed, by: Actor) -> dict[str, object]:
    """Return one piece that a closing lacks: what it is, about whom, the way to it, the reasons that stand."""
    name = f"reasons.{one.key}"
    href, link = _way(one, seen, by)
    return {
        "title": " · ".join(filter(None, (one.need.title, one.about, _name(one.person_id, seen)))),
        "why": one.need.why,
        "told_at": "crime_reference" if one.need.evidence is Evidence.CRIME else f"{name}.reason",
        "href": href,
        "link": link,
        "reason_name": f"{name}.reason",
        "words_name": f"{name}.words",
        "reasons": [choices.Choice(reason.id, reason.label) for reason in one.need.reasons],
        "reason": typed.get(f"{name}.reason"),
        "words": typed.get(f"{name}.words"),
    }


def closed_with(notes: Sequence[NoteView], seen: IncidentView) -> list[dict[str, str]]:
    """Return what a closed incident was closed with, and the reasons for what was not there."""
    return [
        {"title": " · ".join(dict.fromkeys(filter(None, (one.title, one.about, _name(one.person_id, seen))))),
         "text": one.text}
        for one in notes
    ]  # fmt: skip


def _name(person: uuid.UUID | None, seen: IncidentView) -> str:
    return next((part.person.name for part in seen.parts if part.person.id == person), "") if person else ""


def _way(one: Missing, seen: IncidentView, by: Actor) -> tuple[str, str]:
    """Return the address at which the piece is made, for whoever may go there, and what the link says.

    Rooms do not import each other: their pages and permissions are named as they are written.
    """
    may = by.permissions
    match one.need.evidence:
        case Evidence.CRIME if one.crime_id and "response.decide_crime" in may:
            return reverse("response:crime", args=[one.crime_id]), "Decide about the crime"
        case Evidence.FORM if one.form and "assessments.write" in may:
            return reverse("response:form", args=[seen.id, one.form, one.person_id]), "Fill in the form"
        case Evidence.SCHOOL if "safeguarding.tell_schools" in may:
            return reverse("safeguarding:schools"), "Look at the schools to tell"
        case Evidence.SCHOOL if one.person_id:
            return reverse("shell:person", args=[one.person_id]), "Look at the child's record"
    if "response.read" in may:
        words = {Evidence.CRIME: "See the crimes of this incident", Evidence.FORM: "See the forms of this incident"}
        return reverse("response:scene", args=[seen.id]), words.get(one.need.evidence, "Write a notice")
    return "", ""


def _standing(handled: Handled, now: datetime) -> str:
    match handled.state:
        case "graded":
            return "Nobody is sent yet."
        case "assigned":
            return f"{handled.unit} is on the way."
        case "on_scene":
            return f"{handled.unit} is there. Close this when the work is done."
    return f"{rulings.label('incident_statuses', handled.state, now)}."
