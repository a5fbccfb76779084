"""The files app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Stored files: uploads and results, and who may open them."""

    name = "khuevan.platform.files"
    label = "files"
    verbose_name = _("Files")

    def ready(self) -> None:
        """Register the audit codes and the store of decisions."""
        import_module(f"{self.name}.audit_codes")
        import_module(f"{self.name}.registration")
