"""Addresses of the pages that show what several rooms say together."""

from django.urls import path

from fellwatch.cards.pages import day

app_name = "cards"
urlpatterns = [path("", day.day, name="day")]
