"""What each page is given in the gallery and in the tests: the story of one call. Everyone is invented."""

from datetime import UTC, datetime, timedelta
from typing import Any

from markupsafe import Markup

NOW = datetime(2026, 10, 17, 22, 41, 48, tzinfo=UTC)

Context = dict[str, Any]


def ago(**past: float) -> datetime:
    return NOW - timedelta(**past)


def ahead(**future: float) -> datetime:
    return NOW + timedelta(**future)


def code(code: str, text: str, **more: object) -> Context:
    return {"code": code, "text": text, **more}


def clock(name: str, started: datetime, due: datetime | None, state: str, **more: object) -> Context:
    return {"name": name, "from_at": started, "due_at": due, "state": state, **more}


FRAME: Context = {
    "csrf_input": Markup('<input type="hidden" name="csrfmiddlewaretoken" value="token">'),
    "force_name": "Fellshire Police",
    "demonstration": True,
    "theme": "auto",
    "who": {"name": "Priya Raistrick", "role": "Call taker", "team": "Control room B"},
    "may_search": True,
    "nav": [
        {"text": "Board", "href": "#board", "active": False, "count": 23},
        {"text": "Take a call", "href": "#call", "active": False},
        {"text": "Waiting", "href": "#waiting", "active": False},
        {"text": "Help desk", "href": "#desk", "active": False, "count": 4},
        {"text": "Log", "href": "#log", "active": False},
    ],
}

ROLES = [
    code("caller", "Caller"),
    code("victim", "Victim"),
    code("suspect", "Suspect"),
    code("witness", "Witness"),
    code("child_resident", "Child who lives there"),
]
GRADES = [
    code("emergency", "Emergency"),
    code("priority", "Priority"),
    code("scheduled", "Scheduled"),
    code("no_deployment", "Resolved without deployment"),
]
VULNERABILITIES = [
    {
        "text": "Health and disability",
        "options": [
            code("pregnant", "Pregnant, or a baby in the last 18 months"),
            code("mental_health", "Mental ill-health"),
            code("alcohol", "Dependent on alcohol"),
        ],
    },
    {
        "text": "Abuse",
        "options": [
            code("domestic_abuse", "Suffering domestic abuse"),
            code("coercive_control", "Controlled or watched by somebody"),
            code("stalking", "Being stalked"),
        ],
    },
]
CHOICES: Context = {
    "channels": [code("999", "999 call"), code("101", "101 call"), code("partner", "Partner agency")],
    "opening_codes": [
        {
            "text": "Public safety and welfare",
            "options": [code("domestic_incident", "Domestic incident"), code("concern", "Concern for safety")],
        },
        {"text": "Anti-social behaviour", "options": [code("asb_personal", "Personal")]},
    ],
    "qualifiers": [code("domestic_abuse", "Domestic abuse"), code("alcohol", "Alcohol"), code("weapons", "Weapons")],
    "roles": ROLES,
    "vulnerabilities": VULNERABILITIES,
    "grades": GRADES,
}

WHY: Context = {
    "summary": "97 in 100 such pairs are the same person.",
    "rows": [
        {"what": "Surname", "said": "Hewitt sounds like Hewett", "weight": 4.6},
        {"what": "Forename", "said": "Danyel is one letter from Danielle's short form, Daniel", "weight": 2.1},
        {"what": "Phone", "said": "used in two earlier calls", "weight": 6.9},
        {"what": "Address", "said": "lived here since 3 Feb 2025", "weight": 5.2},
        {"what": "Year of birth", "said": "1993 said, 1994 held", "weight": -2.4},
    ],
}

