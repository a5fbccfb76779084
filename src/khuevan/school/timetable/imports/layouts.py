"""A timetable as a list: a row for each lesson, and one for each rule that came with it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khuevan.platform.sheets.api import Field, Layout

CODE = "timetable.week"

LAYOUT = Layout(
    CODE,
    _("Timetable of a week"),
    (
        Field("number", "Mã tiết", _("No. of the lesson"), "code", required=True, max_length=20,
              blank_fault="timetable.blank_number", aliases=("Activity Id", "Mã hoạt động")),
        Field("classes", "Lớp", _("Class"), max_length=500,
              aliases=("Class", "Tên lớp", "Students Sets", "Các lớp")),
        Field("subject", "Môn", _("Subject"), max_length=80,
              aliases=("Subject", "Môn học", "Tên môn")),
        Field("teacher", "Giáo viên", _("Teacher"), max_length=180,
              aliases=("Teachers", "Tên giáo viên", "GV")),
        Field("length", "Số tiết liền", _("Periods running"), "integer", aliases=("Duration",)),
        Field("weekday", "Thứ", _("Day of the week"), max_length=20, aliases=("Day", "Ngày học")),
        Field("half", "Buổi", _("Half-day"), max_length=20),
        Field("period", "Tiết", pgettext_lazy("of a day", "Period"), "integer",
              aliases=("Hour", "Tiết thứ")),
        Field("room", "Phòng", _("Room"), max_length=60, aliases=("Room", "Phòng học")),
        Field("pinned", "Ghim", _("Pinned"), "mark"),
        Field("rule", "Quy tắc", _("Rule"), max_length=10),
        Field("numbers", "Số liệu của quy tắc", _("Figures of the rule"), max_length=4000),
        Field("says", "Nội dung quy tắc", _("The rule in words"), max_length=500),
    ),
    _("Timetable"),
)  # fmt: skip
HEADERS = tuple(item.header for item in LAYOUT.fields)
NAMES = tuple(item.name for item in LAYOUT.fields)
