"""Addresses of the pages of measures."""

from django.urls import path

from fellwatch.measures.pages import monthly

app_name = "measures"
urlpatterns = [path("response/", monthly.response, name="response")]