KNOWN: Context = {
    "signature": "k1",
    "danger": 4,
    "announce": "Probably Danielle Hewett, 97 %. 4 warnings.",
    "alerts": [
        {
            "tone": "danger",
            "text": "Marc Oddie: knife.",
            "detail": "Threatened her with a kitchen knife.",
            "source": "Marker 12 Sep 2026",
            "until": "12 Sep 2031",
        },
        {
            "tone": "danger",
            "text": "Bail: Marc Oddie may not come to 14 Tarn Row.",
            "detail": "",
            "source": "Police bail",
            "until": "11 Dec 2026",
        },
        {
            "tone": "warn",
            "text": "High risk, 12 Sep 2026.",
            "detail": "Heard at MARAC 30 Sep.",
            "source": "",
            "until": "",
        },
        {"tone": "warn", "text": "3rd call in 41 days.", "detail": "", "source": "", "until": ""},
    ],
    "candidates": [
        {
            "id": "p1",
            "lead": "Probably",
            "name": "Danielle Hewett",
            "age": "32",
            "strength": "likely",
            "likelihood": "97 %",
            "because": "sounds alike, same phone, same address",
            "facts": ["Victim in two earlier incidents here", "Safe to ring: text first"],
            "why": WHY,
            "chosen": "",
            "suggested_role": "victim",
            "home_id": "h1",
            "home": "14 Tarn Row, Ravenbeck",
        },
        {
            "id": "p2",
            "lead": "Perhaps",
            "name": "Daniel Hewitson",
            "age": "41",
            "strength": "possible",
            "likelihood": "22 %",
            "because": "names alike; different town",
            "facts": [],
            "why": None,
            "chosen": "",
            "suggested_role": "caller",
            "home_id": None,
            "home": "",
        },
    ],
    "less_likely": [],
    "others": [
        {
            "id": "p3",
            "name": "Marc Oddie",
            "age": "36",
            "words": "suspect before, weapon",
            "role": "suspect",
            "role_text": "suspect",
        },
        {
            "id": "p4",
            "name": "Isla Hewett",
            "age": "5",
            "words": "lives here",
            "role": "child_resident",
            "role_text": "child who lives there",
        },
    ],
    "repeats": [
        {
            "text": "Repeat domestic-abuse victim: 3 in 12 months",
            "definition": "more than one domestic incident in 12 months",
            "confidence": "background",
        },
        {
            "text": "Repeat caller: 3 in 90 days from this number",
            "definition": "3 or more calls in 90 days",
            "confidence": "local",
        },
    ],
    "place": {
        "name": "14 Tarn Row, Ravenbeck",
        "lines": ["Hausgill district · North area · rural", "Home 3 Feb 2025 to now"],
    },
    "earlier": [
        {"href": "#", "date": "12 Sep 2026", "text": "Domestic incident, High risk", "link": "same address and people"},
        {"href": "#", "date": "3 Aug 2026", "text": "Domestic incident, Standard risk", "link": "same number"},
    ],
    "restricted": ["A restricted record also exists: ask the duty inspector."],
    "nothing": "",
}

PROPOSAL: Context = {
    **code("emergency", "Emergency"),
    "attend_by": ahead(minutes=18.5),
    "because": ["The suspect is there.", "Bail forbids it.", "A child of 5 lives there."],
    "questions": [],
    "not_lower": ["Domestic abuse with the suspect there is never below Emergency.", "Children at the address."],
    "rule": "grading 1 (2024)",
    "confidence": "local",
}

DANGERS = [
    ("threat_to_life", "Is anyone's life in danger?", "l", ""),
    ("in_progress", "Is it happening now?", "n", "yes"),
    ("suspect_present_or_returning", "Is the suspect there, close by or coming back?", "s", "yes"),
    ("violence", "Is violence being used, just used, or about to be?", "v", "yes"),
    ("weapon", "Is there a weapon, or talk of one?", "w", "not_known"),
    ("injury", "Is anyone badly hurt?", "i", "no"),
    ("children_present", "Are there children there?", "c", "yes"),
]

LETTERS = [
    (
        "threat",
        "T",
        "Threat",
        "Who or what is threatened, and what happens if nothing is done?",
        "He's back and banging on the door",
    ),
    ("harm", "H", "Harm", "How bad, of which kind?", ""),
    ("risk", "R", "Risk", "How likely, and before anyone gets there?", ""),
    ("investigation", "I", "Investigation", "What will be lost by waiting?", ""),
    (
        "vulnerability",
        "V",
        "Vulnerability",
        "Caller, victim, witnesses, everyone in the household.",
        "Six months pregnant; child of 5",
    ),
    ("engagement", "E", "Engagement", "What does the caller need, and who else should help?", ""),
]

