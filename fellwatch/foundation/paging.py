"""Pages of a long list: which one is asked for, and the ways to those beside it."""

from urllib.parse import urlencode

from django.http import HttpRequest

LAST = 10_000
"""The last page that can be asked for."""


def asked(request: HttpRequest) -> int:
    """Return the number of the page asked for, the first being 0; what is no number asks for the first."""
    said = request.GET.get("page", "")[:9]
    return min(int(said), LAST) if said.isascii() and said.isdigit() else 0


def ways(here: str, page: int, *, more: bool, **keep: str) -> dict[str, str]:
    """Return the addresses of the pages before and after; "" where there is none. `keep` stays in the query."""
    return {
        "earlier": f"{here}?{urlencode({**keep, 'page': page - 1})}" if page else "",
        "later": f"{here}?{urlencode({**keep, 'page': page + 1})}" if more else "",
    }


def said(page: int, size: int, total: int, first: str) -> str:
    """Say after a count which lines of a list are shown, the `first` being on its first page; "" where all are."""
    if not page:
        return f"; the {size} {first} are shown" if total > size else ""
    start = page * size + 1
    return f"; {start:,} to {min(start + size - 1, total):,} are shown" if start <= total else "; none is on this page"
