"""Danielle and Marc, and the steps of a notice from its first thought, for tests that begin further on."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
GROUNDS = {
    "violence": "yes",
    "relation": "intimate",
    "necessary": "yes",
    "lives_with": "yes",
    "grounds": "He kicked in the bedroom door and said that he would be back with a knife.",
    "bail_not_enough": "He was released without charge; there are no conditions.",
    "child_welfare": "Isla, 5, was upstairs. Children's services know.",
    "victim_opinion": "She does not want one: she fears that it makes him worse.",
    "subject_view": "He said that it is his home.",
    "occupants_opinion": "Nobody else lives there.",
}


def london(text: str) -> datetime:
    """Read a time as an officer's watch shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def pair(system, *, born=1989, her_birth=1991):
    """Store the two people and their home; return their ids and the place's."""
    from fellwatch.foundation import access
    from fellwatch.records import actions as records
    from fellwatch.records.values import PartialDate

    marc = records.NewPerson("Marc", "Oddie", PartialDate(born, 5, 12) if born else PartialDate(), "male")
    danielle = records.NewPerson("Danielle", "Hewett", PartialDate(her_birth, 3, 4), "female", "+447700900142")
    with access.acting(system):
        for one in (marc, danielle):
            records.add_person(one, by=system, now=london("2018-01-01 12:00"))
        place = records.place_for(records.NewPlace(house="14", street="Tarn Row", postcode="FZ1 1AA"), by=system)
        for one in (marc, danielle):
            records.live_at(one.id, place, by=system, kind="home", source="call")
    return marc.id, danielle.id, place


def terms(*wanted, **details):
    """Return terms as a page hands them on."""
    from fellwatch.rules.legal_orders import Chosen

    return [Chosen(one, details.get(one, "")) for one in wanted or ("molest", "leave")]


def written(people, officer, at, *, answers=GROUNDS, scheme="dvpn", said=("molest", "leave")):
    """Open a case and write it, up to the sending; return its id and the version seen last."""
    from fellwatch.safeguarding import actions
    from fellwatch.safeguarding.values import NewNotice

    new = NewNotice(scheme, people[0], people[1], place_id=people[2])
    case = actions.open_notice(new, by=officer, now=at)
    actions.ground(case, answers, seen=1, by=officer, now=at)
    if said:
        actions.say(case, terms(*said), seen=2, by=officer, now=at)
    return case, 3 if said else 2


def authorised(people, officer, superintendent, at):
    """Return a case and the notice that a superintendent has authorised."""
    from fellwatch.safeguarding import actions

    case, seen = written(people, officer, at)
    actions.send(case, seen=seen, by=officer, now=at)
    return case, actions.authorise(case, "Necessary: he means to come back.", seen=seen + 1, by=superintendent, now=at)


def served(people, officer, superintendent, at, *, before=timedelta(hours=1)):
    """Return a case and a notice in force, served at a time."""
    from fellwatch.orders import actions as orders
    from fellwatch.orders.values import Served

    case, notice = authorised(people, officer, superintendent, at - before)
    orders.serve(notice, Served(at, True, "in_person", "PC 1234 Pike"), by=officer, now=at)
    return case, notice


def hearing_clock(case, by, rule="dvpn_hearing"):
    """Return the duty to have it heard."""
    from fellwatch.duties import queries

    return next(duty for duty in queries.about([case], by=by) if duty.rule == rule)
