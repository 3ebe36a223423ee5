"""Each crime disclosed gets its own decision in time, an owner or a verifiable reason, and an end."""

import pytest

pytestmark = pytest.mark.database


def _refused(step):
    from fellwatch.assessments.values import Invalid

    with pytest.raises(Invalid) as wrong:
        step()
    return wrong.value.problems


@pytest.fixture
def told(house, rosa, now):
    """Save a form that tells of strangulation and threats to kill."""
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Filled
    from tests.assessments.story import WHOLE

    actions.save(Filled(house.incident_id, "dash", WHOLE, house.victim), by=rosa, now=now)
    return house


def _waiting(by):
    from fellwatch.response import queries

    return {one.title.split()[0]: one for one in queries.crimes_waiting(by=by)}


def _recorded(**more):
    from fellwatch.response.values import Decision

    return Decision(**{"recorded": True, "crime_number": "FS/26/0001", "owner": "DC 4 Pat Garth", **more})


def test_each_crime_waits_with_its_own_clock_until_it_is_decided(told, ivy, now, owed):
    from datetime import timedelta

    from fellwatch.response import actions

    waiting = _waiting(ivy)
    assert {one.due_at for one in waiting.values()} == {now + timedelta(hours=24)}
    actions.decide(waiting["Strangulation"].id, _recorded(), by=ivy, now=now)
    assert set(_waiting(ivy)) == {"Threats"}
    assert sorted(owed(told.incident_id, "crime_recording")) == ["met", "open"]


def test_the_list_comes_in_pages_the_soonest_due_first_and_counts_them_all(told, ivy, now, monkeypatch):
    from datetime import timedelta

    from fellwatch.response import queries

    whole = queries.crimes_waiting(by=ivy)
    monkeypatch.setattr(queries, "PAGE", 1)
    pages = [queries.crimes_waiting(by=ivy, page=page) for page in range(3)]
    assert [[row.id for row in page] for page in pages] == [[whole[0].id], [whole[1].id], []]
    assert queries.crimes_counted(by=ivy, now=now) == (2, 0)
    assert queries.crimes_counted(by=ivy, now=now + timedelta(hours=25)) == (2, 2)


def test_support_is_offered_once_for_all_that_a_victim_told(told, rosa, now, owed):
    from fellwatch.response import actions

    assert owed(told.incident_id, "victim_support_referral") == ["open"]
    actions.refer_to_support(
        told.incident_id, told.victim, wanted=True, service="Fellshire victim care", by=rosa, now=now
    )
    assert owed(told.incident_id, "victim_support_referral") == ["met"]


def test_recording_needs_a_number_and_an_owner(told, ivy, now):
    from fellwatch.response import actions

    crime = _waiting(ivy)["Threats"]
    problems = _refused(lambda: actions.decide(crime.id, _recorded(crime_number="", owner=" "), by=ivy, now=now))
    assert set(problems) == {"crime_number", "owner"}
    assert "Threats" in _waiting(ivy)


def test_a_number_stands_for_one_crime_only(told, ivy, now):
    from fellwatch.response import actions

    waiting = _waiting(ivy)
    actions.decide(waiting["Threats"].id, _recorded(), by=ivy, now=now)
    problems = _refused(lambda: actions.decide(waiting["Strangulation"].id, _recorded(), by=ivy, now=now))
    assert "another crime" in problems["crime_number"]


def test_only_a_registrar_may_decide_that_it_is_no_crime_and_says_what_can_be_verified(told, ivy, owen, now, owed):
    from fellwatch.foundation.access import Refused
    from fellwatch.response import actions, queries
    from fellwatch.response.values import Decision

    crime = _waiting(ivy)["Threats"]
    none = Decision(False, because="He was in custody that night.", source="Custody record 26/118")
    with pytest.raises(Refused):
        actions.decide(crime.id, none, by=ivy, now=now)
    assert set(_refused(lambda: actions.decide(crime.id, Decision(False), by=owen, now=now))) == {"because", "source"}
    actions.decide(crime.id, none, by=owen, now=now)
    decided = queries.crime(crime.id, by=ivy).decided
    assert (decided.recorded, decided.source) == (False, "Custody record 26/118")
    assert owed(told.incident_id, "victim_update") == ["open"]


def test_who_decides_second_is_told_who_was_first(told, ivy, owen, now):
    from fellwatch.response import actions

    crime = _waiting(ivy)["Threats"]
    actions.decide(crime.id, _recorded(), by=ivy, now=now)
    actions.decide(crime.id, _recorded(), by=ivy, now=now)
    problems = _refused(lambda: actions.decide(crime.id, _recorded(crime_number="FS/26/0002"), by=owen, now=now))
    assert problems["decision"].startswith("Ivy Wath decided this")


def test_a_recorded_crime_ends_once_with_its_outcome_on_the_incident(told, ivy, rosa, now):
    from fellwatch.response import actions, queries

    crime = _waiting(ivy)["Threats"]
    assert (
        "Only a recorded crime"
        in _refused(lambda: actions.end(crime.id, "charged", words="Charged at court.", by=ivy, now=now))["outcome"]
    )
    actions.decide(crime.id, _recorded(), by=ivy, now=now)
    assert "Choose" in _refused(lambda: actions.end(crime.id, "filed", words="x", by=ivy, now=now))["outcome"]
    for _ in range(2):
        actions.end(crime.id, "charged", words="Charged with threats to kill.", by=ivy, now=now)
    scene = queries.scene(told.incident_id, by=rosa, now=now)
    assert [one.decided.outcome for one in scene.crimes if one.decided] == ["Charged or summonsed"]


