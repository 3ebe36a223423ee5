"""Django's registration of the package."""

from django.apps import AppConfig


class HandheldConfig(AppConfig):
    """The tables of handhelds."""

    name = "fellwatch.handheld"
    label = "handheld"
    default_auto_field = "django.db.models.BigAutoField"
