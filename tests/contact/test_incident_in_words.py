"""An incident's page speaks of what is owed, checked and decided in the force's words, and tells alike things apart."""

import re

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