def test_the_decision_stands_in_the_log_of_whom_it_is_about(told, ivy, auditor, now):
    from fellwatch.foundation.audit import chain
    from fellwatch.response import actions

    actions.decide(_waiting(ivy)["Threats"].id, _recorded(), by=ivy, now=now)
    said = {line.sentence for line in chain.lines(by=auditor, person=told.victim)}
    assert {"response.crime_recorded", "response.crimes_read", "assessments.crime_disclosed"} <= said


def test_the_registrar_refuses_that_it_is_no_crime_and_it_still_waits_to_be_recorded(told, ivy, owen, now, owed):
    from fellwatch.foundation.access import Refused
    from fellwatch.response import actions, queries

    crime = _waiting(ivy)["Threats"]

    def ask(**more):
        said = {"because": "She takes it back.", "source": "Her call, recording 118.", **more}
        actions.ask_no_crime(crime.id, **said, by=ivy, now=now)

    assert set(_refused(lambda: ask(source=" "))) == {"ask_source"}
    ask()
    assert "asked already" in _refused(ask)["ask_because"]
    asked = queries.crime(crime.id, by=owen).asked_now
    with pytest.raises(Refused):
        actions.answer_no_crime(asked.id, agreed=True, words="Yes.", by=ivy, now=now)
    for _ in range(2):
        actions.answer_no_crime(asked.id, agreed=False, words="A retraction alone.", by=owen, now=now)
    assert (
        "answered this"
        in _refused(lambda: actions.answer_no_crime(asked.id, agreed=True, words="It stands.", by=owen, now=now))[
            "answer_words"
        ]
    )
    assert "Threats" in _waiting(ivy)
    assert owed(told.incident_id, "crime_recording") == ["open", "open"]


def test_a_registrar_who_agrees_decides_and_nobody_answers_their_own(told, ivy, owen, now, owed):
    from fellwatch.response import actions, queries

    crime = _waiting(ivy)["Threats"]
    said = {"because": "He was in custody that night.", "source": "Custody record 26/118"}
    actions.ask_no_crime(crime.id, **said, by=owen, now=now)
    own = queries.crime(crime.id, by=owen).asked_now
    assert (
        "yourself"
        in _refused(lambda: actions.answer_no_crime(own.id, agreed=True, words="So it is.", by=owen, now=now))[
            "answer_words"
        ]
    )
    other = _waiting(ivy)["Strangulation"]
    actions.ask_no_crime(other.id, **said, by=ivy, now=now)
    asked = queries.crime(other.id, by=owen).asked_now
    actions.answer_no_crime(asked.id, agreed=True, words="Verified.", by=owen, now=now)
    assert queries.crime(other.id, by=ivy).decided.recorded is False
    assert "Strangulation" not in _waiting(ivy)


def test_only_the_registrar_puts_another_outcome_in_the_place_of_one(told, ivy, owen, now):
    from fellwatch.response import actions, queries

    crime = _waiting(ivy)["Threats"]
    actions.decide(crime.id, _recorded(), by=ivy, now=now)
    actions.end(crime.id, "evidential", words="The recording is lost.", by=ivy, now=now)

    def change(by):
        actions.end(crime.id, "unsupported", words="The recording is found; she does not want it.", by=by, now=now)

    assert "Only the registrar" in _refused(lambda: change(ivy))["outcome"]
    change(owen)
    assert queries.crime(crime.id, by=ivy).decided.outcome.endswith("does not support further action")


@pytest.fixture
def limited(told, ivy, now):
    """Record the threats as what they were: a common assault in domestic abuse."""
    from fellwatch.response import actions

    crime = _waiting(ivy)["Threats"]
    actions.decide(crime.id, _recorded(flags=("common_assault",)), by=ivy, now=now)
    return crime.id


def _to_charge(told, by):
    from fellwatch.duties import queries

    found = [one for one in queries.of_incident(told.incident_id, by=by) if one.rule == "common_assault_charge"]
    return [(one.due_at.date().isoformat(), one.state) for one in sorted(found, key=lambda one: one.due_at)]


def test_a_domestic_common_assault_must_be_charged_in_time_that_runs_anew_from_the_statement(told, limited, ivy, now):
    from datetime import timedelta

    from fellwatch.response import actions

    assert _to_charge(told, ivy) == [("2027-05-20", "open")]
    early = _refused(lambda: actions.statement_made(limited, now - timedelta(days=1), by=ivy, now=now))
    assert set(early) == {"statement_at"}
    later = now + timedelta(days=30)
    for _ in range(2):
        actions.statement_made(limited, later, by=ivy, now=later)
    assert _to_charge(told, ivy) == [("2027-05-20", "replaced"), ("2027-06-20", "open")]
    actions.end(limited, "charged", words="Charged at court.", by=ivy, now=later)
    assert _to_charge(told, ivy) == [("2027-05-20", "replaced"), ("2027-06-20", "met")]


def test_no_such_time_runs_for_another_crime_or_one_that_ended_otherwise(told, limited, ivy, now):
    from fellwatch.response import actions

    other = _waiting(ivy)["Strangulation"].id
    actions.decide(other, _recorded(crime_number="FS/26/0009"), by=ivy, now=now)
    assert "No such time" in _refused(lambda: actions.statement_made(other, now, by=ivy, now=now))["statement_at"]
    actions.end(limited, "evidential", words="Evidence falls short.", by=ivy, now=now)
    assert [state for _, state in _to_charge(told, ivy)] == ["replaced"]
