"""The central team looks again: nothing invisible, the officer's grade kept apart, a return straight to its officer."""

import random
import uuid
from datetime import timedelta

import pytest

pytestmark = pytest.mark.database

EXPLAINED = "The bruise and the neighbour's account say more than the form does."
REASONS = {"rationale": {"code": "rationale", "words": "Which threat, and when?"}}


@pytest.fixture
def sam(actor):
    """Sam supervises Rosa."""
    return actor("Sam Force", "response_supervisor", "south response")


@pytest.fixture
def house(db, alice, now):
    from tests.assessments.story import house

    return house(alice, now)


def _handed_in(house, rosa, at, **answers):
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Filled
    from fellwatch.response import actions as response
    from tests.assessments.story import WHOLE

    form_id = actions.save(Filled(house.incident_id, "dash", {**WHOLE, **answers}, house.victim), by=rosa, now=at)
    response.hand_in(form_id, seen=1, by=rosa, now=at)
    return form_id


def _accepted(house, rosa, sam, at, **answers):
    from fellwatch.assessments import actions

    form_id = _handed_in(house, rosa, at, **answers)
    actions.review(form_id, "accepted", seen=1, by=sam, now=at)
    return form_id


def _look(form_id, outcome, by, now, **more):
    from fellwatch.assessments import actions

    actions.look_at(form_id, actions.Looked(outcome, more.pop("seen", 1), **more), by=by, now=now)


def _form(form_id, by):
    from fellwatch.assessments import queries

    return queries.form(form_id, by=by)


def _owed(house, by, rule):
    from fellwatch.duties import queries

    return [one.state for one in queries.of_incident(house.incident_id, by=by) if one.rule == rule]


def test_what_a_supervisor_accepted_comes_to_the_central_team_with_its_reason_and_its_clock(
    house, rosa, sam, gwen, now
):
    from fellwatch.safeguarding.review import queries

    form_id = _accepted(house, rosa, sam, now)
    (waiting,) = queries.waiting("second", by=gwen, now=now + timedelta(hours=30))
    assert (waiting.id, waiting.grade, waiting.person_name) == (form_id, "high", "Danielle Hewett")
    assert waiting.because == ("Graded high: a specialist looks at every one.",)
    assert waiting.line.startswith("rising: 6 h past the 24 h, the answers tell of strangled")
    assert waiting.due_at == now + timedelta(hours=24)


def test_the_more_dangerous_comes_first_and_of_two_alike_the_older(db, alice, rosa, sam, gwen, now):
    from fellwatch.safeguarding.review import queries
    from tests.assessments.story import house

    grades = ("standard", "medium", "high", "medium")
    plain = {"q17": "no", "q18": "no"}
    made = [
        _accepted(house(alice, now), rosa, sam, now + timedelta(minutes=n), grade=grade, **plain)
        for n, grade in enumerate(grades)
    ]
    found = [one.id for one in queries.waiting("second", by=gwen, now=now + timedelta(hours=5))]
    assert found == [made[2], made[1], made[3], made[0]]


def test_accepted_it_is_settled_once_however_often_it_is_said(house, rosa, sam, gwen, now):
    form_id = _accepted(house, rosa, sam, now)
    for _ in range(2):
        _look(form_id, "accepted", gwen, now)
    form = _form(form_id, gwen)
    assert (form.state, [one.stage for one in form.reviews]) == ("settled", ["supervisor", "central"])
    assert _owed(house, gwen, "second_look") == ["met"]


def test_a_new_grade_stands_beside_the_officers_and_the_risk_changes_hands_with_the_reason(house, rosa, sam, gwen, now):
    form_id = _accepted(house, rosa, sam, now, grade="standard", q17="no", q18="no")
    before = _form(form_id, rosa)
    assert (before.owner, before.owner_because[:14]) == ("neighbourhood", "Standard risk:")
    _look(form_id, "regraded", gwen, now, grade="high", note=EXPLAINED)
    form = _form(form_id, rosa)
    assert (form.grade, form.specialist_grade, form.acting_grade) == ("standard", "high", "high")
    assert (form.owner, form.owners[-1].changed_because) == ("abuse_unit", f"A specialist graded it high: {EXPLAINED}")
    assert _owed(house, gwen, "arrest_attempt") == ["open"], "the suspect of a high risk is at large"


