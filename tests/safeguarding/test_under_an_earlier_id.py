"""Whoever was found to be somebody else meanwhile is protected and told of once, and never from themselves."""

import pytest

from fellwatch.foundation import ids
from tests.safeguarding import hub, story
from tests.safeguarding import marac_story as marac

pytestmark = pytest.mark.database
NOW = marac.MONDAY


@pytest.fixture
def rosa(actor):
    """Rosa answers calls."""
    return actor("Rosa Pike", "response_officer", "south response")


@pytest.fixture
def found(system, actor):
    """Find a new record to be somebody; return the id that the record had."""
    from fellwatch.foundation import access
    from fellwatch.recognition import merging
    from fellwatch.records import actions

    rita = actor("Rita Holme", "records_reviewer")

    def find(person):
        with access.acting(system):
            other = actions.add_person(actions.NewPerson("Dani", "Birkett"), by=system, now=NOW)
        merging.merge(person, other, because="Same number.", by=rita, now=NOW)
        return other

    return find


def _order(subject, protected, by):
    from fellwatch.orders import actions
    from fellwatch.orders.values import NewOrder

    new = NewOrder("dapo", subject, protected, story.terms("no_contact"), "Manchester Crown Court", NOW)
    return actions.make(new, by=by, now=NOW)


def test_an_order_protects_somebody_once_and_nobody_from_themselves(people, found, nadia):
    from fellwatch.orders import queries
    from fellwatch.orders.values import Invalid

    marc, danielle, _ = people
    _order(found(marc), (danielle, found(danielle)), nadia)
    (one,) = queries.about_person(danielle, by=nadia, now=NOW)
    assert one.subject_id == marc
    assert [person for person, _ in one.protected] == [danielle]
    with pytest.raises(Invalid):
        _order(marc, (found(marc),), nadia)


def test_a_notice_and_a_request_are_of_who_they_are(people, found, nadia):
    from fellwatch.foundation import access
    from fellwatch.safeguarding import actions
    from fellwatch.safeguarding.models import Case
    from fellwatch.safeguarding.values import Invalid, NewNotice

    marc, danielle, place = people
    case = actions.open_notice(NewNotice("dvpn", found(marc), found(danielle), place_id=place), by=nadia, now=NOW)
    with access.acting(nadia):
        assert Case.objects.values_list("subject_id", "at_risk_id").get(id=case) == (marc, danielle)
    with pytest.raises(Invalid):
        actions.open_notice(NewNotice("dvpn", marc, found(marc), place_id=place), by=nadia, now=NOW)


@pytest.mark.parametrize("police", [True, False])
def test_a_conference_hears_of_a_victim_and_of_each_perpetrator_once(people, found, system, nadia, police):
    from fellwatch.foundation import access
    from fellwatch.meetings.models import Matter
    from fellwatch.safeguarding.marac import actions
    from fellwatch.safeguarding.marac.models import MaracReferral
    from fellwatch.safeguarding.marac.values import Invalid, Placed

    marac.agencies(system)
    cora = marac.user("Cora Birk", "marac_coordinator")
    marc, danielle, _ = people
    named = (found(danielle), (marc, found(marc)))
    if police:
        id = actions.refer(marac.new(victim_id=named[0], perpetrators=named[1]), by=nadia, now=NOW)
        with pytest.raises(Invalid):
            actions.refer(marac.new(victim_id=danielle, perpetrators=(found(danielle),)), by=nadia, now=NOW)
    else:
        ida = marac.user("Ida Fleet", "partner", "harbour-advocates")
        id = actions.refer(marac.new(), by=ida, now=NOW)
        with pytest.raises(Invalid):
            actions.place(id, Placed(danielle, (found(danielle),)), by=cora, now=NOW)
        actions.place(id, Placed(*named), by=cora, now=NOW)
    with access.acting(cora):
        row = MaracReferral.objects.get(id=id)
        assert row.victim_id == danielle
        assert Matter.objects.get(id=row.matter_id).people == [danielle, marc]


def test_the_hub_is_told_of_a_child_once(people, system, found, alice, rosa, now):
    from fellwatch.demonstration import agencies
    from fellwatch.safeguarding.values import Invalid
    from tests.shell.browsers import household

    agencies.fill(by=system, now=now)
    home = household(alice, now=now)
    hub.raised(home, rosa, now)
    with pytest.raises(Invalid):
        hub.raised(home, rosa, now, person_id=found(home.isla), id=ids.new())


def test_a_case_begun_on_an_older_page_keeps_its_people_and_its_incident(db, found, alice, nadia):
    from fellwatch.foundation import access
    from fellwatch.safeguarding.models import Case
    from tests.shell.browsers import browser, household

    home, client = household(alice), browser("safeguarding_officer")
    here = f"/safeguarding/people/{found(home.marc)}/notice/"
    page = client.get(here).content.decode()
    assert all(str(one) in page for one in (home.danielle, *home.incidents))
    id, chosen = ids.new(), {"scheme": "dvpn", "at_risk": found(home.danielle), "incident": home.incidents[0]}
    assert client.post(here, {**chosen, "id": id}).status_code == 302
    with access.acting(nadia):
        stored = Case.objects.values_list("subject_id", "at_risk_id", "incident_id").get(id=id)
    assert stored == (home.marc, home.danielle, home.incidents[0])


def test_the_hub_is_told_from_an_older_page_and_what_is_wrong_keeps_whom_it_chose(db, system, found, alice, maya, now):
    from fellwatch.demonstration import agencies
    from fellwatch.safeguarding.mash import queries
    from tests.shell.browsers import browser, household

    agencies.fill(by=system, now=now)
    home, client = household(alice), browser("response_officer")
    here, chosen = f"/safeguarding/incidents/{home.incidents[-1]}/raise/", found(home.danielle)
    typed = {
        "person": chosen, "kind": "adult", "colour": "amber", "concern": hub.CONCERN, "immediate": "Her mother came.",
        "wishes": "To stay.", "basis": "safeguarding", "basis_because": "", "id": ids.new(),
    }  # fmt: skip
    refused = client.post(here, typed)
    assert refused.status_code == 422
    assert f'<option value="{home.danielle}" selected' in refused.content.decode()
    assert client.post(here, {**typed, "basis_because": "Asking would put her at risk."}).status_code == 302
    assert queries.contact(typed["id"], by=maya, now=now).row.person_id == home.danielle
