"""What a school is told, what it does, and everything that goes wrong on the way, each put right."""

from datetime import date, time, timedelta

import pytest

from tests.safeguarding.schools import story
from tests.safeguarding.schools.story import PRIMARY, SECONDARY, TUESDAY, london
from tests.safeguarding.test_notices import refused

pytestmark = pytest.mark.database
NIGHT, MORNING = london("2026-10-13 23:30"), london("2026-10-14 07:40")


@pytest.fixture
def told(ids, isla, place, system, monkeypatch):
    """Isla's notice to Fell Lane Primary, sent at half past eleven with the officer's form; its id."""
    return _notice(system, ids[PRIMARY], isla, place)


def _notice(system, school, person, place):
    story.learns(system, person, school)
    id = story.incident(system, [(person, "child_present")], place=place)
    story.form(system, id, person, NIGHT)
    story.work(NIGHT)
    return _one(story.process()).id


def _one(by, now=NIGHT):
    (row,) = [row for row in story.rows(by, now) if row.state != "recalled"]
    return row


def _clock(by, notice_id):
    from fellwatch.duties import queries as duties
    from fellwatch.safeguarding.encompass import queries

    seen = queries.notice(notice_id, by=by, now=NIGHT)
    (duty,) = duties.about([seen.clock], by=by)
    return duty


def test_a_school_reads_nothing_before_it_opens_the_notice_and_then_exactly_what_it_may(told, peggy, nadia):
    from fellwatch.safeguarding.encompass import actions, received

    (waiting,), _ = received.inbox(by=peggy, now=MORNING)
    assert (waiting.opened_at, waiting.contents) == (None, {})
    assert received.notice(told, by=peggy).contents == {}
    actions.open_notice(told, by=peggy, now=MORNING)
    said = received.notice(told, by=peggy).contents
    assert set(said) == {
        *("child", "born", "reference", "when", "where", "present", "happened", "voice", "demeanour", "safety")
    }
    assert said["child"] == "Isla Hewett"
    assert said["where"] == "At the child's home"
    assert said["voice"] == "He broke the door."
    assert "Tarn Row" not in str(said), "no address: it may be where somebody has fled to"
    assert "Watched the adults" in said["demeanour"]
    story.work(MORNING)
    duty = _clock(nadia, told)
    assert (duty.state, duty.settled_at) == ("met", MORNING)


def test_without_an_agreement_in_force_only_what_the_duty_names_is_said(ids, isla, place, system, nadia):
    from fellwatch.safeguarding.encompass import queries

    id = _notice(system, ids[SECONDARY], isla, place)
    ((_, _, said, held_back),) = queries.notice(id, by=nadia, now=NIGHT).told
    assert "voice" not in said
    assert held_back == ("voice", "demeanour")


def test_the_mail_says_that_something_waits_and_names_nobody(mailbox, told, nadia):
    ((to, mail),) = mailbox.sent
    assert to == ("lead@fell-lane.example",)
    words = f"{mail['Subject']} {mail.get_payload()}"
    assert not any(word in words for word in ("Isla", "Hewett", "Tarn", "Lane Primary", "Police were"))
    assert "/partner/schools/" in words
    assert (_one(nadia).mail, _one(nadia).state) == ("sent", "sent")


def test_a_mail_that_comes_back_shows_at_the_top_with_what_the_server_said(mailbox, ids, isla, place, system, nadia):
    from fellwatch.safeguarding.encompass import queries

    _notice(system, ids[SECONDARY], isla, place)
    listed = queries.listed(by=nadia, now=MORNING)
    (row,) = listed.not_knowing
    assert listed.morning_at == london("2026-10-14 08:30")
    assert row.mail == "bounced"
    assert "550" in row.mail_words


