"""The API itself: its routes, its answers when something is wrong, and its own description."""

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, re_path
from ninja import NinjaAPI
from ninja.errors import ValidationError, ValidationErrorContext
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from fellwatch.api import index, problems
from fellwatch.api.declared import PROBLEM
from fellwatch.api.keys import Key
from fellwatch.api.routes import (
    advice,
    duties,
    helpline,
    imports,
    incidents,
    log,
    lowering,
    people,
    places,
    progress,
    prompting,
    referring,
    rules,
    whoami,
)
from fellwatch.api.words import explain, field_name
from fellwatch.foundation import plain

MOST = 512 * 1024 * 1024
NO_SUCH_PARAMETER = "There is no parameter of this name here. Take it out, or look at its spelling."
View = Callable[..., HttpResponseBase]


class Door(NinjaAPI):
    """Ninja's API with problems in one shape on every way out, and without pages from other hosts."""

    @property
    def urls(self) -> Any:
        """Return every address, ending with the answer for all others."""
        found, app, name = super().urls
        for one in found:
            if one.callback:
                one.callback = self._guard(one.callback)
        return [path("", index.index(self), name="index"), *found, re_path(r"^.*$", _exempt(_nowhere))], app, name

    def _guard(self, view: View) -> View:
        @wraps(view)
        def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if _length(request) > MOST:
                return problems.problem(413, problems.TOO_LARGE)
            if strays := self._strays(request):
                return problems.fields(dict.fromkeys(strays, NO_SUCH_PARAMETER))
            response = view(request, *args, **kwargs)
            return _not_allowed(response) if response.status_code == 405 else response

        return _exempt(guard)

    def _strays(self, request: HttpRequest) -> list[str]:
        """Name what stands in the address's query and is no parameter: a misspelt filter must not pass unseen."""
        if not request.GET or not request.resolver_match:
            return []
        address = "/" + request.resolver_match.route.replace("<", "{").replace(">", "}")
        operation = self._described["paths"].get(address, {}).get((request.method or "").lower(), {})
        known = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
        return sorted(set(request.GET) - known)

    @cached_property
    def _described(self) -> OpenAPISchema:
        return self.get_openapi_schema()

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> ValidationError:
        """Say of each field what is wrong and what to do, without repeating what was sent."""
        found = [
            {"field": _place(context.model, error["loc"]), "words": explain(error)}
            for context in error_contexts
            for error in context.pydantic_validation_error.errors(include_url=False)
        ]
        return ValidationError(found)

    def get_openapi_schema(self, **how: Any) -> OpenAPISchema:
        """Describe the API, with the one shape of its problems."""
        schema = super().get_openapi_schema(**how)
        schema["components"]["schemas"]["Problem"] = PROBLEM
        for methods in schema["paths"].values():
            for operation in methods.values():
                for parameter in operation.get("parameters", ()):
                    _give_one_example(parameter)
        return schema


class Visible(Parser):
    """Reads a body and takes out of every text what is not seen, as pages do."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body as data."""
        return plain.all_visible(super().parse_body(request))


def _give_one_example(parameter: dict[str, Any]) -> None:
    """A schema lists its examples; a parameter names one."""
    if isinstance(parameter.get("examples"), list):
        parameter["example"] = parameter.pop("examples")[0]


def _place(model: Any, location: tuple[int | str, ...]) -> str:
    flat = model.__ninja_flatten_map_reverse__.get(location, location)
    return field_name(flat, alone=bool(getattr(model, "__read_from_single_attr__", None)))


def _exempt(view: View) -> View:
    """No cookie opens anything here, so there is nothing to forge."""
    view.csrf_exempt = True  # type: ignore[attr-defined]
    return view


def _length(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH") or "")
    return int(said) if said.isdecimal() else 0


def _not_allowed(response: HttpResponseBase) -> HttpResponse:
    allowed = response["Allow"]
    answer = problems.problem(405, f"Use {allowed} here.")
    answer["Allow"] = allowed
    return answer


def _nowhere(request: HttpRequest) -> HttpResponse:
    return problems.problem(404, "There is nothing at this address. See /api/v1/ for what there is.")


def _make() -> Door:
    door = Door(
        title="Fellwatch",
        version="1",
        description=(
            "The same reads and writes as the pages, for machines. Every call acts as the holder of its key, within "
            "the key's scopes, and stands in the log. What is sent twice with one id is stored once."
        ),
        auth=Key(),
        parser=Visible(),
        docs_url=None,
        urls_namespace="api",
        openapi_extra={"info": {"license": {"name": "MIT", "identifier": "MIT"}}},
    )
    problems.handle(door)
    asking = (prompting, lowering, advice, helpline, referring)
    for part in (whoami, incidents, progress, *asking, people, places, duties, rules, imports, log):
        door.add_router("", part.router)
    return door


api = _make()
