"""The notifications app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The inbox of a person."""

    name = "khuevan.platform.notifications"
    label = "notifications"
