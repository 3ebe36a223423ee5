"""How many schools knew before the bell: by week, by school, and why not."""

import pytest

from tests.safeguarding.schools import story
from tests.safeguarding.schools.story import PRIMARY, SECONDARY, london

pytestmark = pytest.mark.database
NIGHT, BEFORE, AFTER = (london(f"2026-10-{at}") for at in ("13 23:30", "14 08:10", "14 12:00"))


def _figures(by, now=AFTER):
    from fellwatch.safeguarding.encompass import figures

    return figures.told_in_time(by=by, now=now)


@pytest.fixture
def two(ids, place, system):
    """Isla's notice to Fell Lane and Tom's to Gale, by child."""
    made = {}
    for name, school in (("Isla", PRIMARY), ("Tom", SECONDARY)):
        person = story.child(system, name, home=place)
        story.learns(system, person, ids[school])
        made[name] = person
    id = story.incident(system, [(person, "child_resident") for person in made.values()], place=place)
    for person in made.values():
        story.form(system, id, person, NIGHT)
    story.work(NIGHT)
    rows = story.rows(story.process(), NIGHT)
    return {name: next(row.id for row in rows if row.child.startswith(name)) for name in made}


def test_before_the_bell_nothing_is_counted_and_after_it_everything_is(two, nadia):
    assert _figures(nadia, BEFORE).whole.total == 0
    found = _figures(nadia)
    assert (found.whole.in_time, found.whole.never, found.whole.percent) == (0, 2, 0.0)
    assert dict(found.reasons) == {"Not mailed, not opened": 2}


def test_each_school_that_opens_in_time_moves_the_measure(two, peggy, omar, nadia):
    from fellwatch.safeguarding.encompass import actions

    actions.open_notice(two["Isla"], by=peggy, now=BEFORE)
    actions.open_notice(two["Tom"], by=omar, now=AFTER)
    found = _figures(nadia)
    assert (found.whole.in_time, found.whole.late, found.whole.percent) == (1, 1, 50.0)
    assert [(one.name, one.percent) for one in found.schools] == [
        ("Gale Academy, Skelmoss", 0.0),
        ("Fell Lane Primary, Skelmoss", 100.0),
    ]
    assert found.weeks[-1].total == 2
    assert len(found.weeks) == 12


def test_opened_at_the_very_bell_is_not_before_it(two, peggy, nadia):
    from fellwatch.safeguarding.encompass import actions

    actions.open_notice(two["Isla"], by=peggy, now=london("2026-10-14 08:45"))
    assert _figures(nadia).whole.in_time == 0


def test_a_notice_to_a_wrong_school_is_counted_apart(two, ids, nadia):
    from fellwatch.safeguarding.encompass import actions
    from fellwatch.safeguarding.encompass.values import Right

    actions.place(two["Isla"], Right("school", ids[SECONDARY]), "She moved in June.", by=nadia, now=BEFORE)
    found = _figures(nadia)
    assert found.recalled == 1
    assert {one.name for one in found.schools} == {"Gale Academy, Skelmoss"}


def test_whoever_is_close_to_the_suspect_reads_nothing_though_she_leads_at_the_school(two, peggy, system, actor):
    """The same rule that bars a partner from a referral, at the database."""
    from fellwatch.foundation import access
    from fellwatch.foundation.accounts.models import User
    from fellwatch.records import actions as records
    from fellwatch.records.models import IncidentPerson
    from fellwatch.records.queries import Missing
    from fellwatch.safeguarding.encompass import actions, received
    from fellwatch.safeguarding.models import SchoolNotice, SchoolTold
    from fellwatch.sharing import actions as sharing

    with access.acting(system):
        incident = SchoolNotice.objects.get(id=two["Isla"]).incident_id
        marc, his_sister = records.NewPerson("Marc", "Oddie"), records.NewPerson("Peggy", "Lowther")
        for one in (marc, his_sister):
            records.add_person(one, by=system, now=NIGHT)
        IncidentPerson.objects.create(incident_id=incident, person_id=marc.id, role="suspect")
        records.relate(his_sister.id, marc.id, kind="sister", source="call", by=system)
    User.objects.create(id=peggy.id, username="peggy", full_name=peggy.name, role="school_lead", agency=peggy.agency)
    steward = actor("Maya Grange", "mash_coordinator")
    sharing.identify(peggy.id, his_sister.id, "She told her head teacher so herself.", by=steward, now=NIGHT)
    assert received.inbox(by=peggy, now=BEFORE)[0] == ()
    with pytest.raises(Missing):
        actions.open_notice(two["Isla"], by=peggy, now=BEFORE)
    with access.acting(peggy):
        assert (SchoolNotice.objects.count(), SchoolTold.objects.count()) == (0, 0)
