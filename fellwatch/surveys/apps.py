"""Django's registration of the package."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """The tables of surveys."""

    name = "fellwatch.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"
