"""Isla's household, three schools and the authority's education team, for tests that begin further on."""

import json
import uuid
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
PRIMARY, SECONDARY, COUNCIL = "school-100001", "school-100002", "education-fells"
TERMS = (("2026-09-07", "2026-10-23"), ("2026-11-02", "2026-12-18"))
BORN = {"Isla": date(2017, 5, 1), "Tom": date(2011, 2, 3)}


def london(text: str) -> datetime:
    """Read a time as an officer's watch shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


TUESDAY = london("2026-10-13 21:00")


def schools(system, now=TUESDAY):
    """Store the schools with their terms and return their ids by the code their people sign in under."""
    from fellwatch.safeguarding.encompass import actions
    from fellwatch.safeguarding.encompass.values import NewEstablishment, NewSpell

    kept = {
        PRIMARY: NewEstablishment(
            "Fell Lane Primary, Skelmoss", PRIMARY, lead_name="Peggy Lowther", email="lead@fell-lane.example",
            telephone="07700 900301", starts=time(8, 45), agreed=("voice", "demeanour"), agreed_until=date(2030, 1, 1),
        ),
        SECONDARY: NewEstablishment(
            "Gale Academy, Skelmoss", SECONDARY, lead_name="Omar Gale", email="gone@gale.example",
            telephone="07700 900302", starts=time(8, 30),
        ),
        COUNCIL: NewEstablishment(
            "Fells education team", COUNCIL, kind="council", email="schools@fells.example", telephone="07700 900303"
        ),
    }  # fmt: skip
    ids = {agency: actions.keep(new, by=system, now=now) for agency, new in kept.items()}
    for agency in (PRIMARY, SECONDARY):
        spells = [NewSpell("term", date.fromisoformat(a), date.fromisoformat(b)) for a, b in TERMS]
        actions.add_days(ids[agency], spells, by=system, now=now)
    return ids


def child(system, name="Isla", born=None, home=None, now=TUESDAY, compartment=""):
    """Store a child and its home; return its id."""
    from fellwatch.foundation import access
    from fellwatch.records import actions as records
    from fellwatch.records.models import Person
    from fellwatch.records.values import PartialDate

    on = born or BORN.get(name)
    with access.acting(system):
        new = records.NewPerson(name, "Hewett", PartialDate(on.year, on.month, on.day) if on else PartialDate())
        records.add_person(new, by=system, now=now)
        if home:
            records.live_at(new.id, home, by=system, kind="home", source="call")
        if compartment:
            Person.objects.filter(id=new.id).update(compartment=compartment)
    return new.id


def home(system, postcode="FZ1 1AA"):
    """Store the house."""
    from fellwatch.records import actions as records

    return records.place_for(records.NewPlace(house="14", street="Tarn Row", postcode=postcode), by=system)


def learns(system, person, establishment, *, setting="school", also=False, now=TUESDAY, on=date(2025, 9, 1)):
    """Note where a child learns."""
    from fellwatch.foundation import access
    from fellwatch.safeguarding.encompass.actions import steps

    with access.acting(system):
        steps.enrol(person, setting, establishment, on=on, source="school census", also=also, by=system, now=now)


def incident(system, people, *, place=None, at=TUESDAY, code="domestic_incident", qualifiers=("domestic_abuse",)):
    """Store an incident with people in their parts; return its id."""
    from fellwatch.records import actions as records

    id = uuid.uuid4()
    records.add_incident(
        by=system, now=at, id=id, reference=records.next_reference(at), channel="999", received_at=at, occurred_at=None,
        caller_number="", place_id=place, summary="", opening_code=code, qualifiers=qualifiers,
        parts=[records.Part(person, role) for person, role in people],
    )  # fmt: skip
    return id


def form(officer, incident_id, person, at, *, seen=0, **answers):
    """Have the officer write the form about somebody of the household; `seen` is the version written over."""
    from fellwatch.assessments import actions
    from fellwatch.assessments.values import Filled

    said = {"who": "child", "seen": "yes", "where": "house_heard", "injured": "no", "spoken_to": "yes"}
    said |= {"said": "He broke the door.", "demeanour": ["watchful"], "demeanour_seen": "Stood behind her mother."}
    filled = Filled(incident_id, "household_voice", said | answers, person, seen, heard_at=at)
    return actions.save(filled, by=officer, now=at)


def process():
    """Return the process that tells schools."""
    from fellwatch.safeguarding.encompass import jobs

    return jobs.actor()


def work(at):
    """Do every job that waits about schools, and the mail, as the worker would at a time."""
    from django.db import connection
    from procrastinate.contrib.django import app

    from fellwatch.foundation import clock
    from fellwatch.foundation.accounts import roles
    from fellwatch.safeguarding.encompass import actions
    from fellwatch.sharing import delivering

    kept, clock.now = clock.now, lambda: at
    try:
        while row := _take(connection):
            task, given = row[0], row[1] if isinstance(row[1], dict) else json.loads(row[1])
            if task == "sharing.deliver":
                delivering.deliver(uuid.UUID(given["message"]), last=False, by=roles.system("post"), now=at)
            else:
                app.tasks[task].func(**given)
        actions.note_mail(by=process(), now=at)
        if _waits(connection):
            work(at)
    finally:
        clock.now = kept


WAITING = """
select id, task_name, args from procrastinate_jobs
where (task_name like 'safeguarding.%' or task_name = 'sharing.deliver') and status = 'todo' order by id limit 1
"""


def _waits(connection):
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()


def _take(connection):
    row = _waits(connection)
    if row:
        with connection.cursor() as cursor:
            cursor.execute("update procrastinate_jobs set status = 'succeeded' where id = %s", [row[0]])
    return row and row[1:]


def rows(by, now=TUESDAY):
    """Return every notice that the list shows, by child and school."""
    from fellwatch.safeguarding.encompass import queries

    found = queries.listed(by=by, now=now)
    return [*found.not_knowing, *found.missed, *found.later, *found.know, *found.outside]
