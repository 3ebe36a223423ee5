"""`fellwatch handheld`: the force's recovery key, and opening what a broken or wiped handheld had not sent."""

import json
from pathlib import Path

import click

from fellwatch.cli.django_setup import ready
from fellwatch.foundation import sealed


@click.group()
def handheld() -> None:
    """Handhelds: the recovery key and sealed work."""


@handheld.command("recovery-key")
@click.option("--private", type=click.Path(path_type=Path), required=True, help="Goes offline.")
@click.option(
    "--public", type=click.Path(path_type=Path), required=True, help="Where the server reads the public half."
)
@click.password_option("--passphrase", help="Locks the private half.")
def recovery_key(private: Path, public: Path, passphrase: str) -> None:
    """Make the key that unsent forms are sealed to. The private half opens them: keep it away from the server."""
    if private.exists() or public.exists():
        raise click.ClickException("There is a key already. What is sealed to it opens with nothing else: keep it.")
    sealed.make_key(private, public, passphrase)
    click.echo(f"Made. Set FELLWATCH_RECOVERY_KEY={public.resolve()} and lock {private} away.")


@handheld.command("open")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True)
@click.option("--passphrase", prompt="Passphrase of the key", hide_input=True, default="", show_default=False)
@click.option("--by", "username", required=True, help="Your account: opening is logged under it.")
def open_sealed(file: Path, key: Path, passphrase: str, username: str) -> None:
    """Open a handheld's sealed FILE and print each form that was not sent, with its answers."""
    opened = _opened(file, key, passphrase)
    _log(username, [one for one in opened if one["kind"] == "form"])
    for one in opened:
        click.echo(_told(one))


def _opened(file: Path, key: Path, passphrase: str) -> list[dict[str, object]]:
    try:
        opener = sealed.Opener(key, passphrase)
        lines = [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
        return [dict(opener.open(line["sealed"])) for line in lines]
    except (sealed.CannotOpen, ValueError, KeyError, TypeError) as wrong:
        raise click.ClickException(str(wrong) or "This is not a handheld's sealed file.") from wrong


def _log(username: str, forms: list[dict[str, object]]) -> None:
    """Say in the log who opened whose forms, before a word of them is shown."""
    ready()
    import uuid

    from fellwatch.foundation import access, audit
    from fellwatch.foundation.accounts import roles
    from fellwatch.foundation.accounts.models import User

    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise click.BadParameter("There is no such account.", param_hint="--by")
    by = roles.actor(user)
    access.check(by, "handheld.manage")
    with access.acting(by):
        for one in forms:
            form = one["form"]
            if isinstance(form, dict):
                person = [uuid.UUID(form["person"])] if form.get("person") else []
                audit.record(
                    by=by,
                    action="disclosure",
                    sentence="handheld.sealed_opened",
                    subject=("incident", form["incident"]),
                    people=person,
                    detail={"instrument": str(form["instrument"])},
                )


def _told(one: dict[str, object]) -> str:
    return json.dumps(one, indent=2, ensure_ascii=False)
