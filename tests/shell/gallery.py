"""Render every page with the story's values, to look at: `python -m tests.shell.gallery FOLDER`."""

import argparse
import shutil
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader

from tests.shell import samples

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = (ROOT / "fellwatch/shell/templates", ROOT / "fellwatch/contact/pages/templates")

FURNITURE = (Path(__file__).parent / "furniture.html").read_text()


class Field:
    """A form field with as much of Django's bound field as the sign-in pages use."""

    def __init__(
        self, name: str, label: str, kind: str = "text", errors: tuple[str, ...] = (), help_text: str = ""
    ) -> None:
        self.name = self.html_name = name
        self.label, self.errors, self.help_text, self.id_for_label = label, errors, help_text, f"id_{name}"
        self.auto_id, self.is_hidden = self.id_for_label, kind == "hidden"
        widget = type("Widget", (), {"input_type": kind, "attrs": {}, "is_hidden": kind == "hidden"})
        self.field = type("Inner", (), {"widget": widget(), "required": True})()

    def value(self) -> str:
        return ""


class Form(list[Field]):
    """A form as the sign-in pages use it."""

    def __init__(self, *fields: Field, wrong: tuple[str, ...] = ()) -> None:
        super().__init__(fields)
        self.wrong = wrong

    def non_field_errors(self) -> tuple[str, ...]:
        return self.wrong

    def __getattr__(self, name: str) -> Field:
        return next(field for field in self if field.name == name)


def environment() -> Any:
    """Return the product's own environment, with addresses that need no server."""
    from fellwatch.shell import jinja

    env = jinja.environment(loader=FileSystemLoader(FOLDERS), autoescape=True)
    env.globals.update(
        static=lambda path: f"static/{path}",
        url=lambda name, *args, **kwargs: f"#{name}",
        reachable=lambda name, *args: f"#{name}",
        now=lambda: samples.NOW,
        providers=lambda request: (),
    )
    return env


LOGIN = Form(
    Field("login", "Username"), Field("password", "Password", "password"), Field("remember", "Remember me", "checkbox")
)
CODE = Form(Field("code", "Code", help_text="Six digits, or a recovery code"))
KEY = Form(Field("credential", "", "hidden"))
PEOPLE = [
    {"username": "call", "role": "Call taker", "name": "Priya Raistrick", "why": "answers 999"},
    {"username": "super", "role": "Control-room supervisor", "name": "Owen Tyson", "why": "sees what is waiting"},
    {"username": "desk", "role": "Safeguarding help desk", "name": "Ruth Askew", "why": "advises"},
    {"username": "audit", "role": "Auditor", "name": "Imran Dacre", "why": "reads the log"},
]
SIGN_IN = {"who": None, "nav": (), "may_search": False}


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Return every page of the gallery: name to template and values."""
    clocks = samples.INCIDENT["incident"]["duties"]
    errors = [{"text": "Enter what is happening, or say that nothing is known yet.", "href": "#summary"}]
    because = ("Reading the log needs the auditor's role.",)
    return {
        "call": ("contact/call.html", samples.CALL),
        "call-empty": (
            "contact/call.html",
            {**samples.CALL, "people": [], "proposal": None, "known": {"signature": "", "danger": 0}},
        ),
        "call-wrong": ("contact/call.html", {**samples.CALL, "errors": errors}),
        "board": ("contact/board.html", samples.BOARD),
        "board-long": ("contact/board.html", {**samples.BOARD, "more": {"text": "Show the other 1", "href": "#all"}}),
        "board-empty": ("contact/board.html", {**samples.BOARD, "rows": []}),
        "wallboard": ("contact/board.html", {**samples.BOARD, "wallboard": True, "theme": "dark"}),
        "incident": ("contact/incident.html", samples.INCIDENT),
        "desk": ("contact/desk.html", samples.DESK),
        "supervise": ("contact/supervise.html", samples.SUPERVISE),
        "furniture": (
            "furniture",
            {
                **samples.CHART,
                "title": "Furniture",
                "clocks": clocks,
                "explanation": samples.WHY,
                "at": samples.NOW,
                "help": {
                    "title": "How this works",
                    "sections": [{"heading": "Clocks", "text": "Each says what started it."}],
                },
            },
        ),
        "403": ("errors/403.html", {"because": because}),
        "404": ("errors/404.html", {}),
        "500": ("errors/500.html", {"who": None, "nav": (), "may_search": False}),
        "sign-in": (
            "account/login.html",
            {**SIGN_IN, "form": LOGIN, "PASSKEY_LOGIN_ENABLED": True, "demonstration_people": PEOPLE},
        ),
        "sign-in-code": (
            "mfa/authenticate.html",
            {**SIGN_IN, "form": CODE, "webauthn_form": KEY, "MFA_SUPPORTED_TYPES": ["totp", "webauthn"], "js_data": {}},
        ),
    }


def render(template: str, values: dict[str, Any]) -> str:
    """Return one page as HTML."""
    env = environment()
    found = env.from_string(FURNITURE) if template == "furniture" else env.get_template(template)
    return str(found.render({**samples.FRAME, **values}))


def write(folder: Path) -> None:
    """Write every page, with the built assets beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "build/static", folder / "static", dirs_exist_ok=True)
    for name, (template, values) in pages().items():
        (folder / f"{name}.html").write_text(render(template, values))


def main() -> None:
    """Write the gallery where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    write(parser.parse_args().folder)


if __name__ == "__main__":
    main()
