"""Django's registration of the package."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """The tables of orders."""

    name = "fellwatch.orders"
    label = "orders"
    default_auto_field = "django.db.models.BigAutoField"
