"""The staff app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    """Staff, appointments, assignments."""

    name = "khuevan.registry.staff"
    label = "staff"
    verbose_name = _("Staff")

    def ready(self) -> None:
        """Hang this app's pages and figures where others look for them."""
        import_module(f"{self.name}.registration")
