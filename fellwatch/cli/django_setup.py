"""Make Django ready, for commands that need the database."""

import gc
import os


def ready(*, for_a_force: bool = True) -> None:
    """Load settings and every room's tables, or raise NotNamed where nobody has said which force this is.

    What only shapes the database is done for no force: `for_a_force=False`.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fellwatch.config.settings")
    import django

    gc.disable()  # None of what is imported is garbage, and looking through it again and again takes a tenth of it.
    django.setup()
    gc.freeze()
    gc.enable()
    if for_a_force:
        from fellwatch.foundation import force

        force.check_named()
