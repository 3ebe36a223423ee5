"""The server's door. It does not open for a force without a name, nor with a role that row security does not bind."""

import asyncio
import gc
import os
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from importlib import import_module

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fellwatch.config.settings")
gc.disable()  # Until all is imported: see _keep.

THREADS = ThreadPoolExecutor(int(os.environ.get("FELLWATCH_POOL", "16")), "page")
"""As many as there are connections: one more could only wait for one."""


class Handler(ASGIHandler):
    """Answer each request in one thread, from the first middleware to the view and back.

    Every page of ours is synchronous. Django's own handler starts a thread for each, goes to the loop for the view and
    to the thread again, and each change of hands waits for the interpreter while other requests compute.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        """Chain the middleware as a synchronous server does."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer; the parts of a stream are still sent from the loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(THREADS, copy_context().run, self._answer, request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        finally:
            close_old_connections()


django.setup(set_prefix=False)
application = Handler()


def _check_key() -> None:
    """With a key of its own each, one web process would not know whoever signed in at another."""
    if not os.environ.get("FELLWATCH_SECRET_KEY"):
        raise ImproperlyConfigured("Set FELLWATCH_SECRET_KEY: one long random text, the same for every process.")


def _check_force() -> None:
    from fellwatch.foundation import force

    force.check_named()


def _assert_role() -> None:
    from django.db import connection

    from fellwatch.foundation.database.roles import assert_bound

    connection.ensure_connection()
    assert_bound(connection.connection)
    connection.close()


def _warm_pages() -> None:
    """Have every page's code, rules and template at hand before the first is asked for."""
    from fellwatch.foundation import policy
    from fellwatch.shell import jinja

    import_module(settings.ROOT_URLCONF)
    policy.rulebook()
    jinja.compile_all()


def _warm() -> None:
    """Have recognition compiled and its index mapped before the first call is taken."""
    from fellwatch.foundation import clock, filled
    from fellwatch.foundation.accounts import roles
    from fellwatch.recognition import live
    from fellwatch.recognition.arrays import engine
    from fellwatch.recognition.queries import standing

    engine.warm(engine.compiled(standing(clock.now()).weights))
    filled.wait()
    live.ready(by=roles.system("recognition-index"))


def _keep() -> None:
    """Put what stays for good out of the garbage collector's sight, and let it begin.

    Its full rounds walked all of it: a tenth of a start, and a quarter of a second in the middle of somebody's page.
    """
    gc.collect()
    gc.freeze()
    gc.enable()


_check_key()
_check_force()
_assert_role()
_warm_pages()
_warm()
_keep()