CALL: Context = {
    "heard": {"listeners": [], "said": []},
    "call": {
        "id": "0199f0aa-0000-7000-8000-00000000a104",
        "reference": "A1042",
        "channel_text": "999",
        "number": "07700 900142",
        "received_at": ago(seconds=41),
        "saved_at": ago(seconds=3),
        "draft_number": 7,
        "save_href": "#save",
        "draft_href": "/draft",
        "known_href": "/known",
        "heard_href": "/heard",
        "grade_href": "/grade",
    },
    "values": {
        "caller_name": "Danyel Hewitt",
        "caller_number": "07700 900142",
        "caller_born": "",
        "address": "14 Tarn Row",
        "postcode": "",
        "channel": "999",
        "opening_code": "domestic_incident",
        "summary": "Ex-partner outside, shouting, kicking the door.",
        "qualifiers": ["domestic_abuse"],
        "safe_contact": "Text first",
        "safety_advice": "",
        "reassess_when": "",
        "grade": "",
        "grade_reason": "",
    },
    "choices": CHOICES,
    "people": [
        {
            "person_id": "p1",
            "name": "Danielle Hewett",
            "age": "32",
            "role": "victim",
            "warnings": [],
            "vulnerabilities": ["pregnant", "domestic_abuse"],
            "vulnerability_words": "pregnant, domestic abuse",
            "prompts": [
                {"text": "Domestic abuse", "guidance": "Ask whether they can speak freely; agree a word for 'not now'."}
            ],
        },
        {
            "person_id": "p3",
            "name": "Marc Oddie",
            "age": "36",
            "role": "suspect",
            "warnings": ["Weapon"],
            "vulnerabilities": [],
            "vulnerability_words": "",
            "prompts": [],
        },
    ],
    "children_words": "Children at this address: 1 (Isla Hewett, 5)",
    "answers3": [code("yes", "Yes"), code("no", "No"), code("not_known", "Not known")],
    "yes_no": [code("yes", "Yes"), code("no", "No")],
    "dangers": [
        {"code": c, "text": t, "key": k, "value": v, "guidance": "Listen: what is behind the voice?"}
        for c, t, k, v in DANGERS
    ],
    "thrive": {
        "words": "2 of 6 answered",
        "elements": [
            {"code": c, "letter": letter, "title": t, "hint": h, "value": v, "none": False, "answered": bool(v)}
            for c, letter, t, h, v in LETTERS
        ],
        "crime_disclosed": "yes",
        "crime_which": "Assault, breach of bail",
        "safeguarding_considered": "yes",
        "safeguarding_what": "Isla; unborn child",
    },
    "proposal": PROPOSAL,
    "known": KNOWN,
}


def row(number: int, grade: str, text: str, title: str, place: str, reason: str, **more: Any) -> Context:
    return {
        "id": f"r{number}",
        "version": "1",
        "href": "#incident",
        "reference": f"A{number}",
        "grade": grade,
        "grade_text": text,
        "title": title,
        "place": place,
        "person": "",
        "reason": reason,
        "rising": False,
        "who": "",
        "state_text": "Waiting",
        "urgency": 5000 - number,
        "flags": (),
        **more,
    }


ROWS = [
    row(
        1031,
        "emergency",
        "Emergency",
        "Domestic incident",
        "14 Tarn Row, Ravenbeck",
        "Rising: 22 min past the 15, child at address, lower grade refused twice",
        rising=True,
        person="Danielle Hewett, 32",
        flags=("Repeat", "Child", "Bail"),
        clock=clock("Attend", ago(minutes=37), ago(minutes=22), "late"),
    ),
    row(
        1042,
        "emergency",
        "Emergency",
        "Concern for safety",
        "Weir footbridge, Aldermere",
        "On the wrong side of the rail, alone",
        who="AL21 · PC Tom Birkett",
        state_text="On the way",
        flags=("Mental health",),
        clock=clock("Attend", ago(minutes=9), ahead(minutes=6), "soon"),
    ),
    row(
        1017,
        "priority",
        "Priority",
        "Missing person",
        "Skelgarth children's home",
        "Age 15, third time this month, out of area placement",
        person="K. A., 15",
        flags=("Child", "Repeat"),
        clock=clock("Attend", ago(minutes=22), ahead(minutes=38), "running"),
    ),
    row(
        1009,
        "scheduled",
        "Scheduled",
        "Nuisance behaviour",
        "3 Quay Street, Port Ness",
        "Same caller, fifth time in 90 days: looked at again 21:10",
        who="Neighbourhood team",
        state_text="Appointment Mon 19 Oct 10:00",
        clock=clock("Appointment", ago(hours=5), ahead(hours=35), "running"),
    ),
    row(
        1002,
        "no_deployment",
        "Resolved without deployment",
        "Civil dispute",
        "Beck Lane, Ravenbeck",
        "Advice given; caller knows the council will ring on Monday",
        state_text="To close",
        clock=clock("Review", ago(hours=2), ago(minutes=5), "met"),
    ),
]

