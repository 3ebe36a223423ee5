"""Django's registration of the room."""

from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    """The tables of the safeguarding team."""

    name = "fellwatch.safeguarding"
    label = "safeguarding"
    default_auto_field = "django.db.models.BigAutoField"
