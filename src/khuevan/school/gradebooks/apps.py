"""The gradebooks app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GradebooksConfig(AppConfig):
    """The marks of each class in each subject."""

    name = "khuevan.school.gradebooks"
    label = "gradebooks"
    verbose_name = _("Gradebooks")

    def ready(self) -> None:
        """Hang this app's pages where others look for them."""
        import_module(f"{self.name}.registration")
