"""One incident in words, for its page."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from fellwatch.assessments.instruments import edition
from fellwatch.assessments.queries import AssessmentView
from fellwatch.contact import access as contact
from fellwatch.contact import prompts, rulings
from fellwatch.contact.knowledge import repeat_words
from fellwatch.contact.pages import choices, doing
from fellwatch.contact.pages.typed import Typed
from fellwatch.contact.values import AdviceView, GradeVersion, Handled, LogEntry
from fellwatch.duties.queries import DutyView
from fellwatch.foundation import clock, policy, reasons
from fellwatch.foundation.access import Actor, can
from fellwatch.orders import bearing
from fellwatch.orders.access import READ as READ_ORDERS
from fellwatch.recognition import phones
from fellwatch.records.values import IncidentView, MarkerView, PartView
from fellwatch.rules.instruments import CONSIDERED_NONE, Question

KINDS = {
    "logged": "call",
    "regraded": "grade",
    "downgrade_refused": "warning",
    "delay": "warning",
    "advice_asked": "advice",
    "advice_given": "advice",
    "advice_outcome": "advice",
    "call_back": "call",
    "marker": "warning",
    "lower_grade": "warning",
    "helpline": "advice",
    "desk_review": "advice",
    "referral": "advice",
    "handover": "advice",
    "detention": "warning",
    "attendance": "warning",
}
TITLES = {
    "logged": "Call logged",
    "note": "Note",
    "prompts": "Vulnerability questions",
    "lower_grade": "Lower grade proposed",
    "listened": "Listened in",
    "desk_review": "Help desk finished",
    "referral": "Referral",
    "handover": "Handover to another force",
    "helpline": "Mental-health helpline",
    "detention": "Section 135 or 136",
    "attendance": "Do police go?",
    "marker": "Marker put on",
    "regraded": "Grade looked at again",
    "downgrade_refused": "Lower grade refused",
    "delay": "Delay",
    "advice_asked": "Advice asked",
    "advice_given": "Advice given",
    "advice_outcome": "What came of advice",
    "assigned": "Unit sent",
    "on_scene": "On scene",
    "closed": "Closed",
    "closing_note": "Closed with",
    "call_back": "Caller rang back",
    "imported": "Imported",
}
STATES = {"open": "running", "late": "late", "met": "met", "waived": "waived", "replaced": "paused"}


def incident(
    seen: IncidentView,
    handled: Handled,
    thrives: Sequence[AssessmentView],
    owed: Sequence[DutyView],
    typed: Typed,
    prompted: Mapping[uuid.UUID, Mapping[str, object]],
    *,
    by: Actor,
    now: datetime,
) -> dict[str, Any]:
    """Return everything the incident's page shows, and the forms this reader may use."""
    closed = handled.state == "closed"
    shared = reasons.repeated((_owed(duty, seen), duty.trouble) for duty in owed)
    return {
        "incident": {
            "id": seen.id,
            "href": reverse("contact:incident", args=[seen.id]),
            "reference": seen.reference,
            "title": rulings.label("nsir_opening", seen.opening_code, now),
            "caption": _caption(seen, now),
            "grade": handled.grade,
            "grade_text": rulings.label("grades", handled.grade, now),
            "who": handled.unit,
            "state_text": rulings.label("incident_statuses", handled.state, now),
            "notices": _notices(seen, handled, now),
            "warnings": [*_orders(seen, by=by, now=now), *_warnings(seen, now)],
            "summary": seen.summary,
            "gradings": list(_gradings(handled.gradings, now)),
            "log": [_entry(line) for line in handled.log],
            "thrives": list(_thrives(thrives, now)),
            "duties": [_duty(duty, seen, now, shared) for duty in owed],
            "reasons": shared.items(),
            "advice": [_advice(one, seen, typed, by, now) for one in handled.advice],
            "people": [{**_part(part, seen, prompted, by, now), "home": ""} for part in seen.parts],
            "place": _place(seen),
            "repeats": [_repeat(repeat, seen) for repeat in handled.repeats],
        },
        "regrade": doing.regrade(seen, handled, typed, now) if contact.GRADE in by.permissions and not closed else None,
        "entry": doing.form(seen, "add_line", typed, "entry") if contact.LOG in by.permissions else None,
        "ask_advice": doing.desk_form(seen, handled, typed, by) if not closed else None,
        "progress": doing.progress(seen, handled, typed, now) if contact.LOG in by.permissions and not closed else None,
        "desk": reverse("contact:settle_desk", args=[seen.id]) if contact.ADVISE in by.permissions else "",
    }


