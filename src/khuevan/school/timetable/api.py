"""What other apps may use of the timetable app."""

from khuevan.school.timetable.actions import (
    make_timetable,
    make_up_day,
    place_rest,
    publish_timetable,
)
from khuevan.school.timetable.core.checking import Findings, check
from khuevan.school.timetable.models import BellPeriod, Half, Timetable
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.selectors.days import (
    HeldLesson,
    by_day,
    lessons_of_class,
    lessons_of_people,
    lessons_of_school,
    week_days,
)
from khuevan.school.timetable.selectors.days_off import days_off_of_class
from khuevan.school.timetable.selectors.lost import LostLesson, lost_lessons, make_up_days
from khuevan.school.timetable.selectors.versions import timetable_on
from khuevan.school.timetable.shown import held_line

__all__ = [
    "MANAGE_TIMETABLES",
    "BellPeriod",
    "Findings",
    "Half",
    "HeldLesson",
    "LostLesson",
    "Timetable",
    "by_day",
    "days_off_of_class",
    "check",
    "held_line",
    "lessons_of_class",
    "lessons_of_people",
    "lessons_of_school",
    "lost_lessons",
    "make_timetable",
    "make_up_day",
    "make_up_days",
    "place_rest",
    "publish_timetable",
    "week_days",
    "timetable_on",
]
