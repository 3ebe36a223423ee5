"""Django's registration of the package."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """The tables of sharing."""

    name = "fellwatch.sharing"
    label = "sharing"
    default_auto_field = "django.db.models.BigAutoField"
