"""Django's registration of the package."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """The frame of the staff's pages."""

    name = "fellwatch.shell"
    label = "shell"
