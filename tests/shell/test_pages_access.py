"""Every address of the product's pages: who may open it, who is refused, who is sent to sign in."""

import uuid

import pytest

from tests.shell.browsers import browser, household, stranger

pytestmark = pytest.mark.database

SOME = {"id": uuid.UUID(int=0), "username": "nobody"}
STEPPED = {"safeguarding:case_step": {"step": "send"}, "safeguarding:order_step": {"step": "serve"}}
STEPPED["safeguarding:handover_step"] = {"step": "take"}
STEPPED["safeguarding:hub_step"] = {"step": "decide"}
STEPPED["safeguarding:hub_share"] = {"kind": "research"}
STEPPED["safeguarding:agency"] = {"code": "nowhere"}
STEPPED["safeguarding:agency_step"] = {"code": "nowhere", "step": "agree"}
STEPPED |= {f"surveys:{name}": {"group": "domestic_abuse"} for name in ("choose", "said", "new_change", "mark")}
STEPPED["portal:join"] = {"secret": "none"}
STEPPED["safeguarding:marac_step"] = {"step": "triage"}
STEPPED["safeguarding:help_step"] = {"step": "end"}
STEPPED["safeguarding:activation_step"] = {"step": "arrived"}
STEPPED["safeguarding:new_order"] = {"kind": "police_bail"}
STEPPED["safeguarding:school_step"] = {"step": "telephone"}
STEPPED["safeguarding:school_edit"] = {"step": "days"}
SECOND = ("rule", "share", "advice", "person", "proposal", "decision", "consultation", "detention", "referral")
OPEN = {"shell:home", "shell:health", "shell:theme", "shell:demonstration", "portal:join"}
ROOMS = {"contact", "measures", "portal", "response", "safeguarding", "shell", "surveys"}
NUMBERED = {"shell:retry": {"id": 1}, "safeguarding:new_activation": {"scheme": "angela"}}
POSTED = {
    "shell:unshare_reach",
    *(f"safeguarding:marac_{name}" for name in ("chase", "meeting_do", "attendance", "begin", "promise", "end_holder")),
    "portal:lesson_read",
    "shell:retry",
    "shell:waive",
    "shell:restrict",
    "shell:begin",
    "shell:resume",
    "contact:add_line",
    "portal:answer",
    "portal:notice_answer",
    "portal:notice_dispute",
    "portal:notice_name",
    "portal:notice_open",
    "portal:school_closed",
    "portal:open",
    "portal:complete",
    "portal:confirm",
    "portal:invite",
    "portal:leave",
    "portal:withdraw",
    "safeguarding:agency_step",
    "safeguarding:message_again",
    "safeguarding:add_prompt",
    "safeguarding:end_prompt",
    "safeguarding:own",
    "contact:add_place",
    "contact:agree_lower",
    "contact:consult",
    "contact:detention_end",
    "contact:detention_extend",
    "contact:detention_place",
    "contact:escalate_decline",
    "contact:escalate_gap",
    "contact:note_gap",
    "contact:put_marker",
    "contact:refuse_lower",
    "contact:review_decline",
    "contact:room",
    "contact:settle_consultation",
    "contact:regrade",
    "contact:ask_advice",
    "contact:advise",
    "contact:settle_advice",
    "contact:take",
    "contact:settle_desk",
    "contact:assign",
    "contact:arrive",
    "contact:delay",
    "contact:close",
    "contact:draft",
    "contact:known",
    "contact:grade",
    *(
        f"response:{name}"
        for name in [
            "attend",
            "leave",
            "household",
            "clip",
            "exhibit",
            "move",
            "stance",
            "evidence",
            "tell",
            "support",
            "arrest",
            "try_arrest",
            "release",
            "extend",
            "vary",
            "send",
            "answered",
            "charge",
            "end",
            "no_arrest",
            *("appoint", "came", "missed"),
            "reopen",
            "decide",
            "ask_none",
            "answer_none",
            "statement",
            "outcome",
        ]
    ),
}
LATER = (
    *("response_supervisor", "crime_recorder", "crime_registrar"),
    *("safeguarding_officer", "superintendent", "mash_coordinator"),
    *("safeguarding_reviewer", "safeguarding_supervisor"),
    *("marac_coordinator", "marac_chair"),
)
REACHES = {
    *("call_taker", "control_supervisor", "help_desk", "response_officer", "response_supervisor"),
    *("safeguarding_officer", "safeguarding_reviewer", "safeguarding_supervisor"),
    *("marac_coordinator", "mash_coordinator"),
}
MAY = {
    "shell:search": {"call_taker", "control_supervisor", "help_desk", "response_officer", *LATER, "data_manager"},
    "shell:person": {"call_taker", "control_supervisor", "help_desk", "response_officer", *LATER, "data_manager"},
    "shell:reach": REACHES | {"marac_chair"},
    "shell:say_reach": REACHES,
    "shell:place": {"call_taker", "control_supervisor", "help_desk", "response_officer", *LATER, "data_manager"},
    "shell:place_card": {"call_taker", "control_supervisor", "help_desk", "response_officer", "data_manager", *LATER},
    "shell:log": {"auditor"},
    "shell:verify": {"auditor"},
    "shell:jobs": {"control_supervisor", "data_manager"},
    "shell:duties": {"call_taker", "control_supervisor", "help_desk", "response_officer", *LATER},
    "shell:imports": {"data_manager"},
    "contact:board": {"call_taker", "control_supervisor", "help_desk", "response_officer", *LATER},
    "contact:supervise": {"control_supervisor"},
    "contact:desk": {"help_desk"},
    "portal:inbox": {"partner"},
    "contact:shift": {"control_supervisor"},
    "contact:listening": {"help_desk", "control_supervisor"},
    "contact:away": {"call_taker", "control_supervisor", "help_desk", "response_officer", *LATER},
    "contact:helpline": {"helpline_adviser"},
    "contact:helpline_weeks": {"helpline_adviser", "control_supervisor"},
    "contact:places": {
        *("call_taker", "control_supervisor", "help_desk", "response_officer", "helpline_adviser"),
        "response_supervisor",
    },
    "safeguarding:hub": {"mash_coordinator"},
    "safeguarding:hub_figures": {"mash_coordinator"},
    "safeguarding:hub_pdf": {"mash_coordinator"},
    "safeguarding:raised": {
        *("call_taker", "control_supervisor", "help_desk", "response_officer", "response_supervisor"),
        "mash_coordinator",
    },
    "safeguarding:agencies": {"mash_coordinator"},
    "safeguarding:messages": {"mash_coordinator"},
    "safeguarding:cases": {
        "safeguarding_officer",
        "superintendent",
        "safeguarding_reviewer",
        "safeguarding_supervisor",
    },
    "safeguarding:review": {"safeguarding_reviewer", "safeguarding_supervisor"},
    "safeguarding:figures": {"safeguarding_reviewer", "safeguarding_supervisor", "superintendent"},
    "safeguarding:handovers": {"call_taker", "control_supervisor", "help_desk", "safeguarding_officer"},
    "safeguarding:schools": {"safeguarding_officer"},
    "safeguarding:school_measures": {"safeguarding_officer"},
    "safeguarding:school_places": {"safeguarding_officer", "data_manager"},
    "safeguarding:school_close": {"safeguarding_officer", "data_manager"},
    "portal:schools": {"school_lead", "education_officer"},
    "safeguarding:help_messages": {"help_desk"},
    "safeguarding:activations": {"help_desk"},
    "safeguarding:new_activation": {"help_desk"},
    "safeguarding:new_notice": {"safeguarding_officer"},
    "safeguarding:new_request": {"safeguarding_officer"},
    "safeguarding:new_order": {"safeguarding_officer", "superintendent"},
    "safeguarding:marac": {"safeguarding_officer", "marac_coordinator", "marac_chair"},
    "safeguarding:marac_closed": {"safeguarding_officer", "marac_coordinator", "marac_chair"},
    "safeguarding:marac_refer": {"safeguarding_officer", "marac_coordinator"},
    "safeguarding:marac_new_meeting": {"marac_coordinator"},
    "safeguarding:marac_quarter": {"safeguarding_officer", "marac_coordinator", "marac_chair"},
    "safeguarding:marac_quarter_csv": {"safeguarding_officer", "marac_coordinator", "marac_chair"},
    "safeguarding:marac_holders": {"marac_coordinator"},
    "safeguarding:lessons": {"safeguarding_officer", "marac_coordinator", "marac_chair"},
    "safeguarding:new_lesson": {"marac_coordinator"},
    "surveys:overview": {"safeguarding_reviewer", "safeguarding_supervisor", "superintendent"},
    "surveys:told": {"safeguarding_reviewer", "safeguarding_supervisor"},
    "surveys:choose": {"safeguarding_supervisor"},
    "surveys:said": {"safeguarding_reviewer", "safeguarding_supervisor"},
    "surveys:new_change": {"safeguarding_reviewer", "safeguarding_supervisor"},
    "portal:surveys": {"surveyor"},
    "portal:marac": {"partner"},
    "portal:marac_refer": {"partner"},
    "portal:lessons": {"partner"},
    "cards:day": {"response_officer", "response_supervisor"},
    "response:review": {"response_supervisor"},
    "measures:response": {
        *("response_supervisor", "crime_recorder", "crime_registrar"),
        *("safeguarding_supervisor", "superintendent"),
    },
    "response:crimes": {"crime_recorder", "crime_registrar"},
}
ROLES = (
    *("call_taker", "control_supervisor", "help_desk", "response_officer", "auditor", "data_manager"),
    *("helpline_adviser", "response_supervisor", "crime_recorder", "crime_registrar"),
    *("safeguarding_officer", "superintendent", "mash_coordinator"),
    *("safeguarding_reviewer", "safeguarding_supervisor"),
    *("marac_coordinator", "marac_chair", "partner"),
    *("safeguarding_reviewer", "safeguarding_supervisor", "school_lead", "education_officer", "surveyor"),
)


