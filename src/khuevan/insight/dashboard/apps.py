"""The dashboard app."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """The department's figures."""

    name = "khuevan.insight.dashboard"
    label = "dashboard"
