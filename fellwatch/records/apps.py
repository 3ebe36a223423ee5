"""Django's registration of the package."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """People, places, things, incidents."""

    name = "fellwatch.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
