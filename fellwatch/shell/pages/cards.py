"""The next officer's card of an address or a person, on one page that prints on one sheet."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from fellwatch.cards import composing
from fellwatch.cards.composing import Card
from fellwatch.foundation import clock
from fellwatch.foundation.accounts.reader import reader


@require_GET
def place(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show the card of an address."""
    card = composing.of_place(id, by=reader(request), now=clock.now())
    return _page(request, card, reverse("shell:place", args=[id]))


@require_GET
def person(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Show the card of a person."""
    card = composing.of_person(id, by=reader(request), now=clock.now())
    return _page(request, card, reverse("shell:person", args=[id]))


def _page(request: HttpRequest, card: Card, whole: str) -> HttpResponse:
    return render(request, "pages/card.html", {"card": card, "title": card.title, "whole_href": whole})
