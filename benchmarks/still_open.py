"""The same number of incidents open before each measurement, so that two sizes of force differ in nothing else."""

import psycopg

from benchmarks import calls, county

OPEN = 500


def hold(wanted: int = OPEN) -> None:
    """Leave exactly so many incidents open: newest of our own closed, or more logged by the ordinary action."""
    from fellwatch.contact import actions
    from fellwatch.foundation import clock

    with county.owner() as connection:
        surplus = _open(connection) - wanted
        if surplus > 0:
            _close(connection, surplus)
        by = county.actor()
        for caller in county.residents(max(-surplus, 0), seed=77):
            actions.log_incident(calls.call(caller, calls.suspect(caller)), by=by, now=clock.now())
        connection.execute("vacuum analyze contact_handling, contact_deskitem, records_incident")


def _open(connection: psycopg.Connection) -> int:
    row = connection.execute("select count(*) from contact_handling where state <> 'closed'").fetchone()
    return int(row[0]) if row else 0


def _close(connection: psycopg.Connection, surplus: int) -> None:
    """Close the newest as the owner: this database is for measuring, and a log of it would only slow the next."""
    newest = "select incident_id from contact_handling where state <> 'closed' order by graded_at desc limit %s"
    with connection.transaction():
        connection.execute("create temp table closing on commit drop as " + newest, [surplus])
        connection.execute("update contact_handling set state = 'closed' where incident_id in (table closing)")
        connection.execute("update contact_deskitem set state = 'done' where incident_id in (table closing)")
        connection.execute("update records_incident set closed_at = now() where id in (table closing)")
