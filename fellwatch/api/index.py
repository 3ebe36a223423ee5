"""One page without scripts or outside help: every operation, and every kind of problem."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from ninja import NinjaAPI

from fellwatch.api.problems import NAMES, TITLES

_PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Fellwatch API, version 1</title></head>
<body><main><h1>Fellwatch API, version 1</h1>
<p>{}</p><p>The whole description is in <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<h2>Operations</h2><dl>{}</dl>
<h2>Problems</h2><p>Every problem is <code>application/problem+json</code>.</p><dl>{}</dl></main></body></html>"""


def index(api: NinjaAPI) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view that lists what the API can do."""

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(format_html(_PAGE, api.description, _operations(api), _problems()))

    return view


def _operations(api: NinjaAPI) -> SafeString:
    rows = [
        (method.upper(), address, operation["summary"])
        for address, methods in api.get_openapi_schema()["paths"].items()
        for method, operation in methods.items()
    ]
    return format_html_join("", "<dt><code>{} {}</code></dt><dd>{}</dd>", rows)


def _problems() -> SafeString:
    rows = [(NAMES[status], status, TITLES[status]) for status in TITLES]
    return format_html_join("", '<dt id="{}">{}</dt><dd>{}.</dd>', rows)
