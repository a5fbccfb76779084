"""What the access app writes into the audit log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

GRANT_GIVEN = declare_code("access.grant.given", _("Role %(role)s given to %(person)s"))
GRANT_ENDED = declare_code("access.grant.ended", _("Role %(role)s of %(person)s ended"))
ROLE_CHANGED = declare_code("access.role.changed", _("What the role %(role)s may do changed"))
ROLE_CREATED = declare_code("access.role.created", _("Role %(role)s created"))
DELEGATED = declare_code(
    "access.delegation.given", _("%(from_person)s delegated to %(to_person)s: %(roles)s")
)
DELEGATION_ENDED = declare_code(
    "access.delegation.ended", _("Delegation of %(from_person)s to %(to_person)s ended")
)
SUPPORT_OPENED = declare_code(
    "access.support.opened", _("Support session opened by %(person)s: %(reason)s")
)
SUPPORT_CLOSED = declare_code("access.support.closed", _("Support session of %(person)s closed"))
SUPPORT_VIEWED = declare_code(
    "access.support.viewed", _("%(person)s opened %(path)s in a support session: %(reason)s")
)
SECOND_FACTOR_REMOVED = declare_code(
    "access.second_factor.removed", _("Second sign-in step of %(username)s removed")
)
SECOND_FACTOR_ADDED = declare_code(
    "access.second_factor.added", _("Second sign-in step of %(username)s set up")
)
SIGNED_IN_AS = declare_code("access.sign_in.done", _("%(username)s signed in"))
RESET_ASKED = declare_code(
    "access.reset.asked", _("New password for %(username)s asked for: %(reason)s")
)
RESET_CONFIRMED = declare_code(
    "access.reset.confirmed", _("New password for %(username)s confirmed")
)
RESET_DECLINED = declare_code(
    "access.reset.declined", _("New password for %(username)s declined: %(reason)s")
)
RESET_WITHDRAWN = declare_code(
    "access.reset.withdrawn", _("Request for a new password for %(username)s withdrawn")
)
SESSIONS_ENDED = declare_code(
    "access.sessions.ended", _("Sessions on other devices ended: %(count)s")
)