def _caption(seen: IncidentView, now: datetime) -> str:
    words = [rulings.label("nsir_qualifiers", q, now) for q in seen.opening_qualifiers]
    channel = rulings.label("channels", seen.channel, now)
    number = phones.spoken(seen.caller_number)
    return " · ".join([f"Log {seen.reference}", f"{channel} from {number}" if number else channel, *words])


def _notices(seen: IncidentView, handled: Handled, now: datetime) -> list[dict[str, str]]:
    notices = []
    if handled.delay_reason:
        words = _delay_words(handled.delay_reason, now)
        notices.append({"title": "Delay", "variant": "warning", "text": f"{words}. The grade stays as it is."})
    if seen.closed_at:
        codes = ", ".join(rulings.label("nsir_closing", code, now) for code in seen.closing_codes)
        notices.append({"title": "Closed", "variant": "information", "text": f"{codes}. {seen.result}"})
    return notices


def _delay_words(code: str, now: datetime) -> str:
    words = rulings.label("delays", code, now)
    return words if words != code else rulings.label("downgrade_reasons", code, now)


def _warnings(seen: IncidentView, now: datetime) -> Iterator[dict[str, str]]:
    for part in seen.parts:
        for marker in part.person.markers:
            yield _warning(part.person.name, marker, now)
    for marker in seen.place.markers if seen.place else ():
        yield _warning("This address", marker, now)


def _orders(seen: IncidentView, *, by: Actor, now: datetime) -> Iterator[dict[str, str]]:
    """Yield the orders and bail that bear on whoever is in the incident, and on its address."""
    if not can(by, READ_ORDERS).allowed:
        return
    there = seen.place.id if seen.place else None
    for one in bearing.on({part.person.id for part in seen.parts}, {there} if there else (), by=by, now=now):
        yield {"tone": one.tone, "text": one.text_at(there), "detail": one.detail, "until": "", "source": one.source}


def _warning(bearer: str, marker: MarkerView, now: datetime) -> dict[str, str]:
    return {
        "tone": "danger",
        "text": f"{bearer}: {rulings.label('marker_kinds', marker.kind, now)}",
        "detail": marker.detail,
        "until": f"{clock.london(marker.expires_at):%-d %b %Y}" if marker.expires_at else "",
        "source": f"{marker.source}, {clock.london(marker.from_at):%b %Y}",
    }


def _gradings(versions: Sequence[GradeVersion], now: datetime) -> Iterator[dict[str, object]]:
    """Yield every version, newest first; reasons that a newer one gave already are told by its number."""
    told: dict[tuple[str, ...], int] = {}
    for version in versions:
        newer = told.setdefault(version.because, version.number)
        shown = _grading(version, now)
        yield shown if newer == version.number else {**shown, "because": [f"Of the same as version {newer}."]}


def _grading(version: GradeVersion, now: datetime) -> dict[str, object]:
    rule = rulings.grading_version(version.at)
    trigger = (
        "First contact"
        if version.trigger == "first_contact"
        else rulings.label("regrade_triggers", version.trigger, now)
    )
    return {
        "number": version.number,
        "grade": version.grade,
        "grade_text": rulings.label("grades", version.grade, now),
        "proposed_text": rulings.label("grades", version.proposed, now),
        "because": version.because,
        "trigger": trigger,
        "rationale": version.rationale,
        "by": version.by_name,
        "at": version.at,
        "confirmed_by": version.confirmed_by_name,
        "rule": f"{policy.rulebook().rule(version.rule).title}, version {version.rule_version}",
        "confidence": str(rule.confidence),
    }


def _entry(line: LogEntry) -> dict[str, object]:
    return {
        "title": TITLES.get(line.kind, line.kind),
        "by": line.by_name,
        "at": line.at,
        "text": line.text,
        "kind": KINDS.get(line.kind, ""),
        "points": (),
    }


def _thrives(versions: Sequence[AssessmentView], now: datetime) -> Iterator[dict[str, object]]:
    before: Mapping[str, object] = {}
    shown = []
    for version in reversed(versions):
        questions = edition("thrive", clock.london_date(version.at)).instrument.questions
        answers = [
            {
                "title": q.label,
                "text": _answer(q, version.answers[q.id]),
                "changed": bool(before) and before.get(q.id) != version.answers[q.id],
            }
            for q in questions
            if version.answers.get(q.id)
        ]
        missing = len(version.missing)
        trigger = (
            "First contact"
            if version.trigger == "first_contact"
            else rulings.label("regrade_triggers", version.trigger, now)
        )
        shown.append(
            {
                "number": version.number,
                "by": version.by_name,
                "at": version.at,
                "trigger": trigger,
                "words": "complete" if version.complete else f"{missing} left",
                "answers": answers,
            }
        )
        before = version.answers
    return iter(reversed(shown))


