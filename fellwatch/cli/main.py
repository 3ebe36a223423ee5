"""The `fellwatch` command. Each group is loaded when it is asked for, so that rules need no database."""

import importlib

import click

from fellwatch.cli import refusals

GROUPS = {
    "audit": "fellwatch.cli.audit:audit",
    "database": "fellwatch.cli.database:database",
    "demonstration": "fellwatch.cli.demonstration:demonstration",
    "duty": "fellwatch.cli.duty:duty",
    "exchange": "fellwatch.cli.exchange:exchange",
    "handheld": "fellwatch.cli.handheld:handheld",
    "import": "fellwatch.cli.imports:import_",
    "mail": "fellwatch.cli.mail:mail",
    "recognition": "fellwatch.cli.recognition:recognition",
    "rulebook": "fellwatch.cli.rulebook:rulebook",
    "run": "fellwatch.cli.run:run",
    "token": "fellwatch.cli.token:token",
    "user": "fellwatch.cli.user:user",
    "worker": "fellwatch.cli.worker:worker",
}


class Lazy(click.Group):
    """A group that imports a command only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every command's name."""
        return sorted(GROUPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command, or return None where there is no such command."""
        if cmd_name not in GROUPS:
            return None
        module, _, attribute = GROUPS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what is not there to be used ends it in one line."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as wrong:
            if not (words := refusals.words(wrong)):
                raise
            raise click.ClickException(words) from wrong


@click.command(cls=Lazy)
@click.version_option(package_name="fellwatch")
def main() -> None:
    """Protect vulnerable people, from the first call to the board that answers for it."""
