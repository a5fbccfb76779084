"""What taking something back means for roles: derived ones follow their facts."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.platform.access.models import GrantSource
from khuevan.platform.audit.api import reversal_rules as rules

_DERIVED = Q(source=GrantSource.DERIVED)

rules.follows.register("access.Grant", "facts")
for column in ("person", "anchor_person", "anchor_unit", "home_unit"):
    rules.goes_along.register(f"access.Grant.{column}", _DERIVED)
rules.row_words.register("access.Grant", _("a role given by hand"))
rules.row_words.register("access.Delegation", _("a role handed on"))
rules.row_words.register("access.Device", _("a device they signed in with"))
rules.row_words.register("access.SupportSession", _("a session of support"))
rules.signed.register("access.Device", lambda device: (str(device.person), device.signed_in_at))
rules.row_words.register("access.ResetRequest", _("a request for a new password"))
