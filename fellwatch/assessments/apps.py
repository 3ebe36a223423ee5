"""Django's registration of the package."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """The tables of assessments."""

    name = "fellwatch.assessments"
    label = "assessments"
    default_auto_field = "django.db.models.BigAutoField"
