"""Every address of the staff's pages and the API."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from fellwatch.api.app import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("communities/", include("fellwatch.communities.pages.urls")),
    path("contact/", include("fellwatch.contact.pages.urls")),
    path("exchange/1/", include("fellwatch.api.exchange")),
    path("handheld/", include("fellwatch.handheld.pages.urls")),
    path("response/", include("fellwatch.cards.pages.urls")),
    path("response/", include("fellwatch.response.pages.urls")),
    path("partner/", include("fellwatch.portal.pages.urls")),
    path("measures/", include("fellwatch.measures.pages.urls")),
    path("safeguarding/surveys/", include("fellwatch.surveys.pages.urls")),
    path("safeguarding/", include("fellwatch.safeguarding.pages.urls")),
    path(f"{settings.FELLWATCH_QUIET_PATH}/", include("fellwatch.quiet.pages.urls")),
    path("", include("fellwatch.shell.urls")),
]