def test_the_second_address_is_tried_before_anybody_must_telephone(mailbox, ids, isla, place, system, nadia):
    from fellwatch.foundation import access
    from fellwatch.safeguarding.models import Establishment

    with access.acting(system):
        Establishment.objects.filter(id=ids[SECONDARY]).update(second_email="deputy@gale.example")
    _notice(system, ids[SECONDARY], isla, place)
    assert [to for to, _ in mailbox.sent] == [("deputy@gale.example",)]
    assert _one(nadia).mail == "sent"


def test_a_mail_server_that_is_away_is_tried_again_and_said(mailbox, told, nadia):
    from fellwatch.safeguarding.encompass import actions
    from fellwatch.sharing.post import Later

    mailbox.close()
    actions.again(told, by=nadia, now=MORNING)
    with pytest.raises(Later):
        story.work(MORNING)
    actions.note_mail(by=story.process(), now=MORNING)
    assert _one(nadia).mail == "delayed"


def test_without_a_mail_server_the_list_says_that_nothing_was_mailed(told, nadia):
    row = _one(nadia)
    assert row.mail == "held"
    assert "No mail server" in row.mail_words


def test_a_named_person_told_by_telephone_is_proof_and_sent_twice_it_stands_once(told, nadia):
    from fellwatch.safeguarding.encompass import actions, queries
    from fellwatch.safeguarding.encompass.values import Rung

    rung = Rung("Peggy Lowther, deputy head", MORNING, "Meets her at the gate.")
    actions.telephone(told, rung, by=nadia, now=MORNING)
    actions.telephone(told, rung, by=nadia, now=MORNING)
    seen = queries.notice(told, by=nadia, now=MORNING)
    assert (seen.row.state, seen.row.told_by_name) == ("told", "Peggy Lowther, deputy head")
    assert [event.kind for event in seen.events].count("told") == 1
    assert _clock(nadia, told).state == "met"


def test_a_telephone_call_needs_a_name_words_and_a_time_that_has_been(told, nadia):
    from fellwatch.safeguarding.encompass import actions
    from fellwatch.safeguarding.encompass.values import Rung

    for rung, field in (
        (Rung("", MORNING, "x"), "spoke_to"),
        (Rung("Peggy", MORNING, " "), "words"),
        (Rung("Peggy", MORNING + timedelta(hours=1), "x"), "at"),
        (Rung("Peggy", TUESDAY - timedelta(hours=1), "x"), "at"),
    ):
        refused(lambda rung=rung: actions.telephone(told, rung, by=nadia, now=MORNING), field)


def test_unopened_it_is_reminded_two_hours_before_and_must_be_telephoned_one_hour_before(mailbox, told, nadia):
    from fellwatch.safeguarding.encompass import actions, queries

    by = story.process()
    actions.chase(by=by, now=london("2026-10-14 06:44"))
    story.work(london("2026-10-14 06:44"))
    assert len(mailbox.sent) == 1
    actions.chase(by=by, now=london("2026-10-14 06:45"))
    story.work(london("2026-10-14 06:45"))
    actions.chase(by=by, now=london("2026-10-14 06:46"))
    assert len(mailbox.sent) == 2
    assert "Not opened" in mailbox.sent[1][1]["Subject"]
    actions.chase(by=by, now=london("2026-10-14 07:45"))
    actions.chase(by=by, now=london("2026-10-14 07:46"))
    kinds = [event.kind for event in queries.notice(told, by=nadia, now=MORNING).events]
    assert (kinds.count("reminded"), kinds.count("telephone")) == (1, 1)


def test_once_opened_nobody_is_reminded(mailbox, told, peggy):
    from fellwatch.safeguarding.encompass import actions

    actions.open_notice(told, by=peggy, now=NIGHT)
    assert actions.chase(by=story.process(), now=london("2026-10-14 08:00")) == 0
    assert len(mailbox.sent) == 1


