"""The timetable app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TimetableConfig(AppConfig):
    """When which lesson is held where."""

    name = "khuevan.school.timetable"
    label = "timetable"
    verbose_name = _("Timetables")

    def ready(self) -> None:
        """Hang this app's pages where others look for them."""
        import_module(f"{self.name}.registration")
