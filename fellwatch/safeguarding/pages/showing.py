"""Cases and orders in the words that pages show."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from fellwatch.duties.queries import DutyView, Went
from fellwatch.foundation.access import Actor
from fellwatch.orders import law
from fellwatch.orders import standing as standing_of
from fellwatch.orders.standing import How
from fellwatch.orders.values import OrderView
from fellwatch.rules.legal_orders import Outcome
from fellwatch.safeguarding import access, life, queries, schemes
from fellwatch.safeguarding.marac import access as marac
from fellwatch.safeguarding.pages import case_steps, order_steps
from fellwatch.safeguarding.queries import Listed
from fellwatch.safeguarding.values import CaseRow, CaseView

STORY = {
    "considered": "Considered",
    "grounded": "Grounds written",
    "said": "Terms chosen",
    "sent": "Sent for authority",
    "authorised": "Authorised",
    "refused": "Refused",
    "withdrawn": "Withdrawn",
    "closed": "Closed",
    "asked": "Asked",
    "checked": "First checks",
    "met": "Met face to face",
    "decided": "Decided",
    "told": "Told",
    "disclosed_now": "Told before any forum",
    "planned": "Safety plan",
    "made": "Made",
    "served": "Served",
    "not_served": "Not served",
    "listed": "Hearing listed",
    "granted": "Order made by the court",
    "adjourned": "Adjourned",
    "lapsed": "Lapsed",
    "expired": "Ran out",
    "breached": "Breach",
    "before_court": "Before the court",
    "notified": "Notified",
    "changed": "New name or address",
    "varied": "Varied",
    "lasts": "Lasts until another day",
    "to_answer": "To answer bail",
    "reviewed": "Planned for the day after",
    "ended": "Ended",
}
WAITS = "Nobody is protected until it is decided."
IDLE = "No clock runs: look whether it can be closed."


def title_of(row: CaseRow) -> str:
    """Return what a case is, in full."""
    return law.title(row.scheme) if row.scheme in life.NOTICES else schemes.of(row.scheme).title


def short_of(row: CaseRow) -> str:
    """Return what a case is, in a word."""
    return row.scheme.upper() if row.scheme in life.NOTICES else schemes.of(row.scheme).short


def standing(row: CaseRow) -> str:
    """Say how a case stands, by its order where it has one."""
    if row.standing and row.state != "closed":
        short, stands = row.standing
        return f"{short} {stands.words}"
    return life.WORDS[row.state]


def clock(duty: DutyView, now: datetime) -> dict[str, object]:
    """Return a duty as a clock with words and its working."""
    return {
        "id": duty.id,
        "name": duty.title,
        "owner": duty.owner.replace("_", " "),
        "from_at": duty.started_at,
        "due_at": duty.due_at,
        "state": _state(duty, now),
        "because": duty.trouble,
        "working": duty.working,
        "rule": f"{duty.rule} version {duty.rule_version}, {duty.source}",
        "confidence": duty.confidence,
    }


def _state(duty: DutyView, now: datetime) -> str:
    if duty.trouble:
        return "unknown"
    if duty.state in {"met", "waived"}:
        return duty.state
    if duty.state == "replaced":
        return "paused"
    if duty.due_at and duty.due_at < now:
        return "late"
    return "soon" if duty.warn_at and duty.warn_at < now else "running"


def listed(one: Listed, now: datetime) -> dict[str, object]:
    """Return one line of the list: who, how it stands, what is due next and why."""
    due = next((duty for duty in one.running if duty.due_at), one.running[0] if one.running else None)
    return {
        "href": reverse("safeguarding:case", args=[one.row.id]),
        "short": short_of(one.row),
        "reference": one.row.reference,
        "subject": one.row.subject_name,
        "at_risk": one.row.at_risk_name,
        "standing": standing(one.row),
        "binds": bool(one.row.standing and one.row.standing[1].binds),
        "clock": clock(due, now) if due else None,
        "reason": WAITS if one.row.state == "sent" else "" if due else IDLE,
        "more": max(0, len(one.running) - 1),
        "asked_at": one.row.asked_at,
        "who": one.row.opened_by_name,
    }  # fmt: skip


def measures(found: Sequence[Went], ages: Sequence[tuple[str, int]]) -> dict[str, object]:
    """Return the two pictures of the list with their words and their tables."""
    total = sum(count for _, count in ages)
    oldest = ages[-1][1]
    over = sum(one.overdue for one in found)
    return {
        "ages": {
            "words": f"{total} open, {oldest} of them older than 28 days. The bars add up to all that are open.",
            "bars": _bars(ages),
        },
        "stages": {
            "words": f"{over} running past their time now." if over else "Nothing is running past its time now.",
            "rows": [
                {
                    "title": one.title, "in_time": one.in_time, "late": one.late, "overdue": one.overdue,
                    "running": one.running, "parts": _parts(one),
                }
                for one in found
            ],
        },
    }  # fmt: skip


def _bars(ages: Sequence[tuple[str, int]]) -> list[dict[str, object]]:
    most = max((count for _, count in ages), default=0) or 1
    return [{"text": words, "count": count, "width": round(300 * count / most, 1)} for words, count in ages]


def _parts(one: Went) -> list[dict[str, object]]:
    """Return the parts of one stage's bar, side by side over 300."""
    counts = (("met", one.in_time), ("late-met", one.late), ("late", one.overdue), ("running", one.running))
    total, left, parts = sum(count for _, count in counts) or 1, 0.0, []
    for kind, count in counts:
        width = round(300 * count / total, 1)
        parts.append({"kind": kind, "left": round(left, 1), "width": width})
        left += width
    return [part for part in parts if part["width"]]


