"""What staffing writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

COUNTED_ANEW = declare_code("staffing.counted_anew", _("Teachers needed and present counted anew"))
