"""Envelopes that only the force can open: sealed on a device to a public key, opened where the private key is kept.

RSA-OAEP (SHA-256) wraps a fresh AES-GCM key; both are in every browser's own cryptography, so a device needs no
library of ours to seal, and nothing on it can open what it sealed.
"""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

BITS = 3072
_OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)


class CannotOpen(Exception):
    """An envelope is damaged, or was sealed to another key."""


def make_key(private: Path, public: Path, passphrase: str) -> None:
    """Make a pair of keys and write both; the private one encrypted, readable by its owner alone."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    locked: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        locked = serialization.BestAvailableEncryption(passphrase.encode())
    for path in (private, public):
        path.parent.mkdir(parents=True, exist_ok=True)
    private.touch(mode=0o600)
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked))
    public.write_bytes(
        key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def public_text(public: Path) -> str:
    """Return a public key as a browser takes it: base64 of its DER; empty where there is none."""
    if not public.is_file():
        return ""
    key = serialization.load_pem_public_key(public.read_bytes())
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


def public_of(private: Path) -> str:
    """Return the public half of a key that has no passphrase, as `public_text` writes it."""
    key = serialization.load_pem_private_key(private.read_bytes(), None)
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


class Opener:
    """The force's private key, able to open envelopes."""

    def __init__(self, private: Path, passphrase: str) -> None:
        try:
            key = serialization.load_pem_private_key(private.read_bytes(), passphrase.encode() or None)
        except (ValueError, TypeError) as wrong:
            raise CannotOpen("The key cannot be read: look at the file, and at its passphrase.") from wrong
        if not isinstance(key, rsa.RSAPrivateKey):
            raise CannotOpen("This is not a recovery key.")
        self._key = key

    def open(self, envelope: str) -> Mapping[str, Any]:
        """Return what is in an envelope; bytes that lie behind its words come as `content`."""
        try:
            parts = json.loads(envelope)
            wrapped, nonce, data = (base64.b64decode(parts[name]) for name in ("key", "nonce", "data"))
            plain = AESGCM(self._key.decrypt(wrapped, _OAEP)).decrypt(nonce, data, None)
            words, nought, content = plain.partition(b"\0")
            found: Mapping[str, Any] = json.loads(words)
        except (ValueError, KeyError, TypeError, InvalidTag) as wrong:
            raise CannotOpen("This envelope is damaged, or sealed to another key.") from wrong
        return {**found, "content": content} if nought else found
