"""The results app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResultsConfig(AppConfig):
    """What a pupil's term and year come to."""

    name = "khuevan.school.results"
    label = "results"
    verbose_name = _("Results")

    def ready(self) -> None:
        """Hang this app's pages where others look for them."""
        import_module(f"{self.name}.registration")
