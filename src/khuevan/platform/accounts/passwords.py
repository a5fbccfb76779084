"""Whether a password is good enough for its owner. Length depends on what the person may see."""

from __future__ import annotations

from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    get_default_password_validators,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuevan.kernel.vietnamese import fold
from khuevan.platform.accounts.models import User
from khuevan.platform.accounts.rules import least_length

SHORTEST_NAME = 4
"""A username shorter than this may stand inside a password by chance."""


def check_password_strength(password: str, *, user: User | None, is_staff: bool) -> None:
    """Raise unless the password is long enough and not one that is tried first.

    :raises ValidationError: with one sentence for each fault
    """
    faults = [
        *_own_faults(password, user=user, is_staff=is_staff),
        *_library_faults(password, user),
    ]
    if faults:
        raise ValidationError(faults)


def _own_faults(password: str, *, user: User | None, is_staff: bool) -> list[ValidationError]:
    faults = []
    least = least_length(is_staff=is_staff)
    if len(password) < least:
        text = _("It has %(count)d characters, at least %(least)d are needed.")
        faults.append(ValidationError(text % {"count": len(password), "least": least}))
    name = fold(user.username) if user else ""
    if len(name) >= SHORTEST_NAME and name in fold(password):
        faults.append(ValidationError(_("It contains the username.")))
    return faults


def _library_faults(password: str, user: User | None) -> list[ValidationError]:
    faults: list[ValidationError] = []
    for validator in get_default_password_validators():
        if isinstance(validator, MinimumLengthValidator):
            continue  # ours depends on the person
        try:
            validator.validate(password, user)
        except ValidationError as error:
            faults += error.error_list
    return faults
