"""How a username and password become a user; the only reads of users without an actor."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from khuevan.platform.accounts.models import User


class PasswordBackend(BaseBackend):
    """Sign-in by username and password. Grants nothing: rights come from `access`."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_credentials: Any,
    ) -> User | None:
        """Return the active user with this password; takes as long for an unknown name."""
        if not username or password is None:
            return None
        user = User.objects.for_sign_in().filter(username__iexact=username).first()
        if user is None or user.username.lower() != username.lower():  # ſ and ı are no s and i
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """Return the user of a session, unless switched off since."""
        return User.objects.for_sign_in().filter(pk=user_id, is_active=True).first()
