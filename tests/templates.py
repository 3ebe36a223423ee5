"""A database of this version, migrated once and copied by each run: migrating takes a minute, copying it a second."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "fellwatch_template_"


def copy(application: str, owner: str, name: str) -> None:
    """Make a database like a new installation's, on the server of these two URLs."""
    template = PREFIX + _version()
    with psycopg.connect(renamed(owner, "postgres"), autocommit=True) as admin:
        admin.execute("select pg_advisory_lock(hashtext(%s))", [PREFIX])  # one makes it, the others wait
        if not _there(admin, template):
            _make(admin, application, owner, template)
        make = "create database {} template {} owner fellwatch_owner"
        admin.execute(sql.SQL(make).format(sql.Identifier(name), sql.Identifier(template)))


def _make(admin: psycopg.Connection, application: str, owner: str, template: str) -> None:
    """Migrate a new database and, once it is whole, name it as the template; those of other versions go."""
    making = PREFIX + "being_made"
    older = admin.execute("select datname from pg_database where starts_with(datname, %s)", [PREFIX]).fetchall()
    for (old,) in older:
        admin.execute(sql.SQL("drop database {}").format(sql.Identifier(old)))
    admin.execute(sql.SQL("create database {} owner fellwatch_owner").format(sql.Identifier(making)))
    urls = {"DATABASE_URL": renamed(application, making), "DATABASE_OWNER_URL": renamed(owner, making)}
    upgrade = [sys.executable, "-m", "fellwatch.cli", "database", "upgrade"]
    done = subprocess.run(upgrade, env={**os.environ, **urls}, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"The database could not be migrated:\n{done.stderr[-4000:]}")
    rename = sql.SQL("alter database {} rename to {}")
    admin.execute(rename.format(sql.Identifier(making), sql.Identifier(template)))


def _version() -> str:
    """Name what a migrated database is made of."""
    made_of = [
        *ROOT.glob("fellwatch/**/migrations/*.py"),
        *ROOT.glob("fellwatch/**/*.sql"),
        ROOT / "requirements/dev.txt",
    ]
    digest = hashlib.sha256()
    for file in sorted(made_of):
        digest.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _there(admin: psycopg.Connection, name: str) -> bool:
    return bool(admin.execute("select 1 from pg_database where datname = %s", [name]).fetchall())


def renamed(url: str, name: str) -> str:
    """Return the URL of another database on the same server."""
    parts = psycopg.conninfo.conninfo_to_dict(url)
    return psycopg.conninfo.make_conninfo(**{**parts, "dbname": name})  # type: ignore[arg-type]
