"""Whether it happened again is marked on the referral: what must be referred again is sought among the marked."""

import random
from datetime import timedelta

import pytest

from tests.meanwhile import meanwhile
from tests.safeguarding import marac_story as story
from tests.safeguarding.story import pair

pytestmark = pytest.mark.database
NOW = story.MONDAY
LATER, LATEST, BEFORE = NOW + timedelta(days=3), NOW + timedelta(days=9), NOW - timedelta(days=3)


@pytest.fixture
def cora(people, system):
    """Cora coordinates the MARAC."""
    story.agencies(system)
    return story.user("Cora Birk", "marac_coordinator")


@pytest.fixture
def rita(actor):
    """Rita decides who is one person."""
    return actor("Rita Holme", "records_reviewer")


def _written(at=NOW):
    """Refer somebody as a partner does; return the referral."""
    from fellwatch.safeguarding.marac import actions

    new = story.new(happened_date=at.date() - timedelta(days=1))
    return actions.refer(new, by=story.user("Ida Fleet", "partner", "harbour-advocates"), now=at)


def _meant(id, people, by, at=NOW):
    """Say who is meant by a referral: it goes to the conference, and a flag stands on both."""
    from fellwatch.safeguarding.marac import actions
    from fellwatch.safeguarding.marac.values import Placed

    actions.place(id, Placed(people[1], (people[0],)), by=by, now=at)
    return id


def _referred(people, by, at=NOW):
    return _meant(_written(at), people, by, at)


def _logged(victim, suspect, at, by, code="domestic_incident"):
    """Log an incident as a call taker does."""
    from fellwatch.contact import actions
    from fellwatch.contact.values import Call, DraftPerson

    them = (DraftPerson("victim", person_id=victim), DraftPerson("suspect", person_id=suspect))
    return actions.log_incident(Call("999", code, at, "He is back.", people=them), by=by, now=at).incident_id


def _happened(victim, suspect, at, system, code="domestic_incident"):
    """Store an incident and nothing else."""
    from fellwatch.foundation import access, ids
    from fellwatch.records import actions as records

    parts = [records.Part(victim, "victim"), records.Part(suspect, "suspect")]
    with access.acting(system):
        return records.add_incident(
            id=ids.new(), reference=records.next_reference(at), channel="999", received_at=at, occurred_at=None,
            caller_number="", place_id=None, summary="", opening_code=code, qualifiers=(), parts=parts, by=system,
            now=at,
        ).id  # fmt: skip


def _somebody(system, forenames="Danyel", surname="Hewitt"):
    from fellwatch.foundation import access
    from fellwatch.records import actions as records

    made = records.NewPerson(forenames, surname)
    with access.acting(system):
        records.add_person(made, by=system, now=BEFORE)
    return made.id


def _mark(id, by):
    from fellwatch.foundation import access
    from fellwatch.safeguarding.marac.models import MaracReferral

    with access.acting(by):
        return MaracReferral.objects.get(id=id).again_at


def _shown(by, now=LATEST):
    from fellwatch.safeguarding.marac import queries

    return [pair.incident_id for pair in queries.unreferred(by=by, now=now)]


def test_a_call_after_a_referral_marks_it_and_the_last_one_stands(people, cora, alice):
    id = _referred(people, cora)
    assert _mark(id, cora) is None
    last = _logged(people[1], people[0], LATEST, alice)
    assert _mark(id, cora) == LATEST
    first = _logged(people[1], people[0], LATER, alice)
    assert _mark(id, cora) == LATEST
    assert _shown(cora) == [first, last]


def test_what_was_received_before_a_referral_marks_nothing_also_where_it_is_stored_after(people, cora, system):
    _happened(people[1], people[0], BEFORE, system)
    id = _referred(people, cora)
    _happened(people[1], people[0], NOW, system)
    _happened(people[0], people[1], LATER, system)
    assert _mark(id, cora) is None
    assert _shown(cora) == []


def test_what_need_not_be_referred_again_is_marked_and_not_shown(people, cora, system):
    id, other = _referred(people, cora), _somebody(system, "Carl", "Nab")
    _happened(people[1], other, LATER, system)
    _happened(people[1], people[0], LATEST, system, code="burglary")
    assert _mark(id, cora) == LATEST
    assert _shown(cora) == []


def test_a_partners_referral_is_marked_once_it_is_said_who_is_meant(people, cora, system):
    id, incident = _written(), _happened(people[1], people[0], LATER, system)
    assert _mark(id, cora) is None
    _meant(id, people, cora, LATEST)
    assert _mark(id, cora) == LATER
    assert _shown(cora) == [incident]


