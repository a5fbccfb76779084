"""The notifications app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """The inbox of a person."""

    name = "khuevan.platform.notifications"
    label = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        """Register the bell, and listen to what happens to accounts."""
        import_module(f"{self.name}.registration")
        import_module(f"{self.name}.account_news")
