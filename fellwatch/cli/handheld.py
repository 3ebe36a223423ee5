"""`fellwatch handheld`: the force's recovery key, and opening what a broken or wiped handheld had not sent."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from fellwatch.cli import refusals
from fellwatch.cli.django_setup import ready
from fellwatch.foundation import sealed

Opened = Mapping[str, Any]
TOLD = {"form": "form", "note": "note", "photograph": "about"}
"""Each kind of sealed work, and where in it its words are."""
KINDS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


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
@click.option(
    "--photographs",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to put the photographs. Without it they are only listed.",
)
def open_sealed(file: Path, key: Path, passphrase: str, username: str, photographs: Path | None) -> None:
    """Open a handheld's sealed FILE: print what was not sent, and write its photographs into a folder."""
    opened = _opened(file, key, passphrase)
    told = [one for one in opened if one["kind"] in TOLD]
    _log(username, told)
    for one in told:
        click.echo(json.dumps(one, indent=2, ensure_ascii=False))
        if one["kind"] == "photograph":
            click.echo(_picture(_about(one), opened, photographs))


def _opened(file: Path, key: Path, passphrase: str) -> list[Opened]:
    try:
        opener = sealed.Opener(key, passphrase)
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        return [_sound(opener.open(line["sealed"])) for line in lines]
    except sealed.CannotOpen as wrong:
        raise click.ClickException(str(wrong)) from wrong
    except (ValueError, KeyError, TypeError) as wrong:
        raise click.ClickException("This is not a handheld's sealed file.") from wrong


def _sound(one: Opened) -> Opened:
    """Return what was opened where it says what it must: whoever has the public half can seal anything to it."""
    match one:
        case (
            {"kind": "form", "form": {"incident": str()} as about}
            | {"kind": "note", "note": {"incident": str()} as about}
            | {"kind": "photograph", "about": {"incident": str(), "id": str(), "digest": str(), "type": str()} as about}
        ):
            _identifiers(about.get("person"), about["id"] if one["kind"] == "photograph" else None)
            json.dumps(one)
        case {"kind": "photograph_part", "id": str(), "number": int(), "content": bytes()}:
            pass
        case {"kind": str() as kind} if kind not in {*TOLD, "photograph_part"}:
            pass
        case _:
            raise ValueError("No handheld says this.")
    return one


def _identifiers(*texts: object) -> tuple[uuid.UUID, ...]:
    return tuple(uuid.UUID(str(text)) for text in texts if text)


def _about(one: Opened) -> Opened:
    """Return the form, the note, or what is said of the photograph."""
    about: Opened = one[TOLD[one["kind"]]]
    return about


def _picture(about: Opened, opened: list[Opened], folder: Path | None) -> str:
    """Put a photograph's parts together and into the folder, if every byte is there; return what became of it."""
    parts = [one for one in opened if one["kind"] == "photograph_part" and one["id"] == about["id"]]
    content = b"".join(one["content"] for one in sorted(parts, key=lambda one: int(one["number"])))
    if hashlib.sha256(content).hexdigest() != about["digest"]:
        return "Its bytes are not all here."
    if folder is None:
        return f"All {len(content)} bytes are here. Name a folder with --photographs to have it written."
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{uuid.UUID(about['id'])}.{KINDS.get(about['type'], 'bin')}"
    path.touch(mode=0o600)
    path.write_bytes(content)
    return f"Written to {path}"


def _log(username: str, told: list[Opened]) -> None:
    """Say in the log who opened whose work, before a word of it is shown."""
    ready()
    from fellwatch.foundation import access, audit

    by = refusals.account(username)
    with refusals.logged(by):
        access.check(by, "handheld.manage")
    with access.acting(by):
        for one in told:
            about = _about(one)
            audit.record(
                by=by,
                action="disclosure",
                sentence="handheld.sealed_opened",
                subject=("incident", about["incident"]),
                people=_identifiers(about.get("person")),
                detail={"what": str(about.get("instrument", one["kind"]))},
            )
