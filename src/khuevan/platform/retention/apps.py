"""The retention app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    """What is kept how long, by which text, and what was destroyed."""

    name = "khuevan.platform.retention"
    label = "retention"
    verbose_name = _("Retention")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the pages into the navigation, the table into the feed; register the audit code."""
        import_module(f"{self.name}.audit_codes")
        import_module(f"{self.name}.published")
        import_module(f"{self.name}.registration")
