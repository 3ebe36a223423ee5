"""Messages for help and activations in the words that pages show."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse

from fellwatch.duties.queries import DutyView
from fellwatch.safeguarding.helping import actions, safe
from fellwatch.safeguarding.helping.values import ActivationView, Counted, MessageView
from fellwatch.safeguarding.pages import helping_steps, showing
from fellwatch.safeguarding.pages.forms import Field


def message_row(one: MessageView, running: DutyView | None, now: datetime) -> dict[str, object]:
    """Return one line of the list of messages."""
    return {
        "href": reverse("safeguarding:help_message", args=[one.id]),
        "name": one.name or "Somebody who gave no name",
        "open": one.state == "open",
        "safe": helping_steps.how_safe(one, now),
        "first": one.words.split("\n")[0][:160],
        "arrived_at": one.arrived_at,
        "clock": showing.clock(running, now) if running else None,
        "ended": "" if one.state == "open" else f"{outcome('help_outcomes', one.outcome, now)}, {one.closed_by_name}",
    }


def message(one: MessageView, now: datetime) -> dict[str, object]:
    """Return everything the page of a message shows."""
    hours = f"{one.from_time:%H:%M} to {one.to_time:%H:%M}" if one.from_time and one.to_time else "At any hour"
    return {
        **message_row(one, None, now),
        "rules": [
            ("How", safe.MEANS[one.means]),
            ("Where", one.reach or "None given"),
            ("When", hours),
            ("Her word", one.password or "None given"),
            ("Never", one.never or "Nothing said"),
        ],
        "words": one.words or "She wrote nothing more.",
        "place": one.place,
        "closing_words": one.closing_words,
        "incident_reference": one.incident_reference,
        "incident_href": reverse("contact:incident", args=[one.incident_id]) if one.incident_id else "",
        "attempts": [
            {
                "title": f"{safe.MEANS[a.means]}: {'it was her' if a.reached else 'not reached'}",
                "by": a.by_name,
                "at": a.at,
                "text": a.words,
                "kind": "call" if a.reached else "",
                "points": (),
            }
            for a in one.attempts
        ],
    }


def outcome(name: str, code: str, now: datetime) -> str:
    """Return the words of an outcome."""
    return next((one.text for one in helping_steps.codes(name, now) if one.code == code), code)


def activation_row(one: ActivationView, running: Sequence[DutyView], now: datetime) -> dict[str, object]:
    """Return one line of the list of activations, with its next step."""
    due = next((duty for duty in running if duty.due_at), None)
    asked = {field.id: field for field in helping_steps.FACTS[one.scheme]}
    return {
        "scheme": helping_steps.SCHEMES[one.scheme],
        "venue": one.venue,
        "told_at": one.told_at,
        "facts": [(_label(asked, name), _words(asked, name, text)) for name, text in one.facts.items()],
        "clock": showing.clock(due, now) if due else None,
        "arrived_at": one.arrived_at,
        "outcome": outcome(actions.OUTCOMES[one.scheme], one.outcome, now) if one.outcome else "",
        "outcome_words": one.outcome_words,
        "open": one.state == "open",
        "untold": bool(one.outcome) and one.state == "open",
        "reference": one.incident_reference,
        "incident_href": reverse("contact:incident", args=[one.incident_id]) if one.incident_id else "",
        "arrived_href": "" if one.arrived_at else reverse("safeguarding:activation_step", args=[one.id, "arrived"]),
        "outcome_href": reverse("safeguarding:activation_step", args=[one.id, "outcome"]),
        "by": one.by_name,
    }


def _label(asked: Mapping[str, Field], name: str) -> str:
    return asked[name].label if name in asked else "Pounds stopped"


def _words(asked: Mapping[str, Field], name: str, text: str) -> str:
    options = asked[name].options if name in asked else ()
    return next((one.text for one in options if one.code == text), text)


def measured(one: Counted, now: datetime) -> dict[str, object]:
    """Return how one scheme went over the year: words, bars over 300, and the table under them."""
    title = helping_steps.SCHEMES[one.scheme]
    money = f" £{one.pence_stopped / 100:,.0f} was stopped." if one.scheme == "banking" else ""
    counts = [("Told us", one.told), ("Police there", one.attended), ("There within the hour", one.in_an_hour),
              ("Outcome known, and told", one.venue_told)]  # fmt: skip
    most = max(one.told, 1)
    return {
        "title": title,
        "words": f"{one.told} in the last year; in {one.in_an_hour} police were there within the hour.{money}",
        "bars": [{"text": text, "count": count, "width": round(300 * count / most, 1)} for text, count in counts],
        "outcomes": [
            (outcome(actions.OUTCOMES[one.scheme], code, now), count)
            for code, count in sorted(one.outcomes.items(), key=lambda pair: -pair[1])
        ],
    }
