"""What the timetable app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

MADE = declare_code("timetable.made", _("Timetable made: %(name)s, %(count)s lessons"))
PUBLISHED = declare_code("timetable.published", _("Timetable published, from %(day)s"))
PUBLISHED_LATE = declare_code(
    "timetable.published_late", _("Timetable published late, from %(day)s: %(reason)s")
)
NOTICE_SET = declare_code(
    "timetable.notice_set", _("Timetables are published %(count)s working days ahead")
)
WAY_SET = declare_code(
    "timetable.way_set", _("Way between campuses set: %(name)s, %(km)s km, %(minutes)s minutes")
)
WAY_REMOVED = declare_code("timetable.way_removed", _("Way between campuses removed: %(name)s"))
BELLS_DROPPED = declare_code("timetable.bells_dropped", _("Bell times from %(day)s taken back"))
REMOVED = declare_code("timetable.removed", _("Draft of a timetable removed: %(name)s"))
DAY_CHANGED = declare_code(
    "timetable.day_changed", _("Timetable of %(day)s changed: %(subject)s, class %(room)s")
)
DAY_RESTORED = declare_code(
    "timetable.day_restored", _("Timetable of %(day)s as usual again: %(subject)s, class %(room)s")
)
DAY_MADE_UP = declare_code(
    "timetable.day_made_up", _("Lessons of %(day)s made up on %(on)s: %(count)s")
)
FEED_MADE = declare_code("timetable.feed_made", _("Address of the own timetable for a calendar"))
RULE_SET = declare_code("timetable.rule_set", _("Rule of timetables set: %(rule)s (%(whom)s)"))
RULE_DROPPED = declare_code(
    "timetable.rule_dropped", _("Rule of timetables as usual again: %(rule)s (%(whom)s)")
)
RULES_COPIED = declare_code(
    "timetable.rules_copied", _("Rules of timetables taken over from %(year)s: %(count)s")
)
DEPARTMENT_SET = declare_code("timetable.department_set", _("Department recorded: %(name)s"))
DEPARTMENT_REMOVED = declare_code("timetable.department_removed", _("Department removed: %(name)s"))
WISH_ASKED = declare_code(
    "timetable.wish_asked", _("Wish for the timetable asked: %(name)s, %(wish)s")
)
WISH_RECORDED = declare_code(
    "timetable.wish_recorded", _("Wish for the timetable recorded: %(name)s, %(wish)s")
)
WISH_ANSWERED = declare_code(
    "timetable.wish_answered", _("Wish for the timetable answered: %(name)s, %(wish)s")
)
WISH_REMOVED = declare_code(
    "timetable.wish_removed", _("Wish for the timetable taken back: %(name)s, %(wish)s")
)
BELLS_SET = declare_code("timetable.bells_set", _("Bell times from %(day)s: %(count)s periods"))
