"""What people are told about timetables."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.notifications.api import declare_kind

STANDS_IN = declare_kind(
    "timetable.stands_in",
    _("%(day)s: you stand in for %(subject)s, class %(room)s, period %(period)s."),
    icon="arrow-left-right",
)
DAY_IS_OTHERWISE = declare_kind(
    "timetable.day_is_otherwise",
    _("%(day)s: %(subject)s in class %(room)s, period %(period)s, is otherwise than usual."),
    icon="calendar",
)
MOVED_TO = declare_kind(
    "timetable.moved_to",
    _("%(subject)s in class %(room)s of %(before)s is held on %(day)s, period %(period)s."),
    icon="calendar",
)
CLASS_DAY_IS_OTHERWISE = declare_kind(
    "timetable.class_day_is_otherwise",
    _("Class %(room)s: %(subject)s on %(day)s, period %(period)s, is a change of the timetable."),
    icon="calendar",
)
DAY_MADE_UP = declare_kind(
    "timetable.day_made_up",
    _("Your lessons of %(before)s are made up on %(day)s."),
    icon="calendar",
)
CLASS_DAY_MADE_UP = declare_kind(
    "timetable.class_day_made_up",
    _("Lessons of %(before)s are made up on %(day)s."),
    icon="calendar",
)
YOUR_WEEK_CHANGED = declare_kind(
    "timetable.your_week_changed",
    _("New timetable from %(day)s: %(count)s of your lessons are otherwise than before."),
    icon="calendar",
)
CLASS_WEEK_CHANGED = declare_kind(
    "timetable.class_week_changed",
    _("Class %(room)s has a new timetable from %(day)s."),
    icon="calendar",
)
WISH_ANSWERED = declare_kind(
    "timetable.wish_answered",
    _("Your wish for the timetable: %(answer)s. %(word)s"),
    icon="calendar-check",
)
