"""The access app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    """Roles, grants, hats, delegation and support sessions."""

    name = "khuevan.platform.access"
    label = "access"
    verbose_name = _("Access")

    def ready(self) -> None:
        """Know every permission and audit code there is; register pages and the upkeep of roles."""
        autodiscover_modules("permissions", "audit_codes")
        registration = import_module(f"{self.name}.registration")
        post_migrate.connect(
            registration.after_migrate, sender=self, dispatch_uid="access.sync_roles"
        )
