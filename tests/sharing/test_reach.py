"""How to reach somebody safely: who may say it, what holds, what went before, and that every door is held to it."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

pytestmark = pytest.mark.database

SISTER, OWN = "07700 900451", "07700 900142"


@pytest.fixture
def rule(new):
    """Return a maker of what somebody typed about the caller of the story."""
    from fellwatch.sharing.reach.values import NewRule

    def make(channel="call", allowed="yes", address=SISTER, said_by="self", **more):
        return NewRule(new.person_id, channel, allowed, address, said_by, **more)

    return make


def _say(one, by, now):
    from fellwatch.sharing.reach import actions

    return actions.say(one, by=by, now=now)


def _asked(new, channel, address, by, now):
    from fellwatch.sharing.reach import queries

    return queries.asked(new.person_id, channel, address, by=by, now=now)


def _problems(one, by, now):
    from fellwatch.sharing.checks import Invalid

    with pytest.raises(Invalid) as wrong:
        _say(one, by, now)
    return wrong.value.problems


def test_silence_is_a_no_and_one_number_said_safe_leaves_every_other_unsafe(new, rule, alice, now):
    from fellwatch.sharing import safe

    assert _asked(new, "call", SISTER, alice, now) == safe.SILENCE
    _say(rule(), alice, now)
    assert _asked(new, "call", "+44 7700 900451", alice, now) == "", "the same number, written another way"
    assert _asked(new, "call", OWN, alice, now) == safe.ELSEWHERE
    assert _asked(new, "text", SISTER, alice, now) == safe.SILENCE, "ringing is not texting"


def test_a_safe_number_is_safe_in_its_hours_only_and_until_its_day(new, rule, alice, now):
    """It is 23:40 on a Saturday in London."""
    from fellwatch.sharing import safe

    until = (now + timedelta(days=3)).date().isoformat()
    _say(rule(from_time="23:00", to_time="01:00", to_date=until), alice, now)
    assert _asked(new, "call", SISTER, alice, now) == ""
    assert _asked(new, "call", SISTER, alice, now + timedelta(hours=2)) == safe.NOT_NOW
    assert _asked(new, "call", SISTER, alice, now + timedelta(days=3)) == safe.OUT_OF_DATE


def test_what_forbids_goes_before_what_allows_and_ends_by_hand_alone(new, rule, alice, now):
    from fellwatch.sharing import safe

    _say(rule(), alice, now)
    never = rule(allowed="no", address="", to_date=(now + timedelta(days=2)).date().isoformat())
    _say(never, alice, now)
    assert _asked(new, "call", SISTER, alice, now) == safe.NOT_SAFE
    assert _asked(new, "call", SISTER, alice, now + timedelta(days=5)) == safe.NOT_SAFE
    problems = _problems(rule(address="07700 900777"), alice, now)
    assert "End that first" in problems["allowed-1"]


def test_what_is_said_anew_of_a_number_takes_over_and_the_old_stays_readable(new, rule, alice, now):
    from fellwatch.sharing.reach import queries

    _say(rule(words="At work she picks up."), alice, now)
    _say(rule(allowed="no", words="He answers it now."), alice, now + timedelta(hours=1))
    newer, older = queries.of(new.person_id, by=alice)
    assert (newer.words, newer.over) == ("He answers it now.", False)
    assert (older.words, older.replaced_at) == ("At work she picks up.", now + timedelta(hours=1))
    held = queries.holding([new.person_id], by=alice)[new.person_id]
    assert [one.words for one in held] == ["He answers it now."]


def test_a_rule_is_ended_once_with_its_reason_and_stays(new, rule, alice, bob, now):
    from fellwatch.sharing.checks import Invalid
    from fellwatch.sharing.reach import actions, queries

    id = _say(rule(), alice, now)
    with pytest.raises(Invalid) as wrong:
        actions.end(id, " ", by=alice, now=now)
    assert "because" in wrong.value.problems
    for _ in range(2):
        actions.end(id, "Her sister has moved away.", by=alice, now=now)
    with pytest.raises(Invalid):
        actions.end(id, "Another reason for it.", by=bob, now=now)
    (one,) = queries.of(new.person_id, by=alice)
    assert (one.ended_because, one.ended_by_name) == ("Her sister has moved away.", alice.name)
    assert _asked(new, "call", SISTER, alice, now) != ""


def test_sent_twice_it_stands_once_and_a_rule_somebody_replaced_is_not_replaced_again(new, rule, alice, bob, now):
    from fellwatch.sharing.reach import queries

    one = rule()
    assert _say(one, alice, now) == _say(one, alice, now)
    assert len(queries.of(new.person_id, by=alice)) == 1
    _say(rule(address="07700 900600", replaces=one.id), alice, now)
    assert "meanwhile" in _problems(rule(address="07700 900601", replaces=one.id), bob, now)["words"]


def test_nothing_of_the_register_can_be_changed_or_removed_even_by_sql(new, rule, alice, now):
    from django.db import ProgrammingError, transaction

    from fellwatch.foundation import access
    from fellwatch.sharing.models import SafeContact

    id = _say(rule(), alice, now)
    for change in (lambda q: q.update(allowed=False), lambda q: q.delete()):
        with access.acting(alice), pytest.raises(ProgrammingError), transaction.atomic():
            change(SafeContact.objects.filter(id=id))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"allowed": ""}, "allowed-1"),
        ({"address": ""}, "address"),
        ({"address": "12"}, "address"),
        ({"channel": "mail", "address": "una"}, "address"),
        ({"said_by": ""}, "said_by-1"),
        ({"said_by": "agency"}, "said_by_name"),
        ({"said_by": "officer", "because": "so"}, "because"),
        ({"from_time": "09:00"}, "to_time"),
        ({"to_time": "09:00"}, "from_time"),
        ({"from_time": "9", "to_time": "12:00"}, "from_time"),
        ({"from_time": "09:00", "to_time": "25:00"}, "to_time"),
        ({"from_time": "09:00", "to_time": "09:00"}, "to_time"),
        ({"allowed": "no", "from_time": "09:00", "to_time": "12:00"}, "from_time"),
        ({"from_date": "soon"}, "from_date"),
        ({"to_date": "2026-11-21"}, "to_date"),
        ({"words": "x" * 2001}, "words"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_stored(new, rule, alice, now, typed, field):
    from fellwatch.sharing.reach import queries

    assert field in _problems(replace(rule(), **typed), alice, now)
    assert queries.of(new.person_id, by=alice) == ()


@pytest.mark.parametrize(
    ("role", "reads", "says"),
    [
        ("call_taker", True, True),
        ("help_desk", True, True),
        ("response_officer", True, True),
        ("safeguarding_officer", True, True),
        ("marac_coordinator", True, True),
        ("marac_chair", True, False),
        ("mash_coordinator", True, True),
        ("partner", False, False),
        ("partner_lead", False, False),
        ("crime_recorder", False, False),
        ("data_manager", False, False),
        ("none", False, False),
    ],
)
def test_the_room_officers_and_safeguarding_may_and_partners_may_not(new, rule, alice, actor, now, role, reads, says):
    from fellwatch.foundation import access
    from fellwatch.foundation.access import Refused
    from fellwatch.sharing.models import SafeContact
    from fellwatch.sharing.reach import queries

    _say(rule(), alice, now)
    by = replace(actor("Somebody", role), agency="larch-refuge" if "partner" in role else "X23000099")
    if reads:
        assert len(queries.of(new.person_id, by=by)) == 1
    else:
        with pytest.raises(Refused):
            queries.of(new.person_id, by=by)
    with access.acting(by):
        assert SafeContact.objects.count() == int(reads), "the floor says the same"
    if says:
        _say(rule(address="07700 900600"), by, now)
    else:
        with pytest.raises(Refused):
            _say(rule(address="07700 900600"), by, now)


def test_a_restricted_persons_rules_are_restricted_with_them(new, rule, alice, now):
    from fellwatch.sharing.queries import Missing
    from fellwatch.sharing.reach import queries
    from tests.shell.browsers import restrict

    id = _say(rule(), alice, now)
    restrict(new.person_id, alice, announce=True)
    assert queries.of(new.person_id, by=alice) == ()
    with pytest.raises(Missing):
        _say(rule(address="07700 900600"), alice, now)
    from fellwatch.sharing.reach import actions

    with pytest.raises(Missing):
        actions.end(id, "Nobody may touch this.", by=alice, now=now)
    assert len(queries.of(new.person_id, by=replace(alice, compartments=frozenset({"restricted"})))) == 1


@pytest.mark.parametrize("tie", ["subject", "suspect", "earlier_suspect", "kin", "lives_with", "housemate", "stranger"])
def test_an_officer_who_is_feared_or_close_never_sees_how_she_is_reached(
    new, rule, alice, bob, steward, account, now, tie
):
    from fellwatch.foundation import access
    from fellwatch.foundation.access import Refused
    from fellwatch.records import actions as records
    from fellwatch.records.actions import NewPerson, NewPlace
    from fellwatch.sharing import actions, safe
    from fellwatch.sharing.models import SafeContact
    from fellwatch.sharing.reach import queries
    from tests.sharing.test_never_received import _tie

    id = _say(rule(), alice, now)
    if tie == "housemate":
        lodger = NewPerson("Una", "Fell")
        with access.acting(alice):
            records.add_person(lodger, by=alice, now=now)
            place = records.place_for(NewPlace(house="3", street="Kirk Bank", town="Skelmoss"), by=alice)
            for one in (lodger.id, new.person_id):
                records.live_at(one, place, by=alice, kind="home", source="call", from_date=now.date())
        person = lodger.id
    else:
        person = _tie(tie, replace(new, about=uuid.uuid4()), alice, steward, now)
    assert len(queries.of(new.person_id, by=bob)) == 1
    actions.identify(account(bob).id, person, "Seen on the staff record by his manager.", by=steward, now=now)
    kept = tie != "stranger"
    assert len(queries.of(new.person_id, by=bob)) == (0 if kept else 1)
    with access.acting(bob):
        assert SafeContact.objects.filter(id=id).exists() is not kept
    assert _asked(new, "call", SISTER, bob, now) == (safe.SILENCE if kept else "")
    if kept:
        with pytest.raises(Refused):
            _say(rule(address="07700 900600"), bob, now)


def test_reading_saying_asking_and_ending_are_in_the_log_with_whom_it_is_about(new, rule, alice, auditor, now):
    from fellwatch.foundation.audit import chain
    from fellwatch.sharing.reach import actions, queries

    id = _say(rule(), alice, now)
    queries.of(new.person_id, by=alice)
    _asked(new, "call", SISTER, alice, now)
    actions.end(id, "Her sister has moved away.", by=alice, now=now)
    said = {line.sentence: line for line in chain.lines(by=auditor, person=new.person_id)}
    assert {f"sharing.reach_{name}" for name in ("said", "read", "asked", "ended")} <= set(said)
    assert "900451" not in str([line.detail for line in said.values()]), "codes only, never a number"


def test_an_agency_reads_all_of_it_only_while_it_is_shared_and_nobody_there_who_is_feared_does(
    new, rule, alice, dana, account, steward, now
):
    from fellwatch.foundation import access
    from fellwatch.foundation.access import Refused
    from fellwatch.sharing import actions
    from fellwatch.sharing.checks import Invalid
    from fellwatch.sharing.models import SafeContact
    from fellwatch.sharing.reach import queries, telling
    from tests.sharing.test_never_received import _tie

    _say(rule(), alice, now)
    _say(rule(allowed="no", address=OWN), alice, now)
    with pytest.raises(Invalid) as wrong:
        telling.share(new.person_id, "larch-refuge", "so", by=alice, now=now)
    assert "because" in wrong.value.problems
    with pytest.raises(Invalid) as wrong:
        telling.share(new.person_id, "nobody", "They find her a bed tonight.", by=alice, now=now)
    assert "agency" in wrong.value.problems
    assert queries.shared(new.person_id, by=dana) == ()
    for _ in range(2):
        telling.share(new.person_id, "larch-refuge", "They find her a bed tonight.", by=alice, now=now)
    assert [one.allowed for one in queries.shared(new.person_id, by=dana)] == [False, True]
    assert queries.shared(new.person_id, by=replace(dana, agency="fellshire-adults")) == ()
    with pytest.raises(Refused):
        queries.of(new.person_id, by=dana)
    (share,) = telling.told(new.person_id, by=alice)
    with access.acting(dana):
        assert SafeContact.objects.count() == 2
    person = _tie("kin", replace(new, about=uuid.uuid4()), alice, steward, now)
    actions.identify(account(dana).id, person, "She told her line manager so herself.", by=steward, now=now)
    assert queries.shared(new.person_id, by=dana) == ()
    other = replace(dana, id=uuid.uuid4())
    assert len(queries.shared(new.person_id, by=other)) == 2
    telling.unshare(new.person_id, share.id, by=alice, now=now)
    assert queries.shared(new.person_id, by=other) == ()
    assert telling.told(new.person_id, by=alice) == ()


def test_a_restricted_persons_ways_are_read_by_no_agency_even_if_they_were_shared(new, rule, alice, dana, now):
    from fellwatch.sharing.reach import queries, telling
    from tests.shell.browsers import restrict

    _say(rule(), alice, now)
    telling.share(new.person_id, "larch-refuge", "They find her a bed tonight.", by=alice, now=now)
    assert queries.shared(new.person_id, by=dana)
    restrict(new.person_id, alice, announce=True)
    assert queries.shared(new.person_id, by=dana) == ()