FILTERS = [
    {"text": "Emergency", "href": "?grade=emergency", "on": False, "count": 2},
    {"text": "Nobody yet", "href": "?nobody=1", "on": True, "count": 3},
    {"text": "Domestic abuse", "href": "?domestic=1", "on": False, "count": 7},
    {"text": "North", "href": "?area=north", "on": False, "count": 12},
    {"text": "South", "href": "?area=south", "on": False, "count": 6},
]

BOARD: Context = {
    "rows": ROWS,
    "drafts": [{"href": "#draft", "at": ago(minutes=3), "said": "He is outside"}],
    "words": "23 open · 3 with nobody · 2 past their time",
    "filters": FILTERS,
    "clear_href": "?",
    "wallboard": False,
    "stream_href": "/stream",
    "rows_href": "/rows",
    "here_href": "#",
    "wallboard_href": "#wall",
    "ordinary_href": "#board",
    "as_at": NOW,
}

REGRADE: Context = {
    "href": "#regrade",
    "seen": 2,
    "id": "x",
    "trigger": "",
    "grade": "",
    "reason_code": "",
    "rationale": "",
    "said": "",
    "dangers": [{"code": c, "text": t, "guidance": "", "value": v} for c, t, _, v in DANGERS],
    "answers3": [code("yes", "Yes"), code("no", "No"), code("not_known", "Not known")],
    "again": [{"code": c, "title": t, "hint": h, "value": ""} for c, _, t, h, _ in LETTERS],
    "triggers": [code("new_information", "New information"), code("repeat_call", "Caller rang again about it")],
    "grades": GRADES,
    "reasons": [
        code("suspect_gone", "Suspect has gone and is not expected back"),
        code("victim_safe", "Victim is in a safe place"),
    ],
}

CONSULTED: Context = {
    "id": "0199f0aa-0000-7000-8000-00000000c001",
    "href": "#consult",
    "about": "",
    "question": "",
    "callback": "",
    "agreed": "",
    "disagreement": "",
    "outcome": "",
    "yes_no": [code("yes", "Yes"), code("no", "No")],
    "shown": [
        {
            "asked_by": "Rosa Pike",
            "asked_at": ago(minutes=20),
            "question": "Is he known to you?",
            "answered_at": ago(minutes=12),
            "adviser": "Noor Gill",
            "waited": timedelta(minutes=8),
            "code": "Community follow-up",
            "advice": "He is seen on Tuesdays; ring his team.",
            "agreed": "",
            "disagreement": "",
            "outcome": "",
            "settled_by": "",
            "settle_href": "#settle",
        }
    ],
}

