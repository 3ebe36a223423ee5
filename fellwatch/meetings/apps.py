"""Django's registration of the package."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """The tables of meetings."""

    name = "fellwatch.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"
