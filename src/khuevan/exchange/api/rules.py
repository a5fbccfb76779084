"""Pure rules of tokens and repeated requests."""

from __future__ import annotations

import hashlib
import secrets

PREFIX = "kv_"
SHOWN = len(PREFIX) + 6
LONGEST_KEY = 255


def new_secret() -> str:
    """Return a new token: 256 random bits behind a mark that secret scanners recognize."""
    return PREFIX + secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """Return what is stored of a token. Random bits need no slow hash: they can't be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def fingerprint(method: str, path: str, body: bytes) -> str:
    """Return what tells whether a request is the same as the one first sent with a key."""
    return hashlib.sha256(b"\0".join((method.encode(), path.encode(), body))).hexdigest()


def is_key(text: str) -> bool:
    """Return whether a text can be an Idempotency-Key."""
    return 0 < len(text) <= LONGEST_KEY and text.isascii() and text.isprintable()
