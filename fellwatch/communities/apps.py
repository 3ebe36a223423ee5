"""Django's registration of the package."""

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    """The tables of communities."""

    name = "fellwatch.communities"
    label = "communities"
    default_auto_field = "django.db.models.BigAutoField"
