"""Django's registration of the package."""

from django.apps import AppConfig


class ContactConfig(AppConfig):
    """The tables of contact."""

    name = "fellwatch.contact"
    label = "contact"
    default_auto_field = "django.db.models.BigAutoField"
