"""The environment in which every page is written: macros, addresses, times as officers say them."""

import hashlib
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import jinja2
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.urls import NoReverseMatch, reverse
from jinja2 import ChoiceLoader, Environment, FileSystemBytecodeCache, PackageLoader, PrefixLoader

from fellwatch.foundation import clock
from fellwatch.shell import pictures, times

COMPILED = Path(__file__).resolve().parents[2] / "build" / "templates"
FILTERS: Mapping[str, Callable[..., object]] = {
    "span": times.span,
    "relative": times.relative,
    "both": times.both,
    "at": times.at,
    "day": times.day,
    "time": times.time,
    "iso": times.iso,
    "running": times.running,
}


def static(path: str) -> str:
    """Return the address of a built asset."""
    return str(staticfiles_storage.url(path))


def url(name: str, *args: object, **kwargs: object) -> str:
    """Return the address of a named page."""
    return reverse(name, args=args, kwargs=kwargs)


def reachable(name: str, *args: object) -> str:
    """Return the address of a named page, or nothing where this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def count(number: int, one: str, many: str = "") -> str:
    """Say how many: count(1, "change") is "1 change", count(2, "change") is "2 changes"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def providers(request: HttpRequest | None) -> tuple[dict[str, str], ...]:
    """Return the other ways to sign in that this force has set up: name and address."""
    if request is None:
        return ()
    from allauth.socialaccount.adapter import get_adapter  # its models need the apps to be loaded first

    listed = get_adapter().list_providers(request)
    return tuple({"name": p.name, "href": p.get_login_url(request, process="login")} for p in listed)


def _compiled() -> FileSystemBytecodeCache | None:
    """Return where pages are kept compiled, if it can be written: all of them take a process seconds to compile.

    Jinja itself sees that a template has changed. That this environment has changed, it would not.
    """
    told = [jinja2.__version__.encode(), *(Path(file).read_bytes() for file in (__file__, times.__file__))]
    folder = COMPILED / hashlib.sha256(b"".join(told)).hexdigest()[:16]
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None


def environment(**options: object) -> Environment:
    """Build the environment for Django's Jinja backend, with the design system's macros beside our own."""
    design_system = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["loader"] = ChoiceLoader([options["loader"], design_system])  # type: ignore[list-item]
    kept = {"trim_blocks": True, "lstrip_blocks": True, "bytecode_cache": _compiled()}
    env = Environment(**{**kept, **options})  # type: ignore[arg-type]
    env.filters.update(FILTERS)
    env.globals.update(
        static=static,
        url=url,
        reachable=reachable,
        now=clock.now,
        share=times.share,
        waterfall=pictures.waterfall,
        plot=pictures.plot,
        count=count,
        providers=providers,
    )
    return env


def compile_all() -> None:
    """Have every page compiled and at hand, so that nobody's first waits for it."""
    for env in (engine.env for engine in engines.all() if isinstance(engine, Jinja2)):
        for name in env.list_templates(["html"]):
            env.get_template(name)
