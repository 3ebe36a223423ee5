"""What may be done with an incident now: the forms of its page, with what was typed into them."""

from datetime import datetime

from django.urls import reverse

from fellwatch.assessments.instruments import edition
from fellwatch.contact import access as contact
from fellwatch.contact import rulings
from fellwatch.contact.pages import choices
from fellwatch.contact.pages.typed import Typed
from fellwatch.contact.values import Handled
from fellwatch.foundation import clock, ids
from fellwatch.foundation.access import Actor
from fellwatch.records.values import IncidentView


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
    }


def _standing(handled: Handled, now: datetime) -> str:
    match handled.state:
        case "graded":
            return "Nobody is sent yet."
        case "assigned":
            return f"{handled.unit} is on the way."
        case "on_scene":
            return f"{handled.unit} is there. Close this when the work is done."
    return f"{rulings.label('incident_statuses', handled.state, now)}."