INCIDENT: Context = {
    "consulted": CONSULTED,
    "held": [],
    "going": [],
    "lower": [],
    "referrals": [],
    "as_at": NOW,
    "stream_href": "/stream",
    "regrade": REGRADE,
    "desk": "",
    "progress": {
        "assign_href": "#assign",
        "arrive_href": "#arrive",
        "delay_href": "#delay",
        "close_href": "#close",
        "words": "Nobody is sent yet.",
        "attend_by": ago(minutes=22),
        "unit": "",
        "delays": [code("no_unit", "No unit free"), code("unit_diverted", "Unit sent elsewhere")],
        "delay": "",
        "may_assign": True,
        "may_arrive": True,
        "closing_codes": [
            {"text": "Public safety and welfare", "options": [code("domestic_incident", "Domestic incident")]}
        ],
        "closing_code": "",
        "qualifiers": CHOICES["qualifiers"],
        "kept_qualifiers": ("domestic_abuse",),
        "result": "",
    },
    "entry": {"href": "#entry", "id": "e", "value": ""},
    "ask_advice": {
        "href": "#ask",
        "id": "q",
        "field": "question",
        "answers": "",
        "label": "Ask the help desk",
        "button": "Ask",
        "value": "",
    },
    "incident": {
        "id": "r1031",
        "reference": "A1031",
        "href": "#incident",
        "title": "Domestic incident, 14 Tarn Row",
        "caption": "Log A1031 · 999 call from 07700 900142 · Sat 17 Oct 23:04",
        "grade": "emergency",
        "grade_text": "Emergency",
        "who": "",
        "state_text": "Waiting",
        "notices": [
            {
                "variant": "warning",
                "title": "22 minutes past its time.",
                "text": "Nobody is on the way. The grade stays as it is; the delay is recorded.",
            }
        ],
        "warnings": KNOWN["alerts"][:2],
        "summary": "Ex-partner outside, shouting, kicking the door. She is upstairs with her daughter.",
        "gradings": [
            {
                "number": 2,
                "grade": "emergency",
                "grade_text": "Emergency",
                "proposed_text": "Emergency",
                "trigger": "Caller rang again about it",
                "because": ["He is inside.", "A child of 5 lives there."],
                "rationale": "Second call. Glass breaking can be heard.",
                "by": "Priya Raistrick",
                "at": ago(minutes=21),
                "confirmed_by": "",
                "rule": "grading 1 (2024)",
                "confidence": "local",
            },
            {
                "number": 1,
                "grade": "priority",
                "grade_text": "Priority",
                "proposed_text": "Emergency",
                "trigger": "First graded",
                "because": ["Domestic abuse.", "The suspect may return."],
                "rationale": "Caller said he had left in a car.",
                "by": "Priya Raistrick",
                "at": ago(minutes=37),
                "confirmed_by": "Sgt Owen Tyson",
                "rule": "grading 1 (2024)",
                "confidence": "local",
            },
        ],
        "log": [
            {
                "title": "Advice given",
                "by": "DC Ruth Askew, help desk",
                "at": ago(minutes=12),
                "kind": "advice",
                "text": "Breach of bail: arrest. Ask whether he has her keys. Back lane is quieter.",
            },
            {
                "title": "Grade raised to Emergency",
                "by": "Priya Raistrick",
                "at": ago(minutes=21),
                "kind": "grade",
                "text": "Second call. Glass breaking can be heard.",
            },
            {
                "title": "Caller rang again",
                "by": "Priya Raistrick",
                "at": ago(minutes=22),
                "kind": "call",
                "text": "Line open, no speech for 10 seconds, then: he's in.",
            },
            {"title": "Incident logged", "by": "Priya Raistrick", "at": ago(minutes=37), "kind": "call", "text": ""},
        ],
        "thrives": [
            {
                "number": 2,
                "by": "Priya Raistrick",
                "at": ago(minutes=21),
                "trigger": "caller rang again",
                "words": "6 of 6 answered",
                "answers": [
                    {"title": "Threat", "text": "He is inside the house", "changed": True},
                    {"title": "Harm", "text": "Serious injury; unborn child", "changed": False},
                    {"title": "Risk", "text": "Now", "changed": True},
                    {"title": "Investigation", "text": "Considered, none yet", "changed": False},
                    {"title": "Vulnerability", "text": "Six months pregnant; child of 5", "changed": False},
                    {"title": "Engagement", "text": "Text only", "changed": False},
                ],
            },
            {
                "number": 1,
                "by": "Priya Raistrick",
                "at": ago(minutes=37),
                "trigger": "first call",
                "words": "6 of 6 answered",
                "answers": [{"title": "Threat", "text": "He may come back", "changed": False}],
            },
        ],
        "duties": [
            clock(
                "Attend",
                ago(minutes=37),
                ago(minutes=22),
                "late",
                because="Emergency, urban: 15 minutes from grading",
                working=[
                    "Graded Emergency Sat 17 Oct 23:04:48",
                    "Elapsed clock: 15 minutes, nothing skipped",
                    "Due Sat 17 Oct 23:19",
                ],
                rule="attendance 1 (2026)",
                confidence="uncertain",
            ),
            clock(
                "Crime recording decision",
                ago(minutes=37),
                ahead(hours=23, minutes=23),
                "running",
                because="A crime was disclosed: assault",
                working=[
                    "First report Sat 17 Oct 23:04",
                    "Elapsed clock: 24 hours, weekends run",
                    "Due Sun 18 Oct 23:04",
                ],
                rule="crime_recording 2 (2015)",
                confidence="background",
            ),
            clock(
                "THRIVE complete",
                ago(minutes=37),
                ago(minutes=27),
                "met",
                because="",
                working=[],
                rule="",
                confidence="",
            ),
            clock(
                "School told before the next school day",
                ago(minutes=37),
                None,
                "unknown",
                because="No school is linked to Isla Hewett yet",
                working=[],
                rule="",
                confidence="",
            ),
        ],
        "advice": [
            {
                "id": "d1",
                "state": "given",
                "typed_outcome": "",
                "typed_reason": "",
                "question": "He has breached bail. Anything on the address?",
                "asked_by": "Priya Raistrick",
                "asked_at": ago(minutes=20),
                "text": "Arrest for the breach. Ask whether he has her keys. Back lane is quieter.",
                "given_by": "DC Ruth Askew",
                "given_at": ago(minutes=12),
                "outcome_text": "",
                "outcome_reason": "",
                "outcome_colour": "",
                "settle_href": "#settle",
                "outcomes": [code("acted_on", "Acted on"), code("not_acted_on", "Not acted on")],
            },
        ],
        "people": [
            {
                "href": "#p1",
                "name": "Danielle Hewett",
                "age": "32",
                "role_text": "Victim",
                "vulnerability_words": "pregnant, domestic abuse",
                "warnings": (),
            },
            {
                "href": "#p3",
                "name": "Marc Oddie",
                "age": "36",
                "role_text": "Suspect",
                "vulnerability_words": "",
                "warnings": ("Weapon",),
            },
            {
                "href": "#p4",
                "name": "Isla Hewett",
                "age": "5",
                "role_text": "Child who lives there",
                "vulnerability_words": "",
                "warnings": (),
            },
        ],
        "place": {
            "name": "14 Tarn Row, Ravenbeck",
            "href": "#place",
            "lines": ["Hausgill district · North area · rural"],
        },
        "repeats": KNOWN["repeats"],
    },
}

