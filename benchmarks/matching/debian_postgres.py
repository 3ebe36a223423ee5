"""Debian's PostgreSQL with fuzzystrmatch, in a scratch folder for as long as a measurement lasts."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

SETTINGS = {
    "shared_buffers": "1GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "4GB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "random_page_cost": "1.1",
    "listen_addresses": "''",
    "autovacuum": "off",
}


def programs() -> Path | None:
    """Return where the newest server's programs are, None where Debian's server or its extension is absent."""
    found = [
        folder / "bin"
        for folder in Path("/usr/lib/postgresql").glob("*")
        if (folder / "bin" / "initdb").exists()
        and (Path("/usr/share/postgresql") / folder.name / "extension" / "fuzzystrmatch.control").exists()
    ]
    return max(found, default=None, key=lambda path: int(path.parent.name))


@contextmanager
def server() -> Iterator[psycopg.Connection]:
    """Yield a connection to a new, empty server; it is gone when the block ends."""
    where = programs()
    if where is None:
        raise RuntimeError("Debian's PostgreSQL with fuzzystrmatch is not installed.")
    folder = Path(tempfile.mkdtemp(prefix="fellwatch-peer-"))
    user = _user(folder)
    data = ["-D", str(folder / "data")]
    try:
        _run(user, folder, where / "initdb", *data, "-A", "trust", "-E", "UTF8", "-U", "bench")
        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items()) + f" -k {folder}"
        _run(user, folder, where / "pg_ctl", *data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            with psycopg.connect(f"host={folder} user=bench dbname=postgres", autocommit=True) as connection:
                yield connection
        finally:
            _run(user, folder, where / "pg_ctl", *data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(user: str | None, folder: Path, program: Path, *arguments: str) -> None:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    command = [str(program), *arguments]
    subprocess.run(command, user=user, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)


def _user(folder: Path) -> str | None:
    """The server refuses to run as root: give the folder to Debian's own user for it."""
    if os.getuid() != 0:
        return None
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return "postgres"
