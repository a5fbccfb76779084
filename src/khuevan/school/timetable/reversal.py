"""What taking something back means for timetables: what their rows are called, whose they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules

WORDS = {
    "timetable.BellPeriod": _("bell times of a school"),
    "timetable.Timetable": _("a timetable"),
    "timetable.ScheduledLesson": _("a lesson of a timetable"),
    "timetable.DayChange": _("a change of a day's timetable"),
    "timetable.Department": _("a subject department"),
    "timetable.PublishingNotice": _("how early a school publishes timetables"),
    "timetable.CampusWay": _("a way between two campuses"),
    "timetable.RuleSetting": _("a rule of timetables"),
    "timetable.TeacherWish": _("a teacher's wish for the timetable"),
    "timetable.EditStep": _("a step of making a timetable"),
    "timetable.CalendarFeed": _("an address of somebody's timetable"),
}
for label, word in WORDS.items():
    rules.row_words.register(label, word)

rules.goes_along.register("timetable.ScheduledLesson.timetable", Q(timetable__state="DRAFT"))


def _published(lesson: Any) -> tuple[str, datetime | None]:
    return "", lesson.timetable.published_at


rules.signed.register("timetable.ScheduledLesson", _published)
rules.signed.register("timetable.EditStep", lambda step: (str(step.person or ""), step.made_at))
rules.signed.register("timetable.CalendarFeed", lambda feed: (str(feed.person), feed.made_at))
