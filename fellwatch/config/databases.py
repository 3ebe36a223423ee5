"""Find PostgreSQL: a server named by the environment, or the embedded one."""

import os

from django.core.exceptions import ImproperlyConfigured

from fellwatch.foundation.database import embedded

UNREADABLE = (
    "DATABASE_URL or DATABASE_OWNER_URL cannot be read. Write it as postgresql://NAME:PASSWORD@HOST:PORT/DATABASE."
)


def addresses() -> tuple[str, str]:
    """Return the URLs of the application's role and of the owner's.

    `DATABASE_URL` is the application's. `DATABASE_OWNER_URL` is needed only to migrate; where it is absent on a
    real server, commands that change tables say so.
    """
    application = os.environ.get("DATABASE_URL")
    if application:
        return application, os.environ.get("DATABASE_OWNER_URL", application)
    name = os.environ.get("FELLWATCH_DATABASE", "fellwatch")
    found = embedded.start(embedded.folder(), name)
    os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = found
    return found


def django(url: str, **options: object) -> dict[str, object]:
    """Return Django's settings for one URL or connection string: what else it asks of the connection, such as TLS by
    `?sslmode=verify-full`, holds beside the options given."""
    import psycopg
    import psycopg.conninfo

    try:
        parts = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        # What it says of it may hold the password.
        raise ImproperlyConfigured(UNREADABLE) from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "fellwatch"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", "") or "",
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "") or ""),
        "OPTIONS": {**parts, **options},
    }
