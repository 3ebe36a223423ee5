"""The MARAC: referred, repeated, triaged, researched, heard, acted for, counted."""

import re
from datetime import date, timedelta

import pytest

from tests.safeguarding import marac_story as story
from tests.safeguarding.story import london, pair
from tests.shell.browsers import stranger

pytestmark = pytest.mark.database
NOW = story.MONDAY
MINE = ("meetings.waiting_read", "marac.to_reach_read", "marac.made_read")


@pytest.fixture
def cast(people, system):
    """The coordinator, an adviser and a housing officer, each with an account of their own."""
    story.agencies(system)
    return {
        "cora": story.user("Cora Birk", "marac_coordinator"),
        "ida": story.user("Ida Fleet", "partner", "harbour-advocates"),
        "hal": story.user("Hal Moor", "partner", "tarn-homes"),
        "nadia": story.user("Nadia Croft", "safeguarding_officer"),
        "chair": story.user("Ada Holme", "marac_chair"),
    }


def _state(id, by):
    from fellwatch.safeguarding.marac import queries

    return queries.referral(id, by=by).row


def _refer(new, by, now=NOW):
    from fellwatch.safeguarding.marac import actions

    return actions.refer(new, by=by, now=now)


def _place(id, people, by, now=NOW):
    from fellwatch.safeguarding.marac import actions
    from fellwatch.safeguarding.marac.values import Placed

    actions.place(id, Placed(people[1], (people[0],)), by=by, now=now)


@pytest.fixture
def agenda(cast, people, system, monkeypatch):
    """Send the agenda of a meeting with three cases, and return them; of a page's lists one line is shown, or two."""
    from fellwatch.meetings import actions as meetings
    from fellwatch.portal.pages import marac
    from fellwatch.safeguarding.marac import actions
    from fellwatch.safeguarding.pages.marac import board

    cora = cast["cora"]
    meeting = story.meeting(cora)
    cases = []
    for who in (people, pair(system), pair(system)):
        cases.append(_refer(story.new(), cast["ida"]))
        _place(cases[-1], who, cora)
        actions.list_on(cases[-1], meeting, by=cora, now=NOW)
    meetings.send_agenda(meeting, by=cora, now=NOW)
    for page in (board, marac):
        monkeypatch.setattr(page, "SHOWN", 1)
        monkeypatch.setattr(page, "PAGE", 2)
    return cases


