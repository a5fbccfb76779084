"""What the timetable app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

MADE = declare_code("timetable.made", _("Timetable made: %(name)s, %(count)s lessons"))
EDITED = declare_code("timetable.edited", _("Timetable changed by hand"))
PUBLISHED = declare_code("timetable.published", _("Timetable published, from %(day)s"))
REMOVED = declare_code("timetable.removed", _("Draft of a timetable removed: %(name)s"))
BELLS_SET = declare_code("timetable.bells_set", _("Bell times set, from %(day)s"))
