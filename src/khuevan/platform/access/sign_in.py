"""How the sign-in library behaves here: no sign-up, generic answers, our texts, sealed secrets."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from io import BytesIO
from typing import Any, ClassVar

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.kernel import clock
from khuevan.platform.access.actions.devices import end_sessions_of
from khuevan.platform.access.selectors import actor_for_person, holds_staff_role
from khuevan.platform.accounts.api import User, change_own_password, check_password_strength
from khuevan.ui.request import Request

SECOND_FACTOR_KEY = "second_factor"
"""In the session: the id of the user who has shown their second factor in it."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The account side of the library. Accounts are made by a unit, never by signing up."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The username or the password is not right."),
        "too_many_login_attempts": _(
            "Too many attempts. Please wait 15 minutes, or ask your unit for a new password."
        ),
        "rate_limited": _("Too many attempts. Please wait 15 minutes."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("The code is not right. A code can be used once."),
    }

    def is_open_for_signup(self, request: Request) -> bool:
        """Return False: nobody signs up."""
        return False

    def respond_user_inactive(self, request: Request, user: User) -> HttpResponse:
        """Say no more than for a wrong password."""
        return HttpResponseRedirect(reverse("account_login"))

    def clean_password(self, password: str, user: User | None = None) -> str:
        """Check a password the person chose; staff need a longer one."""
        is_staff = user is None or holds_staff_role(user.person_id, on=clock.today())
        check_password_strength(password, user=user, is_staff=is_staff)
        return password

    def set_password(self, user: User, password: str) -> None:
        """Store the password that its owner chose, as an action with its audit entry."""
        now = clock.now()
        actor = actor_for_person(user.person, on=clock.today(), now=now)
        change_own_password(actor=actor, user=user, password=password, now=now)
        here = self.request.session.session_key if self.request else ""
        end_sessions_of(person_id=user.person_id, but=here or "")

    def get_password_change_redirect_url(self, request: Request) -> str:
        """Return where to go once the password is changed."""
        return reverse("access:account")

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Ask for the second factor of whoever has one: a stolen password must not remove it."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        stronger = [method for method in methods if method["id"] == "mfa_reauthenticate"]
        return stronger or methods

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Say nothing: our pages tell what was done themselves."""


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second-factor side. What a database copy holds must not be enough to make codes."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right. A code can be used once."),
        "cannot_delete_authenticator": _("Your role needs the second step."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Return the picture to scan, dark on white whatever the theme."""
        picture = BytesIO()
        segno.make(url, error="m", micro=False).save(
            picture, kind="svg", scale=4, border=4, light="white", xmldecl=False
        )
        return picture.getvalue().decode()

    def get_totp_label(self, user: User) -> str:
        """Return what an authenticator app shows beside the code."""
        return user.username


def has_second_factor(request: HttpRequest, user_id: int) -> bool:
    """Return whether the second factor was shown in this session by this user."""
    return bool(request.session.get(SECOND_FACTOR_KEY) == user_id)


def note_second_factor(request: HttpRequest, user_id: int) -> None:
    """Remember in the session that the second factor was shown."""
    request.session[SECOND_FACTOR_KEY] = user_id


def _cipher() -> Fernet:
    digest = salted_hmac("khuevan.second_factor", "1", algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(digest))
