"""What the family app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

RECORD_TAKEN = declare_code("family.record_taken", _("Copy of the own record taken"))