def test_a_return_reaches_the_officers_desk_and_handheld_and_comes_straight_back(house, rosa, sam, gwen, now):
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Filled
    from fellwatch.handheld import cards
    from fellwatch.response import queries as response
    from fellwatch.safeguarding.review import queries

    form_id = _accepted(house, rosa, sam, now)
    _look(form_id, "returned", gwen, now, reasons=REASONS, note="The rest is clear.")
    own, _ = response.today(by=rosa, now=now)
    (mine,) = response.listed(own, by=rosa)
    told = "Returned to you by Gwen Bield because: Why you judge it so: The reason does not carry the grade."
    assert mine.returned == (f"{told} Which threat, and when? The rest is clear.",)
    (card,) = cards.for_incidents([house.incident_id], by=rosa, now=now)
    (standing,) = [one for one in card.data["forms"] if one["instrument"] == "dash"]
    said = "The reason does not carry the grade. Which threat, and when?"
    assert standing["returned"] == {"by": "Gwen Bield", "note": "The rest is clear.", "reasons": {"rationale": said}}
    assert standing["owner"].startswith("Owned by the Domestic abuse unit. High risk:")
    again = Filled(house.incident_id, "dash", {"rationale": "On Friday, on the stairs."}, house.victim, seen=1)
    actions.save(again, by=rosa, now=now)
    actions.hand_in(form_id, seen=2, by=rosa, now=now + timedelta(hours=1))
    (waiting,) = queries.waiting("second", by=gwen, now=now + timedelta(hours=2))
    assert waiting.because[0] == "Put right, and here again."
    assert "sent back before: 1" in waiting.line
    assert _owed(house, gwen, "supervisor_review") == ["met"], "the supervisor is not asked again"


@pytest.mark.parametrize(
    ("outcome", "more", "field", "says"),
    [
        ("returned", {}, "outcome", "at least one answer"),
        ("returned", {"reasons": {"q99": {"code": "detail"}}}, "reason-q99", "does not ask that"),
        ("accepted", {"reasons": REASONS}, "outcome", "take them out"),
        ("regraded", {"grade": "medium", "note": "Less."}, "note", "Explain"),
        ("regraded", {"grade": "high", "note": EXPLAINED}, "grade", "the grade it has"),
        ("regraded", {"grade": "low", "note": EXPLAINED}, "grade", "Choose the grade"),
        ("accepted", {"seen": 2}, "outcome", "Look at it again"),
        ("binned", {}, "outcome", "Choose to accept"),
    ],
)
def test_a_decision_that_cannot_stand_says_what_to_do(house, rosa, sam, gwen, now, outcome, more, field, says):
    from fellwatch.assessments.values import Invalid

    form_id = _accepted(house, rosa, sam, now)
    with pytest.raises(Invalid) as wrong:
        _look(form_id, outcome, gwen, now, **more)
    assert says in wrong.value.problems[field]
    assert _form(form_id, gwen).state == "second"


def test_nobody_outside_the_team_looks_again_and_nobody_changes_the_owner(house, rosa, sam, gwen, now):
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Invalid
    from fellwatch.foundation.access import Refused

    form_id = _accepted(house, rosa, sam, now)
    with pytest.raises(Refused):
        _look(form_id, "accepted", sam, now)
    with pytest.raises(Refused):
        actions.change_owner(form_id, "response", "They know the street best.", by=rosa, now=now)
    with pytest.raises(Invalid) as wrong:
        actions.change_owner(form_id, "nobody", "", by=gwen, now=now)
    assert set(wrong.value.problems) == {"owner", "because"}
    for _ in range(2):
        actions.change_owner(form_id, "investigation", "Already theirs since Monday's burglary.", by=gwen, now=now)
    owners = _form(form_id, gwen).owners
    assert [(one.owner, one.by_hand) for one in owners] == [("abuse_unit", False), ("investigation", True)]