def _browser(by):
    """Return the browser of one of the cast."""
    from fellwatch.foundation.accounts.models import User

    client = stranger()
    client.force_login(User.objects.get(id=by.id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_partners_referral_goes_straight_to_the_conference_once_it_is_said_who_is_meant(cast, people):
    id = _refer(story.new(), cast["ida"])
    assert _state(id, cast["cora"]).state == "to_place"
    _place(id, people, cast["cora"])
    row = _state(id, cast["cora"])
    assert (row.state, row.criteria, row.repeat, row.adviser) == (
        "accepted",
        ("judgement",),
        False,
        "harbour-advocates",
    )
    assert row.contact_due_at == london("2026-11-18 10:00")


def test_no_criterion_is_called_unmet_before_it_is_said_who_is_meant(cast, people):
    from fellwatch.safeguarding.marac import queries
    from fellwatch.safeguarding.pages.marac import showing

    id = _refer(story.new(), cast["ida"])
    assert {one["met"] for one in showing.criteria(queries.referral(id, by=cast["cora"]))} == {None}
    _place(id, people, cast["cora"])
    met = {one["label"]: one["met"] for one in showing.criteria(queries.referral(id, by=cast["cora"]))}
    assert sorted(met.values()) == [False, False, False, True]


def test_a_police_referral_waits_for_the_panel_and_the_flag_waits_with_it(cast, people):
    from fellwatch.records import queries as records

    id = _refer(story.new(people), cast["nadia"])
    assert _state(id, cast["nadia"]).state == "to_triage"
    assert records.markers_of([people[1]], by=cast["nadia"], now=NOW) == {}


def test_a_panel_turns_down_with_reasons_that_whoever_referred_reads(cast, people):
    from fellwatch.safeguarding.marac import actions, queries
    from fellwatch.safeguarding.marac.values import Invalid, Triaged

    id = _refer(story.new(people), cast["nadia"])
    with pytest.raises(Invalid) as wrong:
        actions.triage(id, Triaged("single_agency", "no", ["fell-health"]), by=cast["cora"], now=NOW)
    assert set(wrong.value.problems) == {"panel", "because"}
    because = "Both have moved apart, he is in custody until May, and her adviser sees her weekly."
    actions.triage(id, Triaged("single_agency", because, ["fell-health", "tarn-homes"]), by=cast["cora"], now=NOW)
    seen = queries.referral(id, by=cast["nadia"])
    assert (seen.row.state, seen.row.triage_because) == ("not_heard", because)
    assert seen.row.contact_due_at is not None, "an adviser's offer stays owed"


def test_a_partners_referral_cannot_be_triaged(cast, people):
    from fellwatch.safeguarding.marac import actions
    from fellwatch.safeguarding.marac.values import Invalid, Triaged

    id = _refer(story.new(), cast["ida"])
    _place(id, people, cast["cora"])
    panel = Triaged("return", "It says too little of what happened to be heard.", ["fell-health", "tarn-homes"])
    with pytest.raises(Invalid):
        actions.triage(id, panel, by=cast["cora"], now=NOW)


@pytest.mark.parametrize(
    ("happened", "behaviour", "repeat"),
    [
        ("2027-01-09", "violence", True),
        ("2027-01-10", "violence", True),
        ("2027-01-11", "violence", False),
        ("2026-06-09", "sexual", True),
        ("2026-06-09", "other", False),
    ],
)
def test_a_repeat_is_found_by_itself_up_to_the_anniversary(cast, people, happened, behaviour, repeat):
    first, now = london("2026-01-10 09:00"), london("2027-01-12 09:00")
    _refer(story.new(people, happened_date=date(2026, 1, 9)), cast["nadia"], first)
    again = story.new(people, happened_date=date.fromisoformat(happened), behaviour=behaviour, judgement=False)
    row = _state(_refer(again, cast["nadia"], now), cast["nadia"])
    assert (row.repeat, row.state) == (repeat, "accepted" if repeat else "to_triage")


def test_the_same_victim_and_another_perpetrator_is_a_new_case(cast, people, system):
    from fellwatch.foundation import access
    from fellwatch.records import actions as records

    _refer(story.new(people, happened_date=date(2026, 10, 1)), cast["nadia"], NOW - timedelta(days=30))
    carl = records.NewPerson("Carl", "Nab")
    with access.acting(system):
        records.add_person(carl, by=system, now=NOW)
    row = _state(_refer(story.new((carl.id, people[1])), cast["nadia"]), cast["nadia"])
    assert not row.repeat


def test_a_repeat_comes_to_light_when_two_records_are_made_one_also_after_the_panel_turned_it_down(
    cast, people, system, actor
):
    from fellwatch.foundation import access
    from fellwatch.foundation.accounts import roles
    from fellwatch.records import actions as records
    from fellwatch.records import clusters
    from fellwatch.safeguarding.marac import actions
    from fellwatch.safeguarding.marac.values import Triaged

    _refer(story.new(people, happened_date=date(2026, 9, 1)), cast["nadia"], NOW - timedelta(days=60))
    other = records.NewPerson("Danyel", "Hewitt")
    with access.acting(system):
        records.add_person(other, by=system, now=NOW)
    id = _refer(story.new((people[0], other.id)), cast["nadia"])
    panel = Triaged(
        "return", "Nothing shows that the danger is high: ask her once more.", ["tarn-homes", "fell-health"]
    )
    actions.triage(id, panel, by=cast["cora"], now=NOW)
    assert _state(id, cast["cora"]).state == "not_heard"
    clusters.merge(people[1], other.id, because="One woman.", by=actor("Rita Holme", "records_reviewer"), now=NOW)
    assert actions.recheck_open(by=roles.system("marac"), now=NOW) == 1
    row = _state(id, cast["cora"])
    assert (row.repeat, row.state) == (True, "accepted")
    assert "cannot be triaged" in row.because[-1]


def test_the_flag_stands_on_both_for_twelve_months_and_begins_anew_with_each_referral(cast, people):
    from fellwatch.records import queries as records

    for days in (60, 0):
        id = _refer(
            story.new(happened_date=(NOW - timedelta(days=days + 1)).date()), cast["ida"], NOW - timedelta(days=days)
        )
        _place(id, people, cast["cora"], NOW - timedelta(days=days))
    for person in people[:2]:
        (marker,) = records.markers_of([person], by=cast["nadia"], now=NOW)[person]
        assert marker.kind == "marac"
        assert marker.expires_at == london("2027-11-17 00:00")


def test_a_long_agenda_comes_in_pages_and_the_log_names_only_whom_a_page_shows(
    cast, people, system, auditor, monkeypatch
):
    from fellwatch.foundation.audit import chain
    from fellwatch.meetings import actions as meetings
    from fellwatch.portal.pages import marac
    from fellwatch.safeguarding.marac import actions

    cora, hal, others = cast["cora"], cast["hal"], pair(system)
    meeting = story.meeting(cora)
    for who in (people, others):
        id = _refer(story.new(), cast["ida"])
        _place(id, who, cora)
        actions.list_on(id, meeting, by=cora, now=NOW)
    meetings.send_agenda(meeting, by=cora, now=NOW)
    monkeypatch.setattr(marac, "PAGE", 1)
    client = _browser(hal)

    first, second = (
        client.get(f"/partner/marac/meetings/{meeting}/{page}").content.decode() for page in ("", "?page=1")
    )
    assert "1. <a" in first
    assert "2. <a" not in first
    assert "The next ones" in first
    assert "2. <a" in second
    assert "1. <a" not in second
    assert "The ones before" in second
    assert "The next ones" not in second
    about = {line.people for line in chain.lines(by=auditor) if line.sentence == "meetings.agenda_read"}
    assert about == {2}


def test_the_minutes_of_a_long_meeting_take_as_many_statements_as_of_a_short_one(cast, people, system, auditor):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from fellwatch.foundation.audit import chain
    from fellwatch.meetings import actions as meetings
    from fellwatch.meetings import queries
    from fellwatch.meetings.values import Promised, Said
    from fellwatch.safeguarding.marac import actions

    cora = cast["cora"]
    meeting = story.meeting(cora)
    for who in (people, pair(system)):
        id = _refer(story.new(), cast["ida"])
        _place(id, who, cora)
        actions.list_on(id, meeting, by=cora, now=NOW)
    at = NOW + timedelta(days=14)
    meetings.begin(meeting, by=cora, now=at)
    lines = queries.agenda(meeting, by=cora)
    asked = []
    for number, line in enumerate(lines):
        for seen, words in enumerate(("He is on bail.", "He is on bail until May.")):
            meetings.write(line.id, Said(words, "Rising.", "Move her."), seen=seen, by=cora, now=at)
        promised = Promised("tarn-homes", f"Fit door {number}.", at.date() + timedelta(days=7))
        meetings.promise(line.id, promised, by=cora, now=at)
        with CaptureQueriesContext(connection) as taken:
            found = queries.minutes(meeting, by=cora, now=at)
        asked.append(len(taken))
    assert asked[0] == asked[1]
    assert [one.said.facts for one in found] == ["He is on bail until May."] * 2
    assert [[said.version for said in one.versions] for one in found] == [[2, 1]] * 2
    assert [[action.words for action in one.actions] for one in found] == [["Fit door 0."], ["Fit door 1."]]
    assert {line.people for line in chain.lines(by=auditor) if line.sentence == "meetings.minutes_read"} == {4}


def test_the_board_shows_the_most_urgent_counts_the_whole_and_each_list_has_pages_of_its_own(cast, agenda, auditor):
    from fellwatch.foundation.audit import chain

    client = _browser(cast["cora"])

    def page(query=""):
        return client.get(f"/safeguarding/marac/{query}").content.decode()

    first = page()
    assert "3 waiting" in first
    assert "3 not reached" in first
    assert first.count("3 in all; the 1 most urgent are shown.") == 2
    assert first.count('class="fw-case"') == 2
    about = {line.people for line in chain.lines(by=auditor) if line.sentence == "marac.open_read"}
    assert about == {2}
    for part in ("listed", "to_reach"):
        pages = [page(f"?part={part}&page={number}") for number in range(3)]
        assert [text.count('class="fw-case"') for text in pages] == [2, 1, 0]
        assert "1 to 2 of 3" in pages[0]
        assert "The next ones" in pages[0]
        assert "3 to 3 of 3" in pages[1]
        assert "The ones before" in pages[1]
        assert "The next ones" not in pages[1]
        shown = [
            reference for text in pages for reference in set(re.findall(r"marac/referrals/([0-9a-f-]{36})/", text))
        ]
        assert len(shown) == len(set(shown)) == 3
    asked = page("?part=asked")
    total = int(re.search(r"1 to 2 of (\d+)", asked).group(1))
    assert f"{total} in all; the 1 most urgent are shown." in first
    chased = re.search(r'action="([^"]+/chase/[^"]+)"', page("?part=asked&page=1")).group(1).replace("&amp;", "&")
    assert client.post(chased).headers["Location"] == "/safeguarding/marac/?part=asked&page=1"
    assert client.get("/safeguarding/marac/?part=nobody").status_code == 404


def test_what_an_agency_owes_comes_in_pages_counts_the_whole_and_the_log_names_only_whom_a_page_shows(
    cast, agenda, auditor
):
    from fellwatch.foundation.audit import chain
    from fellwatch.safeguarding.marac import actions
    from fellwatch.safeguarding.marac.values import Reached

    client = _browser(cast["ida"])

    def page(query=""):
        return client.get(f"/partner/marac/{query}").content.decode()

    first = page()
    assert first.count("3 in all; the 1 most urgent are shown.") == 2
    assert [first.count(mark) for mark in ('class="fw-answer"', 'class="fw-case"')] == [1, 2]
    shown = {line.people for line in chain.lines(by=auditor) if line.sentence in MINE}
    assert shown == {0, 2}  # nothing is promised yet
    for part, mark in (("asked", 'class="fw-answer"'), ("to_reach", 'class="fw-case"'), ("made", 'class="fw-case"')):
        pages = [page(f"?part={part}&page={number}") for number in range(3)]
        assert [text.count(mark) for text in pages] == [2, 1, 0]
        assert "The next ones" in pages[0]
        assert "The next ones" not in pages[1]
        seen = [id for text in pages for id in set(re.findall(r"marac/cases/([0-9a-f-]{36})/", text))]
        assert len(seen) == len(set(seen)) == 3
    assert client.get("/partner/marac/?part=nobody").status_code == 404

    spoken = Reached(reached=True, at=NOW + timedelta(hours=1), words="Met her at work.", engaged="yes")
    actions.reached(agenda[0], spoken, by=cast["ida"], now=NOW + timedelta(hours=2))
    assert str(agenda[0]) not in page("?part=to_reach")
    assert "2</span>" in page("?part=to_reach")


def test_who_has_not_answered_is_mailed_once_a_day_before_the_meeting_but_nobody_it_is_kept_from(cast, people, system):
    from fellwatch.foundation import access
    from fellwatch.meetings import actions as meetings
    from fellwatch.meetings import queries
    from fellwatch.safeguarding.marac import actions
    from fellwatch.sharing.actions import restore_members
    from fellwatch.sharing.models import Message

    cora, hal = cast["cora"], cast["hal"]
    id = _refer(story.new(), cast["ida"])
    _place(id, people, cora)
    actions.list_on(id, story.meeting(cora), by=cora, now=NOW)
    feared = story.user("Marc Oddie", "partner", "tarn-homes")
    joined = [(one.id, "tarn-homes", one.name, f"{one.id}@tarn.example") for one in (hal, feared)]
    restore_members(joined, by=system, now=NOW)
    (asked,) = queries.waiting(by=hal, now=NOW, agency="tarn-homes")[0]

    def mailed():
        with access.acting(system):
            return list(Message.objects.filter(kind="asked").values_list("address", "person_id").order_by("made_at"))

    before, after = asked.due_at - timedelta(days=2), asked.due_at + timedelta(hours=1)
    assert meetings.mail_unanswered(by=system, now=asked.due_at - timedelta(days=4)) == 0
    for _ in range(2):
        meetings.mail_unanswered(by=system, now=before)
    assert mailed() == [(f"{hal.id}@tarn.example", None)]
    meetings.mail_unanswered(by=system, now=after)
    assert len(mailed()) == 2
    meetings.answer_research(asked.id, "not_known", "", "", by=hal, now=after)
    assert meetings.mail_unanswered(by=system, now=after + timedelta(days=1)) == 0


def test_a_meeting_from_its_agenda_to_its_minutes(cast, people):
    from fellwatch.meetings import actions as meetings
    from fellwatch.meetings import queries
    from fellwatch.meetings.values import Invalid, Promised, Said
    from fellwatch.safeguarding.marac import actions, counting

    cora, hal, chair = cast["cora"], cast["hal"], cast["chair"]
    id = _refer(story.new(), cast["ida"])
    _place(id, people, cora)
    meeting = story.meeting(cora)
    actions.list_on(id, meeting, by=cora, now=NOW)
    meetings.send_agenda(meeting, by=cora, now=NOW)

    asked = queries.waiting(by=hal, now=NOW, agency="tarn-homes")[0]
    assert [one.agency for one in asked] == ["tarn-homes"]
    late = london("2026-11-25 09:00")
    meetings.chase(asked[0].id, by=cora, now=late)
    with pytest.raises(Invalid):
        meetings.answer_research(asked[0].id, "known", "yes", "", by=hal, now=late)
    meetings.answer_research(
        asked[0].id, "known", "Her tenancy is hers alone; the locks were changed.", "", by=hal, now=late
    )

    at = NOW + timedelta(days=14)
    meetings.begin(meeting, by=chair, now=at)
    (line,) = queries.agenda(meeting, by=chair)
    with pytest.raises(Invalid):
        actions.heard(line.id, by=chair, now=at)
    meetings.write(line.id, Said("He is on bail.", "Rising.", "Move her."), seen=0, by=chair, now=at)
    with pytest.raises(Invalid, match="wrote meanwhile"):
        meetings.write(line.id, Said("Other.", "", ""), seen=0, by=cora, now=at)
    promised = Promised("tarn-homes", "Fit a reinforced door.", at.date() + timedelta(days=7))
    meetings.promise(line.id, promised, by=chair, now=at)
    before = {code: value for code, _, value in counting.quarter(date(2026, 10, 1), date(2027, 1, 1), by=cora).lines}
    actions.heard(line.id, by=chair, now=at)
    meetings.finish(meeting, by=chair, now=at)
    after = {code: value for code, _, value in counting.quarter(date(2026, 10, 1), date(2027, 1, 1), by=cora).lines}
    assert (before["cases"], after["cases"], after["partners"], after["children"]) == (0, 1, 1, 1)

    done = at + timedelta(days=3)
    assert [one.words for one in queries.waiting(by=hal, now=done, agency="tarn-homes")[1]] == [
        "Fit a reinforced door."
    ]
    meetings.answer_action(promised.id, "done", "Fitted on 2 December; photograph with us.", by=hal, now=done)
    meetings.correct(
        line.id,
        Said("He is on bail to 9 Dec.", "Rising.", "Move her."),
        "The officer said the day.",
        seen=1,
        by=cora,
        now=done,
    )
    assert [one.version for one in queries.item(line.id, by=cora, now=done).versions] == [2, 1]
    assert _state(id, cora).state == "heard"


def test_an_adviser_reaches_the_victim_in_time_or_the_measure_says_not(cast, people):
    from fellwatch.safeguarding.marac import actions
    from fellwatch.safeguarding.marac.values import Invalid, Reached

    id = _refer(story.new(), cast["ida"])
    _place(id, people, cast["cora"])
    at = NOW + timedelta(hours=3)
    actions.reached(id, Reached(at, False, "Rang at work: not there."), by=cast["ida"], now=at)
    with pytest.raises(Invalid):
        actions.reached(id, Reached(at, True, "Met.", "perhaps"), by=cast["ida"], now=at)
    actions.reached(id, Reached(at, True, "Met at her sister's.", "yes"), by=cast["ida"], now=at)
    assert _state(id, cast["cora"]).reached_at == at
    assert _state(id, cast["cora"]).attempts == 2


@pytest.mark.parametrize(("hours", "share"), [(1, "1 of 1 (100 %)"), (72, "0 of 1 (0 %)")])
def test_a_victim_first_reached_by_the_day_it_was_due_counts_as_reached_in_time(cast, people, hours, share):
    from fellwatch.meetings import actions as meetings
    from fellwatch.meetings import queries
    from fellwatch.meetings.values import Promised, Said
    from fellwatch.safeguarding.marac import actions, counting
    from fellwatch.safeguarding.marac.values import Reached

    cora, ida, at = cast["cora"], cast["ida"], NOW + timedelta(days=14)
    id, meeting = _refer(story.new(), ida), story.meeting(cora)
    _place(id, people, cora)
    actions.list_on(id, meeting, by=cora, now=NOW)
    meetings.send_agenda(meeting, by=cora, now=NOW)
    for later, met in ((0, False), (hours, True), (100, True)):
        tried = NOW + timedelta(hours=later)
        actions.reached(id, Reached(tried, met, "At work.", "yes" if met else ""), by=ida, now=at)
    meetings.begin(meeting, by=cora, now=at)
    (line,) = queries.agenda(meeting, by=cora)
    meetings.write(line.id, Said("He is on bail.", "Rising.", "Move her."), seen=0, by=cora, now=at)
    meetings.promise(line.id, Promised("tarn-homes", "Fit a door.", at.date() + timedelta(days=7)), by=cora, now=at)
    actions.heard(line.id, by=cora, now=at)
    found = counting.quarter(*counting.quarter_of(at.date()), by=cora)
    assert {code: value for code, _, value in found.share}["reached"] == share


def test_what_happened_again_and_nobody_referred_is_on_the_coordinators_list(cast, people, system):
    from fellwatch.foundation import access, ids
    from fellwatch.records import actions as records
    from fellwatch.safeguarding.marac import queries

    id = _refer(story.new(), cast["ida"])
    _place(id, people, cast["cora"])
    at = NOW + timedelta(days=20)
    with access.acting(system):
        incident = records.add_incident(
            id=ids.new(), reference=records.next_reference(at), channel="999", received_at=at, occurred_at=None,
            caller_number="", place_id=None, summary="", opening_code="domestic_incident", qualifiers=(),
            parts=[records.Part(people[1], "victim"), records.Part(people[0], "suspect")], by=system, now=at,
        ).id  # fmt: skip
    (pair,) = queries.unreferred(by=cast["cora"], now=at)
    assert (pair.victim_id, pair.perpetrator_id, pair.incident_id) == (people[1], people[0], incident)
    _refer(story.new(people, happened_date=at.date(), incident_id=incident), cast["nadia"], at + timedelta(hours=1))
    assert queries.unreferred(by=cast["cora"], now=at + timedelta(hours=2)) == ()


def test_a_partner_is_told_how_to_reach_the_victim_only_where_it_does_so(cast, people):
    from fellwatch.safeguarding.marac import actions, queries

    id = _refer(story.new(), cast["ida"])
    _place(id, people, cast["cora"])
    actions.list_on(id, story.meeting(cast["cora"]), by=cast["cora"], now=NOW)
    assert "victim_phone" in queries.referral(id, by=cast["ida"]).told
    assert "victim_phone" not in queries.referral(id, by=cast["hal"]).told
    assert queries.referral(id, by=cast["hal"]).victim_id is None


def test_a_referral_without_agreement_says_why(cast):
    from fellwatch.safeguarding.marac.values import Invalid

    with pytest.raises(Invalid) as wrong:
        _refer(story.new(basis="consent", basis_because="", said=story.said(happened="")), cast["ida"])
    assert set(wrong.value.problems) == {"basis", "basis_because", "happened"}


def test_lessons_are_read_and_put_into_practice_with_evidence(cast):
    from fellwatch.orders.values import Invalid
    from fellwatch.safeguarding.learning import actions, queries

    lesson = actions.NewLesson(
        "domestic", "learning", "Ask about petrol", "Twice nobody asked what he had bought.",
        "Ask at each contact what he has bought this week.", ["tarn-homes", "fell-health"],
        NOW.date() + timedelta(days=7),
    )  # fmt: skip
    actions.publish(lesson, by=cast["cora"], now=NOW)
    assert queries.lessons(by=cast["ida"], now=NOW) == ()
    actions.read(lesson.id, by=cast["hal"], now=NOW)
    with pytest.raises(Invalid):
        actions.adopt(lesson.id, "adopted", "Yes.", by=cast["hal"], now=NOW)
    actions.adopt(lesson.id, "adopted", "Question 4 of our visit sheet since today.", by=cast["hal"], now=NOW)
    seen = queries.lesson(lesson.id, by=cast["cora"], now=NOW)
    assert (seen.read, seen.adopted) == (1, 1)
