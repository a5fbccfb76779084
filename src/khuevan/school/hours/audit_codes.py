"""What the hours app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

CLOSED = declare_code("hours.closed", _("Overtime of %(month)s closed: %(count)s teachers"))
OPENED = declare_code("hours.opened", _("Overtime of %(month)s opened again: %(reason)s"))
RULE_SET = declare_code("hours.rule_set", _("How overtime is counted from %(day)s"))
