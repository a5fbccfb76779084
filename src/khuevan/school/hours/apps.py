"""The hours app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HoursConfig(AppConfig):
    """Lessons really held, against what is owed, month by month."""

    name = "khuevan.school.hours"
    label = "hours"
    verbose_name = _("Overtime of teachers")

    def ready(self) -> None:
        """Hang this app's pages where others look for them."""
        import_module(f"{self.name}.registration")
