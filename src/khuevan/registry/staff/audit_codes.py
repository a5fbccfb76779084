"""What the staff app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

APPOINTED = declare_code("staff.appointed", _("Appointed: %(position)s"))
APPOINTED_MANY = declare_code("staff.appointed_many", _("Staff appointed: %(count)s"))
HOMEROOM_ASSIGNED = declare_code("staff.homeroom_assigned", _("Homeroom teacher assigned"))
TEACHING_ASSIGNED = declare_code("staff.teaching_assigned", _("Teaching assigned: %(subject)s"))
EXPORTED = declare_code("staff.exported", _("List of staff exported: %(count)s rows"))
