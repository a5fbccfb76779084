"""The ui app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Shell, routes, components."""

    name = "khuevan.ui"
    label = "ui"
