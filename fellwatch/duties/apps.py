"""Django's registration of the package."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """The tables of duties."""

    name = "fellwatch.duties"
    label = "duties"
    default_auto_field = "django.db.models.BigAutoField"