def test_a_school_answers_and_the_team_reads_it(told, peggy, nadia):
    from fellwatch.safeguarding.encompass import actions, queries

    refused(lambda: actions.acknowledge(told, "Mr Pike meets her.", by=peggy, now=MORNING), "answer")
    actions.open_notice(told, by=peggy, now=MORNING)
    refused(lambda: actions.acknowledge(told, "  ", by=peggy, now=MORNING), "answer")
    actions.acknowledge(told, "Mr Pike meets her.", by=peggy, now=MORNING)
    actions.acknowledge(told, "Mr Pike meets her.", by=peggy, now=MORNING)
    seen = queries.notice(told, by=nadia, now=MORNING)
    assert (seen.row.state, seen.answer) == ("acknowledged", "Mr Pike meets her.")
    assert [event.kind for event in seen.events].count("acknowledged") == 1


def test_another_school_sees_nothing_of_it_and_is_refused(told, omar):
    from fellwatch.records.queries import Missing
    from fellwatch.safeguarding.encompass import actions, received

    assert received.inbox(by=omar, now=MORNING)[0] == ()
    with pytest.raises(Missing):
        received.notice(told, by=omar)
    with pytest.raises(Missing):
        actions.open_notice(told, by=omar, now=MORNING)


def test_a_school_cannot_read_the_records_nor_the_story(told, peggy):
    from fellwatch.foundation import access
    from fellwatch.records.models import Incident, Person
    from fellwatch.safeguarding.models import Enrolment, NoticeEvent, SchoolNotice

    with access.acting(peggy):
        counts = [m.objects.count() for m in (Person, Incident, Enrolment, NoticeEvent, SchoolNotice)]
    assert counts == [0, 0, 0, 0, 1]


def test_the_wrong_schools_notice_is_recalled_closed_to_it_and_the_right_one_is_told(told, ids, peggy, omar, nadia):
    from fellwatch.foundation import access
    from fellwatch.safeguarding.encompass import actions, queries, received
    from fellwatch.safeguarding.encompass.values import Right
    from fellwatch.safeguarding.models import SchoolTold

    actions.open_notice(told, by=peggy, now=MORNING)
    story.work(MORNING)
    right = Right("school", ids[SECONDARY])
    actions.place(told, right, "Her mother says that she moved in June.", by=nadia, now=MORNING)
    wrong = received.notice(told, by=peggy)
    assert (wrong.state, wrong.contents) == ("recalled", {})
    with access.acting(peggy):
        assert SchoolTold.objects.count() == 0, "closed at the database, too"
    (mine,), _ = received.inbox(by=omar, now=MORNING)
    seen = queries.notice(mine.id, by=nadia, now=MORNING)
    assert (seen.row.state, seen.row.establishment) == ("sent", "Gale Academy, Skelmoss")
    assert [other.state for other in seen.others] == ["recalled"]
    recalled = [e for e in queries.notice(told, by=nadia, now=MORNING).events if e.kind == "recalled"]
    assert "had been opened" in recalled[0].words
    refused(lambda: actions.acknowledge(told, "She is with us.", by=peggy, now=MORNING), "answer")


def test_a_school_that_says_not_ours_closes_it_and_the_education_team_is_asked(told, ids, peggy, una, omar, nadia):
    from fellwatch.safeguarding.encompass import actions, received
    from fellwatch.safeguarding.encompass.values import Right

    actions.open_notice(told, by=peggy, now=MORNING)
    actions.dispute(told, "Left us in June.", by=peggy, now=MORNING)
    story.work(MORNING)
    assert received.notice(told, by=peggy).contents == {}
    (asked,), _ = received.inbox(by=una, now=MORNING)
    assert asked.asks
    actions.open_notice(asked.id, by=una, now=MORNING)
    said = received.notice(asked.id, by=una).contents
    assert set(said) == {"child", "born", "reference"}, "to find a school nobody needs more"
    assert [row.state for row in story.rows(nadia, MORNING) if row.path == "ask"] == ["sent"], "asked is not told"
    actions.name_school(asked.id, Right("school", ids[SECONDARY]), by=una, now=MORNING)
    actions.name_school(asked.id, Right("school", ids[SECONDARY]), by=una, now=MORNING)
    story.work(MORNING)
    (mine,), _ = received.inbox(by=omar, now=MORNING)
    assert mine.state == "sent"
    assert received.notice(asked.id, by=una).contents == {}, "answered, it closes"


