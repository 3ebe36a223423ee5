"""Django's registration of the room."""

from django.apps import AppConfig


class ResponseConfig(AppConfig):
    """The tables of response."""

    name = "fellwatch.response"
    label = "response"
    default_auto_field = "django.db.models.BigAutoField"
