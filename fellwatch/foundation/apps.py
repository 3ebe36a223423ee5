"""Django's registration of the package."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Accounts, the log and imports."""

    name = "fellwatch.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have filters by long lists fit into one statement, and moments read quickly."""
        from fellwatch.foundation.database import among, moments

        among.register()
        moments.register()