def test_a_school_that_the_officer_wrote_and_that_says_not_ours_is_not_told_again(
    ids, isla, place, system, nadia, peggy, una
):
    from fellwatch.safeguarding.encompass import actions, received

    id = story.incident(system, [(isla, "child_present")], place=place)
    story.work(NIGHT)
    (first,), _ = received.inbox(by=una, now=NIGHT)
    story.form(system, id, isla, NIGHT, school="Fell Lane Primary")
    story.work(NIGHT)
    (closed,), _ = received.inbox(by=una, now=NIGHT)
    assert (closed.id, closed.closed) == (first.id, True), "it became known where she learns"
    actions.open_notice(first.id, by=una, now=NIGHT)
    assert received.notice(first.id, by=una).opened_at is None, "there is nothing to open any more"

    (mine,), _ = received.inbox(by=peggy, now=MORNING)
    actions.open_notice(mine.id, by=peggy, now=MORNING)
    actions.dispute(mine.id, "Left us in June.", by=peggy, now=MORNING)
    story.work(MORNING)
    assert [one.state for one in received.inbox(by=peggy, now=MORNING)[0]] == ["recalled"]
    (asked, last), _ = received.inbox(by=una, now=MORNING)
    assert (asked.state, last.id) == ("sent", first.id), "what waits stands first"
    (row,) = [row for row in story.rows(nadia, MORNING) if row.state == "sent"]
    assert "says it is not theirs" in row.because
    story.form(system, id, isla, MORNING, seen=1, school="Fell Lane Primary", said="He shouted.")
    story.work(MORNING)
    assert len(received.inbox(by=peggy, now=MORNING)[0]) == 1, "the form written again tells it no more"


def test_an_education_team_must_choose_from_the_list(told, ids, peggy, una):
    from fellwatch.safeguarding.encompass import actions, received
    from fellwatch.safeguarding.encompass.values import Right

    actions.open_notice(told, by=peggy, now=MORNING)
    actions.dispute(told, "Left us in June.", by=peggy, now=MORNING)
    story.work(MORNING)
    (asked,), _ = received.inbox(by=una, now=MORNING)
    refused(lambda: actions.name_school(asked.id, Right("", None), by=una, now=MORNING), "setting")
    refused(lambda: actions.name_school(asked.id, Right("school", None), by=una, now=MORNING), "establishment")


def test_a_storm_closes_the_school_and_its_notice_is_due_on_the_next_day_it_opens(told, peggy, nadia):
    from fellwatch.safeguarding.encompass import actions, queries

    early = london("2026-10-14 06:10")
    actions.close_our_school(date(2026, 10, 14), "Storm: no buses.", by=peggy, now=early)
    story.work(early)
    row = _one(nadia, early)
    assert row.due_at == london("2026-10-15 08:45")
    assert row not in queries.listed(by=nadia, now=early).not_knowing
    assert _clock(nadia, told).due_at == london("2026-10-15 08:45")
    assert [e.kind for e in queries.notice(told, by=nadia, now=early).events][-1] == "moved"


def test_a_school_closes_only_itself_and_only_soon(told, peggy, una):
    from fellwatch.safeguarding.encompass import actions

    refused(lambda: actions.close_our_school(date(2026, 12, 1), "x", by=peggy, now=NIGHT), "day")
    refused(lambda: actions.close_our_school(date(2026, 10, 14), " ", by=peggy, now=NIGHT), "words")
    refused(lambda: actions.close_our_school(date(2026, 10, 14), "x", by=una, now=NIGHT), "day")


def test_an_inset_day_is_no_school_day(ids, told, nadia, system):
    from fellwatch.safeguarding.encompass import actions
    from fellwatch.safeguarding.encompass.values import NewSpell

    inset = NewSpell("inset", date(2026, 10, 14), date(2026, 10, 14))
    actions.add_days(ids[PRIMARY], [inset], by=nadia, now=NIGHT)
    story.work(NIGHT)
    assert _one(nadia).due_at == london("2026-10-15 08:45")


