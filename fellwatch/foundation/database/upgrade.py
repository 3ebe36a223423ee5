"""Bring a database to this version: Django's migrations, then the floor of functions and policies."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils.module_loading import import_string

from fellwatch.foundation.database import floor


class TooOld(ImproperlyConfigured):
    """The database stopped among migrations that were joined since: this version cannot take it on from there."""


def run(*, verbosity: int = 0) -> None:
    """Migrate as the owner and lay the floor. Safe to run again, and while an older version serves.

    Raises TooOld, with what is to be done, and changes nothing then.
    """
    _refuse_half_way()
    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
    floor.lay(import_string(settings.FELLWATCH_TABLES), import_string(settings.FELLWATCH_FLOOR))


def _refuse_half_way() -> None:
    """A joined migration begins a new database or finds that all it replaces has run, and nothing between."""
    loader = MigrationLoader(connections["owner"], replace_migrations=False)
    missing = [
        name
        for key, joined in loader.disk_migrations.items()
        if key not in loader.applied_migrations and any(one in loader.applied_migrations for one in joined.replaces)
        for name in joined.replaces
        if name not in loader.applied_migrations
    ]
    if missing:
        app, name = missing[0]
        raise TooOld(
            f"Of the migrations that this version has joined, {len(missing)} have not run on this database, the first "
            f"{app}.{name}. Check out the commit before the one that `git log --diff-filter=A -- '*/0001_joined.py'` "
            "names, run `fellwatch database upgrade` there, then here."
        )
