"""The timetable app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TimetableConfig(AppConfig):
    """When which lesson is held where."""

    name = "khuevan.school.timetable"
    label = "timetable"
    verbose_name = _("Timetables")
