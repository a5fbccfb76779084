"""What the accounts app writes into the audit log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

USER_CREATED = declare_code("accounts.user.created", _("Account %(username)s created"))
PASSWORD_ISSUED = declare_code(
    "accounts.user.password_issued", _("New one-time password for %(username)s")
)
PASSWORD_CHANGED = declare_code(
    "accounts.user.password_changed", _("Password of %(username)s changed")
)
USER_DEACTIVATED = declare_code(
    "accounts.user.deactivated", _("Account %(username)s deactivated: %(reason)s")
)
USER_REACTIVATED = declare_code("accounts.user.reactivated", _("Account %(username)s reactivated"))

SLIP_CODES = (USER_CREATED, PASSWORD_ISSUED)
"""What made a one-time password."""
ISSUING_CODES = (USER_CREATED, PASSWORD_ISSUED, USER_REACTIVATED)
"""What somebody else did to make a way into an account."""