def test_a_referral_stored_late_finds_what_came_since_it_was_made(people, cora, system, nadia):
    from fellwatch.safeguarding.marac import actions

    incident = _happened(people[1], people[0], LATER, system)
    by_an_officer = actions.refer(story.new(people), by=nadia, now=NOW)
    by_a_partner = _referred(people, cora)
    assert _mark(by_an_officer, cora) == _mark(by_a_partner, cora) == LATER
    assert _shown(cora) == [incident]


@pytest.mark.parametrize("referred_stays", [True, False])
def test_two_records_made_one_mark_the_referral_of_either_with_the_incident_of_the_other(
    people, cora, system, rita, referred_stays
):
    from fellwatch.records import clusters

    other = _somebody(system)
    id, incident = _referred(people, cora), _happened(other, people[0], LATER, system)
    assert _mark(id, cora) is None
    both = (people[1], other) if referred_stays else (other, people[1])
    made = clusters.merge(*both, because="One woman.", by=rita, now=LATEST)
    assert _mark(id, cora) == LATER
    assert _shown(cora) == [incident]
    clusters.unmerge(made, go=frozenset(), stay=frozenset(), because="Two sisters.", by=rita, now=LATEST)
    assert _shown(cora) == []


def test_somebody_who_turns_out_to_be_a_victim_marks_the_referral(people, cora, system):
    from fellwatch.foundation import access
    from fellwatch.records.models import IncidentPerson

    id, other = _referred(people, cora), _somebody(system)
    incident = _happened(other, people[0], LATER, system)
    with access.acting(system):
        IncidentPerson.objects.create(incident_id=incident, person_id=people[1], role="caller")
    assert _mark(id, cora) is None
    with access.acting(system):
        IncidentPerson.objects.filter(incident_id=incident, person_id=people[1]).update(role="victim")
    assert _mark(id, cora) == LATER


@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_order_all_that_must_be_referred_again_is_among_the_marked(people, cora, system, rita, seed):
    """Two records of each woman, two men, incidents of two kinds, referrals, and merges both ways between them."""
    from django.db.models import Exists

    from fellwatch.foundation import access
    from fellwatch.records import clusters
    from fellwatch.safeguarding.marac import queries
    from fellwatch.safeguarding.marac.models import MaracReferral

    draw = random.Random(seed)
    men, women = [people[0], _somebody(system, "Carl", "Nab")], [people[1], pair(system)[1]]
    twins = [_somebody(system), _somebody(system, "Dani", "Hewet")]
    either = [*women, *twins]
    known = list(either)

    def day():
        return NOW + timedelta(days=draw.randrange(9), minutes=draw.randrange(600))

    def happen():
        _happened(draw.choice(either), draw.choice(men), day(), system, draw.choice(["domestic_incident", "burglary"]))

    steps = [happen] * 14 + [lambda: _referred((draw.choice(men), draw.choice(known)), cora, day())] * 5
    draw.shuffle(steps)
    for number, step in enumerate(steps):
        step()
        if number in {9, 14}:
            both = [women[number == 9], twins[number == 9]]
            draw.shuffle(both)
            clusters.merge(*both, because="One woman.", by=rita, now=LATEST)
            known.remove(both[1])
    with access.acting(cora):
        rows = list(MaracReferral.objects.all())
        exact = set(MaracReferral.objects.filter(Exists(queries._again())).values_list("id", flat=True))
        expected = {row.id: _last_of(row) for row in rows}
    assert {row.id: row.again_at for row in rows} == expected
    assert exact
    assert exact <= {row.id for row in rows if row.again_at}


def _last_of(row):
    from fellwatch.records.models import IncidentPerson

    parts = IncidentPerson.objects.filter(person_id=row.victim_id, role="victim").select_related("incident")
    times = [part.incident.received_at for part in parts]
    return max((at for at in times if at > row.referred_at), default=None)


@pytest.mark.parametrize("incident_first", [True, False])
def test_an_incident_and_a_referral_written_at_once_do_not_miss_each_other(committed, system, alice, incident_first):
    story.agencies(system)
    cora, people = story.user("Cora Birk", "marac_coordinator"), pair(system)
    id = _written()

    def happen():
        _logged(people[1], people[0], LATER, alice)

    def place():
        _meant(id, people, cora, LATER)

    first, second, by = (happen, place, alice) if incident_first else (place, happen, cora)
    assert meanwhile(first, second, by=by) == [None, None]
    assert _mark(id, cora) == LATER
