"""What a line of the log is about, in words: "incident …4f3a2b1c", "3 people", "the whole board"."""

from collections.abc import Mapping

from fellwatch.records.geography import places
from fellwatch.shell.jinja import count

IDENTIFIER = 36
SHOWN = 8
"""How many characters of an identifier tell two things apart in a list."""

ONE: Mapping[str, str] = {
    "account": "account",
    "action": "action of a meeting",
    "activation": "activation",
    "agency": "agency",
    "answers": "answers to a survey",
    "board": "board",
    "call": "call",
    "case": "protective power",
    "change": "change because of victims",
    "contact": "contact of the hub",
    "crime": "crime",
    "desk": "help desk",
    "difference": "answer given twice",
    "duty": "duty",
    "establishment": "school that can be told",
    "force": "force",
    "form": "form",
    "gap": "gap in crisis care",
    "handheld": "handheld",
    "handover": "handover to another force",
    "help message": "message for help",
    "helpline": "question to the helpline",
    "import": "import",
    "incident": "incident",
    "invitation": "invitation",
    "job": "job",
    "lesson": "lesson",
    "likeness": "likeness of two records",
    "linking": "linking of a partner's file",
    "log": "log",
    "marker": "marker",
    "matter": "case of a meeting",
    "meeting": "meeting",
    "member": "member of an agency",
    "merge": "joining of two records",
    "message": "message to an agency",
    "order": "order",
    "permission": "permission",
    "person": "person",
    "photograph": "photograph",
    "place": "place",
    "place_of_safety": "place of safety",
    "prompt": "prompt beside a question",
    "recall": "recall",
    "record": "partner's record",
    "referral": "referral",
    "safe contact": "rule of safe contact",
    "school_notice": "notice to a school",
    "search": "search",
    "selection": "choice of whom to ask",
    "survey line": "line of a survey",
    "survey report": "report of a surveyor",
}
"""One thing of a kind; its identifier tells which."""

MANY: Mapping[str, tuple[str, str]] = {
    "accounts": ("account", "accounts"),
    "activations": ("activation", "activations"),
    "cases": ("protective power", "protective powers"),
    "contacts": ("contact of the hub", "contacts of the hub"),
    "crimes": ("crime", "crimes"),
    "differences": ("answer given twice", "answers given twice"),
    "duties": ("duty", "duties"),
    "feedback": ("answer to what was told", "answers to what was told"),
    "figures": ("month of figures", "months of figures"),
    "forms": ("form", "forms"),
    "handhelds": ("handheld", "handhelds"),
    "handovers": ("handover", "handovers"),
    "incidents": ("incident", "incidents"),
    "log": ("seal of the log", "seals of the log"),
    "matters": ("case of a meeting", "cases of a meeting"),
    "messages": ("message to an agency", "messages to agencies"),
    "orders": ("order", "orders"),
    "people": ("person", "people"),
    "queues": ("queue", "queues"),
    "response": ("incident of the response", "incidents of the response"),
    "reviews": ("review", "reviews"),
    "school_notices": ("notice to a school", "notices to schools"),
    "survey reports": ("report of a surveyor", "reports of surveyors"),
    "suspects": ("suspect", "suspects"),
}
"""Several of a kind at once; the line says how many."""

WHOLE: Mapping[tuple[str, str], str] = {
    ("agency", "all"): "every agency",
    ("board", "all"): "the whole board",
    ("board", "away"): "visitors away from home",
    ("board", "shift"): "the board of the shift",
    ("call", "live"): "a call being taken",
    ("calls", "live"): "calls being taken",
    ("decisions", "declines"): "requests that police declined",
    ("decisions", "lower_grades"): "lower grades that wait for a supervisor",
    ("desk", "queue"): "the help desk's queue",
    ("help messages", "open"): "messages for help that are open",
    ("helpline", "advised"): "what the helpline advised",
    ("helpline", "queue"): "the helpline's queue",
    ("imports", "old"): "old imports",
    ("index", "recognition"): "the index of everybody",
    ("keys", "all"): "every machine's key",
    ("log", "all"): "the whole log",
    ("log", "lines"): "lines of the log",
    ("meetings", "all"): "every meeting",
    ("search", "phone"): "a search for a caller's number",
    ("search", "places"): "a search for a place",
    ("search", "reference"): "a search for a log number",
    ("search", "starting_model"): "a search for somebody",
}
"""What is one of its kind here."""

OF: Mapping[str, str] = {
    "agency": "agency {}",
    "answers": "answers to {}",
    "board": "the board of {}",
    "figures": "figures: {}",
    "fortnight": "the fortnight from {}",
    "permission": "permission {}",
    "place_of_safety": "place of safety {}",
    "quarter": "the quarter from {}",
    "referrals": "referrals to {}",
    "survey list": "the list of {}",
    "surveys": "surveys from {}",
}
"""What a name or a day tells apart."""


def about(kind: str, id: str) -> str:
    """Return what a line is about; a kind that a later version brought is shown by its name."""
    if whole := WHOLE.get((kind, id)):
        return whole
    if kind in MANY and id.isdecimal():
        return count(int(id), *MANY[kind])
    if kind == "force":
        return f"force {places.name_of(id)}"
    if kind in ONE and len(id) == IDENTIFIER:
        return f"{ONE[kind]} …{id[-SHOWN:]}"
    plain = id.replace("_", " ").replace(".", ": ") if len(id) != IDENTIFIER else f"…{id[-SHOWN:]}"
    return OF[kind].format(plain) if kind in OF else f"{ONE.get(kind, kind.replace('_', ' '))} {plain}"
