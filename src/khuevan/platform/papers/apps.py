"""The papers app."""

from importlib import import_module

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """PDF documents and QR codes."""

    name = "khuevan.platform.papers"
    label = "papers"

    def ready(self) -> None:
        """Register the templates."""
        import_module(f"{self.name}.registration")
