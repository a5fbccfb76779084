"""The organizations app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    """Org units and their dated placements."""

    name = "khuevan.platform.organizations"
    label = "organizations"
    verbose_name = _("Units")

    def ready(self) -> None:
        """Let the directory of units into the change feed, hang the tree into the navigation."""
        import_module(f"{self.name}.published")
        import_module(f"{self.name}.registration")
