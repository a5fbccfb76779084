"""What the schools app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

SCHOOL_OPENED = declare_code("schools.school_opened", _("School opened"))
CLASS_OPENED = declare_code("schools.class_opened", _("Class opened"))
CLASSES_OPENED = declare_code("schools.classes_opened", _("Classes opened: %(count)s"))