DESK: Context = {
    "words": "4 on the desk · oldest question 20 min",
    "as_at": NOW,
    "stream_href": "/stream",
    "rows_href": "/rows",
    "here_href": "#",
    "clear_href": "",
    "filters": [
        {"text": "Asked", "href": "?asked=1", "on": False, "count": 1},
        {"text": "Mine", "href": "?mine=1", "on": False, "count": 0},
    ],
    "rows": [
        {
            **ROWS[0],
            "asked": "Asked 20 min ago: has breached bail, anything on the address?",
            "placed_at": ago(minutes=36),
            "take_href": "#take",
            "reasons": [
                {"text": "domestic abuse with a child at the address", "rule": "help_desk_domestic 1"},
                {"text": "third in 12 months", "rule": "help_desk_repeat 1"},
            ],
        },
        {
            **ROWS[2],
            "asked": "",
            "placed_at": ago(minutes=20),
            "take_href": "#take",
            "who": "DC Ruth Askew",
            "reasons": [{"text": "missing child, placed from another area", "rule": "help_desk_missing 1"}],
        },
    ],
}

SUPERVISE: Context = {
    **BOARD,
    "words": "23 waiting, 2 past their time",
    "duties_href": "#duties",
    "sums": [
        {"text": "Past their time", "number": 2, "words": "longest 22 min", "tone": "danger"},
        {"text": "With nobody", "number": 3, "words": "of 23 open", "tone": "warn"},
        {"text": "Longest wait", "length": timedelta(hours=3, minutes=7), "words": "since first contact", "tone": ""},
    ],
    "delays": [
        {"text": "No unit free", "number": 2, "longest": timedelta(minutes=22)},
        {"text": "Unit sent elsewhere", "number": 1, "longest": timedelta(minutes=6)},
    ],
}

CHART: Context = {
    "series": {
        "values": [12, 14, 11, 13, 15, 12, 13, 11, 14, 12, 13, 12, 14, 5],
        "limits": {"upper 18": 18, "usual 12.4": 12.4, "lower 7": 7},
        "signals": [13],
    },
    "rows": [["Sep 2026", "14"], ["Oct 2026", "5"]],
}
