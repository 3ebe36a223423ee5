"""Whose installation this is. Only a demonstration is the invented county's without being told."""

import tomllib

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from fellwatch.rules import territory
from fellwatch.rules.rulebook import FORCES


class NotNamed(ImproperlyConfigured):
    """Nobody has said which force this installation is of, or what was said does not fit together."""


def check_named() -> None:
    """Raise NotNamed, with what is to be set, unless this installation knows whose it is."""
    missing = [name for name in ("FELLWATCH_FORCE", "FELLWATCH_FORCE_NAME") if not getattr(settings, name)]
    if missing:
        raise NotNamed(
            f"Nobody has said which force this is: set {' and '.join(missing)}. FELLWATCH_FORCE is the code of the "
            "force's area, such as E23000002, and FELLWATCH_FORCE_NAME its name as it stands on every page. For a "
            "first look at an invented county: `fellwatch run --demonstration`."
        )
    if not territory.is_known(settings.FELLWATCH_FORCE):
        raise NotNamed(
            f"FELLWATCH_FORCE is {settings.FELLWATCH_FORCE!r}, which is not an area's code: no rule would reach it. "
            "Set the code of the force's area, such as E23000002."
        )
    if settings.FELLWATCH_FORCE_FOLDER and not settings.INVENTED:
        _check_folder()


def _check_folder() -> None:
    """The choices in a folder of another force's code would hold nowhere, and nobody would be told."""
    file = settings.FELLWATCH_RULEBOOK / FORCES / settings.FELLWATCH_FORCE_FOLDER / "force.toml"
    code = tomllib.loads(file.read_text(encoding="utf-8")).get("code") if file.exists() else None
    if code != settings.FELLWATCH_FORCE:
        found = f"says the code {code!r}" if code else "is not there, or says no code"
        raise NotNamed(
            f"FELLWATCH_FORCE is {settings.FELLWATCH_FORCE}, and {file} {found}. Write the force's code there, or name "
            "its own folder in FELLWATCH_FORCE_FOLDER, or none."
        )
