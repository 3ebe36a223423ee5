"""An incident's page speaks of what is owed, checked and decided in the force's words, and tells alike things apart."""

import re
import uuid

import pytest

from tests.contact.calls import THRIVE, call
from tests.shell.browsers import browser

pytestmark = pytest.mark.database


@pytest.fixture
def page(db, alice, now):
    """Return the text of the page of an incident in which two children live."""
    from fellwatch.contact import actions
    from fellwatch.contact.values import DraftPerson
    from fellwatch.records.actions import NewPerson
    from fellwatch.records.values import PartialDate

    children = (NewPerson(forenames=name, surname="Hewett", born=PartialDate(2021, 6, 1)) for name in ("Isla", "Rory"))
    people = (
        DraftPerson("victim", new=NewPerson(forenames="Danielle", surname="Hewett")),
        DraftPerson("suspect", new=NewPerson(forenames="Marc", surname="Oddie")),
        *(DraftPerson("child_present", new=child) for child in children),
    )
    made = call(now, people=people, thrive={**THRIVE, "systems_checked": ["marac", "children"]})
    logged = actions.log_incident(made, by=alice, now=now)
    content = browser("call_taker").get(f"/contact/incidents/{logged.incident_id}/").content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def test_each_form_that_is_asked_for_is_named_with_whose_it_is(page):
    forms = re.findall(r"A form that is asked for is handed in: [^·]+ · \w+", page)
    assert forms
    assert len(set(forms)) == len(forms)
    assert any("Domestic abuse checklist" in form and "Danielle" in form for form in forms)


def test_what_was_checked_and_which_rule_graded_are_said_in_words(page):
    assert "MARAC flag, Children at the address" in page
    assert "by the rule: Grade of an incident, version" in page
    assert "incident_grade" not in page


def test_a_repeat_says_whose_it_is_or_where(db, alice, now):
    from fellwatch.contact import actions, queries
    from fellwatch.records import queries as records

    first = actions.log_incident(call(now), by=alice, now=now)
    parts = records.incident(first.incident_id, by=alice, now=now).parts
    from fellwatch.contact.values import DraftPerson

    people = tuple(DraftPerson("victim" if p.role == "caller" else p.role, person_id=p.person.id) for p in parts)
    again = [
        actions.log_incident(call(now, id=uuid.uuid4(), people=people), by=alice, now=now).incident_id for _ in range(2)
    ][1]
    assert {one["by"] for one in queries.handled(again, by=alice).repeats} >= {"person", "place"}
    content = browser("call_taker").get(f"/contact/incidents/{again}/").content.decode()
    assert "Repeat victim of domestic abuse: Danielle Hewett, 2 contacts in 12 months" in content
    assert "this place, 3 contacts in 12 months" in content
    assert ", by person" not in content
