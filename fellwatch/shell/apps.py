"""Django's registration of the package."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """The frame of the staff's pages."""

    name = "fellwatch.shell"
    label = "shell"

    def ready(self) -> None:
        """Hear of authenticators: the library that keeps them tells of them in no other way."""
        from fellwatch.shell import authenticators

        authenticators.listen()
