"""The files app."""

from importlib import import_module

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Stored files: uploads and results, and who may open them."""

    name = "khuevan.platform.files"
    label = "files"

    def ready(self) -> None:
        """Register the audit codes."""
        import_module(f"{self.name}.audit_codes")
