"""What the timetable app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

MADE = declare_code("timetable.made", _("Timetable made: %(name)s, %(count)s lessons"))
PUBLISHED = declare_code("timetable.published", _("Timetable published, from %(day)s"))
REMOVED = declare_code("timetable.removed", _("Draft of a timetable removed: %(name)s"))
DAY_CHANGED = declare_code(
    "timetable.day_changed", _("Timetable of %(day)s changed: %(subject)s, class %(room)s")
)
DAY_RESTORED = declare_code(
    "timetable.day_restored", _("Timetable of %(day)s as usual again: %(subject)s, class %(room)s")
)
FEED_MADE = declare_code("timetable.feed_made", _("Address of the own timetable for a calendar"))
