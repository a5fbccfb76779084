"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit: action entries, record views, row history."""

    name = "khuevan.platform.audit"
    label = "audit"