def test_a_missing_form_notice_and_arrest_are_seen_at_once_and_close_by_themselves(db, alice, rosa, sam, gwen, now):
    from fellwatch.assessments.expecting import queries as expecting
    from fellwatch.response import actions as response
    from fellwatch.response.values import Member
    from tests.assessments.story import house as make

    house = make(alice, now)
    later = now + timedelta(hours=13)

    def missing():
        return {(one.title, one.person_name, one.is_late) for one in expecting.missing(by=gwen, now=later)}

    asked = {
        ("Domestic abuse checklist (27)", "Danielle Hewett", True),
        ("What was done", "Marc Oddie", True),
        ("Somebody in the household", "Isla Hewett", True),
    }
    assert missing() == asked
    response.add_to_household(
        house.incident_id, Member("child_present", forenames="Tam", surname="Hewett"), by=rosa, now=now
    )
    assert missing() - asked == {
        ("Child notice", "Tam Hewett", True),
        ("Somebody in the household", "Tam Hewett", True),
    }
    _handed_in(house, rosa, now)
    gone = ("Domestic abuse checklist (27)", "Danielle Hewett", True)
    assert gone not in missing()
    assert ("Arrest", "Marc Oddie", True) in missing()
    response.arrest(house.incident_id, house.suspect, arrested_at=now, offence="Assault", by=rosa, now=now)
    assert ("Arrest", "Marc Oddie", True) not in missing()


def test_an_arrest_told_of_before_the_grade_leaves_no_gap(house, rosa, sam, gwen, now):
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Filled

    said = {"arrested": "yes"}
    actions.save(Filled(house.incident_id, "positive_action", said, house.suspect), by=rosa, now=now)
    _handed_in(house, rosa, now)
    assert _owed(house, gwen, "arrest_attempt") == []


def test_sums_of_queues_are_the_open_work_in_whatever_state_chance_leaves_it(db, alice, rosa, sam, gwen, now):
    """The queues count states; the page's other count asks what no review closed; a third asks the stories."""
    from fellwatch.safeguarding.review import queries
    from tests.assessments.story import house

    dice = random.Random(8105)
    houses = [house(alice, now) for _ in range(6)]
    for step in range(60):
        at = now + timedelta(minutes=step)
        _chance(dice, dice.choice(houses), rosa, sam, gwen, at)
        sums = queries.sums(by=gwen)
        assert sums.agree, (step, sums)
        assert sums.total == sums.open_work == _by_story(gwen), step
    assert sum(sums.queues[name] > 0 for name in ("second", "submitted", "returned", "open", "missing")) >= 3


def _by_story(by):
    """Count open work a third way, from the append-only stories: reviews that close, and what became of duties."""
    from django.db.models import Exists, OuterRef

    from fellwatch.assessments.expecting import gaps
    from fellwatch.assessments.models import Form, FormReview
    from fellwatch.duties.models import Duty, DutyEvent
    from fellwatch.foundation import access

    closed = FormReview.objects.filter(form_id=OuterRef("id"), number=OuterRef("number"), closes=True)
    ends = ("met", "met_late", "waived", "replaced", "replaced_late")
    ended = DutyEvent.objects.filter(duty_id=OuterRef("id"), kind__in=ends)
    with access.acting(by):
        missing = Duty.objects.filter(~Exists(ended), rule__in=gaps.RULES).count()
        return Form.objects.filter(~Exists(closed)).count() + missing


def _chance(dice, house, rosa, sam, gwen, at):
    """Do something to a form of the house, or try to: what may not be done is refused and changes nothing."""
    from fellwatch.assessments import actions
    from fellwatch.assessments.models import Form
    from fellwatch.assessments.values import Filled, Invalid
    from fellwatch.foundation import access

    with access.acting(gwen):
        form = Form.objects.filter(incident_id=house.incident_id, instrument="dash").first()
    number = form.number if form else 0
    answers = {"rationale": f"Said at {at:%H:%M} that he will come back.", "grade": dice.choice(("standard", "high"))}
    try:
        match dice.choice(("write", "whole", "hand_in", "review", "look")) if form else "whole":
            case "write":
                actions.save(Filled(house.incident_id, "dash", answers, house.victim, seen=number), by=rosa, now=at)
            case "whole":
                _whole(house, rosa, at, number)
            case "hand_in":
                actions.hand_in(form.id, seen=number, by=rosa, now=at)
            case "review":
                outcome = dice.choice(("accepted", "returned"))
                given = REASONS if outcome == "returned" else {}
                actions.review(form.id, outcome, seen=number, by=sam, now=at, reasons=given)
            case "look":
                outcome = dice.choice(("accepted", "returned", "regraded"))
                given = REASONS if outcome == "returned" else {}
                looked = actions.Looked(outcome, number, grade="medium", note=EXPLAINED, reasons=given)
                actions.look_at(form.id, looked, by=gwen, now=at)
    except Invalid:
        pass


