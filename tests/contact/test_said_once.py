"""What several lines of an incident's page rest on is said once, with where it applies."""

import pytest

from tests.contact.calls import THRIVE, call
from tests.shell.browsers import browser

pytestmark = pytest.mark.database


def test_grades_given_again_for_the_same_reasons_say_so_once(db, alice, now):
    from fellwatch.contact import actions
    from fellwatch.contact.values import Reassessment

    id = actions.log_incident(call(now), by=alice, now=now).incident_id
    for seen in (1, 2, 3):
        look = Reassessment(incident_id=id, seen=seen, trigger="repeat_call", thrive=THRIVE)
        actions.reassess(look, by=alice, now=now)
    page = browser("control_supervisor").get(f"/contact/incidents/{id}/").content.decode()
    from fellwatch.contact import queries

    versions = queries.handled(id, by=alice).gradings
    assert len(versions) == 4
    same = [one.number for one in versions[1:] if one.because == versions[0].because]
    assert len(same) >= 2, "the story gives the same reasons again"
    assert page.count("Of the same as version 4.") == len(same)


def test_troubles_that_several_clocks_share_stand_above_them_once(db, alice, now):
    from fellwatch.contact import actions
    from fellwatch.duties.models import Duty
    from fellwatch.foundation import access

    id = actions.log_incident(call(now), by=alice, now=now).incident_id
    why = "The bank holidays of 2031 are not known yet."
    with access.acting(alice):
        assert Duty.objects.filter(incident_id=id).update(trouble=why) >= 3
    for path in (f"/contact/incidents/{id}/", f"/response/incidents/{id}/"):
        page = browser("control_supervisor").get(path).content.decode()
        assert page.count(why) == 1, path


def test_a_form_asked_about_two_victims_gives_its_reason_once(db, alice, now):
    from fellwatch.contact import actions
    from fellwatch.contact.values import DraftPerson
    from fellwatch.records.actions import NewPerson

    names = ("Danielle", "Bethany")
    people = tuple(DraftPerson("victim", new=NewPerson(forenames=name, surname="Hewett")) for name in names)
    id = actions.log_incident(call(now, people=people), by=alice, now=now).incident_id
    page = browser("response_officer").get(f"/response/incidents/{id}/").content.decode()
    assert page.count("Domestic abuse: a risk form for each victim.") == 1
    assert "Danielle Hewett; " in page or "Bethany Hewett; " in page