def _answer(question: Question, value: object) -> str:
    if value == CONSIDERED_NONE:
        return "Considered, none"
    labels = {option.value: option.label for option in question.options}
    if isinstance(value, list):
        return ", ".join(labels.get(str(one), str(one)) for one in value)
    if str(value) in labels:
        return labels[str(value)]
    return str(value).replace("_", " ").capitalize() if value in {"not_known", "yes", "no"} else str(value)


def _duty(duty: DutyView, seen: IncidentView, now: datetime, shared: Collection[str]) -> dict[str, object]:
    """Return one duty; a trouble that several share stands above them all."""
    state = STATES[duty.state]
    if duty.trouble:
        state = "unknown"
    elif state == "running" and duty.due_at and duty.due_at < now:
        state = "late"
    elif state == "running" and duty.warn_at and duty.warn_at < now:
        state = "soon"
    return {
        "name": _owed(duty, seen),
        "from_at": duty.started_at,
        "due_at": duty.due_at,
        "state": state,
        "because": "" if duty.trouble in shared else duty.trouble,
        "working": duty.working,
        "rule": f"{duty.rule} version {duty.rule_version}",
        "confidence": duty.confidence,
    }


def _owed(duty: DutyView, seen: IncidentView) -> str:
    return " · ".join(filter(None, (duty.name, _whose(duty, seen))))


def _whose(duty: DutyView, seen: IncidentView) -> str:
    """Return whom a duty is about, where it is one of several alike."""
    return next((part.person.name for part in seen.parts if duty.what and part.person.id == duty.person_id), "")


def _advice(one: AdviceView, seen: IncidentView, typed: Typed, by: Actor, now: datetime) -> dict[str, object]:
    may = contact.ASK_ADVICE in by.permissions or contact.ACT_ON_ADVICE in by.permissions
    settled = [code for code in choices.in_use("advice_outcomes", now) if code.group == "settled"]
    return {
        "id": one.id,
        "state": "settled" if one.outcome else "given" if one.text else "asked",
        "question": one.question,
        "asked_by": one.asked_by_name,
        "asked_at": one.asked_at,
        "text": one.text,
        "given_by": one.given_by_name,
        "given_at": one.given_at,
        "outcome_text": rulings.label("advice_outcomes", one.outcome, now) if one.outcome else "",
        "outcome_reason": one.outcome_reason,
        "outcome_colour": "green" if one.outcome == "acted_on" else "yellow",
        "settle_href": reverse("contact:settle_advice", args=[seen.id, one.id]) if may and one.text else "",
        "outcomes": [choices.Choice(code.code, code.label) for code in settled],
        "typed_outcome": typed.get(f"outcome-{one.id}"),
        "typed_reason": typed.get(f"reason-{one.id}"),
    }


def _part(
    part: PartView,
    seen: IncidentView,
    prompted: Mapping[uuid.UUID, Mapping[str, object]],
    by: Actor,
    now: datetime,
) -> dict[str, object]:
    age = part.person.born.age_on(clock.london_date(now))
    done = prompts.progress(part.vulnerabilities, prompted.get(part.person.id, {}), clock.london_date(now))
    may_ask = contact.LOG in by.permissions and seen.closed_at is None
    return {
        "prompts_words": f"{done.answered} of {done.asked} questions answered" if done.asked else "",
        "prompts_href": reverse("contact:prompts", args=[seen.id, part.person.id]) if may_ask else "",
        "href": f"/people/{part.person.id}/",
        "name": part.person.name,
        "age": "" if age is None else str(age),
        "role_text": rulings.label("person_roles", part.role, now),
        "vulnerability_words": ", ".join(rulings.label("vulnerabilities", v, now) for v in part.vulnerabilities),
        "warnings": [rulings.label("marker_kinds", m.kind, now) for m in part.person.markers],
    }


def _place(seen: IncidentView) -> dict[str, object] | None:
    if seen.place is None:
        return None
    area = f"{seen.place.area} area" if seen.place.area else ""
    where = (seen.place.district, area, f"{seen.place.beat} beat" if seen.place.beat else "")
    lines = [", ".join(filter(None, where))] if seen.place.district else []
    return {"href": f"/places/{seen.place.id}/", "name": seen.place.address, "lines": lines}


def _repeat(repeat: Mapping[str, Any], seen: IncidentView) -> dict[str, str]:
    name = next((part.person.name for part in seen.parts if str(part.person.id) == repeat.get("person")), "")
    words = repeat_words(repeat["title"], repeat["count"], repeat["by"], repeat["window"], name)
    return {"text": words, "definition": f"({repeat['source']})", "confidence": repeat["confidence"]}
