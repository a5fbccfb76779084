"""The audit app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Audit: action entries, record views, row history."""

    name = "khuevan.platform.audit"
    label = "audit"
    verbose_name = _("Log")

    def ready(self) -> None:
        """Register the page and the context of requests."""
        import_module(f"{self.name}.registration")