def _names():
    """Return every named address of our own rooms' pages."""
    from django.urls import URLResolver, get_resolver

    rooms = [one for one in get_resolver().url_patterns if isinstance(one, URLResolver) and one.app_name in ROOMS]
    assert {room.app_name for room in rooms} == ROOMS
    return [f"{room.app_name}:{found.name}" for room in rooms for found in room.url_patterns]


def _address(name):
    from django.urls import NoReverseMatch, reverse

    for given in (
        NUMBERED.get(name),
        *({**given, "id": SOME["id"]} for given in [STEPPED.get(name)] if given),
        *(given for given in [STEPPED.get(name)] if given),
        {},
        *({key: SOME[key]} for key in SOME),
        *({"id": SOME["id"], second: SOME["id"]} for second in SECOND),
        {"incident": SOME["id"], "person": SOME["id"]},
        {"id": SOME["id"], "exhibit": SOME["id"]},
        {"id": SOME["id"], "person": SOME["id"], "instrument": "dash"},
    ):
        try:
            return reverse(name, kwargs=given)
        except NoReverseMatch:
            continue
    raise AssertionError(f"The test does not know how to address {name}.")


def _try(client, name):
    path = _address(name)
    return client.post(path) if name in POSTED else client.get(path)


def test_every_named_address_is_closed_to_a_stranger(db):
    for name in _names():
        if name in OPEN:
            continue
        answer = _try(stranger(), name)
        assert answer.status_code == 302, name
        assert answer.headers["Location"].startswith("/accounts/login/"), name