def case(
    seen: CaseView,
    orders: Sequence[OrderView],
    owed: Sequence[DutyView],
    others: Sequence[CaseRow],
    *,
    by: Actor,
    now: datetime,
) -> dict[str, object]:
    """Return everything the page of a case shows."""
    notice = seen.row.scheme in life.NOTICES
    steps = case_steps.offered(seen, by)
    return {
        "title": f"{title_of(seen.row)}: {seen.row.subject_name}",
        "case": {
            "id": seen.row.id,
            "reference": seen.row.reference,
            "standing": standing(seen.row),
            "caption": f"{seen.row.reference} · opened by {seen.row.opened_by_name}",
            "incident": seen.incident_reference,
            "incident_id": seen.incident_id,
            "address": seen.address,
            "place_id": seen.place_id,
        },
        "subject": person(seen.row.subject_id, seen.row.subject_name, seen.subject_age),
        "at_risk": person(seen.row.at_risk_id, seen.row.at_risk_name, seen.at_risk_age),
        "notice": notice,
        "waits": "" if steps or seen.row.state != "sent" else "It waits for authority. You can do nothing more now.",
        "steps": _next(seen, steps, orders, by),
        "lines": test_lines(queries.test_of(seen, by=by)) if notice else [],
        "answers": answers(seen, by),
        "orders": [order(one, by=by, now=now) for one in orders],
        "duties": [clock(duty, now) for duty in owed],
        "story": story(seen, orders),
        "others": [
            {
                "href": reverse("safeguarding:case", args=[one.id]),
                "text": f"{short_of(one)} {one.reference}",
                "words": f"{one.subject_name} and {one.at_risk_name}: {standing(one)}",
            }
            for one in others
            if one.id != seen.row.id
        ],
        "papers": papers(seen, orders),
    }


def _next(seen: CaseView, steps: Sequence[str], orders: Sequence[OrderView], by: Actor) -> list[dict[str, str]]:
    """Return what may be done now, what protects first: with an order that lives, its next step."""
    live = next((one for one in reversed(orders) if one.state != "ended"), None)
    leads = (
        [
            {"href": reverse("safeguarding:order_step", args=[live.id, code]), "text": order_steps.LABELS[code]}
            for code in order_steps.offered(live, by)[:1]
        ]
        if live
        else []
    )
    own = [step for step in steps if not (live and step == "close")]
    return leads + [
        {"href": reverse("safeguarding:case_step", args=[seen.row.id, code]), "text": case_steps.LABELS[code]}
        for code in own
    ]


def person(id: object, name: str, age: int | None) -> dict[str, object]:
    """Return somebody with a link and an age."""
    return {
        "name": name,
        "href": reverse("shell:person", args=[id]),
        "age": "age not known" if age is None else str(age),
    }


def test_lines(outcome: Outcome) -> list[dict[str, str]]:
    """Return each line of the test with its mark in words."""
    word = {"true": "Met", "false": "Not met", "unknown": "Not known"}
    return [
        {"mark": word[line.truth], "tone": str(line.truth), "text": line.words, "law": line.law}
        for line in outcome.lines
    ]


def answers(seen: CaseView, by: Actor) -> list[tuple[str, str]]:
    """Return what was answered so far, question by question."""
    if seen.row.scheme in life.NOTICES:
        rule = queries.rule_of(seen, by=by)
        words = {(ask.id, option.id): option.label for ask in rule.asks for option in ask.options}
        given = [
            (ask.label, words.get((ask.id, value), value)) for ask in rule.asks if (value := seen.answers.get(ask.id))
        ]
        said = [str(term.label) for one in seen.terms for term in rule.terms if term.id == one["term"]]
        return [*given, *([("It says", "; ".join(said))] if said else [])]
    labels = {
        "applicant": "Who asks",
        "why": "Why",
        "safe_contact": "Reach them only so",
        "in_danger": "In danger now",
        "found": "Found by the checks",
        "identity": "Identity proved by",
        "outcome": "Decided",
        "wording": "Words to be said",
        "plan": "Safety plan",
    }
    route = [("Route", schemes.ROUTES[seen.row.route])]
    values = {**seen.answers, "outcome": schemes.OUTCOMES.get(seen.answers.get("outcome", ""), "")}
    return route + [
        (label, values[name].replace("not_known", "not known")) for name, label in labels.items() if values.get(name)
    ]


