"""What the page hides: encrypted to a word, so that the files a browser keeps say nothing to whoever lacks it."""

import base64
import json
import os
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

ROUNDS = 300_000


def plain(word: str) -> str:
    """Return a word as the page compares it: small letters, no blanks."""
    return "".join(word.lower().split())


@cache
def hidden(text: str, word: str) -> str:
    """Return a text as JSON that only the word opens. The same text and word give the same answer in a process."""
    salt, nonce = os.urandom(16), os.urandom(12)
    key = PBKDF2HMAC(hashes.SHA256(), 32, salt, ROUNDS).derive(plain(word).encode())
    data = AESGCM(key).encrypt(nonce, text.encode(), None)
    parts = {"salt": salt, "nonce": nonce, "data": data}
    return json.dumps({"rounds": ROUNDS, **{name: base64.b64encode(part).decode() for name, part in parts.items()}})
