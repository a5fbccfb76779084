"""What the roll-up writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

NAMES_OPENED = declare_code(
    "rollup.names_opened", _("Names behind a count of %(on)s opened: %(count)s pupils")
)
