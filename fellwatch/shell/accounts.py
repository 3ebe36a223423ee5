"""Who may come in: people the force knows, by what the force asks of them. Each coming and going is logged."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from fellwatch.foundation.accounts import door
from fellwatch.foundation.accounts.models import User

PROVED = "proved_twice"
"""In the session of somebody who has proved who they are by more than a password."""


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the force, not by visitors."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse every sign-up."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Let somebody in."""
        super().login(request, user)
        door.came_in(user, how=_how(request, user))

    def logout(self, request: HttpRequest) -> None:
        """Let somebody out."""
        if isinstance(request.user, User):
            door.left(request.user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Log whose name was tried."""
        door.turned_away(str(credentials.get("username") or ""))


class KnownPeopleOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Somebody from the force's identity provider gets in when their account already exists."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie the provider's identity, at its first sign-in, to the account it names; never a second one to it."""
        if sociallogin.is_existing:
            return
        known = sociallogin.account.get_provider_account().get_user_data() or {}
        name = str(known.get(settings.FELLWATCH_OIDC_CLAIM) or "")
        user = User.objects.filter(username__iexact=name, is_active=True).first() if name else None
        if user is None or SocialAccount.objects.filter(user=user).exists():
            door.turned_away(name)
            why = "socialaccount/tied.html" if user else "socialaccount/signup.html"
            raise ImmediateHttpResponse(render(request, why, status=403))
        sociallogin.connect(request, user)
        door.bound(user)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Refuse strangers whom the identity provider vouches for but the force has given no role."""
        return False


def must_prove(request: HttpRequest) -> bool:
    """Return whether somebody signed in by a password alone where the force asks for more than that."""
    if not settings.FELLWATCH_SECOND_FACTOR or not isinstance(request.user, User) or request.session.get(PROVED):
        return False
    proved = "socialaccount" in _how(request, request.user) or is_mfa_enabled(request.user)
    if proved:
        request.session[PROVED] = True
    return not proved


def _how(request: HttpRequest, user: User) -> tuple[str, ...]:
    """Return by what somebody proved who they are in this session."""
    return tuple(one.get("type") or one["method"] for one in get_authentication_records(request, user))
