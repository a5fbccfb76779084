"""The audit app."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Audit: action entries, record views, row history."""

    name = "khuevan.platform.audit"
    label = "audit"
    verbose_name = _("Log")

    def ready(self) -> None:
        """Register the page, the context of requests and the numbering of new history tables."""
        import_module(f"{self.name}.registration")
        numbering = import_module(f"{self.name}.numbering")
        post_migrate.connect(numbering.number_together, sender=self)
