"""Django's registration of the package."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """The tables of measures."""

    name = "fellwatch.measures"
    label = "measures"
    default_auto_field = "django.db.models.BigAutoField"
