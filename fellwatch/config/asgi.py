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


_assert_role()
