"""Whoever is feared, is close to them, is the person themself or is named receives nothing, on any exit."""

import itertools
import uuid
from dataclasses import replace

import pytest

pytestmark = pytest.mark.database

TIES = ("nobody", "stranger", "subject", "suspect", "earlier_suspect", "kin", "kin_other_way", "lives_with", "named")
BARRED = set(TIES) - {"nobody", "stranger"}


def _tie(tie, new, by, steward, now):
    """Return the person of the records that the account belongs to, tied to the matter so; None for no link."""
    from fellwatch.foundation import access
    from fellwatch.records import actions as records
    from fellwatch.records.actions import NewPerson, NewPlace
    from fellwatch.records.models import IncidentPerson
    from fellwatch.sharing import actions

    if tie == "nobody":
        return None
    if tie == "subject":
        return new.person_id
    with access.acting(by):
        feared = NewPerson("Marc", "Oddie")
        records.add_person(feared, by=by, now=now)
        incident = new.incident_id if tie != "earlier_suspect" else _earlier(new, by, now)
        IncidentPerson.objects.create(incident_id=incident, person_id=feared.id, role="suspect")
        if tie in {"suspect", "earlier_suspect"}:
            return feared.id
        other = NewPerson("Una", "Oddie")
        records.add_person(other, by=by, now=now)
        if tie == "kin":
            records.relate(feared.id, other.id, kind="brother", source="call", by=by)
        if tie == "kin_other_way":
            records.relate(other.id, feared.id, kind="sister", source="call", by=by)
        if tie == "lives_with":
            place = records.place_for(NewPlace(house="3", street="Kirk Bank", town="Skelmoss"), by=by)
            for one in (feared.id, other.id):
                records.live_at(one, place, by=by, kind="home", source="call", from_date=now.date())
    if tie == "named":
        actions.exclude(new.about, other.id, "She has threatened the victim at work before.", by=by, now=now)
    return other.id


def _earlier(new, by, now):
    """Another incident of the same victim."""
    from fellwatch.contact import actions
    from fellwatch.contact.values import DraftPerson
    from tests.contact.calls import call

    people = (DraftPerson("victim", person_id=new.person_id),)
    return actions.log_incident(call(now, people=people), by=by, now=now).incident_id


EXITS = ("inbox", "received", "open", "answer", "recalls", "row", "mail", "page")


@pytest.mark.parametrize(("tie", "when"), list(itertools.product(TIES, ("before", "after"))))
def test_no_exit_shows_a_matter_to_whom_it_concerns(new, member, alice, detective, steward, system, now, tie, when):
    """The link is made before the referral is sent, or after: either way every exit is shut, and for others open."""
    from django.test import Client

    from fellwatch.foundation import access
    from fellwatch.foundation.accounts.models import User
    from fellwatch.sharing import actions, delivering, queries
    from fellwatch.sharing.models import Message, Recall, Referral

    matter = replace(new, about=uuid.uuid4())
    person = _tie(tie, matter, alice, steward, now)
    because = "Her line manager told us; seen on her staff record."
    if when == "before" and person:
        actions.identify(member.id, person, because, by=steward, now=now)
    actions.refer(matter, by=detective, now=now)
    if when == "after" and person:
        actions.identify(member.id, person, because, by=steward, now=now)
    delivering.tell_agency(matter.id, "waits", by=system, now=now)

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(id=member.id), backend="django.contrib.auth.backends.ModelBackend")
    receipt = actions.refer(matter, by=detective, now=now)
    with access.acting(system):
        mailed = Message.objects.filter(about=matter.id, address="dana.crag@agencies.example").exists()
    with access.acting(member):
        row = Referral.objects.exists()
        changed = Referral.objects.update(answer="x")
    page = receipt in client.get("/partner/").content.decode()
    opened = client.post(f"/partner/{matter.id}/open/").status_code
    shown = client.get(f"/partner/{matter.id}/").status_code
    listed = bool(queries.inbox(by=member)["waiting"].rows)
    counted = bool(queries.owed(by=member, now=now).waiting)
    actions.recall(matter.id, "conflict", "Somebody there is close to whom she fears.", by=detective, now=now)
    with access.acting(member):
        back = Recall.objects.exists()
    seen = {mailed, row, bool(changed), page, opened == 302, shown == 200, listed, counted, back}
    assert seen == {tie not in BARRED}, (mailed, row, changed, page, opened, shown, listed, counted, back)


def test_staff_of_the_force_are_shut_out_in_the_same_way(new, alice, detective, steward, account, now):
    from fellwatch.sharing import actions, queries

    person = _tie("kin", replace(new, about=uuid.uuid4()), alice, steward, now)
    actions.refer(new, by=detective, now=now)
    assert queries.of_incident(new.incident_id, by=detective)
    actions.identify(account(detective).id, person, "He has told his inspector himself.", by=steward, now=now)
    assert queries.of_incident(new.incident_id, by=detective) == ()
    assert queries.of_incident(new.incident_id, by=alice)


def test_two_people_found_to_be_one_are_shut_out_under_either_name(new, member, alice, detective, steward, actor, now):
    from fellwatch.foundation import access
    from fellwatch.records import actions as records
    from fellwatch.records import clusters
    from fellwatch.records.actions import NewPerson
    from fellwatch.sharing import actions, queries

    feared = _tie("suspect", new, alice, steward, now)
    other = NewPerson("Mark", "Oddy")
    with access.acting(alice):
        records.add_person(other, by=alice, now=now)
    actions.identify(member.id, other.id, "Her line manager told us; seen on her record.", by=steward, now=now)
    actions.refer(new, by=detective, now=now)
    assert queries.inbox(by=member)["waiting"].rows
    clusters.merge(feared, other.id, by=actor("Rita Holme", "records_reviewer"), now=now, because="The same man.")
    assert queries.inbox(by=member)["waiting"].rows == ()
