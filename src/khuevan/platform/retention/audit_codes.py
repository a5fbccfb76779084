"""What the retention app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

DESTROYED = declare_code(
    "retention.destroyed", _("%(name)s: %(count)s files destroyed by decision %(instrument)s")
)
