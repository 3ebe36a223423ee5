"""Bring a database to this version: Django's migrations, then the floor of functions and policies."""

from django.conf import settings
from django.core.management import call_command
from django.utils.module_loading import import_string

from fellwatch.foundation.database import floor


def run(*, verbosity: int = 0) -> None:
    """Migrate as the owner and lay the floor. Safe to run again, and while an older version serves."""
    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
    floor.lay(import_string(settings.FELLWATCH_TABLES), import_string(settings.FELLWATCH_FLOOR))
