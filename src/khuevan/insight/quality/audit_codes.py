"""What data quality writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

FINDINGS_OPENED = declare_code(
    "quality.findings_opened", _("Records at fault opened: %(count)s, rule %(rule)s")
)
COUNTED_ANEW = declare_code("quality.counted_anew", _("Faults of the school counted anew"))