def test_every_named_address_refuses_somebody_without_a_role(db):
    charlie = browser()
    for name in _names():
        if name in OPEN - {"shell:home"}:
            continue
        answer = _try(charlie, name)
        assert answer.status_code in {302, 403, 404, 405}, f"{name}: {answer.status_code}"
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/accounts/"), name


def test_somebody_without_a_role_is_told_what_to_do(db):
    answer = browser().get("/")
    assert answer.status_code == 403
    assert b"looks after accounts" in answer.content


@pytest.mark.parametrize("role", ROLES)
def test_every_page_opens_for_the_roles_that_may_and_for_no_other(db, alice, role):
    client, home = browser(role), household(alice)
    answers = {}
    for name in MAY:
        there = home.place if name in ("shell:place", "shell:place_card") else home.isla
        answers[name] = client.get(_address(name).replace(str(SOME["id"]), str(there))).status_code
    assert answers == {name: 200 if role in may else 403 for name, may in MAY.items()}


def test_a_refusal_is_logged_before_it_is_shown(db, auditor):
    from fellwatch.foundation.audit import chain

    browser("call_taker").get("/log/")
    (line,) = chain.lines(by=auditor, action="refusal")
    assert (line.actor_name, line.detail) == ("Call Taker Fell", {"permission": "audit.read"})


@pytest.mark.parametrize("role", ROLES)
def test_each_role_comes_to_its_own_first_page_which_opens(db, role):
    client = browser(role)
    first = client.get("/")
    assert first.status_code == 302
    assert client.get(first.headers["Location"]).status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_every_way_in_the_frame_opens_for_whoever_is_shown_it(db, role):
    import re

    client = browser(role)
    page = client.get("/", follow=True).content.decode()
    ways = re.findall(r'class="fw-navigation__link" href="([^"]+)"', page)
    assert ways
    for way in ways:
        assert client.get(way, follow=True).status_code == 200, way


def test_nothing_is_changed_by_a_form_from_another_site(db):
    client = browser("control_supervisor", strict=True)
    for name in sorted(POSTED):
        assert client.post(_address(name)).status_code == 403, name
