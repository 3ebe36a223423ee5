"""What the pages about schools show: each notice with its reason and what to do, in plain values."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse

from fellwatch.duties.queries import DutyView
from fellwatch.foundation import clock, paging, series
from fellwatch.safeguarding.encompass import life, writing
from fellwatch.safeguarding.encompass.figures import Figures
from fellwatch.safeguarding.encompass.queries import PAGE, Listed
from fellwatch.safeguarding.encompass.values import EstablishmentView, NoticeRow, NoticeView
from fellwatch.safeguarding.pages import showing

SOON = timedelta(hours=3)
LABELS = {
    "telephone": "Telephone the school",
    "place": "Choose where the child learns",
    "recall": "Recall it",
    "release": "Send it now",
    "again": "Mail it again",
    "returned": "The mail came back",
    "hand": "Record that the other force was told",
}
STORY = {
    "made": "Notice made", "held": "Held", "sent": "Sent", "more": "More was added", "opened": "Opened",
    "acknowledged": "The school answered", "disputed": "The school says: not ours", "named": "The team answered",
    "told": "Told by telephone", "handed": "The other force was told", "reminded": "Reminded",
    "telephone": "Somebody must telephone", "recalled": "Recalled",
    "answered": "It became known where the child learns",
    "moved": "The time moved", "again": "Mailed again", "mail_sent": "Mail handed over",
    "mail_bounced": "Mail came back",
    "mail_delayed": "Mail server does not answer",
    "mail_failed": "Mail could not be sent",
    "mail_held": "No mail server is set up",
}  # fmt: skip
WARNINGS = {"disputed", "telephone", "recalled", "mail_bounced", "mail_delayed", "mail_failed", "mail_held"}


HEADINGS = {
    "not_knowing": "Nobody at the school knows",
    "missed": "School began days ago, and still nobody knows",
    "later": "Later: nobody knows yet, and school is not tomorrow",
    "know": "They know, last seven days",
    "outside": "Outside the duty, last seven days",
}


def listed(found: Listed, now: datetime) -> dict[str, object]:
    """Return the list: heading, who will not know, what comes later, who knows."""
    count = found.counts["not_knowing"]
    at = f"{clock.london(found.morning_at):%H:%M}" if found.morning_at else ""
    return {
        "heading": f"Who will not know at {at}" if at else "Who does not know yet",
        "words": "" if count else "Every school knows what it must by then.",
        "waiting": count,
        **{name: [row(one, now) for one in getattr(found, name)] for name in HEADINGS},
        "rest": {name: _rest(name, found.counts[name]) for name in HEADINGS},
        "headings": HEADINGS,
    }


def _rest(name: str, count: int) -> dict[str, object] | None:
    """Return the way to what of a part is not on the first page."""
    if count <= PAGE:
        return None
    return {"href": f"{reverse('safeguarding:schools')}?part={name}&page=1", "text": f"{count - PAGE:,} more"}


def part(found: Listed, name: str, page: int, now: datetime) -> dict[str, object]:
    """Return one page of one part of the list."""
    count, rows = found.counts[name], [row(one, now) for one in getattr(found, name)]
    first = page * PAGE + 1
    return {
        "heading": HEADINGS[name],
        "rows": rows,
        "clocks": name not in {"know", "outside"},
        "words": f"{first:,} to {first + len(rows) - 1:,} of {count:,}" if rows else f"None here: there are {count:,}.",
        "back": {"href": reverse("safeguarding:schools"), "text": "Who does not know"},
        **paging.ways(reverse("safeguarding:schools"), page, more=page * PAGE + len(rows) < count, part=name),
    }


def row(one: NoticeRow, now: datetime) -> dict[str, object]:
    """Return a notice as a line of the list."""
    steps = offered(one)
    lead = leads(one, steps)
    return {
        "href": reverse("safeguarding:school_notice", args=[one.id]),
        "child": one.child,
        "age": "age not known" if one.age is None else f"aged {one.age}",
        "school": one.establishment or "School not known",
        "lead": one.lead_name,
        "telephone": one.telephone,
        "state": life.WORDS[one.state],
        "mail": life.MAILS[one.mail],
        "statutory": one.statutory,
        "reason": reason(one, now),
        "do": todo(one, now),
        "danger": _urgent(one, now),
        "doubt": one.due_words,
        "told": f"{one.told_by_name}, {_at(one.told_at)}" if one.told_at else "",
        "late": bool(one.told_at and one.due_at and one.told_at >= one.due_at),
        "clock": _clock(one, now) if one.state in life.OPEN and one.due_at else None,
        "step": _step(one, lead) if lead else None,
    }


def _step(one: NoticeRow, code: str) -> dict[str, str]:
    return {"href": reverse("safeguarding:school_step", args=[one.id, code]), "text": LABELS[code]}


def offered(one: NoticeRow) -> tuple[str, ...]:
    """Return the steps that may be taken with a notice."""
    steps = life.STEPS.get(one.state, ())
    return tuple(step for step in steps if not (one.path == "ask" and step == "telephone"))


def leads(one: NoticeRow, steps: Sequence[str]) -> str:
    """Return the step that helps most now; "" for none."""
    return steps[0] if steps and one.state in life.OPEN else ""


def reason(one: NoticeRow, now: datetime) -> str:
    """Say in one line why nobody at the school knows."""
    match one.state:
        case "decide" | "elsewhere" | "outside":
            return one.because
        case "held":
            what = "the officer's form" if one.held_for == "form" else "the end of the holidays"
            return f"Held for {what}, no longer than {_at(one.held_until)}."
        case "sent":
            return _unopened(one, now)
    return ""


def _unopened(one: NoticeRow, now: datetime) -> str:
    if one.path == "ask":
        return f"{one.because} Asked {_at(one.sent_at)}, not answered."
    begun = "School has begun and nobody there knows. " if _over(one, now) else ""
    match one.mail:
        case "bounced":
            return f"{begun}The mail came back: {one.mail_words}"
        case "none" | "held" | "failed":
            return f"{begun}{life.MAILS[one.mail]}. Open to them since {_at(one.sent_at)}."
        case "delayed":
            return f"{begun}The mail server does not answer; it is tried again by itself."
    return f"{begun}Sent {_at(one.sent_at)}, not opened."


def todo(one: NoticeRow, now: datetime) -> str:
    """Say what to do about it now."""
    match one.state:
        case "decide":
            return "Find out where the child learns, and choose."
        case "elsewhere":
            return "Tell that force tonight, and write down whom."
        case "held":
            return "Goes by itself. Send it now if the school must know sooner."
        case "sent" if one.path == "ask":
            return f"Telephone the team{_on(one)}, then choose the school they name."
        case "sent" if one.mail in {"bounced", "none", "held", "failed"} or one.telephone_at or _over(one, now):
            return f"Telephone {one.lead_name or 'the safeguarding lead'}{_on(one)} and write down whom you told."
        case "sent":
            return "Nothing yet: they are reminded by mail. An hour before school somebody must telephone."
    return ""


def notice(seen: NoticeView, owed: Sequence[DutyView], now: datetime) -> dict[str, object]:
    """Return everything the page of a notice shows."""
    one, called = seen.row, writing.labels(seen.row.known_at)
    return {
        "title": f"{one.child}: {one.establishment or 'school not known'}",
        "notice": row(one, now),
        "receipt": seen.receipt,
        "caption": f"{seen.receipt} · {'duty in law' if one.statutory else 'policy before 7 November 2025'}",
        "steps": [_step(one, code) for code in offered(one)],
        "facts": _facts(seen),
        "child_href": reverse("shell:person", args=[one.child_id]),
        "duties": [showing.clock(duty, now) for duty in owed],
        "told": [
            {
                "number": number,
                "at": at,
                "said": [(called.get(name, name), words) for name, words in said.items()],
                "held_back": [called.get(name, name) for name in held_back],
            }
            for number, at, said, held_back in seen.told
        ],
        "story": [
            {
                "at": e.at, "title": STORY.get(e.kind, e.kind), "text": e.words, "by": e.by_name, "points": [],
                "kind": "warning" if e.kind in WARNINGS else "",
            }
            for e in reversed(seen.events)
        ],
        "others": [
            {
                "href": reverse("safeguarding:school_notice", args=[other.id]),
                "text": other.establishment or "School not known",
                "words": life.WORDS[other.state],
            }
            for other in seen.others
        ],
    }  # fmt: skip


def _facts(seen: NoticeView) -> list[tuple[str, str]]:
    one = seen.row
    return [
        pair
        for pair in (
            ("The child", seen.linked_by),
            ("Incident", seen.incident_reference),
            ("Known to the police since", _at(one.known_at)),
            ("Safeguarding lead", one.lead_name),
            ("Telephone", one.telephone),
            ("Mail", f"{life.MAILS[one.mail]}. {one.mail_words}".strip()),
            ("The school says", seen.answer),
            ("The school disputes", one.disputed_words),
            ("Recalled because", seen.recalled_because),
        )
        if pair[1]
    ]


def school(one: EstablishmentView, now: datetime) -> dict[str, object]:
    """Return a school as a line of the list and on its own page."""
    today = clock.london_date(now)
    return {
        "href": reverse("safeguarding:school", args=[one.id]),
        "name": one.name,
        "kind": life.KINDS[one.kind],
        "code": one.agency,
        "lead": one.lead_name,
        "mail": one.email,
        "second": one.second_email,
        "telephone": one.telephone,
        "starts": f"{one.starts:%H:%M}" if one.starts else "not known: taken as 08:30",
        "agreement": _agreement(one, writing.labels(now)),
        "troubles": [words for words in _troubles(one, today) if words],
        "spells": [
            {
                "kind": life.DAYS[kind],
                "days": f"{first:%a %-d %b %Y}" + (f" to {last:%a %-d %b %Y}" if last != first else ""),
                "words": words,
            }
            for kind, first, last, words in one.spells
        ],
        "next": [f"{day:%a %-d %b}" for day in one.next_days],
    }


def _agreement(one: EstablishmentView, called: Mapping[str, str]) -> str:
    if one.agreed_until is None:
        return "None: it is told what the duty names, and no more"
    words = ", ".join(called.get(name, name).lower() for name in one.agreed) or "nothing more"
    return f"Until {one.agreed_until:%-d %b %Y}, beside what the duty names: {words}"


def _troubles(one: EstablishmentView, today: date) -> tuple[str, ...]:
    return (
        "" if one.email else "No mail address.",
        "" if one.telephone else "No telephone number.",
        "" if one.kind == "council" or one.next_days else "No term ahead: every working day is taken for a school day.",
        "The agreement has run out." if one.agreed_until and one.agreed_until < today else "",
    )


def figures(found: Figures) -> dict[str, object]:
    """Return the measure with its picture, words and tables."""
    whole = found.whole
    words = (
        f"{whole.in_time} of {whole.total} told before school began in twelve weeks, {whole.percent:.1f} per cent."
        if whole.percent is not None
        else "Nothing was due in the last twelve weeks."
    )
    return {
        "words": words,
        "series": series.of(((week.name, week.percent) for week in found.weeks), _limits(whole.percent)),
        "columns": ("Week from", "In time", "Late", "Never", "Per cent"),
        "weeks": [
            (w.name, w.in_time, w.late, w.never, "none" if w.percent is None else f"{w.percent:.1f}")
            for w in found.weeks
        ],
        "schools": [(s.name, s.in_time, s.late, s.never, f"{s.percent or 0:.1f}") for s in found.schools],
        "reasons": found.reasons,
        "recalled": found.recalled,
    }


def _limits(percent: float | None) -> dict[str, float]:
    return {"every one": 100.0, **({f"all weeks {percent:.0f}": percent} if percent is not None else {})}


def _clock(one: NoticeRow, now: datetime) -> dict[str, object]:
    assert one.due_at is not None
    state = "late" if one.due_at <= now else "soon" if one.due_at - now < SOON else "running"
    return {"name": "School begins", "from_at": one.known_at, "due_at": one.due_at, "state": state}


def _urgent(one: NoticeRow, now: datetime) -> bool:
    waits = one.state in {"decide", "elsewhere"} or one.mail == "bounced" or _over(one, now)
    return waits and one.state in life.OPEN


def _over(one: NoticeRow, now: datetime) -> bool:
    return one.due_at is not None and one.due_at <= now


def _on(one: NoticeRow) -> str:
    return f" on {one.telephone}" if one.telephone else " (no number is held)"


def _at(moment: datetime | None) -> str:
    return f"{clock.london(moment):%a %-d %b %H:%M}" if moment else ""
