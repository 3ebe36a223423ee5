"""Django's registration of the package."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The tables of the exchange."""

    name = "fellwatch.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