def _whole(house, rosa, at, number):
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Filled
    from tests.assessments.story import WHOLE

    actions.save(Filled(house.incident_id, "dash", WHOLE, house.victim, seen=number), by=rosa, now=at)


def test_work_that_no_queue_shows_is_said_not_to_add_up(house, rosa, sam, gwen, now):
    """The proof can fail: a form closed by its state alone is found by its story."""
    from fellwatch.assessments.models import Form
    from fellwatch.foundation import access
    from fellwatch.safeguarding.review import queries

    form_id = _accepted(house, rosa, sam, now)
    assert queries.sums(by=gwen).agree
    with access.acting(gwen):
        Form.objects.filter(id=form_id).update(state="settled")
    sums = queries.sums(by=gwen)
    assert not sums.agree
    assert sums.open_work == sums.total + 1


def test_the_thread_tells_each_change_of_grade_with_the_fact_that_moved_it(house, rosa, sam, gwen, now):
    from fellwatch.safeguarding.review import known

    form_id = _accepted(house, rosa, sam, now, grade="standard", q17="no", q18="no", q2="yes")
    _look(form_id, "regraded", gwen, now + timedelta(hours=2), grade="high", note=EXPLAINED)
    thread = known.thread(house.victim, by=gwen, now=now + timedelta(hours=3))
    assert [(one.grade, one.because) for one in thread if one.grade] == [
        ("standard", "Very frightened"),
        ("high", EXPLAINED),
    ]
    assert thread[0].title == "Domestic incident"


def test_a_prompt_is_shown_where_it_is_needed_and_judged_by_what_came_back(house, rosa, sam, gwen, theo, now):
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Invalid, NewPrompt
    from fellwatch.foundation.access import Refused
    from fellwatch.handheld import forms
    from fellwatch.safeguarding.review import figures

    new = NewPrompt("dash", "rationale", "Say what happened, and when.", "Reasons that fit any form.")
    with pytest.raises(Refused):
        actions.add_prompt(new, by=gwen, now=now)
    for _ in range(2):
        actions.add_prompt(new, by=theo, now=now)
    with pytest.raises(Invalid) as wrong:
        actions.add_prompt(NewPrompt("dash", "rationale", new.words, new.because), by=theo, now=now)
    assert "stands there already" in wrong.value.problems["question"]
    (dash,) = [one for one in forms.carried(by=rosa, now=now) if one["id"] == "dash"]
    (question,) = [one for one in dash["definition"]["questions"] if one["id"] == "rationale"]
    assert question["help"].startswith("Say what happened, and when.")
    form_id = _accepted(house, rosa, sam, now + timedelta(days=1))
    _look(form_id, "returned", gwen, now + timedelta(days=2), reasons=REASONS)
    found = figures.returns(by=theo, now=now + timedelta(days=10))
    (effect,) = found.effects
    assert (effect.days, effect.before) == (10, None)
    assert (effect.after.part, effect.after.whole) == (1, 2)
    assert [(team, one.part, one.whole) for team, one in found.teams] == [("south response", 1, 2)]
    assert found.reasons == (("rationale", 1),)
    assert [(name, one.part) for _, name, one in found.questions] == [("rationale", 1)]
    later = figures.returns(by=theo, now=now + timedelta(days=430))
    assert (later.effects[0].after.part, later.effects[0].after.whole) == (1, 2)
    assert (later.whole, later.reasons, later.questions) == (None, (), ()), "no longer of the last twelve months"