def order(seen: OrderView, *, by: Actor, now: datetime) -> dict[str, object]:
    """Return an order as shown on a case, on its own page, and to patrol."""
    live = [one for one in seen.conditions if one.ended_at is None]
    return {
        "href": reverse("safeguarding:order", args=[seen.id]),
        "title": seen.title,
        "short": seen.short,
        "reference": seen.reference,
        "subject": seen.subject_name,
        "subject_href": reverse("shell:person", args=[seen.subject_id]),
        "protected": [
            {"name": name, "href": reverse("shell:person", args=[person])} for person, name in seen.protected
        ],
        "hidden": seen.hidden,
        "standing": how(seen),
        "binds": seen.binds,
        "ends_at": seen.ends_at if seen.binds else None,
        "made_by": seen.made_by,
        "issued_at": seen.issued_at,
        "binds_at": seen.binds_at,
        "conditions": [
            {"words": one.words, "address": one.address, "until": one.until_at, "place_id": one.place_id}
            for one in live
        ],
        "arrest": seen.arrest,
        "breach": seen.breach,
        "source": seen.source,
        "confidence": seen.confidence,
        "ended_because": seen.ended_because,
        "breaches": seen.breaches,
        "coming": coming(seen, now),
        "steps": [
            {"href": reverse("safeguarding:order_step", args=[seen.id, code]), "text": order_steps.LABELS[code]}
            for code in order_steps.offered(seen, by)
        ],
        "case_href": reverse("safeguarding:case", args=[seen.case_id])
        if seen.case_id and access.READ in by.permissions
        else "",
    }


def coming(seen: OrderView, now: datetime) -> str:
    """Say when and where bail is to be answered, or that it was not, while that is still to be done."""
    if seen.ended_as not in {"", "expired"} or not (seen.coming.missed_at or seen.standing.how is not How.ENDED):
        return ""
    where = seen.coming
    return standing_of.of_coming(where.at, where.where, missed=where.missed_at is not None, now=now)


def how(seen: OrderView) -> str:
    """Say how an order stands, as a badge does."""
    if seen.standing.how is How.NOT_SERVED:
        return "Not served: binds nobody yet"
    return seen.standing.words[0].upper() + seen.standing.words[1:]


def story(seen: CaseView, orders: Sequence[OrderView]) -> list[dict[str, object]]:
    """Return the case's thread: its own lines and those of what came of it, newest first."""
    own = [(e.at, e.kind, e.words, e.by_name, _points(dict(e.detail))) for e in seen.events]
    none: list[str] = []
    theirs = [(at, kind, f"{o.short}: {words}", who, none) for o in orders for at, kind, words, who in o.story]
    lines = sorted([*own, *theirs], key=lambda line: line[0])
    return [
        {"at": at, "title": STORY.get(kind, kind), "text": words, "by": who, "kind": _tone(kind), "points": points}
        for at, kind, words, who, points in reversed(lines)
    ]


def _tone(kind: str) -> str:
    if kind in {"refused", "not_served", "lapsed", "breached", "disclosed_now"}:
        return "warning"
    return "grade" if kind in {"authorised", "granted", "decided"} else ""


def _points(detail: dict[str, object]) -> list[str]:
    labels = {
        "chair": "Chair",
        "agencies": "Agencies",
        "lawful": "Lawful",
        "necessary": "Necessary",
        "proportionate": "Proportionate",
        "not_searched_because": "Not searched because",
        "identity": "Identity",
        "support": "Support",
        "rank": "Rank",
    }
    return [f"{label}: {detail[name]}" for name, label in labels.items() if detail.get(name)]


def papers(seen: CaseView, orders: Sequence[OrderView]) -> list[dict[str, str]]:
    """Return the documents that can be printed now."""
    if seen.row.scheme not in life.NOTICES:
        return []
    found = []
    for one in orders:
        if one.kind in law.NOTICES:
            found.append(
                {"href": reverse("safeguarding:notice_pdf", args=[one.id]), "text": f"{one.short} to be served"}
            )
        if any(service.served for service in one.services):
            found.append(
                {
                    "href": reverse("safeguarding:service_pdf", args=[one.id]),
                    "text": f"Statement of service, {one.short}",
                }
            )
    return [
        *found,
        {"href": reverse("safeguarding:pack_pdf", args=[seen.row.id]), "text": "Application pack for the court"},
    ]


def considering(person_id: uuid.UUID, *, by: Actor) -> list[dict[str, str]]:
    """Return what may be begun from somebody's page."""
    found = []
    if marac.PLACE in by.permissions and marac.REFER in by.permissions:
        href = reverse("safeguarding:marac_refer", args=[person_id])
        found.append({"href": href, "text": "Refer them to the MARAC, as the victim"})
    if access.WRITE in by.permissions:
        notice, asked = (reverse(f"safeguarding:{name}", args=[person_id]) for name in ("new_notice", "new_request"))
        found += [
            {"href": notice, "text": "Consider a protection notice against them"},
            {"href": asked, "text": "Open a disclosure request about them"},
        ]
        found += [
            {"href": reverse("safeguarding:new_order", args=[person_id, kind]), "text": f"Record: {law.title(kind)}"}
            for kind in ("police_bail", "dapo")
        ]
    return found
