"""A surveyor sees its own lines and no record; whoever is feared, or close to them, sees none in any role."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fellwatch.foundation import ids
from tests.surveys import story
from tests.surveys.conftest import NOON

pytestmark = pytest.mark.database


def test_another_agency_sees_no_line_and_changes_none(line, actor):
    from fellwatch.foundation import access
    from fellwatch.records.queries import Missing
    from fellwatch.surveys import actions, queries
    from fellwatch.surveys.models import Line

    other = story.of_agency(actor, "linden", "Tamsin Gill")
    assert queries.to_ring(by=other)[1] == ()
    with access.acting(other):
        assert Line.objects.count() == 0
        assert Line.objects.filter(id=line.id).update(state="answered") == 0
    for step in (
        lambda: queries.call(line.id, by=other),
        lambda: actions.attempt(line.id, "no_answer", "", by=other, now=NOON, id=ids.new()),
        lambda: actions.withdraw(line.id, by=other, now=NOON),
        lambda: actions.disclose(line.id, "He waits outside.", by=other, now=NOON, id=ids.new()),
    ):
        with pytest.raises(Missing):
            step()


def test_a_surveyor_opens_no_record_of_the_police(line, danielle, sylvie):
    from fellwatch.foundation import access
    from fellwatch.foundation.access import Refused
    from fellwatch.records import queries as records
    from fellwatch.records.models import Incident, Person, PersonPhone
    from fellwatch.sharing.models import SafeContact
    from fellwatch.surveys import figures, queries

    with access.acting(sylvie):
        for model in (Incident, Person, PersonPhone, SafeContact):
            assert model.objects.count() == 0, model
    for read in (
        lambda: records.person(danielle.person, by=sylvie, now=NOON),
        lambda: queries.told(by=sylvie),
        lambda: queries.said("domestic_abuse", by=sylvie, now=NOON),
        lambda: figures.surveyed(by=sylvie, now=NOON),
    ):
        with pytest.raises(Refused):
            read()


@pytest.mark.parametrize("tie", ["suspect", "kin", "lives_with", "subject", "stranger"])
def test_whoever_is_feared_or_close_to_them_sees_no_line_at_the_surveyor_or_in_the_team(
    line, danielle, sylvie, gwen, steward, account, alice, tie
):
    from fellwatch.foundation import access
    from fellwatch.records import actions as records
    from fellwatch.records.actions import NewPerson, NewPlace
    from fellwatch.sharing import actions as sharing
    from fellwatch.surveys import actions, queries
    from fellwatch.surveys.models import Line, Told

    actions.attempt(line.id, "answered", "", by=sylvie, now=NOON, id=ids.new())
    actions.disclose(line.id, "He waits outside the school.", by=sylvie, now=NOON, id=ids.new())
    person = {"suspect": danielle.suspect, "subject": danielle.person}.get(tie)
    if person is None:
        other = NewPerson("Una", "Oddie")
        person = other.id
        with access.acting(alice):
            records.add_person(other, by=alice, now=NOON)
            if tie == "kin":
                records.relate(danielle.suspect, other.id, kind="brother", source="call", by=alice)
            if tie == "lives_with":
                place = records.place_for(NewPlace(house="9", street="Kirk Bank", postcode="FZ1 1AC"), by=alice)
                for one in (danielle.suspect, other.id):
                    records.live_at(one, place, by=alice, kind="home", source="call", from_date=NOON.date())
    barred = 0 if tie != "stranger" else 1
    for by in (sylvie, gwen):
        sharing.identify(account(by).id, person, "Said so when they began here.", by=steward, now=NOON)
        with access.acting(by):
            assert (Line.objects.count(), Told.objects.count()) == (barred, barred), by.role
    assert len(queries.to_ring(by=sylvie)[1]) == barred
    assert len(queries.told(by=gwen)) == barred


def test_a_record_that_is_restricted_later_is_hidden_from_the_team_and_off_the_list(
    line, danielle, alice, gwen, sylvie, carrier
):
    from fellwatch.surveys import actions, queries
    from tests.shell.browsers import restrict

    actions.attempt(line.id, "answered", "", by=sylvie, now=NOON, id=ids.new())
    actions.disclose(line.id, "He waits outside the school.", by=sylvie, now=NOON, id=ids.new())
    restrict(danielle.person, alice, announce=True)
    assert queries.told(by=gwen) == ()
    cleared = replace(gwen, compartments=frozenset({"restricted"}))
    assert len(queries.told(by=cleared)) == 1
    actions.refresh(sylvie.agency, by=carrier, now=NOON)
    assert queries.to_ring(by=sylvie)[1] == ()


@pytest.mark.parametrize("role", ["call_taker", "response_officer", "partner", "auditor", "none"])
def test_who_has_no_part_in_surveys_sees_nothing_of_them(line, actor, role):
    from fellwatch.foundation import access
    from fellwatch.foundation.access import Refused
    from fellwatch.surveys import figures, queries
    from fellwatch.surveys.models import Answers, Attempt, LeftOut, Line, Selection, Tie, Told

    by = replace(actor("Charlie Moss", role), agency="plain-questions")
    with access.acting(by):
        for model in (Answers, Attempt, LeftOut, Line, Selection, Tie, Told):
            assert model.objects.count() == 0, model
    for read in (lambda: queries.to_ring(by=by), lambda: figures.surveyed(by=by, now=NOON)):
        with pytest.raises(Refused):
            read()


def test_calls_are_counted_in_the_month_in_which_they_end(line, sylvie, theo):
    from fellwatch.surveys import actions, figures

    actions.attempt(line.id, "refused", "", by=sylvie, now=NOON + timedelta(days=10), id=ids.new())
    domestic, *_ = figures.surveyed(by=theo, now=NOON + timedelta(days=10))
    assert [month.whole for month in domestic.months][-2:] == [0, None]
    assert domestic.all is None
