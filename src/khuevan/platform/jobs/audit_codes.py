"""What the jobs app writes into the audit log. What a job did is told by the actions it called."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

STOPPED = declare_code("jobs.stopped", _("Background work stopped"))
