"""What other apps may use of the accounts app."""

from khuevan.platform.accounts.actions import (
    IssuedSignIn,
    change_own_password,
    create_user,
    create_users,
    issue_password,
    set_active,
    set_language,
    set_theme,
)
from khuevan.platform.accounts.audit_codes import ISSUING_CODES, SLIP_CODES
from khuevan.platform.accounts.errors import HasAccount, UsernameTaken
from khuevan.platform.accounts.models import Person, Sex, User, sign_in_library
from khuevan.platform.accounts.passwords import check_password_strength
from khuevan.platform.accounts.rules import free_username, least_length

__all__ = [
    "ISSUING_CODES",
    "SLIP_CODES",
    "HasAccount",
    "IssuedSignIn",
    "Person",
    "Sex",
    "User",
    "UsernameTaken",
    "change_own_password",
    "check_password_strength",
    "create_user",
    "create_users",
    "free_username",
    "issue_password",
    "least_length",
    "set_active",
    "set_language",
    "set_theme",
    "sign_in_library",
]
