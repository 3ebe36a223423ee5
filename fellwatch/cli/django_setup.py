"""Make Django ready, for commands that need the database."""

import os

import click


def ready(*, for_a_force: bool = True) -> None:
    """Load settings and every room's tables, or end the command where nobody has said which force this is.

    What only shapes the database is done for no force: `for_a_force=False`.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fellwatch.config.settings")
    import django

    django.setup()
    if for_a_force:
        _check_force()


def _check_force() -> None:
    from fellwatch.foundation import force

    try:
        force.check_named()
    except force.NotNamed as refused:
        raise click.ClickException(str(refused)) from refused
