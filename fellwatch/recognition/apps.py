"""Django's registration of the package."""

from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    """The index by which people are recognised."""

    name = "fellwatch.recognition"
    label = "recognition"
    default_auto_field = "django.db.models.BigAutoField"
