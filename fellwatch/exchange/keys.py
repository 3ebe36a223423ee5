"""The key this installation signs with, and other forces' public keys: Ed25519 (RFC 8032), written as in RFC 8037."""

import base64
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


class NoKey(Exception):
    """This installation has nothing to sign with, or a key cannot be read; the message says what to do."""


def make(path: Path) -> str:
    """Make this installation's key, readable by its owner alone, and return the public half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as out:
        out.write(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
    return text_of(key.public_key())


def own() -> Ed25519PrivateKey:
    """Return the key this installation signs with, or raise NoKey."""
    path: Path = settings.FELLWATCH_EXCHANGE_KEY
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except FileNotFoundError:
        raise NoKey("This installation has no key to sign with: run fellwatch exchange key.") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise NoKey("The key of this installation cannot be read: look at FELLWATCH_EXCHANGE_KEY.") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey("The key of this installation is of another kind: make one with fellwatch exchange key.")
    return key


def text_of(key: Ed25519PublicKey) -> str:
    """Write a public key as the text that forces give each other: base64url, 43 characters."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def read(text: str) -> Ed25519PublicKey:
    """Read a public key from its text, or raise NoKey."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        raise NoKey(
            "This is no public key: it is 43 letters and digits, as fellwatch exchange show prints it."
        ) from None


def fingerprint(text: str) -> str:
    """Return what two people read to each other by telephone to know that a key is the right one."""
    whole = hashlib.sha256(text.encode()).hexdigest()[:24].upper()
    return " ".join(whole[at : at + 4] for at in range(0, 24, 4))
