"""Who reads the logs."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_AUDIT = declare(
    "audit.entry:view",
    _("Read the log of actions"),
    roles=("department_director", "data_protection_officer", "system_admin", "principal"),
)
VIEW_RECORD_VIEWS = declare(
    "audit.record_view:view",
    _("Read who looked at a person's record"),
    roles=("data_protection_officer", "principal", "guardian", "student"),
)
