"""The two roles: one owns the tables and changes their shape, one runs the application and owns nothing."""

import psycopg
from psycopg import sql

APPLICATION = "fellwatch_app"
OWNER = "fellwatch_owner"


class UnsafeRole(RuntimeError):
    """The application would run with a role that row-level security does not bind."""


def prepare_cluster(admin: str, name: str) -> None:
    """Create the two roles and the database where they are missing. `admin` may create roles and databases."""
    with psycopg.connect(admin, autocommit=True) as connection:
        for role in (OWNER, APPLICATION):
            _create_role(connection, role)
        if not connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            connection.execute(
                sql.SQL("create database {} owner {} encoding 'UTF8' template template0").format(
                    sql.Identifier(name), sql.Identifier(OWNER)
                )
            )


def _create_role(connection: psycopg.Connection, role: str) -> None:
    if connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
        return
    connection.execute(
        sql.SQL("create role {} login nosuperuser nobypassrls nocreaterole {}").format(
            sql.Identifier(role), sql.SQL("createdb" if role == OWNER else "nocreatedb")
        )
    )


_ASK = """
select r.rolname, r.rolsuper, r.rolbypassrls,
       exists (select 1 from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'p'))
from pg_roles r where r.rolname in (current_user, session_user)
"""


def assert_bound(connection: psycopg.Connection) -> None:
    """Raise UnsafeRole unless the connection's role is bound by row policies and owns no table."""
    for name, superuser, bypasses, owns in connection.execute(_ASK):
        if superuser or bypasses or owns:
            raise UnsafeRole(
                f"The role {name} is not bound by row-level security (superuser: {superuser}, "
                f"bypasses: {bypasses}, owns tables: {owns}). Point DATABASE_URL at a role that owns nothing."
            )
