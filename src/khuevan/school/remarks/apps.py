"""The remarks app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemarksConfig(AppConfig):
    """Comments of teachers on pupils."""

    name = "khuevan.school.remarks"
    label = "remarks"
    verbose_name = _("Comments")

    def ready(self) -> None:
        """Hang this app's pages where others look for them."""
        import_module(f"{self.name}.registration")
