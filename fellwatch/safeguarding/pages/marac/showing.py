"""The MARAC in the words that pages show, for the force's pages and for the partners' door alike."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from fellwatch.foundation import clock, policy
from fellwatch.foundation.access import Actor
from fellwatch.meetings.values import ActionView, MeetingView, ResearchView
from fellwatch.rules import vocabulary
from fellwatch.rules.vocabulary import Vocabulary
from fellwatch.safeguarding.marac import law, life
from fellwatch.safeguarding.marac.checks import BASES
from fellwatch.safeguarding.marac.values import SAID, ReferralRow, ReferralView
from fellwatch.sharing import queries as sharing
from fellwatch.sharing.access import READ as READ_AGENCIES

KNOWN = {"": "No answer yet", "known": "Known to them", "not_known": "Not known to them"}
ACTIONS = {"open": "Open", "done": "Done", "not_possible": "Not possible"}
ATTENDANCE = {
    "invited": "No answer yet",
    "coming": "Coming",
    "apologies": "Apologies",
    "present": "There",
    "absent": "Not there",
}
MEETINGS = {
    "planned": "Being prepared",
    "sent": "Agenda sent",
    "running": "In progress",
    "held": "Held",
    "called_off": "Called off",
}
CONSENT = {"yes": "Agrees", "no": "Does not agree", "not_asked": "Not asked: asking was not safe"}
ENGAGED = {"yes": "wants help", "no": "does not want help now", "thinking": "is thinking about it", "": ""}
POLICE = "Police"


def agency_names(by: Actor, meetings: Iterable[MeetingView] = ()) -> dict[str, str]:
    """Return what agencies are called, as far as the reader may know: from the list, or from who is invited."""
    names = {one.agency: one.title for meeting in meetings for one in meeting.attendance}
    if READ_AGENCIES in by.permissions:
        names |= {one.code: one.name for one in sharing.agencies(by=by)}
    return names


def agency(names: Mapping[str, str], code: str, by: Actor) -> str:
    """Return what an agency is called."""
    if code in names:
        return names[code]
    return "Your agency" if code == by.agency and READ_AGENCIES not in by.permissions else POLICE if code else ""


def clock_of(
    name: str, from_at: datetime, due_at: datetime | None, now: datetime, *, done: bool = False
) -> dict[str, object]:
    """Return a clock as the bar draws it."""
    late = due_at is not None and due_at < now
    state = "met" if done else "unknown" if due_at is None else "late" if late else "running"
    return {"name": name, "from_at": from_at, "due_at": due_at, "state": state}


def row(one: ReferralRow, names: Mapping[str, str], by: Actor, now: datetime) -> dict[str, object]:
    """Return a referral as a line of a list, with the clock that matters now."""
    clocks = []
    if one.state == "to_triage":
        clocks.append(clock_of("Panel decides", one.referred_at, one.triage_due_at, now))
    if one.reached_at is None and one.state not in {"withdrawn", "to_place"}:
        clocks.append(clock_of("Victim reached", one.referred_at, one.contact_due_at, now))
    return {
        "id": one.id,
        "reference": one.reference,
        "victim": one.victim,
        "perpetrators": one.perpetrators,
        "state": one.state,
        "state_text": life.STATES[one.state],
        "repeat": one.repeat,
        "because": one.because,
        "from": POLICE if one.source == "police" else agency(names, one.agency, by),
        "by_name": one.by_name,
        "at": one.referred_at,
        "adviser": agency(names, one.adviser, by) if one.adviser else "",
        "attempts": one.attempts,
        "reached_at": one.reached_at,
        "clocks": clocks,
        "triage_because": one.triage_because,
        "triage": _outcome(one, now),
    }


def _outcome(one: ReferralRow, now: datetime) -> str:
    if not one.triage_outcome:
        return ""
    found = law.conference(clock.london_date(one.referred_at)).outcome(one.triage_outcome)
    return f"{found.label}. {found.owes}".strip() if found else one.triage_outcome


def criteria(seen: ReferralView) -> list[dict[str, object]]:
    """Return each criterion, whether it is met (None until it is said who is meant), and on what that rests."""
    on = clock.london_date(seen.row.referred_at)
    rule = law.conference(on)
    shown = {
        "judgement": seen.told.get("judgement_because", ""),
        "visible_risk": f"{seen.ticks or 'No'} yes answers; {rule.ticks_at_least} are needed",
        "escalation": f"{law.escalation(on)[0].at_least} or more domestic incidents reported within twelve months",
        "repeat": seen.row.because[0] if seen.row.because else "Known once it is said who is meant",
    }
    decided = seen.row.state != "to_place"
    return [
        {
            "label": one.label,
            "met": one.id in seen.row.criteria if decided else None,
            "why": shown.get(one.id, one.help),
        }
        for one in rule.criteria
    ]


def rule_words(seen: ReferralView) -> dict[str, str]:
    """Return where the rule comes from, and how sure it is."""
    version = law.conference_version(clock.london_date(seen.row.referred_at))
    return {"source": version.source, "confidence": str(version.confidence), "number": str(version.number)}


def told(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what a referral tells, in reading order."""
    return [(label, fields[name]) for name, label in SAID.items() if fields.get(name)]


def basis(code: str, now: datetime) -> str:
    """Return the words of a lawful basis."""
    return vocabulary.label(policy.parsed(BASES, clock.london_date(now), Vocabulary), code)


def research(one: ResearchView, names: Mapping[str, str], by: Actor, now: datetime) -> dict[str, object]:
    """Return what an agency was asked."""
    done = one.answered_at is not None
    return {
        "id": one.id,
        "matter": one.matter_id,
        "reference": one.reference,
        "agency": agency(names, one.agency, by),
        "known": KNOWN[one.known],
        "facts": one.facts,
        "analysis": one.analysis,
        "answered_at": one.answered_at,
        "answered_by": one.answered_by,
        "late": one.late,
        "chased": one.chased,
        "clock": clock_of("Answer", one.asked_at, one.due_at, now, done=done),
    }


def action(one: ActionView, names: Mapping[str, str], by: Actor) -> dict[str, object]:
    """Return what an agency promised."""
    return {
        "id": one.id,
        "matter": one.matter_id,
        "reference": one.reference,
        "agency": agency(names, one.agency, by),
        "owner": one.owner,
        "words": one.words,
        "due": one.due_date,
        "state": one.state,
        "state_text": "Overdue" if one.overdue else ACTIONS[one.state],
        "overdue": one.overdue,
        "answer": one.answer,
        "answered_at": one.answered_at,
        "answered_by": one.answered_by,
        "reminded": one.reminded,
    }


def meeting(one: MeetingView) -> dict[str, object]:
    """Return a meeting's head."""
    return {
        "id": one.id,
        "title": one.title,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "place": one.place,
        "chair": one.chair,
        "state": one.state,
        "state_text": MEETINGS.get(one.state, one.state),
        "agenda_due": one.agenda_due,
        "agenda_sent_at": one.agenda_sent_at,
        "cases": one.cases,
        "attendance": [
            {"agency": a.agency, "title": a.title, "name": a.name, "state": a.state, "state_text": ATTENDANCE[a.state]}
            for a in one.attendance
        ],
    }
