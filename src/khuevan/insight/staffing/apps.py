"""The staffing app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffingConfig(AppConfig):
    """How many teachers of each subject a school needs, has and will lose."""

    name = "khuevan.insight.staffing"
    label = "staffing"
    verbose_name = _("Teachers needed and present")

    def ready(self) -> None:
        """Hang the pages into the shell and the nightly count into the jobs."""
        import_module(f"{self.name}.registration")