def test_the_backlog_by_age_and_risk_adds_up_to_what_is_not_finished(house, rosa, sam, gwen, now):
    from fellwatch.safeguarding.review import figures, queries

    _accepted(house, rosa, sam, now)
    counts = figures.backlog(by=gwen, now=now + timedelta(days=5))
    assert counts["3 to 7 days"]["high"] == 1
    forms = sum(queries.sums(by=gwen).queues[name] for name in ("second", "submitted", "returned", "open"))
    assert sum(sum(risks.values()) for risks in counts.values()) == forms


def test_every_page_of_the_review_opens_for_the_team_and_keeps_what_was_typed(house, rosa, sam, gwen, now):
    from tests.shell.browsers import browser

    form_id = _accepted(house, rosa, sam, now)
    client = browser("safeguarding_reviewer")
    assert client.get("/safeguarding/review/").status_code == 200
    answer = client.post(f"/safeguarding/review/{form_id}/", {"outcome": "regraded", "note": "Short.", "seen": "1"})
    assert answer.status_code == 422
    assert "Short." in answer.content.decode()
    assert client.get(f"/safeguarding/review/{uuid.uuid4()}/").status_code == 404
    assert browser("response_officer").get("/safeguarding/review/").status_code == 403


def test_a_long_queue_comes_in_pages_counts_the_whole_and_the_log_names_only_whom_a_page_shows(
    db, alice, rosa, sam, gwen, auditor, now, monkeypatch
):
    import re

    from fellwatch.foundation.audit import chain
    from fellwatch.safeguarding.review import queries
    from tests.assessments.story import house
    from tests.shell.browsers import browser

    ids = [_accepted(house(alice, now), rosa, sam, now + timedelta(minutes=step)) for step in range(3)]
    monkeypatch.setattr(queries, "PAGE", 2)
    client = browser("safeguarding_reviewer")

    def page(query):
        return client.get(f"/safeguarding/review/?{query}").content.decode()

    team = queries.sums(by=gwen).teams
    assert [counts["second"] for counts in team.values()] == [3]
    for chosen in ("", f"&team={next(iter(team))}", "&team=nobody"):
        pages = [page(f"queue=second&page={number}{chosen}") for number in range(3)]
        shown = [re.findall(r'href="/safeguarding/review/([0-9a-f-]{36})/"', text) for text in pages]
        if chosen == "&team=nobody":
            assert shown == [[], [], []]
            continue
        assert [len(some) for some in shown] == [2, 1, 0]
        assert sorted(id for some in shown for id in some) == sorted(map(str, ids))
        assert "3 lines; the 2 first are shown." in pages[0]
        assert "The next ones" in pages[0]
        assert "The next ones" not in pages[1]
        assert "The ones before" in pages[1]
    about = {line.people for line in chain.lines(by=auditor) if line.sentence == "safeguarding.queue_read"}
    assert about == {2, 1, 0}
    missing = [page(f"queue=missing&page={number}") for number in range(2)]
    assert "The next ones" in missing[0]
    assert "The ones before" in missing[1]


def test_a_try_to_arrest_that_failed_closes_the_gap_and_stays_on_the_suspect(house, rosa, gwen, now):
    from fellwatch.assessments.values import Invalid
    from fellwatch.response import actions, queries
    from fellwatch.response.values import NewAttempt

    _handed_in(house, rosa, now)
    assert _owed(house, gwen, "arrest_attempt") == ["open"]
    with pytest.raises(Invalid) as wrong:
        actions.try_arrest(house.incident_id, house.suspect, NewAttempt(now, "", ""), by=rosa, now=now)
    assert set(wrong.value.problems) == {"tried_where", "tried_words"}
    new = NewAttempt(now, "His mother's", "Not seen since noon; his work at six.")
    for _ in range(2):
        actions.try_arrest(house.incident_id, house.suspect, new, by=rosa, now=now)
    assert _owed(house, gwen, "arrest_attempt") == ["met"]
    (suspect,) = queries.scene(house.incident_id, by=rosa, now=now).suspects
    assert [one.tried_where for one in suspect.attempts] == ["His mother's"]
