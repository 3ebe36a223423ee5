"""Make Django ready, for commands that need the database."""

import os


def ready() -> None:
    """Load settings and every room's tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fellwatch.config.settings")
    import django

    django.setup()
