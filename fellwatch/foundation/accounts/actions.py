"""Accounts of the force's own people: made, changed, ended. A partner's people are the agency's affair (`sharing`)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from fellwatch.foundation import access, audit, plain
from fellwatch.foundation.access import Actor
from fellwatch.foundation.access.permissions import ACCOUNTS
from fellwatch.foundation.accounts import roles, tokens
from fellwatch.foundation.accounts.models import ApiToken, User
from fellwatch.foundation.accounts.tokens import KeyView

CHANGEABLE = ("full_name", "role", "team", "email", "password")
LONGEST_NAME = 150


class Invalid(Exception):
    """An account cannot be as asked: `problems` says beside which value and why."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def make(username: str, *, agency: str, by: Actor, **values: str) -> User:
    """Make an account. Without a password only the force's own sign-in lets its holder in."""
    access.check(by, ACCOUNTS)
    if not 0 < len(username) <= LONGEST_NAME:
        raise Invalid({"username": f"Give a name of at most {LONGEST_NAME} characters."})
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


def issue_key(username: str, *, label: str, scopes: Sequence[str], days: int, by: Actor, now: datetime) -> str:
    """Make a key by which a machine acts as an account, within its role, and return it: only its hash is kept."""
    access.check(by, ACCOUNTS)
    with access.acting(by):
        user = _account(username)
        if not user.is_active:
            raise Invalid({"username": f"The account {username} has ended, and a key of it would open nothing."})
        if beyond := sorted(set(scopes) - roles.actor(user).permissions):
            raise Invalid({"scope": f"The role does not include {', '.join(beyond)}."})
        secret, digest = tokens.new()
        until = now + timedelta(days=days)
        made = ApiToken.objects.create(
            user=user, label=label, digest=digest, scopes=list(scopes), created_at=now, expires_at=until
        )
        _log("key_issued", user, by=by, key=str(made.id), scopes=sorted(scopes), until=until.isoformat())
        return secret


def revoke_key(id: str, *, by: Actor, now: datetime) -> KeyView:
    """End the key of that short id from this moment. Revoked again, it stays as it was first revoked."""
    access.check(by, ACCOUNTS)
    with access.acting(by):
        found = [one for one in ApiToken.objects.select_related("user") if tokens.short(one) == id.strip().lower()]
        if len(found) != 1:
            raise Invalid({"id": f"No one key has the id {id}. List them with `fellwatch token list`."})
        (key,) = found
        if ApiToken.objects.filter(id=key.id, revoked_at__isnull=True).update(revoked_at=now):
            _log("key_revoked", key.user, by=by, key=str(key.id))
        key.refresh_from_db(fields=["revoked_at"])
        return tokens.view(key, now)


def _put(user: User, values: Mapping[str, str]) -> None:
    problems = {}
    if "role" in values and values["role"] not in roles.roles():
        problems["role"] = f"Choose one of: {', '.join(roles.roles())}."
    if values.get("email") and not plain.is_mailbox(values["email"]):
        problems["email"] = "This is no mail address."
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
