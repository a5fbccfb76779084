"""The family app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FamilyConfig(AppConfig):
    """The first page of families and pupils, and who looked at a child's record."""

    name = "khuevan.community.family"
    label = "family"
    verbose_name = _("Families")

    def ready(self) -> None:
        """Answer the first page of the two hats."""
        import_module(f"{self.name}.registration")
