"""The environment in which every page is written: macros, addresses, times as officers say them."""

from collections.abc import Callable, Mapping

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader

from fellwatch.foundation import clock
from fellwatch.shell import pictures, times

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


def environment(**options: object) -> Environment:
    """Build the environment for Django's Jinja backend, with the design system's macros beside our own."""
    design_system = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["loader"] = ChoiceLoader([options["loader"], design_system])  # type: ignore[list-item]
    env = Environment(**{"trim_blocks": True, "lstrip_blocks": True, **options})  # type: ignore[arg-type]
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