def test_an_earlier_bell_brings_the_time_forward(ids, told, nadia, system):
    from fellwatch.safeguarding.encompass import actions, queries
    from fellwatch.safeguarding.encompass.values import NewEstablishment

    seen = queries.establishment(ids[PRIMARY], by=nadia, now=NIGHT)
    new = NewEstablishment(seen.name, seen.agency, email=seen.email, starts=time(8, 20))
    actions.keep(new, by=nadia, now=NIGHT)
    story.work(NIGHT)
    assert _one(nadia).due_at == london("2026-10-14 08:20")


def test_what_becomes_known_later_is_added_and_the_school_is_told_so(mailbox, told, peggy, isla, system):
    from fellwatch.safeguarding.encompass import actions, queries, received

    actions.open_notice(told, by=peggy, now=NIGHT)
    incident = queries.notice(told, by=story.process(), now=NIGHT).incident_id
    story.form(system, incident, isla, MORNING, seen=1, injured="yes")
    story.work(MORNING)
    mine = received.notice(told, by=peggy)
    assert "was hurt" in mine.contents["happened"]
    assert mine.more_at == MORNING
    assert "More was added" in mailbox.sent[-1][1]["Subject"]
    assert len(queries.notice(told, by=story.process(), now=NIGHT).told) == 2, "what was said before stays on record"


def test_a_family_from_elsewhere_is_handed_to_its_force(ids, system, place, nadia):
    from fellwatch.foundation import access
    from fellwatch.records.models import Place
    from fellwatch.safeguarding.encompass import actions
    from fellwatch.safeguarding.encompass.values import Rung

    away = story.home(system, postcode="FZ9 9ZZ")
    with access.acting(system):
        Place.objects.filter(id=away).update(force="E23000032")
    person = story.child(system, home=away)
    story.incident(system, [(person, "child_present")], place=place)
    story.work(NIGHT)
    row = _one(nadia)
    rung = Rung("Kent Police, Sgt Amos", NIGHT, "Their reference 44-1013; they tell the school.")
    actions.hand(row.id, rung, by=nadia, now=NIGHT)
    assert _one(nadia).state == "handed"
    assert _clock(nadia, row.id).state == "met"


def test_everything_is_in_the_log_and_names_the_child(told, ids, peggy, nadia, auditor, isla):
    from fellwatch.foundation.audit import chain
    from fellwatch.safeguarding.encompass import actions, received
    from fellwatch.safeguarding.encompass.values import Right

    actions.open_notice(told, by=peggy, now=MORNING)
    received.notice(told, by=peggy)
    actions.place(told, Right("school", ids[SECONDARY]), "She moved in June.", by=nadia, now=MORNING)
    lines = chain.lines(by=auditor, people=[isla])
    said = {line.sentence.partition(".")[2] for line in lines}
    assert {
        *("notice_sent", "notice_opened", "notice_read_by_school", "notice_recalled", "enrolled", "notices_made")
    } <= said


JOBS = {"mail_school", "school_answered", "recount_school", "chase_schools", "children_at_risk"}


def test_words_of_the_log_are_known(database):
    import re
    from pathlib import Path

    from fellwatch.shell.pages.sentences import WORDS

    root = Path(__file__).resolve().parents[3] / "fellwatch" / "safeguarding" / "encompass"
    text = "".join(path.read_text() for path in root.rglob("*.py"))
    used = set(re.findall(r'"safeguarding\.(\w+)"', text)) - JOBS
    used |= set(re.findall(r'logged\(\s*\w+, "(\w+)"', text)) | set(re.findall(r'_logged\("(\w+)"', text))
    used -= {"tell_schools", "load_schools", "run_school_notices", "receive_notices", "name_schools"}
    assert {f"safeguarding.{name}" for name in used} <= set(WORDS)
