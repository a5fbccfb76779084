"""What the dashboard writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

NAMES_OPENED = declare_code(
    "dashboard.names_opened", _("Names behind a figure opened: %(count)s pupils")
)
