"""A message as it travels: a JSON Web Signature (RFC 7515) by the sender's Ed25519 key, and its receipt likewise.

Signed anew at each try, so that its time is always fresh; what it says, and so its digest, stays.
"""

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fellwatch.exchange import keys
from fellwatch.foundation import ids

VERSION = 1
TYPE = "fellwatch-exchange+jws"
SKEW = timedelta(minutes=15)
LARGEST = 256 * 1024
KINDS = ("handover", "answer", "withdrawal")


class Unfit(Exception):
    """A message cannot be taken. `code` is for the other installation, `say` for the person who reads its answer."""

    def __init__(self, code: str, say: str, status: int = 422, force: str = "") -> None:
        super().__init__(say)
        self.code, self.say, self.status, self.force = code, say, status, force


@dataclass(frozen=True)
class Letter:
    """What one message says."""

    id: uuid.UUID
    kind: str
    sender: str
    to: str
    handover: uuid.UUID
    revision: int
    made_at: datetime
    body: Mapping[str, Any]


def digest(letter: Letter) -> str:
    """Return the SHA-256 of what a message says, written as sorted JSON; when it was signed is no part of it."""
    said = _payload(letter)
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def seal(letter: Letter, *, now: datetime, key: Ed25519PrivateKey | None = None) -> str:
    """Sign a message to be sent now, with this installation's key or another's."""
    return _sign({**_payload(letter), "iat": int(now.timestamp())}, key or keys.own())


def receipt(letter: Letter, *, now: datetime) -> str:
    """Sign that a message has arrived and is stored."""
    said = {"iss": letter.to, "aud": letter.sender, "jti": str(ids.new()), "iat": int(now.timestamp()), "v": VERSION}
    return _sign({**said, "kind": "receipt", "of": str(letter.id), "digest": digest(letter)}, keys.own())


def take(text: str, *, keys_of: Callable[[str], Sequence[str]], to: str, now: datetime) -> Letter:
    """Read a message and check who signed it, for whom, and when; raise Unfit saying what is wrong."""
    said = _verified(text, keys_of=keys_of, to=to)
    if said.get("v") != VERSION:
        raise Unfit("version", f"This installation speaks version {VERSION} of the exchange.", 400, said["iss"])
    signed_at = _instant(said.get("iat"))
    if signed_at is None or abs(now - signed_at) > SKEW:
        raise Unfit("clock", "It was signed at another time than now: look at both clocks, and send it again.", 400)
    letter = _letter(said)
    if letter is None:
        raise Unfit("unreadable", "Its parts are not as version 1 describes them.", 422, said["iss"])
    return letter


def check_receipt(text: str, letter: Letter, *, keys_of: Callable[[str], Sequence[str]]) -> datetime:
    """Return when the other side took a message, or raise Unfit where its receipt proves nothing."""
    said = _verified(text, keys_of=keys_of, to=letter.sender)
    at = _instant(said.get("iat"))
    proved = said["iss"] == letter.to and said.get("of") == str(letter.id) and said.get("digest") == digest(letter)
    if said.get("kind") != "receipt" or at is None or not proved:
        raise Unfit("receipt", "Their receipt is for something else than what was sent.")
    return at


def _payload(letter: Letter) -> dict[str, object]:
    return {
        "v": VERSION,
        "iss": letter.sender,
        "aud": letter.to,
        "jti": str(letter.id),
        "kind": letter.kind,
        "handover": str(letter.handover),
        "revision": letter.revision,
        "made_at": letter.made_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "body": letter.body,
    }


def _sign(payload: Mapping[str, object], key: Ed25519PrivateKey) -> str:
    head = {"typ": TYPE, "kid": keys.fingerprint(keys.text_of(key.public_key()))}
    return jwt.encode(dict(payload), key, algorithm="EdDSA", headers=head)


def _verified(text: str, *, keys_of: Callable[[str], Sequence[str]], to: str) -> dict[str, Any]:
    """Return what a signed text says, once one of its sender's keys has been found to have signed it."""
    try:
        sender = jwt.decode(text, options={"verify_signature": False}).get("iss")
    except jwt.InvalidTokenError:
        raise Unfit("unreadable", "This is no signed message.", 400) from None
    known = keys_of(sender) if isinstance(sender, str) else ()
    if not known:
        raise Unfit("unknown_force", "This installation does not know the sender: exchange keys first.", 401)
    for key in known:
        try:
            return jwt.decode(
                text,
                keys.read(key),
                algorithms=["EdDSA"],
                audience=to,
                options={"require": ["iss", "aud", "jti", "iat"], "verify_iat": False},
            )
        except jwt.InvalidSignatureError:
            continue
        except jwt.InvalidAudienceError:
            raise Unfit("wrong_force", "It is addressed to another force.", 421, str(sender)) from None
        except (jwt.InvalidTokenError, keys.NoKey):
            raise Unfit("unreadable", "Its parts are not as version 1 describes them.", 400, str(sender)) from None
    raise Unfit("signature", "It was not signed by a key that the sender gave us.", 401, str(sender))


def _letter(said: Mapping[str, Any]) -> Letter | None:
    try:
        made_at = datetime.fromisoformat(said["made_at"])
        found = Letter(
            uuid.UUID(said["jti"]), said["kind"], said["iss"], said["aud"], uuid.UUID(said["handover"]),
            int(said["revision"]), made_at, said["body"],
        )  # fmt: skip
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
    fit = found.kind in KINDS and isinstance(found.body, dict) and made_at.tzinfo is not None
    return found if fit and 1 <= found.revision < 10_000 else None


def _instant(said: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(str(said)), UTC)
    except (ValueError, OverflowError, OSError):
        return None
