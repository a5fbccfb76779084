"""What the accounts app refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class UsernameTaken(DomainError):
    """Another sign-in has that name."""

    code = "accounts.username_taken"
    message = _("The username %(username)s is taken. Please choose another.")


class HasAccount(DomainError):
    """A person has one sign-in, ever."""

    code = "accounts.has_account"
    message = _("%(person)s already has an account: %(username)s.")
