"""Arrest or the reason why not; charge; bail by the law of the arrest's date; victims told of each."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.response.answering import soon

pytestmark = pytest.mark.database

CONDITIONS = (("no_contact", "Danielle Hewett, directly or through others"), ("keep_away", "Tarn Row"))


def _refused(step):
    from fellwatch.assessments.values import Invalid

    with pytest.raises(Invalid) as wrong:
        step()
    return wrong.value.problems


@pytest.fixture
def action(house, rosa, now):
    """Fill in and hand in the form of what was done, with these answers besides."""

    def done(**more):
        from fellwatch.assessments import actions as forms
        from fellwatch.assessments import queries
        from fellwatch.assessments.values import Filled
        from fellwatch.response import actions

        before = queries.find_form("positive_action", house.incident_id, house.suspect, by=rosa)
        seen = before.number if before else 0
        said = {
            "arrested": "yes",
            "other_action": ["support_offered"],
            "safety_plan": "Locks changed; her sister stays.",
            "victim_support": "yes",
            "video": "yes",
            "consent": "yes",
            "safe_contact": "considered_none",
            **more,
        }
        filled = Filled(house.incident_id, "positive_action", said, house.suspect, seen=seen)
        form_id = forms.save(filled, by=rosa, now=now)
        actions.hand_in(form_id, seen=seen + 1, by=rosa, now=now)

    return done


@pytest.fixture
def suspect(house, rosa, now):
    """Return the suspect as shown."""

    def shown():
        from fellwatch.response import queries

        (one,) = queries.scene(house.incident_id, by=rosa, now=now).suspects
        return one

    return shown


@pytest.fixture
def arrested(house, rosa, suspect):
    """Arrest the suspect at a moment and return who it is."""

    def done(at):
        from fellwatch.response import actions

        actions.arrest(house.incident_id, house.suspect, arrested_at=at, offence="Threats to kill", by=rosa, now=at)
        return suspect().id

    return done


def _release(at, **more):
    from fellwatch.response.values import NewRelease

    said = {
        "kind": "bail",
        "released_at": at,
        "rank": "custody_officer",
        "authorised_by": "PS 1 Lee Scar",
        "because": "To safeguard the victim.",
        "conditions": CONDITIONS,
        "victim_view": "Wants him kept away from the school.",
        "answer": soon(at),
    }
    return NewRelease(**{**said, **more})


def test_no_arrest_keeps_its_code_and_a_supervisor_must_look_at_it(house, action, suspect, rosa, sam, owed, now):
    from fellwatch.response import actions, queries

    action(arrested="no", no_arrest_reason="not_there", no_arrest_why="Left before we came; circulated.")
    assert owed(house.incident_id, "no_arrest_review") == ["open"]
    (waiting,) = queries.unreviewed_suspects(by=sam)
    assert waiting.no_arrest_reason == "not_there"
    assert (
        "why"
        in _refused(lambda: actions.review_no_arrest(waiting.id, agrees=True, words=" ", by=sam, now=now))["words"]
    )
    actions.review_no_arrest(waiting.id, agrees=False, words="Arrest attempt at his mother's.", by=sam, now=now)
    assert owed(house.incident_id, "no_arrest_review") == ["met"]
    assert suspect().review_agrees is False
    assert queries.unreviewed_suspects(by=sam) == ()


def test_nobody_looks_at_their_own_decision_not_to_arrest(house, action, rosa, suspect, now):
    from dataclasses import replace

    from fellwatch.response import access, actions

    action(arrested="no", no_arrest_reason="no_grounds", no_arrest_why="No offence told or seen.")
    supervising = replace(rosa, permissions=rosa.permissions | {access.SUPERVISE})
    problems = _refused(
        lambda: actions.review_no_arrest(suspect().id, agrees=True, words="Right.", by=supervising, now=now)
    )
    assert "somebody else" in problems["words"]


def test_an_arrest_answers_for_a_decision_not_to_and_each_victim_must_hear(house, action, arrested, owed, now):
    action(arrested="no", no_arrest_reason="not_there", no_arrest_why="Circulated.")
    arrested(now)
    assert owed(house.incident_id, "no_arrest_review") == ["met"]
    assert owed(house.incident_id, "victim_update") == ["open"]


def test_a_victim_who_withdraws_starts_the_search_for_other_evidence(house, action, rosa, owed, now):
    from fellwatch.response import actions, queries

    said = {"support_why": "He is the children's father.", "evidence_led": "The 999 recording; her neck."}
    action(victim_support="no", **said)
    action(victim_support="withdrawn", **said)
    assert owed(house.incident_id, "evidence_led_review") == ["open"]
    scene = queries.scene(house.incident_id, by=rosa, now=now)
    assert [one.stance for one in scene.stances] == ["no", "withdrawn"]
    actions.review_evidence(
        house.incident_id, house.victim, goes_on=True, words="999 recording, film, neighbour at 12.", by=rosa, now=now
    )
    assert owed(house.incident_id, "evidence_led_review") == ["met"]


@pytest.mark.parametrize(
    ("arrested_at", "rank", "ends"),
    [
        (datetime(2026, 3, 2, 14, tzinfo=UTC), "custody_officer", datetime(2026, 6, 2, 23, tzinfo=UTC)),
        (datetime(2022, 10, 28, 9, tzinfo=UTC), "custody_officer", datetime(2023, 1, 29, tzinfo=UTC)),
        (datetime(2022, 10, 27, 9, tzinfo=UTC), "inspector", datetime(2022, 11, 25, tzinfo=UTC)),
        (datetime(2018, 11, 5, 14, tzinfo=UTC), "inspector", datetime(2018, 12, 4, tzinfo=UTC)),
    ],
    ids=["T18", "T24 new", "T24 old", "T25"],
)
def test_bail_ends_by_the_law_of_the_arrests_date(house, arrested, suspect, rosa, arrested_at, rank, ends):
    from fellwatch.response import actions

    suspect_id = arrested(arrested_at)
    at = arrested_at + timedelta(hours=20)
    actions.release(suspect_id, _release(at, rank=rank), by=rosa, now=at)
    (release,) = suspect().releases
    assert release.ends_at == ends
    assert release.working


def test_bail_under_the_earlier_regime_needs_an_inspector(house, arrested, rosa):
    from fellwatch.response import actions

    at = datetime(2018, 11, 5, 14, tzinfo=UTC)
    suspect_id = arrested(at)
    problems = _refused(lambda: actions.release(suspect_id, _release(at), by=rosa, now=at))
    assert problems == {"rank": "28 days needs the authority of inspector or above."}


def test_bail_is_extended_in_order_in_time_and_by_rank(house, arrested, suspect, rosa, owed):
    from fellwatch.response import actions
    from fellwatch.response.values import NewExtension

    at = datetime(2026, 3, 2, 14, tzinfo=UTC)
    suspect_id = arrested(at)
    actions.release(suspect_id, _release(at), by=rosa, now=at)

    def extend(stage, rank, when):
        (release,) = suspect().releases
        new = NewExtension(stage, when, rank, "Insp 2 Jo Pass", "Phone not yet examined.", "None made.", soon(when))
        actions.extend(release.id, new, by=rosa, now=when)

    in_time, late = datetime(2026, 6, 2, 20, tzinfo=UTC), datetime(2026, 6, 3, 8, tzinfo=UTC)
    assert set(_refused(lambda: extend("6_months", "custody_officer", in_time))) == {"rank"}
    assert set(_refused(lambda: extend("9_months", "superintendent", in_time))) == {"stage"}
    assert set(_refused(lambda: extend("6_months", "inspector", late))) == {"authorised_at"}
    extend("6_months", "inspector", in_time)
    (release,) = suspect().releases
    assert release.ends_at == datetime(2026, 9, 2, 23, tzinfo=UTC)
    assert [one for one, _ in release.next_stages] == ["9_months"]
    extend("9_months", "superintendent", in_time)
    assert suspect().releases[0].ends_at == datetime(2026, 12, 3, tzinfo=UTC)
    assert sorted(owed(house.incident_id, "pre_charge_bail")) == ["open", "replaced", "replaced"]


def test_a_charge_ends_bail_and_victims_must_hear_of_each_event(house, arrested, suspect, rosa, owed, now):
    from fellwatch.response import actions

    suspect_id = arrested(now)
    later = now + timedelta(hours=10)
    actions.release(suspect_id, _release(later), by=rosa, now=later)
    actions.charge(suspect_id, charged_at=later + timedelta(days=3), by=rosa, now=later + timedelta(days=3))
    assert owed(house.incident_id, "pre_charge_bail") == ["met"]
    assert owed(house.incident_id, "victim_update") == ["open", "open", "open"]
    actions.tell(
        house.incident_id,
        house.victim,
        means="met",
        to="at her work",
        words="Told of the charge.",
        by=rosa,
        now=later + timedelta(days=3),
    )
    assert set(owed(house.incident_id, "victim_update")) == {"met"}
    assert suspect().releases[0].ended_at is not None


def test_a_victim_is_told_only_by_a_number_that_was_said_to_be_safe_now(house, rosa, now):
    from fellwatch.assessments.values import Invalid
    from fellwatch.foundation import ids
    from fellwatch.response import actions, queries
    from fellwatch.sharing.reach import actions as reach
    from fellwatch.sharing.reach.values import NewRule

    def tell(means="call", to="07700 900451", at=now, **more):
        told = {"means": means, "to": to, "words": "Told of the charge.", "by": rosa, "now": at, **more}
        actions.tell(house.incident_id, house.victim, **told)

    def refused(**how):
        with pytest.raises(Invalid) as wrong:
            tell(**how)
        return wrong.value.problems

    assert "have not said" in refused()["to"], "silence is a no"
    new = NewRule(house.victim, "call", "yes", "07700 900451", "self", from_time="23:00", to_time="23:59")
    reach.say(new, by=rosa, now=now)
    assert "another address or number" in refused(to="07700 900142")["to"]
    assert "time of day" in refused(at=now + timedelta(hours=1))["to"]
    assert list(refused(means="")) == ["means"]
    sent = ids.new()
    tell(id=sent)
    tell(id=sent, at=now + timedelta(hours=1))
    (told,) = queries.scene(house.incident_id, by=rosa, now=now).told
    assert told[2] == "By telephone, 07700 900451", "sent again later it is the same"


def test_release_without_conditions_in_domestic_abuse_needs_an_inspector_and_a_reason(house, arrested, rosa, now):
    from fellwatch.response import actions
    from fellwatch.response.values import NewAppointment

    suspect_id = arrested(now)

    def go(**more):
        new = _release(now, kind="under_investigation", conditions=(), victim_view="", answer=NewAppointment(), **more)
        actions.release(suspect_id, new, by=rosa, now=now)

    assert set(_refused(lambda: go(because=" "))) == {"because", "rank"}
    assert "an inspector must have looked" in _refused(go)["rank"]
    go(rank="inspector")


def test_what_bail_lacks_is_told_beside_each_field(house, arrested, rosa, now):
    from fellwatch.response import actions

    suspect_id = arrested(now)
    new = _release(now - timedelta(hours=1), authorised_by="", because="", victim_view="", conditions=(("behave", ""),))
    problems = _refused(lambda: actions.release(suspect_id, new, by=rosa, now=now))
    assert set(problems) == {
        "released_at",
        "authorised_by",
        "because",
        "victim_view",
        "condition-0",
        "condition_words-0",
    }


def test_nobody_is_released_who_was_not_arrested(house, action, suspect, rosa, now):
    from fellwatch.response import actions

    action(arrested="no", no_arrest_reason="no_grounds", no_arrest_why="No offence.")
    assert (
        "Record the arrest first"
        in _refused(lambda: actions.release(suspect().id, _release(now), by=rosa, now=now))["released_at"]
    )


def test_the_same_release_sent_twice_stands_once(house, arrested, suspect, rosa, now):
    from fellwatch.response import actions

    suspect_id, new = arrested(now), _release(now)
    for _ in range(2):
        actions.release(suspect_id, new, by=rosa, now=now)
    assert len(suspect().releases) == 1


def test_a_case_ended_without_charge_says_why_once(house, arrested, suspect, rosa, now):
    from fellwatch.response import actions

    suspect_id = arrested(now)
    assert set(_refused(lambda: actions.end_case(suspect_id, ended_as="lost", because="", by=rosa, now=now))) == {
        "ended_as",
        "because",
    }
    actions.end_case(suspect_id, ended_as="no_further_action", because="Evidence falls short.", by=rosa, now=now)
    assert suspect().ended_as == "no_further_action"
    assert (
        "already ended"
        in _refused(
            lambda: actions.end_case(suspect_id, ended_as="out_of_court", because="Caution.", by=rosa, now=now)
        )["ended_as"]
    )


def test_a_case_that_ended_is_opened_again_by_a_supervisor_with_the_reason(house, arrested, suspect, rosa, sam, now):
    from fellwatch.foundation.access import Refused
    from fellwatch.response import actions

    suspect_id = arrested(now)
    actions.end_case(suspect_id, ended_as="no_further_action", because="Evidence falls short.", by=rosa, now=now)
    problems = _refused(lambda: actions.charge(suspect_id, charged_at=now, by=rosa, now=now))
    assert "supervisor opens it again" in problems["charged_at"]
    with pytest.raises(Refused):
        actions.reopen(suspect_id, because="A neighbour filmed it.", by=rosa, now=now)
    assert set(_refused(lambda: actions.reopen(suspect_id, because=" ", by=sam, now=now))) == {"reopen_because"}
    for _ in range(2):
        actions.reopen(suspect_id, because="A neighbour filmed it.", by=sam, now=now)
    assert [one["ended_because"] for one in suspect().reopenings] == ["Evidence falls short."]
    actions.charge(suspect_id, charged_at=now, by=rosa, now=now)
    assert suspect().charged_at == now
