"""Accounts of the force's own people: made, changed, ended. A partner's people are the agency's affair (`sharing`)."""

from collections.abc import Mapping
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from fellwatch.foundation import access, audit
from fellwatch.foundation.access import Actor
from fellwatch.foundation.access.permissions import ACCOUNTS
from fellwatch.foundation.accounts import roles
from fellwatch.foundation.accounts.models import ApiToken, User

CHANGEABLE = ("full_name", "role", "team", "email", "password")


class Invalid(Exception):
    """An account cannot be as asked: `problems` says beside which value and why."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def make(username: str, *, agency: str, by: Actor, **values: str) -> User:
    """Make an account. Without a password only the force's own sign-in lets its holder in."""
    access.check(by, ACCOUNTS)
    with access.acting(by):
        if User.objects.filter(username__iexact=username).exists():
            raise Invalid({"username": f"There is an account {username} already."})
        user = User(username=username, agency=agency)
        _put(user, values)
        if not user.password:
            user.set_unusable_password()
        user.save()
        _log("made", user, by=by, role=user.role, team=user.team)
        return user


def change(username: str, *, by: Actor, **values: str) -> User:
    """Change what is given of CHANGEABLE. It counts from the holder's next click: no one signs in anew for it."""
    access.check(by, ACCOUNTS)
    with access.acting(by):
        user = _account(username)
        before = {name: getattr(user, name) for name in ("role", "team")}
        _put(user, values)
        user.save()
        changed = sorted(name for name in values if name in CHANGEABLE)
        after = {name: getattr(user, name) for name in ("role", "team")}
        _log("changed", user, by=by, changed=changed, before=before, after=after)
        return user


def end(username: str, *, by: Actor, now: datetime) -> int:
    """End an account at once, whatever its holder has open, and its machines' keys; return how many keys ended."""
    access.check(by, ACCOUNTS)
    with access.acting(by):
        user = _account(username)
        user.is_active = False
        user.save()
        keys = ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=now)
        _log("ended", user, by=by, keys=keys)
        return keys


def restore(username: str, *, by: Actor) -> None:
    """Open an ended account again; its machines' keys stay ended."""
    access.check(by, ACCOUNTS)
    with access.acting(by):
        user = _account(username)
        user.is_active = True
        user.save()
        _log("restored", user, by=by)


def forget(username: str, *, by: Actor) -> int:
    """Forget authenticators and the tie to the force's sign-in, as when a telephone is lost; return how many went."""
    access.check(by, ACCOUNTS)
    with access.acting(by):
        user = _account(username)
        gone: int
        untied: int
        gone, _ = Authenticator.objects.filter(user=user).delete()
        untied, _ = SocialAccount.objects.filter(user=user).delete()
        _log("forgotten", user, by=by, authenticators=gone, identities=untied)
        return gone + untied


def _put(user: User, values: Mapping[str, str]) -> None:
    problems = {}
    if "role" in values and values["role"] not in roles.roles():
        problems["role"] = f"Choose one of: {', '.join(roles.roles())}."
    for name in set(values) & set(CHANGEABLE) - {"password"}:
        setattr(user, name, values[name])
    if "password" in values:
        try:
            validate_password(values["password"], user)
        except ValidationError as weak:
            problems["password"] = " ".join(weak.messages)
    if problems:
        raise Invalid(problems)
    if "password" in values:
        user.set_password(values["password"])


def _account(username: str) -> User:
    found = User.objects.filter(username__iexact=username).first()
    if found is None:
        raise Invalid({"username": f"There is no account {username}."})
    return found


def _log(what: str, user: User, *, by: Actor, **detail: object) -> None:
    audit.record(by=by, action="alteration", sentence=f"accounts.{what}", subject=("account", user.id), detail=detail)
