"""A year of the safeguarding team's work, copied as rows from the demonstration's few cases of each kind.

Each copy stands about other people, incidents and addresses of the county and at another time: ended work over the year
before, open work over the last two days. Rows only: what the log would say of them is not made up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import psycopg
from psycopg import sql

YEAR, LATELY = timedelta(days=360), timedelta(days=2)
DUTIES = (("duties_duty", "about"), ("duties_dutyevent", "duty_id"))


@dataclass(frozen=True)
class Kind:
    """A kind of case: its table, which of its rows `t` are open, how many a year at 1×, how many open at once.

    `parts` are tables with the column that names a row of an earlier one; `also` is a column of the first table that
    holds another identifier of its own.
    """

    table: str
    is_open: str
    a_year: int
    at_once: int
    parts: Sequence[tuple[str, str]]
    also: str = "id"


KINDS = (
    Kind(
        "safeguarding_hubcontact",
        "t.state in ('received', 'screened')",
        22_500,
        120,
        (
            ("safeguarding_hubevent", "contact_id"),
            ("safeguarding_hubdiscussion", "contact_id"),
            ("sharing_referral", "about"),
            ("sharing_recall", "referral_id"),
            ("sharing_exclusion", "about"),
            ("sharing_feedback", "about"),
            *DUTIES,
        ),
        also="clock",
    ),
    Kind(
        "meetings_matter",
        "exists (select 1 from safeguarding_maracreferral r where r.matter_id = t.id "
        "and (r.state in ('to_place', 'to_triage', 'accepted', 'listed') "
        "or not exists (select 1 from safeguarding_maraccontact c where c.referral_id = r.id and c.reached))) "
        "or exists (select 1 from meetings_action a where a.matter_id = t.id and a.state = 'open')",
        850,
        60,
        (
            ("meetings_kept", "matter_id"),
            ("meetings_ruling", "matter_id"),
            ("safeguarding_maracreferral", "matter_id"),
            ("safeguarding_maraccontact", "referral_id"),
            ("safeguarding_maracevent", "referral_id"),
            ("meetings_item", "matter_id"),
            ("meetings_minute", "item_id"),
            ("meetings_research", "matter_id"),
            ("meetings_action", "matter_id"),
            *DUTIES,
        ),
    ),
    Kind(
        "safeguarding_case",
        "t.closed_at is null",
        900,
        60,
        (
            ("safeguarding_caseevent", "case_id"),
            ("orders_order", "case_id"),
            ("orders_protected", "order_id"),
            ("orders_condition", "order_id"),
            ("orders_service", "order_id"),
            ("orders_hearing", "order_id"),
            ("orders_breach", "order_id"),
            ("orders_orderevent", "order_id"),
            *DUTIES,
        ),
    ),
    Kind("helping_message", "t.closed_at is null", 600, 20, (("helping_attempt", "message_id"), *DUTIES)),
    Kind("helping_activation", "t.closed_at is null", 600, 20, DUTIES),
    Kind("exchange_handover", "t.answered_at is null", 600, 40, (("exchange_message", "handover_id"), *DUTIES)),
    Kind(
        "safeguarding_schoolnotice",
        "t.state in ('decide', 'held', 'sent', 'elsewhere')",
        4_000,
        60,
        (("safeguarding_noticeevent", "notice_id"), *DUTIES),
    ),
)


def fill(connection: psycopg.Connection, scale: float) -> None:
    """Bring each kind up to a year's work at the scale; one that has it already is left."""
    with connection.transaction():
        for name, source in (
            ("somebody", "records_person where compartment = ''"),
            ("something", "records_incident"),
            ("somewhere", "records_place where compartment = ''"),
        ):
            connection.execute(
                f"create temp table {name} on commit drop as "
                f"select row_number() over (order by md5(id::text)) - 1 as place, id from {source} limit 50000"
            )
            connection.execute(f"create index on {name} (place)")
        connection.execute("create temp table own (id uuid) on commit drop")
        connection.execute("create index on own (id)")
        for kind in KINDS:
            _fill(connection, kind, scale)
        for statement in _SPREAD:
            connection.execute(statement)


