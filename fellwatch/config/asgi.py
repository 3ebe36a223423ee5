"""The server's door. It does not open with a role that row-level security does not bind."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fellwatch.config.settings")
application = get_asgi_application()


def _assert_role() -> None:
    from django.db import connection

    from fellwatch.foundation.database.roles import assert_bound

    connection.ensure_connection()
    assert_bound(connection.connection)
    connection.close()


def _warm() -> None:
    """Have recognition compiled and its index mapped before the first call is taken."""
    from fellwatch.foundation import clock
    from fellwatch.foundation.accounts import roles
    from fellwatch.recognition import live
    from fellwatch.recognition.arrays import engine
    from fellwatch.recognition.queries import standing

    engine.warm(engine.compiled(standing(clock.now()).weights))
    live.ready(by=roles.system("recognition-index"))


_assert_role()
_warm()
