"""The students app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudentsConfig(AppConfig):
    """Students, enrollments, placements, guardians."""

    name = "khuevan.registry.students"
    label = "students"
    verbose_name = _("Pupils")

    def ready(self) -> None:
        """Hang this app's pages, figures and search where others look for them."""
        import_module(f"{self.name}.registration")
