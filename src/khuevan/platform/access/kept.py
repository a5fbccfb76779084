"""A form that was posted after the session had ended: kept sealed, given back to its owner only.

The text travels inside the sign-in page, encrypted, and is in no table until its owner is back.
"""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from django.urls import Resolver404, resolve
from django.utils.crypto import constant_time_compare, salted_hmac

from khuevan.ui.request import Request

OWNER_COOKIE = "khuevan_owner"
SESSION_KEY = "kept_form"
MOST_CHARACTERS = 200_000
LIVES_SECONDS = 12 * 3600

_NEVER = {"csrfmiddlewaretoken", "kept", "code"}
_NEVER_PARTS = ("password", "otp", "secret", "token")


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Where a form was going, what was typed into it, and whose it was when that is known."""

    path: str
    fields: tuple[tuple[str, str], ...]
    owner: str
    files_lost: bool = False

    def is_for(self, user_id: int) -> bool:
        """Return whether the form may be given back to this user."""
        return not self.owner or constant_time_compare(self.owner, owner_mark(user_id))


def owner_mark(user_id: int) -> str:
    """Return a mark of a user that says nothing to others; a cookie remembers it on the device."""
    return salted_hmac("khuevan.kept.owner", str(user_id), algorithm="sha256").hexdigest()[:32]


def keep(request: Request) -> KeptForm | None:
    """Return what was posted, or None when it is nothing, too much or for an address not ours."""
    path = request.get_full_path()
    fields = tuple(_typed(request))
    size = sum(len(name) + len(value) for name, value in fields)
    if not (fields or request.FILES) or size > MOST_CHARACTERS or not is_ours(path):
        return None
    ended_for: int | None = getattr(request, "ended_for", None)
    owner = owner_mark(ended_for) if ended_for else request.COOKIES.get(OWNER_COOKIE, "")
    return KeptForm(path, fields, owner, bool(request.FILES))


def seal(form: KeptForm) -> str:
    """Return a form encrypted and signed, as text."""
    plain = json.dumps([form.path, form.fields, form.owner, form.files_lost], ensure_ascii=False)
    return _cipher().encrypt(zlib.compress(plain.encode())).decode()


def unseal(text: str) -> KeptForm | None:
    """Return the form in a sealed text; None when it is not ours, was changed or is too old."""
    try:
        plain = zlib.decompress(_cipher().decrypt(text.encode(), ttl=LIVES_SECONDS))
    except (InvalidToken, zlib.error):
        return None
    path, fields, owner, files_lost = json.loads(plain)
    return KeptForm(path, tuple((name, value) for name, value in fields), owner, files_lost)


def is_ours(path: str) -> bool:
    """Return whether an address is a path of this site that some view answers."""
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        return False
    try:
        resolve(path.split("?")[0])
    except Resolver404:
        return False
    return True


def _typed(request: Request) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name in _NEVER or any(part in name.lower() for part in _NEVER_PARTS):
            continue
        for value in values:
            yield name, str(value)


def _cipher() -> Fernet:
    digest = salted_hmac("khuevan.kept.cipher", "1", algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(digest))
