"""Schools and their calendars as files: tried first, told line by line, twice without harm."""

from datetime import date, time

import pytest

from tests.conftest import shared
from tests.safeguarding.schools.story import london

pytestmark = pytest.mark.database
NOW = london("2026-09-01 12:00")
SCHOOLS = "urn,name,postcode\n112001,Fell Lane Primary,FZ1 1AA\n112002,Gale Academy,FZ1 1AB\n"
TOLD = (
    "URN,dsl,mail,start_time,agreed,agreement_ends,phone\n"
    "112001,Peggy Lowther,lead@fell-lane.example,8:45,voice demeanour,31/08/2027,07700 900301\n"
    "112002,Omar Gale,not a mail,quarter to,secrets,31/08/2027,07700 900302\n"
    "112999,Nobody,,,,,\n"
)
DAYS = (
    "urn,type,first_day,last_day,name\n"
    "112001,term,07/09/2026,23/10/2026,Autumn\n"
    "112001,Inset,14/09/2026,,Training\n"
    "112001,holiday,26/10/2026,30/10/2026,\n"
    "112001,term,02/11/2026,01/11/2026,\n"
    "112002,term,07/09/2026,23/10/2026,\n"
)


@pytest.fixture
def take(tmp_path, manager, monkeypatch):
    """Return a function that brings a file in."""

    def bring(name, content, **more):
        from fellwatch.foundation.imports import runs

        file = tmp_path / f"{name}.csv"
        file.write_text(content)
        run = runs.start(name, file, by=manager, now=NOW, **more)
        return runs.advance(run.id, by=manager, now=NOW)

    return bring


def _reasons(run, manager):
    from fellwatch.foundation.imports import queries

    return {row.line: [reason.field for reason in row.reasons] for row in queries.rejections(run.id, by=manager)}


def test_a_file_of_schools_is_tried_first_and_each_wrong_line_says_why(db, take, manager):
    from fellwatch.foundation import access
    from fellwatch.safeguarding.models import Establishment

    take("schools", SCHOOLS)
    tried = take("schools_to_tell", TOLD, dry_run=True)
    assert (tried.added, tried.rejected) == (1, 2)
    assert sorted(_reasons(tried, manager).values()) == [["mail", "start_time", "agreed"], ["urn"]]
    with access.acting(manager):
        assert not Establishment.objects.exists()
    take("schools_to_tell", TOLD)
    with access.acting(manager):
        (one,) = Establishment.objects.all()
        assert (one.agency, one.starts, one.agreed_until) == ("school-112001", time(8, 45), date(2027, 8, 31))
    again = take("schools_to_tell", TOLD)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)


def test_a_calendar_is_read_line_by_line_and_twice_changes_nothing(db, take, manager):
    from fellwatch.safeguarding.encompass import queries

    take("schools", SCHOOLS)
    take("schools_to_tell", TOLD)
    run = take("school_calendars", DAYS)
    assert (run.added, run.rejected) == (2, 3)
    assert sorted(_reasons(run, manager).values()) == [["last_day"], ["type"], ["urn"]]
    (school,) = queries.establishments(by=manager, now=NOW)
    seen = queries.establishment(school.id, by=manager, now=NOW)
    assert seen.next_days[:6] == tuple(date(2026, 9, n) for n in (7, 8, 9, 10, 11, 15)), "not on the inset day"
    assert take("school_calendars", DAYS).unchanged == 2


def test_every_school_of_the_real_county_can_be_told(db, take, manager):
    text = shared("derived/cumbria_schools_2025-07.csv").read_text()
    take("schools", text)
    head, *rows = text.splitlines()
    urn = head.split(",").index(next(name for name in head.split(",") if name.casefold() == "urn"))
    told = "\n".join(("urn,lead_name", *(f"{row.split(',')[urn]},Lead" for row in rows)))
    run = take("schools_to_tell", told)
    assert (run.added, run.rejected) == (318, 0)
