"""The home force of everybody in a call, from the postcode: whose area, how sure, and who is away from home."""

import pytest

from tests.contact.calls import call

pytestmark = pytest.mark.database


def _visitor(now, home):
    from fellwatch.contact.values import DraftPerson
    from fellwatch.records.actions import NewPerson

    caller = DraftPerson("caller", new=NewPerson(forenames="Ash", surname="Weald", phone="+447700900188"), home=home)
    return call(now, opening_code="theft", qualifiers=(), dangers={}, thrive={}, people=(caller,))


def test_part_of_a_postcode_says_whose_area(db, alice):
    from fellwatch.contact import home

    found = home.of_postcode("CT1", by=alice)
    assert (found.name, found.away, found.exactness) == ("Kent", True, "outcode")
    assert home.of_postcode("not a postcode", by=alice) is None


def test_a_visitor_is_away_from_home_until_the_incident_is_closed(db, alice, now):
    from fellwatch.contact import actions, home

    logged = actions.log_incident(_visitor(now, "CT1"), by=alice, now=now)
    (row,) = home.away(by=alice, now=now)
    assert (row.name, row.home.name, row.incident_id) == ("Ash Weald", "Kent", logged.incident_id)
    assert home.away(by=alice, now=now, force="E23000099") == ()
    actions.close(
        logged.incident_id, by=alice, now=now, result="Found.", closing_codes=["theft"], closing_qualifiers=(),
        crime_reference="FS/1/26",
    )  # fmt: skip
    assert home.away(by=alice, now=now) == ()


def test_whoever_lives_here_or_nobody_knows_where_is_not_on_the_list(db, alice, now):
    from fellwatch.contact import actions, home

    actions.log_incident(_visitor(now, ""), by=alice, now=now)
    assert home.away(by=alice, now=now) == ()


def test_northern_ireland_is_told_with_its_reason(db, alice):
    from fellwatch.contact import home

    found = home.of_postcode("BT1", by=alice)
    assert found.away
    assert "Northern Ireland" in found.because