A_MEETING = 25
"""Cases that one meeting hears: at 1× a conference every ten or eleven days, as where two of them take turns."""
_SPREAD: Sequence[sql.Composed] = [
    sql.SQL(text).format(most=sql.Literal(A_MEETING))
    for text in (
        """
        create temp table placed on commit drop as
        select id as item, meeting_id as was, opened_at, (place - 1) / {most} as chunk, (place - 1) % {most} as before
        from (select i.id, i.meeting_id, t.opened_at, count(*) over (partition by i.meeting_id) as cases,
                     row_number() over (partition by i.meeting_id order by t.opened_at desc, i.id) as place
              from meetings_item i join meetings_matter t on t.id = i.matter_id) numbered
        where cases > {most}
        """,
        """
        create temp table called on commit drop as
        select p.was, p.chunk, case when p.chunk = 0 then p.was else md5(p.was::text || p.chunk)::uuid end as id,
               case when m.state = 'held'
                    then first_value(max(p.opened_at)::date) over (partition by p.was order by p.chunk)
                         - max(p.opened_at)::date
                    else -14 * p.chunk end * interval '1 day' as back
        from placed p join meetings_meeting m on m.id = p.was group by p.was, p.chunk, m.state
        """,
        """
        insert into meetings_meeting (id, kind, title, starts_at, ends_at, place, chair, agencies, state, sequence,
                                      agenda_due_date, agenda_sent_at, begun_at, ended_at)
        select c.id, kind, title, starts_at - back, ends_at - back, place, chair, agencies, state, sequence,
               (agenda_due_date - back)::date, agenda_sent_at - back, begun_at - back, ended_at - back
        from called c join meetings_meeting m on m.id = c.was where c.chunk > 0
        """,
        """
        insert into meetings_attendance (id, agency, title, name, state, at, meeting_id)
        select md5(a.id::text || c.chunk)::uuid, agency, title, name, state, at - back, c.id
        from called c join meetings_attendance a on a.meeting_id = c.was where c.chunk > 0
        """,
        """
        update meetings_item i
        set meeting_id = m.id, position = before + 1, begun_at = m.begun_at + before * interval '7 minutes',
            ended_at = m.begun_at + (before + 1) * interval '7 minutes'
        from placed p join called c using (was, chunk) join meetings_meeting m on m.id = c.id where i.id = p.item
        """,
    )
]
"""Put what one meeting of the demonstration would have to hear on as many like it: held ones further back, those ahead
a fortnight later each. Where no meeting has too many, nothing happens."""


def _fill(connection: psycopg.Connection, kind: Kind, scale: float) -> None:
    for which, wanted, span in (
        (f"not ({kind.is_open})", kind.a_year * scale, YEAR),
        (kind.is_open, kind.at_once * scale, LATELY),
    ):
        here = sql.SQL("from {} t where ").format(sql.Identifier(kind.table)) + sql.SQL(which)
        found = connection.execute(sql.SQL("select count(*) ") + here).fetchone()
        count = found[0] if found else 0
        copies = int(wanted / count) - 1 if count else 0
        if copies > 0:
            _copy(connection, kind, here, copies, span / copies)


def _copy(connection: psycopg.Connection, kind: Kind, here: sql.Composed, copies: int, step: timedelta) -> None:
    """Write `copies` of the rows found and of what belongs to them, each a step further back."""
    connection.execute("truncate own")
    roots = sql.SQL("insert into own select unnest(array[t.id, t.{}]) ").format(sql.Identifier(kind.also))
    connection.execute(roots + here)
    for table, column in kind.parts:
        ids = sql.SQL("insert into own select id from {} where {} in (select id from own)")
        connection.execute(ids.format(sql.Identifier(table), sql.Identifier(column)))
    for table, column in ((kind.table, "id"), *kind.parts):
        _copy_rows(connection, table, column, copies, step)


def _copy_rows(connection: psycopg.Connection, table: str, column: str, copies: int, step: timedelta) -> None:
    columns = _columns(connection, table)
    values = [
        sql.SQL(MOVED.get(refers) or MOVED.get(kind) or "{c}").format(
            c=sql.Identifier("t", name), step=sql.Literal(step)
        )
        for name, (kind, refers) in columns.items()
    ]
    connection.execute(
        sql.SQL(
            "insert into {table} ({names}) select {values} from {table} t, generate_series(1, {copies}) k "
            "where t.{column} in (select id from own)"
        ).format(
            table=sql.Identifier(table),
            names=sql.SQL(", ").join(map(sql.Identifier, columns)),
            values=sql.SQL(", ").join(values),
            copies=sql.Literal(copies),
            column=sql.Identifier(column),
        )
    )


_ANOTHER = (
    "(select s.id from {0} s where s.place = (abs(hashtext({{c}}::text)::bigint) + k) % (select count(*) from {0}))"
)
MOVED: Mapping[str, str] = {
    "records_person": _ANOTHER.format("somebody"),
    "records_incident": _ANOTHER.format("something"),
    "records_place": _ANOTHER.format("somewhere"),
    "uuid": "case when {c} in (select id from own) then md5({c}::text || k)::uuid else {c} end",
    "timestamp with time zone": "{c} - k * {step}",
    "date": "({c} - k * {step})::date",
    "unique": "{c} || '-' || k",
}
"""How a column's value `c` is said in copy `k`, by the table it names or by its type."""


def _columns(connection: psycopg.Connection, table: str) -> dict[str, tuple[str, str]]:
    """Return each column that is written, with its type and the table it names, or `unique` for a text that is."""
    rows = connection.execute(
        """
        select a.attname, format_type(a.atttypid, null),
               coalesce((select c.confrelid::regclass::text from pg_constraint c
                         where c.conrelid = a.attrelid and c.contype = 'f' and c.conkey = array[a.attnum]),
                        (select 'unique' from pg_constraint c
                         where c.conrelid = a.attrelid and c.contype = 'u' and c.conkey = array[a.attnum]
                           and a.atttypid = 'text'::regtype), '')
        from pg_attribute a
        where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
          and a.attidentity = ''
        """,
        [table],
    ).fetchall()
    return {name: (kind, refers) for name, kind, refers in rows}
