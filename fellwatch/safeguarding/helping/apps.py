"""Django's registration of the package."""

from django.apps import AppConfig


class HelpingConfig(AppConfig):
    """The tables of help for victims."""

    name = "fellwatch.safeguarding.helping"
    label = "helping"
    default_auto_field = "django.db.models.BigAutoField"
